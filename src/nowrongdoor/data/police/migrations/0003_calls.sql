-- Passes the wall: of every call to the police how it was answered and what is recorded of the person since.
-- A day, a force, a kind of call, names of agencies and lengths of time; no key, no name, no words, no hour.
-- Whoever is restricted, or whose referral is sealed, is left out. A call ends with an answer that settles it.
CREATE FUNCTION police_calls(
    told_at timestamptz, since timestamptz, hours integer[], repeat_hours integer, adult_from integer,
    face_to_face text[], spoken text[]
)
RETURNS TABLE (
    force text, category text, sector text, age_band text, asked_on date, outcome text, accepted_by text,
    without_s bigint, seen_s bigint, seen_by text, spoken_s bigint, police_s bigint, is_repeated boolean,
    stood text[]
)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH every AS (
        SELECT d.id, d.referral_id, d.decided_at, d.seen_at, d.seen_as, count(*) FILTER (WHERE d.outcome <> 'unknown')
            OVER (PARTITION BY d.referral_id ORDER BY d.decided_at, d.id
                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS settled_before
        FROM police_policedecision d
        WHERE NOT EXISTS (
            SELECT FROM sharing_seal s JOIN referrals_referral r ON r.id = d.referral_id
            WHERE s.lifted_at IS NULL AND (s.referral_id = r.id
                OR (s.person_id = r.person_id AND s.referral_id IS NULL AND s.contact_id IS NULL)))
    ), calls AS (
        SELECT e.referral_id, min(e.decided_at) AS asked_at,
            (array_agg(e.id ORDER BY e.decided_at DESC, e.id DESC))[1] AS last_id,
            min(e.seen_at) FILTER (WHERE e.seen_as NOT IN ('', 'not_found')) AS police_at
        FROM every e GROUP BY e.referral_id, e.settled_before
        HAVING min(e.decided_at) >= since AND min(e.decided_at) <= told_at
    )
    SELECT d.force, d.category, d.sector,
        CASE WHEN d.age IS NULL THEN '' WHEN d.age < adult_from THEN 'child' ELSE 'adult' END,
        (c.asked_at AT TIME ZONE 'Europe/London')::date, d.outcome, coalesce(took.name, ''),
        CASE d.outcome WHEN 'not_attending' THEN extract(epoch FROM d.accepted_at - c.asked_at)
                       WHEN 'unknown' THEN extract(epoch FROM told_at - c.asked_at) END::bigint,
        extract(epoch FROM seen.happened_at - c.asked_at)::bigint, coalesce(seen.name, ''),
        extract(epoch FROM talked.happened_at - c.asked_at)::bigint,
        extract(epoch FROM c.police_at - c.asked_at)::bigint,
        CASE WHEN r.person_id IS NULL THEN NULL
             WHEN EXISTS (SELECT FROM contacts_contact k
                 WHERE k.person_id = r.person_id AND k.id IS DISTINCT FROM r.contact_id
                   AND k.happened_at > c.asked_at AND k.happened_at <= told_at
                   AND k.happened_at <= c.asked_at + make_interval(hours => repeat_hours)) THEN true
             WHEN told_at >= c.asked_at + make_interval(hours => repeat_hours) THEN false END,
        ARRAY(SELECT CASE
            WHEN told_at < t.at THEN 'not_yet'
            WHEN EXISTS (SELECT FROM stages_statutoryclock k WHERE k.referral_id = r.id
                AND k.kind = 'place_of_safety' AND k.started_at <= t.at
                AND (k.ended_at IS NULL OR k.ended_at > t.at)) THEN 'place_of_safety'
            WHEN held.kind = 'hospital' THEN 'hospital'
            WHEN held.kind IS NULL AND r.closed_at <= t.at THEN 'closed:' || r.outcome
            WHEN held.kind IS NULL THEN 'not_known'
            WHEN seen.happened_at <= t.at THEN 'seen'
            WHEN talked.happened_at <= t.at THEN 'spoken'
            ELSE 'held' END
          FROM unnest(hours) WITH ORDINALITY AS h(hours, place)
          CROSS JOIN LATERAL (SELECT c.asked_at + make_interval(hours => h.hours) AS at) t
          LEFT JOIN LATERAL (
            SELECT a.kind FROM holdings_holding g JOIN agencies_team m ON m.id = g.team_id
            JOIN agencies_agency a ON a.id = m.agency_id
            WHERE g.referral_id = r.id AND g.from_at <= t.at AND (g.until_at IS NULL OR g.until_at > t.at)
            LIMIT 1) held ON true
          ORDER BY h.place)
    FROM calls c JOIN police_policedecision d ON d.id = c.last_id
    JOIN referrals_referral r ON r.id = c.referral_id
    LEFT JOIN agencies_team m ON m.id = d.accepting_team_id
    LEFT JOIN agencies_agency took ON took.id = m.agency_id
    LEFT JOIN LATERAL (
        SELECT k.happened_at, a.name FROM stages_carecontact k
        JOIN agencies_team t ON t.id = k.team_id JOIN agencies_agency a ON a.id = t.agency_id
        WHERE k.referral_id IN (SELECT o.id FROM referrals_referral o
                                WHERE o.id = r.id OR o.person_id = r.person_id)
          AND k.way = ANY(face_to_face) AND a.kind <> 'police'
          AND k.happened_at >= c.asked_at AND k.happened_at <= told_at
        ORDER BY k.happened_at LIMIT 1) seen ON true
    LEFT JOIN LATERAL (
        SELECT k.happened_at FROM stages_carecontact k
        JOIN agencies_team t ON t.id = k.team_id JOIN agencies_agency a ON a.id = t.agency_id
        WHERE k.referral_id IN (SELECT o.id FROM referrals_referral o
                                WHERE o.id = r.id OR o.person_id = r.person_id)
          AND k.way = ANY(spoken) AND a.kind <> 'police'
          AND k.happened_at >= c.asked_at AND k.happened_at <= told_at
        ORDER BY k.happened_at LIMIT 1) talked ON true
$$;
COMMENT ON FUNCTION police_calls(timestamptz, timestamptz, integer[], integer, integer, text[], text[])
    IS 'how each call to the police was answered and what is recorded since, as lines that are of nobody';
