-- Reviews have clocks too: one that is late climbs as all that is promised by a time. Mirrors `sim.clocks`.

-- Who answers for a review changes with whoever comes and goes.
CREATE FUNCTION clock_follows_leads() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(
        SELECT v.id FROM sharing_review v WHERE v.agency_id IN (
            SELECT t.agency_id FROM written n JOIN agencies_team t ON t.id = n.team_id
            WHERE n.role = 'governance_lead')
        ORDER BY v.id));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows_leads() IS 'whoever leads governance answers for the clocks of reviews';

CREATE FUNCTION clock_follows_teams() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(
        SELECT v.id FROM sharing_review v WHERE v.agency_id IN (SELECT n.agency_id FROM written n)
        ORDER BY v.id));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows_teams() IS 'where nobody leads governance, another team of the agency hears';

CREATE TRIGGER clock_when_added AFTER INSERT ON sharing_review
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_changed AFTER UPDATE ON sharing_review
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_joined AFTER INSERT ON agencies_membership
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_leads();
CREATE TRIGGER clock_when_left AFTER UPDATE ON agencies_membership
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_leads();
CREATE TRIGGER clock_when_founded AFTER INSERT ON agencies_team
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_teams();
CREATE TRIGGER clock_when_closed AFTER UPDATE ON agencies_team
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_teams();

-- What was asked before: the same, once.
SELECT follow_clocks(ARRAY(SELECT id FROM sharing_review));
