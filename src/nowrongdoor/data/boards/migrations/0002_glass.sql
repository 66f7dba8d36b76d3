-- Glass that is broken is told at once: to whoever holds the person, and to whoever looks into it; and again
-- when it has been looked into. A review is asked in the act that breaks the glass, so it is the one told of.

CREATE FUNCTION tell_reviews() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT h.team_id FROM written n
        JOIN referrals_referral r ON r.person_id = n.person_id
        JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
        WHERE n.kind = 'break_glass'
        UNION
        -- The leads of that agency; where it has none, those of every other, as `reading.oversight` says.
        SELECT w.team_id FROM written n
        JOIN agencies_membership w ON w.role = 'governance_lead' AND w.until_at IS NULL
        JOIN agencies_team t ON t.id = w.team_id
        WHERE t.agency_id = n.agency_id OR NOT EXISTS (
            SELECT FROM agencies_membership m JOIN agencies_team led ON led.id = m.team_id
            WHERE led.agency_id = n.agency_id AND m.role = 'governance_lead' AND m.until_at IS NULL)
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_reviews() IS 'tells who looks into it, and of broken glass whoever holds the person';

CREATE TRIGGER told_when_added AFTER INSERT ON sharing_review
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_reviews();
CREATE TRIGGER told_when_changed AFTER UPDATE ON sharing_review
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_reviews();

-- A review is for governance leads alone, and whoever holds the person must know whether one still waits. The
-- reader is told that, of people in whose care its agency has a part, and nothing that a review says.
CREATE FUNCTION glass_not_reviewed() RETURNS TABLE (opening_id uuid, person_id uuid)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Not one question for both: PostgreSQL may ask for the agency before it asks who asks.
    IF session_user = 'nwd_reader' THEN
        RETURN QUERY SELECT r.subject_id, r.person_id FROM sharing_review r
            WHERE r.kind = 'break_glass' AND r.decided_at IS NULL AND EXISTS (
                SELECT FROM participations_participation p WHERE p.person_id = r.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid);
    ELSE
        RETURN QUERY SELECT r.subject_id, r.person_id FROM sharing_review r
            WHERE r.kind = 'break_glass' AND r.decided_at IS NULL;
    END IF;
END
$$;
COMMENT ON FUNCTION glass_not_reviewed() IS 'glass that nobody has looked into yet, for whoever has a part';
REVOKE EXECUTE ON FUNCTION glass_not_reviewed() FROM PUBLIC;

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        GRANT EXECUTE ON FUNCTION glass_not_reviewed() TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        GRANT EXECUTE ON FUNCTION glass_not_reviewed() TO nwd_reader;
    END IF;
END
$$;
