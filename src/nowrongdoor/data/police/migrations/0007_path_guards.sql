-- A path stays: another may follow, and both lists are kept.
CREATE TRIGGER kept_for_good BEFORE DELETE ON police_policepath
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

CREATE FUNCTION police_path_stays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF (to_jsonb(NEW) - ARRAY['version', 'answers']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['version', 'answers'])
        OR NOT (NEW.answers ?& ARRAY(SELECT jsonb_object_keys(OLD.answers))) THEN
        RAISE EXCEPTION 'path % stays as it was chosen, and nothing that was said of it is taken out', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_path_stays';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION police_path_stays() IS 'a path stays as chosen, and no answer is taken out of its list';
CREATE TRIGGER police_path_stays BEFORE UPDATE ON police_policepath
    FOR EACH ROW EXECUTE FUNCTION police_path_stays();
COMMENT ON TRIGGER police_path_stays ON police_policepath
    IS 'a path stays as chosen, and no answer is taken out of its list';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON police_policepath FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON police_policepath TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON police_policepath FROM nwd_reader;
    GRANT SELECT ON police_policepath TO nwd_reader;
    ALTER TABLE police_policepath ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON police_policepath TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON police_policepath FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = police_policepath.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = police_policepath.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
