-- I2 and I5: what an offer says never changes, and it is answered once.
CREATE FUNCTION handover_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'offered' THEN
        RAISE EXCEPTION 'handover % has been answered', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_answered_once';
    END IF;
    IF (NEW.id, NEW.referral_id, NEW.holding_id, NEW.giver_team_id, NEW.giver_member_id, NEW.receiver_team_id,
        NEW.offered_at, NEW.answer_by, NEW.hop, NEW.after_id)
        IS DISTINCT FROM
       (OLD.id, OLD.referral_id, OLD.holding_id, OLD.giver_team_id, OLD.giver_member_id, OLD.receiver_team_id,
        OLD.offered_at, OLD.answer_by, OLD.hop, OLD.after_id) THEN
        RAISE EXCEPTION 'handover %: who asks whom, for what and by when never changes', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_answered_once';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION handover_answered_once() IS 'I2, I5: an offer keeps its terms and is answered once';

CREATE TRIGGER handover_answered_once BEFORE UPDATE ON handovers_handover
    FOR EACH ROW EXECUTE FUNCTION handover_answered_once();
COMMENT ON TRIGGER handover_answered_once ON handovers_handover IS 'I2, I5';

-- Each state of a handover rests on something that is so when the transaction ends.
CREATE FUNCTION handover_is_so() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told handovers_handover;
    fault text;
BEGIN
    SELECT * INTO told FROM handovers_handover WHERE id = NEW.id;
    IF told.state = 'offered' THEN
        -- Held still, so that the holding cannot end, nor the team close, while this is decided.
        PERFORM FROM holdings_holding
            WHERE id = told.holding_id AND referral_id = told.referral_id
                AND team_id = told.giver_team_id AND until_at IS NULL
            FOR SHARE;
        IF NOT FOUND THEN
            fault := 'is offered by a team that does not hold its referral';
        END IF;
        PERFORM FROM agencies_team WHERE id = told.receiver_team_id AND closed_at IS NULL FOR SHARE;
        IF NOT FOUND THEN
            fault := 'is offered to a team that has closed';
        END IF;
    ELSIF told.state = 'accepted' AND NOT EXISTS (
        SELECT FROM holdings_holding taken
        JOIN holdings_holding given ON given.id = told.holding_id
        WHERE taken.handover_id = told.id AND taken.referral_id = told.referral_id
            AND taken.team_id = told.receiver_team_id AND taken.from_at = told.answered_at
            AND given.until_at = told.answered_at AND given.ended_by = 'handover'
    ) THEN
        fault := 'is accepted, but the receiver does not hold its referral from then on';
    ELSIF told.state = 'returned' AND NOT EXISTS (
        SELECT FROM handovers_handover following
        WHERE following.id = told.next_handover_id AND following.after_id = told.id
            AND following.referral_id = told.referral_id AND following.holding_id = told.holding_id
            AND following.receiver_team_id = told.next_team_id AND following.offered_at = told.answered_at
            AND following.answer_by = told.answer_by AND following.hop = told.hop + 1
    ) THEN
        fault := 'is returned, but the next team has not been asked by the same time';
    END IF;
    IF told.after_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM handovers_handover earlier
        WHERE earlier.id = told.after_id AND earlier.state = 'returned' AND earlier.next_handover_id = told.id
    ) THEN
        fault := 'follows an offer that was not returned with it';
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'handover % %', told.id, fault
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_is_so';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION handover_is_so() IS
    'I2, I5: an offer rests on the giver''s open holding and reaches an open team; an acceptance changes the holder; a return asks the next team by the same time';

CREATE CONSTRAINT TRIGGER handover_is_so AFTER INSERT OR UPDATE ON handovers_handover
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION handover_is_so();
COMMENT ON TRIGGER handover_is_so ON handovers_handover IS 'I2, I5';

-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON handovers_handover
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON handovers_handover FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON handovers_handover TO nwd_app;
    END IF;
END
$$;

COMMENT ON INDEX handover_one_live_offer IS 'I2: at most one live offer for a holding';
COMMENT ON INDEX handover_one_live_offer_a_referral IS 'I2: at most one live offer for a referral';
COMMENT ON CONSTRAINT handover_not_to_self ON handovers_handover IS 'I2: never to oneself';
COMMENT ON CONSTRAINT handover_read_back ON handovers_handover IS 'I5: an acceptance says what the receiver will do';
COMMENT ON CONSTRAINT handover_returned_names_next ON handovers_handover IS 'I2: a no names who is asked next';
