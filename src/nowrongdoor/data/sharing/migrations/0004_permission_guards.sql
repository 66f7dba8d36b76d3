-- What a person permitted stays on record, whoever sits at a prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON sharing_permission
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON sharing_permission FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON sharing_permission TO nwd_app;
    END IF;
END
$$;
