-- What the web may do with what was looked for: a search that is asked again takes the place of the one before.
-- Nothing is thrown away, and the reader sees it: there is nobody in it.
CREATE TRIGGER kept_for_good BEFORE DELETE ON services_sitting
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON services_sitting FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON services_sitting TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON services_sitting FROM nwd_reader;
        GRANT SELECT ON services_sitting TO nwd_reader;
    END IF;
END
$$;
