-- What a link is for is bound too: one that answers never becomes one that goes on. One that goes on is of an
-- offer that its team accepted, and answers nothing itself.
CREATE OR REPLACE FUNCTION answer_link_stays_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.handover_id, NEW.referral_id, NEW.team_id, NEW.digest, NEW.made_at, NEW.made_by_id)
        IS DISTINCT FROM
       (OLD.id, OLD.handover_id, OLD.referral_id, OLD.team_id, OLD.digest, OLD.made_at, OLD.made_by_id)
        OR NEW.goes_on <> OLD.goes_on
        OR NEW.until_at > OLD.until_at
        OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
        OR (OLD.answered_at IS NOT NULL AND NEW.answered_at IS DISTINCT FROM OLD.answered_at) THEN
        RAISE EXCEPTION 'link %: what it is bound to never changes, and what is over stays over', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_link_stays_bound';
    END IF;
    RETURN NEW;
END
$$;
CREATE OR REPLACE FUNCTION answer_link_is_so() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told handovers_answerlink;
BEGIN
    SELECT * INTO told FROM handovers_answerlink WHERE id = NEW.id;
    IF NOT EXISTS (
        SELECT FROM handovers_handover h
        WHERE h.id = told.handover_id AND h.referral_id = told.referral_id
            AND h.receiver_team_id = told.team_id
            AND (NOT told.goes_on OR h.state = 'accepted')
            AND (told.answered_at IS NULL
                OR (h.answered_at = told.answered_at AND h.state IN ('accepted', 'returned')))
    ) THEN
        RAISE EXCEPTION 'link % is of another offer or team, or says it answered what it did not', told.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_link_is_so';
    END IF;
    RETURN NULL;
END
$$;
