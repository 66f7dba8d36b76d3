-- What a link is bound to never changes; one that was taken back, or that answered, stays so.
CREATE FUNCTION answer_link_stays_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.handover_id, NEW.referral_id, NEW.team_id, NEW.digest, NEW.made_at, NEW.made_by_id)
        IS DISTINCT FROM
       (OLD.id, OLD.handover_id, OLD.referral_id, OLD.team_id, OLD.digest, OLD.made_at, OLD.made_by_id)
        OR NEW.until_at > OLD.until_at
        OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
        OR (OLD.answered_at IS NOT NULL AND NEW.answered_at IS DISTINCT FROM OLD.answered_at) THEN
        RAISE EXCEPTION 'link %: what it is bound to never changes, and what is over stays over', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_link_stays_bound';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION answer_link_stays_bound() IS
    'I2: a link answers the offer and team it was made for, opens no longer than it said, and is over for good';
CREATE TRIGGER answer_link_stays_bound BEFORE UPDATE ON handovers_answerlink
    FOR EACH ROW EXECUTE FUNCTION answer_link_stays_bound();
COMMENT ON TRIGGER answer_link_stays_bound ON handovers_answerlink IS 'I2';

-- It is for the team that the offer asks, and an answer by it is an answer to the offer, at that instant.
CREATE FUNCTION answer_link_is_so() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told handovers_answerlink;
BEGIN
    SELECT * INTO told FROM handovers_answerlink WHERE id = NEW.id;
    IF NOT EXISTS (
        SELECT FROM handovers_handover h
        WHERE h.id = told.handover_id AND h.referral_id = told.referral_id
            AND h.receiver_team_id = told.team_id
            AND (told.answered_at IS NULL
                OR (h.answered_at = told.answered_at AND h.state IN ('accepted', 'returned')))
    ) THEN
        RAISE EXCEPTION 'link % is of another offer or team, or says it answered what it did not', told.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_link_is_so';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION answer_link_is_so() IS 'I2, I5: a link is for the team its offer asks, and answered what it says';
CREATE CONSTRAINT TRIGGER answer_link_is_so AFTER INSERT OR UPDATE ON handovers_answerlink
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION answer_link_is_so();
COMMENT ON TRIGGER answer_link_is_so ON handovers_answerlink IS 'I2, I5';

CREATE TRIGGER kept_for_good BEFORE DELETE ON handovers_answerlink
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON handovers_answerlink FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON handovers_answerlink TO nwd_app;
    END IF;
END
$$;

-- Pages are shown the links of referrals in which their viewer's own agency has a part.
DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON handovers_answerlink FROM nwd_reader;
    GRANT SELECT ON handovers_answerlink TO nwd_reader;
    ALTER TABLE handovers_answerlink ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON handovers_answerlink TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON handovers_answerlink FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = handovers_answerlink.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = handovers_answerlink.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
