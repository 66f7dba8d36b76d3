-- What the law gives a time has its clock too. Mirrors `sim.clocks`.
CREATE TRIGGER clock_when_added AFTER INSERT ON stages_statutoryclock
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_changed AFTER UPDATE ON stages_statutoryclock
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
