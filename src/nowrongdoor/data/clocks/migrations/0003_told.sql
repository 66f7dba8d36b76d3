-- Boards are told when something was escalated or replied to: teams, and nothing about anybody.
CREATE FUNCTION tell_climbs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT DISTINCT c.team_id FROM clocks_clock c JOIN written n ON n.clock_id = c.id
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_climbs() IS 'tells who is answerable for the clock';
CREATE TRIGGER told_when_added AFTER INSERT ON clocks_climb
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_climbs();
CREATE TRIGGER told_when_added AFTER INSERT ON clocks_reply
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_climbs();
