-- What somebody else would have decided stays as they said it.
CREATE TRIGGER kept_for_good BEFORE DELETE ON guidance_secondrating
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

CREATE FUNCTION rating_stays_as_given() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'rating % stays as it was given', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_stays_as_given';
END
$$;
COMMENT ON FUNCTION rating_stays_as_given() IS 'how soon somebody else would have responded stays as they said it';
CREATE TRIGGER rating_stays_as_given BEFORE UPDATE ON guidance_secondrating
    FOR EACH ROW EXECUTE FUNCTION rating_stays_as_given();
COMMENT ON TRIGGER rating_stays_as_given ON guidance_secondrating
    IS 'how soon somebody else would have responded stays as they said it';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON guidance_secondrating FROM nwd_app;
        GRANT SELECT, INSERT ON guidance_secondrating TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON guidance_secondrating FROM nwd_reader;
    GRANT SELECT ON guidance_secondrating TO nwd_reader;
    ALTER TABLE guidance_secondrating ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON guidance_secondrating TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON guidance_secondrating FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = guidance_secondrating.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = guidance_secondrating.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
