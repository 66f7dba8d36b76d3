-- Who stood on the rota stays on record, whoever sits at a prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON rota_duty
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What has climbed is told to the team that is answerable and, as teams and nothing about anybody, to where
-- those work who are on call on that rung; where nobody is, to every team of the agency.
CREATE OR REPLACE FUNCTION tell_climbs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        WITH climbed AS (
            SELECT DISTINCT c.team_id, c.agency_id, c.rung
            FROM clocks_clock c JOIN written n ON n.clock_id = c.id
        ), standing AS (
            SELECT c.team_id, c.agency_id, c.rung, d.member_id
            FROM climbed c
            LEFT JOIN rota_duty d ON d.agency_id = c.agency_id AND d.rung = c.rung
                AND (d.team_id IS NULL OR d.team_id = c.team_id) AND d.from_at <= now()
                AND now() < LEAST(d.until_at, d.taken_off_at)
        )
        SELECT team_id FROM climbed
        UNION
        SELECT w.team_id FROM standing s
        JOIN agencies_membership w ON w.member_id = s.member_id AND w.until_at IS NULL
        UNION
        SELECT t.id FROM standing s
        JOIN agencies_team t ON t.agency_id = s.agency_id AND t.closed_at IS NULL
        -- What is only nearly due is the team's own: `rules.rota` says so too.
        WHERE s.member_id IS NULL AND s.rung <> 'practitioner'
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_climbs() IS 'tells who is answerable for the clock, and where those on call work';

CREATE FUNCTION tell_duties() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT t.id FROM agencies_team t JOIN written n ON n.agency_id = t.agency_id
        WHERE t.closed_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_duties() IS 'tells an agency that somebody else is on call';
CREATE TRIGGER told_when_added AFTER INSERT ON rota_duty
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_duties();
CREATE TRIGGER told_when_changed AFTER UPDATE ON rota_duty
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_duties();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON rota_duty FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON rota_duty TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON rota_duty FROM nwd_reader;
        GRANT SELECT ON rota_duty TO nwd_reader;
    END IF;
END
$$;
