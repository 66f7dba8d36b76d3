-- Disagreements with the police have clocks too, until they are reviewed. Mirrors `sim.clocks`.
CREATE OR REPLACE FUNCTION clock_follows_teams() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(
        SELECT v.id FROM sharing_review v WHERE v.agency_id IN (SELECT n.agency_id FROM written n)
        UNION ALL
        SELECT c.id FROM clocks_clock c WHERE c.agency_id IN (SELECT n.agency_id FROM written n)
            AND c.kind IN ('police_bronze', 'police_silver', 'police_gold')
        ORDER BY 1));
    RETURN NULL;
END
$$;

CREATE TRIGGER clock_when_added AFTER INSERT ON police_policedecision
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_changed AFTER UPDATE ON police_policedecision
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();

-- What was disputed before: the same, once.
SELECT follow_clocks(ARRAY(SELECT id FROM police_policedecision WHERE disputed_at IS NOT NULL));
