-- What the web may do here: drafts are thrown away when they are sent.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON drafts_draft FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON drafts_draft TO nwd_app;
    END IF;
END
$$;
