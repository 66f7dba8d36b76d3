-- The journal is a story: entries are added, and none is changed or removed (I7).

CREATE FUNCTION kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept for good', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kept_for_good', TABLE = TG_TABLE_NAME;
END
$$;
COMMENT ON FUNCTION kept_for_good() IS 'Refuses to delete: nothing about a person is deleted';

CREATE FUNCTION kept_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are kept as they were written', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kept_as_written', TABLE = TG_TABLE_NAME;
END
$$;
COMMENT ON FUNCTION kept_as_written() IS 'Refuses to change: what was recorded once stays as it was recorded';

CREATE TRIGGER kept_as_written BEFORE UPDATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
CREATE TRIGGER kept_for_good BEFORE DELETE OR TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
COMMENT ON TRIGGER kept_as_written ON journal_entry IS 'The journal is only added to';
COMMENT ON TRIGGER kept_for_good ON journal_entry IS 'The journal is only added to';

-- What the web and the jobs may do: add to the journal, keep sign-ins, and see which migrations ran.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        IF pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = 'public'), 'USAGE') THEN
            GRANT USAGE ON SCHEMA public TO nwd_app;
        END IF;
        REVOKE ALL ON journal_entry, django_session, django_migrations FROM nwd_app;
        GRANT SELECT, INSERT ON journal_entry TO nwd_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO nwd_app;
        GRANT SELECT ON django_migrations TO nwd_app;
    END IF;
END
$$;
