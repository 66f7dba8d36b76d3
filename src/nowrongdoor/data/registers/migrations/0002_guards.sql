-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON registers_registerlink
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON registers_registerreading
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON registers_registerlink, registers_registerreading FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON registers_registerlink, registers_registerreading TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON registers_registerlink, registers_registerreading FROM nwd_reader;
        GRANT SELECT ON registers_registerlink, registers_registerreading TO nwd_reader;
    END IF;
END
$$;
