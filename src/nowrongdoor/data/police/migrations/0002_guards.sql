-- Nothing that was decided is taken back: another decision follows it, and both stay.
CREATE TRIGGER kept_for_good BEFORE DELETE ON police_policedecision
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What is not known never lets the police stay away. An answer that is missing is not known.
ALTER TABLE police_policedecision ADD CONSTRAINT police_no_knows CHECK (
    outcome <> 'not_attending'
    OR (COALESCE(answers ->> 'crime_now', '') = 'no'
        AND (COALESCE(answers ->> 'serious_harm', '') = 'no'
            OR (COALESCE(answers ->> 'serious_harm', '') = 'yes'
                AND COALESCE(answers ->> 'happening_now', '') = 'no'))));

CREATE FUNCTION police_stays_as_decided() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text[] := ARRAY['version', 'seen_at', 'seen_by_id', 'seen_as', 'seen_words', 'disputed_at',
        'disputed_by_id', 'our_view', 'police_view', 'our_rank', 'police_rank'];
BEGIN
    IF (to_jsonb(NEW) - told) IS DISTINCT FROM (to_jsonb(OLD) - told)
        OR (OLD.seen_at IS NOT NULL AND (NEW.seen_at, NEW.seen_by_id, NEW.seen_as, NEW.seen_words)
            IS DISTINCT FROM (OLD.seen_at, OLD.seen_by_id, OLD.seen_as, OLD.seen_words))
        OR (OLD.disputed_at IS NOT NULL
            AND (NEW.disputed_at, NEW.disputed_by_id, NEW.our_view, NEW.police_view, NEW.our_rank, NEW.police_rank)
            IS DISTINCT FROM
            (OLD.disputed_at, OLD.disputed_by_id, OLD.our_view, OLD.police_view, OLD.our_rank, OLD.police_rank)) THEN
        RAISE EXCEPTION 'decision % with the police stays as it was recorded', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_stays_as_decided';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION police_stays_as_decided() IS 'what was decided, seen and disputed stays as it was recorded';
CREATE TRIGGER police_stays_as_decided BEFORE UPDATE ON police_policedecision
    FOR EACH ROW EXECUTE FUNCTION police_stays_as_decided();
COMMENT ON TRIGGER police_stays_as_decided ON police_policedecision
    IS 'what was decided, seen and disputed stays as it was recorded';

-- A no leaves no gap: the team that accepted holds the person at that instant, and is not of the police;
-- somebody looks again; who was not told is rung back; a threat for later has its urgent health task.
CREATE FUNCTION police_leaves_no_gap() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.outcome = 'not_attending' AND NOT EXISTS (
        SELECT FROM holdings_holding h
        JOIN agencies_team t ON t.id = h.team_id
        JOIN agencies_agency a ON a.id = t.agency_id
        WHERE h.referral_id = NEW.referral_id AND h.team_id = NEW.accepting_team_id AND a.kind <> 'police'
            AND h.from_at <= NEW.decided_at AND (h.until_at IS NULL OR h.until_at > NEW.decided_at)
    ) THEN
        RAISE EXCEPTION 'decision % with the police has no accepting holder', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_no_has_who_holds';
    END IF;
    IF NOT EXISTS (
        SELECT FROM promises_promise p WHERE p.referral_id = NEW.referral_id
            AND p.kind = 'police_recheck' AND p.made_at = NEW.decided_at
            AND (p.due_at <= NEW.recheck_at OR p.escalation_level > 0)
    ) THEN
        RAISE EXCEPTION 'decision % with the police is looked at again by nobody', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_is_looked_at_again';
    END IF;
    IF NEW.told = 'not_reached' AND NOT EXISTS (
        SELECT FROM promises_promise p WHERE p.referral_id = NEW.referral_id
            AND p.kind = 'callback' AND p.made_at <= NEW.decided_at
            AND (p.ended_at IS NULL OR p.ended_at >= NEW.decided_at)
    ) THEN
        RAISE EXCEPTION 'decision % with the police: the caller is told by nobody', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_caller_is_told';
    END IF;
    IF NEW.answers ->> 'serious_harm' = 'yes' AND NEW.answers ->> 'happening_now' = 'no' AND NOT EXISTS (
        SELECT FROM promises_promise p WHERE p.referral_id = NEW.referral_id
            AND p.kind = 'urgent_health' AND p.made_at <= NEW.decided_at
            AND (p.ended_at IS NULL OR p.ended_at >= NEW.decided_at)
    ) THEN
        RAISE EXCEPTION 'decision % with the police: a threat for later is nobody''s task', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_threat_is_a_task';
    END IF;
    IF NEW.follows_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM police_policedecision d WHERE d.id = NEW.follows_id AND d.referral_id = NEW.referral_id
    ) THEN
        RAISE EXCEPTION 'decision % with the police follows one about somebody else', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_follows_its_own';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION police_leaves_no_gap() IS 'a decision with the police leaves nobody without a holder and a task';
CREATE CONSTRAINT TRIGGER police_leaves_no_gap AFTER INSERT ON police_policedecision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION police_leaves_no_gap();
COMMENT ON TRIGGER police_leaves_no_gap ON police_policedecision
    IS 'I1: a decision with the police leaves nobody without a holder and a task';

-- Nobody is let go of while it is not settled who responds.
CREATE FUNCTION police_before_closing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM police_policedecision d WHERE d.referral_id = NEW.id AND d.outcome = 'unknown'
            AND NOT EXISTS (SELECT FROM police_policedecision n WHERE n.follows_id = d.id)
    ) THEN
        RAISE EXCEPTION 'referral % is not settled with the police', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_before_closing';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION police_before_closing() IS 'no referral closes while it is not settled with the police who responds';
CREATE CONSTRAINT TRIGGER police_before_closing AFTER UPDATE ON referrals_referral
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'closed')
    EXECUTE FUNCTION police_before_closing();
COMMENT ON TRIGGER police_before_closing ON referrals_referral
    IS 'I3: no referral closes while it is not settled with the police who responds';

-- Boards are told: the team that holds, and nothing about anybody.
CREATE FUNCTION tell_police() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT g.team_id FROM written n
        JOIN holdings_holding g ON g.referral_id = n.referral_id AND g.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_police() IS 'tells whoever holds';
CREATE TRIGGER told_when_added AFTER INSERT ON police_policedecision
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_police();
CREATE TRIGGER told_when_changed AFTER UPDATE ON police_policedecision
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_police();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON police_policedecision FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON police_policedecision TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON police_policedecision FROM nwd_reader;
    GRANT SELECT ON police_policedecision TO nwd_reader;
    ALTER TABLE police_policedecision ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON police_policedecision TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON police_policedecision FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = police_policedecision.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = police_policedecision.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
