-- I1, no gap, seen from the holding.
CREATE CONSTRAINT TRIGGER referral_held_without_gap AFTER INSERT OR UPDATE ON holdings_holding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION referral_held_without_gap();
COMMENT ON TRIGGER referral_held_without_gap ON holdings_holding IS 'I1';
COMMENT ON CONSTRAINT holding_no_overlap ON holdings_holding IS 'I1: nobody is held by two at one instant';

-- I5: a holding never changes hands in place. It ends once, and then stays as it was.
CREATE FUNCTION holding_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until_at IS NOT NULL THEN
        RAISE EXCEPTION 'holding % is over', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_ends_once';
    END IF;
    IF (NEW.id, NEW.referral_id, NEW.team_id, NEW.from_at, NEW.began_by, NEW.handover_id, NEW.re_homing_id)
        IS DISTINCT FROM
       (OLD.id, OLD.referral_id, OLD.team_id, OLD.from_at, OLD.began_by, OLD.handover_id, OLD.re_homing_id) THEN
        RAISE EXCEPTION 'holding %: who holds what, since when and by which act never changes', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_ends_once';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION holding_ends_once() IS 'I5: a holding never changes hands in place; it ends once';

CREATE TRIGGER holding_ends_once BEFORE UPDATE ON holdings_holding
    FOR EACH ROW EXECUTE FUNCTION holding_ends_once();
COMMENT ON TRIGGER holding_ends_once ON holdings_holding IS 'I5';

-- I5: the holder changes only by an accepted handover or a recorded re-homing; and whoever holds is there.
CREATE FUNCTION holding_rests_on_an_act() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held holdings_holding;
    fault text;
BEGIN
    SELECT * INTO held FROM holdings_holding WHERE id = NEW.id;
    IF held.began_by = 'handover' AND NOT EXISTS (
        SELECT FROM handovers_handover given
        JOIN holdings_holding before ON before.id = given.holding_id AND before.until_at = held.from_at
        WHERE given.id = held.handover_id AND given.state = 'accepted'
            AND given.referral_id = held.referral_id AND given.receiver_team_id = held.team_id
            AND given.answered_at = held.from_at
    ) THEN
        fault := 'began by a handover that this team has not accepted';
    ELSIF held.began_by = 're_homing' AND NOT EXISTS (
        SELECT FROM holdings_rehoming moved
        JOIN holdings_holding before
            ON before.referral_id = held.referral_id AND before.team_id = moved.from_team_id
            AND before.until_at = held.from_at
        WHERE moved.id = held.re_homing_id AND moved.referral_id = held.referral_id
            AND moved.to_team_id = held.team_id AND moved.re_homed_at = held.from_at
    ) THEN
        fault := 'began by a re-homing that is not on record';
    END IF;
    IF held.until_at IS NULL THEN
        -- Held still, so that the team cannot close, nor the member leave, while this is decided.
        PERFORM FROM agencies_team WHERE id = held.team_id AND closed_at IS NULL FOR SHARE;
        IF NOT FOUND THEN
            fault := 'is with a team that has closed';
        END IF;
        IF held.member_id IS NOT NULL THEN
            PERFORM FROM agencies_membership
                WHERE member_id = held.member_id AND team_id = held.team_id AND until_at IS NULL
                FOR SHARE;
            IF NOT FOUND THEN
                fault := 'names a member who does not work for its team';
            END IF;
        END IF;
    ELSE
        IF EXISTS (SELECT FROM handovers_handover WHERE holding_id = held.id AND state = 'offered') THEN
            fault := 'is over, but an offer that rests on it still waits for its answer';
        END IF;
        IF held.member_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM agencies_membership
            WHERE member_id = held.member_id AND team_id = held.team_id AND from_at < held.until_at
                AND (until_at IS NULL OR until_at > held.from_at)
        ) THEN
            fault := 'names a member who did not work for its team then';
        END IF;
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'holding % %', held.id, fault
            USING ERRCODE = 'check_violation', CONSTRAINT = 'holding_rests_on_an_act';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION holding_rests_on_an_act() IS
    'I5: the holder changes only by an accepted handover or a recorded re-homing, to a team and member who are there';

CREATE CONSTRAINT TRIGGER holding_rests_on_an_act AFTER INSERT OR UPDATE ON holdings_holding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION holding_rests_on_an_act();
COMMENT ON TRIGGER holding_rests_on_an_act ON holdings_holding IS 'I5, I2';

CREATE TRIGGER kept_as_written BEFORE UPDATE ON holdings_rehoming
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON holdings_rehoming IS 'I5: a re-homing on record stays as recorded';

-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON holdings_holding
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON holdings_rehoming
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON holdings_holding, holdings_rehoming FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON holdings_holding, holdings_rehoming TO nwd_app;
    END IF;
END
$$;

COMMENT ON CONSTRAINT holding_has_length ON holdings_holding IS 'I1: a period has a length';
COMMENT ON CONSTRAINT holding_names_its_handover ON holdings_holding IS 'I5: an acceptance is named';
COMMENT ON CONSTRAINT holding_names_its_re_homing ON holdings_holding IS 'I5: a re-homing is named';
COMMENT ON INDEX holding_once_per_handover IS 'I5: one acceptance begins one holding';
COMMENT ON INDEX holding_once_per_re_homing IS 'I5: one re-homing begins one holding';
