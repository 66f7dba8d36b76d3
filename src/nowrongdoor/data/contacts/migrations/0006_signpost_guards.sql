-- What somebody was told of is kept, and stands behind the second wall with its contact.
CREATE TRIGGER kept_for_good BEFORE DELETE ON contacts_signpost
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON contacts_signpost FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON contacts_signpost TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON contacts_signpost FROM nwd_reader;
    GRANT SELECT ON contacts_signpost TO nwd_reader;
    ALTER TABLE contacts_signpost ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON contacts_signpost TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON contacts_signpost FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM contacts_contact c WHERE c.id = contacts_signpost.contact_id OFFSET 0));
END
$wall$;
