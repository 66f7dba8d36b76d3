-- A contact with the person, once on record, stays as recorded. Nothing here is deleted.
CREATE TRIGGER kept_as_written BEFORE UPDATE ON stages_carecontact
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON stages_carecontact IS 'a contact on record stays as recorded';
CREATE TRIGGER kept_for_good BEFORE DELETE ON stages_carecontact
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON stages_stage
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What was reached stays reached, and of one offer's referral: a fact is not taken back.
CREATE FUNCTION stage_stays_reached() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.reached_at IS NOT NULL AND (NEW.reached_at IS NULL OR NEW.reached_at > OLD.reached_at) THEN
        RAISE EXCEPTION 'stage % was reached, and would not be any more', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'stage_stays_reached';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION stage_stays_reached() IS 'a stage that was reached is not awaited again';
CREATE TRIGGER stage_stays_reached BEFORE UPDATE ON stages_stage
    FOR EACH ROW EXECUTE FUNCTION stage_stays_reached();
COMMENT ON TRIGGER stage_stays_reached ON stages_stage IS 'a stage that was reached is not awaited again';

-- Boards are told when an offer was sent, received or followed by a contact: teams, and nothing about anybody.
CREATE FUNCTION tell_stages() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT unnest(ARRAY[h.giver_team_id, h.receiver_team_id])
        FROM written n JOIN handovers_handover h ON h.id = n.handover_id
        UNION
        SELECT g.team_id FROM written n
        JOIN holdings_holding g ON g.referral_id = n.referral_id AND g.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_stages() IS 'tells both sides of a handover, and whoever holds';
CREATE TRIGGER told_when_added AFTER INSERT ON stages_stage
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_stages();
CREATE TRIGGER told_when_changed AFTER UPDATE ON stages_stage
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_stages();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON stages_stage, stages_carecontact FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON stages_stage, stages_carecontact TO nwd_app;
    END IF;
END
$$;

-- Pages are shown the stages and contacts of referrals in which their viewer's own agency has a part.
DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON stages_stage, stages_carecontact FROM nwd_reader;
    GRANT SELECT ON stages_stage, stages_carecontact TO nwd_reader;
    ALTER TABLE stages_stage ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON stages_stage TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON stages_stage FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = stages_stage.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = stages_stage.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
    ALTER TABLE stages_carecontact ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON stages_carecontact TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON stages_carecontact FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = stages_carecontact.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = stages_carecontact.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
