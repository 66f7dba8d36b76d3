-- A look that was recorded stays as it was recorded.
CREATE TRIGGER kept_as_written BEFORE UPDATE ON access_log_look
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
CREATE TRIGGER kept_for_good BEFORE DELETE OR TRUNCATE ON access_log_look
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
COMMENT ON TRIGGER kept_as_written ON access_log_look IS 'The access log is only added to';
COMMENT ON TRIGGER kept_for_good ON access_log_look IS 'The access log is only added to';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON access_log_look FROM nwd_app;
        GRANT SELECT, INSERT ON access_log_look TO nwd_app;
    END IF;
END
$$;
