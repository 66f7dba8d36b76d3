-- Both halves of a joint visit are about one referral, whoever sits at a prompt, and a half has no half.
CREATE FUNCTION visit_half_of_the_same() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM visits_visit v
        WHERE v.id = NEW.joint_with_id AND v.referral_id = NEW.referral_id AND v.joint_with_id IS NULL
    ) THEN
        RAISE EXCEPTION 'visit % is joined to one of somebody else, or to a half', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'visit_half_of_the_same';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION visit_half_of_the_same() IS 'both halves of a joint visit are about one referral';
CREATE TRIGGER visit_half_of_the_same BEFORE INSERT OR UPDATE OF joint_with_id, referral_id ON visits_visit
    FOR EACH ROW WHEN (NEW.joint_with_id IS NOT NULL) EXECUTE FUNCTION visit_half_of_the_same();
COMMENT ON TRIGGER visit_half_of_the_same ON visits_visit
    IS 'both halves of a joint visit are about one referral';

-- Boards are told: the team whose crews go, that of the other half, and the team that holds; nothing about anybody.
CREATE OR REPLACE FUNCTION tell_visits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT n.team_id FROM written n
        UNION
        SELECT v.team_id FROM written n
        JOIN visits_visit v ON v.referral_id = n.referral_id AND v.ended_at IS NULL
            AND (v.id = n.joint_with_id OR v.joint_with_id = n.id)
        UNION
        SELECT g.team_id FROM written n
        JOIN holdings_holding g ON g.referral_id = n.referral_id AND g.until_at IS NULL
    ));
    RETURN NULL;
END
$$;

-- Passes the wall: of every visit asked for in a time how it went. A day, roles, skills, reasons for two, standards
-- and lengths of time; no key, no name, no words, no place, no hour. Whoever is restricted, or whose referral is
-- sealed, is left out; so is what a team was asked along to and never said yes to. Seconds are counted from when each was due: below 0 is before it.
DROP FUNCTION visits_reported(timestamptz, timestamptz, timestamptz, uuid);
CREATE FUNCTION visits_reported(
    as_of timestamptz, since timestamptz, until timestamptz, only_agency uuid
)
RETURNS TABLE (
    asked_on date, state text, outcome text, due_s bigint, leaves_s bigint, set_off_s bigint, arrived_s bigint,
    met_s bigint, out_s bigint, roles text[], skills text[], pair_rules text[], is_first boolean,
    direct_standard text, direct_due_s bigint, direct_s bigint,
    face_standard text, face_due_s bigint, face_s bigint, is_joint boolean
)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS (
        SELECT v.*, row_number() OVER (PARTITION BY v.referral_id ORDER BY v.asked_at, v.id) = 1 AS leads
        FROM visits_visit v JOIN agencies_team t ON t.id = v.team_id
        WHERE v.asked_at >= since AND v.asked_at < until AND v.asked_at <= as_of
          AND (only_agency IS NULL OR t.agency_id = only_agency)
          AND (v.joint_with_id IS NULL OR v.joined_at IS NOT NULL)
          AND NOT EXISTS (
            SELECT FROM sharing_seal s JOIN referrals_referral r ON r.id = v.referral_id
            WHERE s.lifted_at IS NULL AND (s.referral_id = r.id
                OR (s.person_id = r.person_id AND s.referral_id IS NULL AND s.contact_id IS NULL)))
    )
    SELECT (v.asked_at AT TIME ZONE 'Europe/London')::date, v.state, v.outcome,
        extract(epoch FROM as_of - v.due_at)::bigint,
        extract(epoch FROM v.leaves_at - v.due_at)::bigint,
        extract(epoch FROM v.set_off_at - v.due_at)::bigint,
        extract(epoch FROM v.arrived_at - v.due_at)::bigint,
        extract(epoch FROM v.met_at - v.due_at)::bigint,
        extract(epoch FROM v.left_at - v.set_off_at)::bigint,
        ARRAY(SELECT w.role FROM (
            SELECT DISTINCT g.member_id, s.role FROM visits_going g
            JOIN visits_seat s ON s.crew_id = g.crew_id AND s.member_id = g.member_id
            WHERE g.visit_id = v.id AND g.crew_id = v.crew_id AND g.from_at = v.leaves_at
              AND v.set_off_at IS NOT NULL) w ORDER BY w.role),
        v.skills, v.pair_rules, v.leads,
        coalesce(d.standard, ''), extract(epoch FROM as_of - d.due_at)::bigint,
        extract(epoch FROM d.reached_at - d.due_at)::bigint,
        coalesce(f.standard, ''), extract(epoch FROM as_of - f.due_at)::bigint,
        extract(epoch FROM f.reached_at - f.due_at)::bigint,
        v.joint_with_id IS NOT NULL OR EXISTS (
            SELECT FROM visits_visit h WHERE h.joint_with_id = v.id AND h.joined_at IS NOT NULL)
    FROM asked v
    LEFT JOIN LATERAL (
        SELECT s.standard, s.due_at, s.reached_at FROM stages_stage s
        WHERE s.referral_id = v.referral_id AND s.kind = 'direct_contact' AND s.started_at <= v.asked_at
        ORDER BY s.started_at DESC LIMIT 1) d ON true
    LEFT JOIN LATERAL (
        SELECT s.standard, s.due_at, s.reached_at FROM stages_stage s
        WHERE s.referral_id = v.referral_id AND s.kind = 'face_to_face' AND s.started_at <= v.asked_at
        ORDER BY s.started_at DESC LIMIT 1) f ON true
$$;
COMMENT ON FUNCTION visits_reported(timestamptz, timestamptz, timestamptz, uuid)
    IS 'how each visit of a time went, as lines that are of nobody';
