-- I1, no gap: from the instant a referral is received until it is closed, someone holds it.
-- Looked at when the transaction ends, whoever changed the referral or a holding of it, and however.
-- Two transactions cannot both pass this and break it together: whatever changes who holds must
-- change the one open holding, or add one, and there the second waits and then fails.
CREATE FUNCTION referral_held_without_gap() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    asked uuid;
    kept record;
    held record;
    before record;
    fault text;
BEGIN
    IF TG_TABLE_NAME = 'referrals_referral' THEN
        asked := NEW.id;
    ELSE
        asked := NEW.referral_id;
    END IF;
    SELECT state, received_at, closed_at INTO kept FROM referrals_referral WHERE id = asked;
    FOR held IN
        SELECT from_at, until_at, began_by, ended_by FROM holdings_holding
        WHERE referral_id = asked ORDER BY from_at
    LOOP
        IF before IS NULL THEN
            IF held.began_by <> 'received' OR held.from_at <> kept.received_at THEN
                fault := 'is not held from the instant it was received';
            END IF;
        ELSIF held.began_by = 'reopening' THEN
            IF before.ended_by IS DISTINCT FROM 'closing' OR held.from_at < before.until_at THEN
                fault := 'is reopened without having been closed';
            END IF;
        ELSIF before.until_at IS DISTINCT FROM held.from_at THEN
            fault := 'is held by nobody for a time';
        ELSIF before.ended_by IS DISTINCT FROM held.began_by THEN
            fault := 'passes on in a way that its next holding does not know';
        END IF;
        before := held;
    END LOOP;
    IF before IS NULL THEN
        fault := 'is held by nobody';
    ELSIF kept.state = 'closed' THEN
        IF before.until_at IS DISTINCT FROM kept.closed_at OR before.ended_by <> 'closing' THEN
            fault := 'is closed, but its last holding did not end with it';
        END IF;
    ELSIF before.until_at IS NOT NULL THEN
        fault := 'is open and nobody holds it';
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'referral % %', asked, fault
            USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_held_without_gap';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION referral_held_without_gap() IS 'I1: every open referral is held by exactly one open holder, without a gap';

CREATE CONSTRAINT TRIGGER referral_held_without_gap AFTER INSERT OR UPDATE ON referrals_referral
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referral_held_without_gap();
COMMENT ON TRIGGER referral_held_without_gap ON referrals_referral IS 'I1';

-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON referrals_referral
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON referrals_referral FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON referrals_referral TO nwd_app;
    END IF;
END
$$;
