-- What was advised and decided is never taken back or changed: a decision is replayed by it.
CREATE TRIGGER kept_for_good BEFORE DELETE ON guidance_advice
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

CREATE FUNCTION advice_stays_as_stored() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'advice % stays as it was stored', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'advice_stays_as_stored';
END
$$;
COMMENT ON FUNCTION advice_stays_as_stored() IS 'what guidance advised of a decision stays as it was stored';
CREATE TRIGGER advice_stays_as_stored BEFORE UPDATE ON guidance_advice
    FOR EACH ROW EXECUTE FUNCTION advice_stays_as_stored();
COMMENT ON TRIGGER advice_stays_as_stored ON guidance_advice
    IS 'what guidance advised of a decision stays as it was stored';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON guidance_advice FROM nwd_app;
        GRANT SELECT, INSERT ON guidance_advice TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON guidance_advice FROM nwd_reader;
    GRANT SELECT ON guidance_advice TO nwd_reader;
    ALTER TABLE guidance_advice ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON guidance_advice TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON guidance_advice FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = guidance_advice.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = guidance_advice.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
