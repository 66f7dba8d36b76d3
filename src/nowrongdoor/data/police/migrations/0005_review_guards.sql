-- What was found is never taken back or written otherwise: another level may say more.
CREATE TRIGGER kept_for_good BEFORE DELETE ON police_policereview
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_as_written BEFORE UPDATE ON police_policereview
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();

CREATE FUNCTION police_review_of_a_disagreement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM police_policedecision d
        WHERE d.id = NEW.decision_id AND d.referral_id = NEW.referral_id AND d.disputed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'review % is of no disagreement with the police about this referral', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_review_of_a_disagreement';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION police_review_of_a_disagreement() IS 'a review is of a disagreement about that referral';
CREATE TRIGGER police_review_of_a_disagreement BEFORE INSERT ON police_policereview
    FOR EACH ROW EXECUTE FUNCTION police_review_of_a_disagreement();
COMMENT ON TRIGGER police_review_of_a_disagreement ON police_policereview
    IS 'a review is of a disagreement about that referral';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON police_policereview FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON police_policereview TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON police_policereview FROM nwd_reader;
    GRANT SELECT ON police_policereview TO nwd_reader;
    ALTER TABLE police_policereview ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON police_policereview TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON police_policereview FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = police_policereview.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = police_policereview.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
