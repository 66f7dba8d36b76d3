-- What somebody said of themselves is neither deleted nor rewritten, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON people_aboutanswer
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- Whose it is may change, when two records are found to be one person's; what was said may not.
CREATE FUNCTION about_stays_as_said() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.heading, NEW.state, NEW.codes, NEW.words, NEW.said_by, NEW.said_by_name, NEW.whose_words,
            NEW.said_on, NEW.replaces_id, NEW.team_id, NEW.written_at, NEW.written_by_id)
        IS DISTINCT FROM (OLD.heading, OLD.state, OLD.codes, OLD.words, OLD.said_by, OLD.said_by_name,
            OLD.whose_words, OLD.said_on, OLD.replaces_id, OLD.team_id, OLD.written_at, OLD.written_by_id)
    THEN
        RAISE EXCEPTION 'answer % stays as it was said', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'about_stays_as_said';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION about_stays_as_said() IS 'an answer about a person is never rewritten';
CREATE TRIGGER about_stays_as_said BEFORE UPDATE ON people_aboutanswer
    FOR EACH ROW EXECUTE FUNCTION about_stays_as_said();
COMMENT ON TRIGGER about_stays_as_said ON people_aboutanswer IS 'an answer about a person is never rewritten';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON people_aboutanswer FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON people_aboutanswer TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON people_aboutanswer FROM nwd_reader;
    GRANT SELECT ON people_aboutanswer TO nwd_reader;
    ALTER TABLE people_aboutanswer ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON people_aboutanswer TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON people_aboutanswer FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = people_aboutanswer.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
