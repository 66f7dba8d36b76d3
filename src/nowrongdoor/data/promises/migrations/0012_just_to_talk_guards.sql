-- A call just to talk is kept, and stands behind the second wall with its promise.
CREATE TRIGGER kept_for_good BEFORE DELETE ON promises_talk
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON promises_talk FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON promises_talk TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON promises_talk FROM nwd_reader;
    GRANT SELECT ON promises_talk TO nwd_reader;
    ALTER TABLE promises_talk ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON promises_talk TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON promises_talk FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM promises_promise d WHERE d.id = promises_talk.promise_id OFFSET 0));
END
$wall$;
