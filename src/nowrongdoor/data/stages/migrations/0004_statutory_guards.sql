-- What the law gives a time is never taken back: it ends once, by a person, and stays on record.
CREATE TRIGGER kept_for_good BEFORE DELETE ON stages_statutoryclock
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

CREATE FUNCTION statutory_ends_once() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'statutory clock % had ended', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statutory_ends_once';
    END IF;
    IF OLD.extended_at IS NOT NULL AND (NEW.extended_at IS DISTINCT FROM OLD.extended_at
            OR NEW.due_at IS DISTINCT FROM OLD.due_at) THEN
        RAISE EXCEPTION 'statutory clock % was extended once', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statutory_extended_once';
    END IF;
    IF (NEW.kind, NEW.referral_id, NEW.standard, NEW.started_at)
            IS DISTINCT FROM (OLD.kind, OLD.referral_id, OLD.standard, OLD.started_at)
        OR (NEW.extended_at IS NULL AND NEW.due_at IS DISTINCT FROM OLD.due_at) THEN
        RAISE EXCEPTION 'statutory clock % keeps what it began under', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statutory_keeps_its_version';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION statutory_ends_once() IS 'it ends once, is extended once, and keeps the version it began under';
CREATE TRIGGER statutory_ends_once BEFORE UPDATE ON stages_statutoryclock
    FOR EACH ROW EXECUTE FUNCTION statutory_ends_once();
COMMENT ON TRIGGER statutory_ends_once ON stages_statutoryclock
    IS 'it ends once, is extended once, and keeps the version it began under';

-- Nobody is let go of while it runs.
CREATE FUNCTION statutory_before_closing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM stages_statutoryclock s WHERE s.referral_id = NEW.id AND s.ended_at IS NULL) THEN
        RAISE EXCEPTION 'referral % has something that the law gives a time', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statutory_before_closing';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION statutory_before_closing() IS 'no referral closes while something the law gives a time runs on it';
CREATE CONSTRAINT TRIGGER statutory_before_closing AFTER UPDATE ON referrals_referral
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'closed')
    EXECUTE FUNCTION statutory_before_closing();
COMMENT ON TRIGGER statutory_before_closing ON referrals_referral
    IS 'I3: no referral closes while something the law gives a time runs on it';

-- Boards are told: the team that holds, and nothing about anybody.
CREATE FUNCTION tell_statutory() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT g.team_id FROM written n
        JOIN holdings_holding g ON g.referral_id = n.referral_id AND g.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_statutory() IS 'tells whoever holds';
CREATE TRIGGER told_when_added AFTER INSERT ON stages_statutoryclock
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_statutory();
CREATE TRIGGER told_when_changed AFTER UPDATE ON stages_statutoryclock
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_statutory();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON stages_statutoryclock FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON stages_statutoryclock TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON stages_statutoryclock FROM nwd_reader;
    GRANT SELECT ON stages_statutoryclock TO nwd_reader;
    ALTER TABLE stages_statutoryclock ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON stages_statutoryclock TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON stages_statutoryclock FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = stages_statutoryclock.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = stages_statutoryclock.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
