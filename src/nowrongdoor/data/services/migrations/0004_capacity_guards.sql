CREATE TRIGGER kept_for_good BEFORE DELETE ON services_capacity
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON services_capacity FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON services_capacity TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON services_capacity FROM nwd_reader;
        GRANT SELECT ON services_capacity TO nwd_reader;
    END IF;
END
$$;
