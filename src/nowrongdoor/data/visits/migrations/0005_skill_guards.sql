-- Who held what, and until when, stays on record, whoever sits at a prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON visits_skill
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- Boards are told: every team the member works in; nothing about anybody.
CREATE FUNCTION tell_skills() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT DISTINCT w.team_id FROM written n
        JOIN agencies_membership w ON w.member_id = n.member_id AND w.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_skills() IS 'tells where a member works that what they may be sent for has changed';
CREATE TRIGGER told_when_added AFTER INSERT ON visits_skill
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_skills();
CREATE TRIGGER told_when_changed AFTER UPDATE ON visits_skill
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_skills();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON visits_skill FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON visits_skill TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON visits_skill FROM nwd_reader;
        GRANT SELECT ON visits_skill TO nwd_reader;
    END IF;
END
$$;
