-- What was suggested of an entry is kept, with its answer; there is nobody in care in it.
CREATE TRIGGER kept_for_good BEFORE DELETE ON services_suggestion
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON services_suggestion FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON services_suggestion TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON services_suggestion FROM nwd_reader;
        GRANT SELECT ON services_suggestion TO nwd_reader;
    END IF;
END
$$;
