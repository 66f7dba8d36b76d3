-- What was asked, given and done stays on record, whoever sits at a prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON visits_crew
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON visits_seat
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON visits_visit
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON visits_going
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- Nobody is let go of while a visit to them waits or is under way.
CREATE FUNCTION visit_before_closing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM visits_visit v WHERE v.referral_id = NEW.id AND v.ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'referral % has a visit that is still open', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_before_closing';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION visit_before_closing() IS 'no referral closes while a visit is open';
CREATE CONSTRAINT TRIGGER visit_before_closing AFTER UPDATE ON referrals_referral
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'closed')
    EXECUTE FUNCTION visit_before_closing();
COMMENT ON TRIGGER visit_before_closing ON referrals_referral
    IS 'I3: no referral closes while a visit is open';

-- A visit that is over stays as it was recorded.
CREATE FUNCTION visit_stays_over() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'visit % is over and stays as it was recorded', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_stays_over';
END
$$;
COMMENT ON FUNCTION visit_stays_over() IS 'what came of a visit stays as it was recorded';
CREATE TRIGGER visit_stays_over BEFORE UPDATE ON visits_visit
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION visit_stays_over();
COMMENT ON TRIGGER visit_stays_over ON visits_visit IS 'what came of a visit stays as it was recorded';

-- Boards are told: the team whose crews go, and the team that holds; nothing about anybody.
CREATE FUNCTION tell_visits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT n.team_id FROM written n
        UNION
        SELECT g.team_id FROM written n
        JOIN holdings_holding g ON g.referral_id = n.referral_id AND g.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_visits() IS 'tells whose crews go, and whoever holds';
CREATE TRIGGER told_when_added AFTER INSERT ON visits_visit
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_visits();
CREATE TRIGGER told_when_changed AFTER UPDATE ON visits_visit
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_visits();

CREATE FUNCTION tell_crews() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(SELECT DISTINCT n.team_id FROM written n));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_crews() IS 'tells a team that a crew came on or ended';
CREATE TRIGGER told_when_added AFTER INSERT ON visits_crew
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_crews();
CREATE TRIGGER told_when_changed AFTER UPDATE ON visits_crew
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION tell_crews();

DO $$
DECLARE
    one text;
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        FOREACH one IN ARRAY ARRAY['visits_crew', 'visits_seat', 'visits_visit', 'visits_going'] LOOP
            EXECUTE format('REVOKE ALL ON %I FROM nwd_app', one);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO nwd_app', one);
        END LOOP;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        FOREACH one IN ARRAY ARRAY['visits_crew', 'visits_seat', 'visits_visit', 'visits_going'] LOOP
            EXECUTE format('REVOKE ALL ON %I FROM nwd_reader', one);
            EXECUTE format('GRANT SELECT ON %I TO nwd_reader', one);
        END LOOP;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    ALTER TABLE visits_visit ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON visits_visit TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON visits_visit FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = visits_visit.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = visits_visit.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
