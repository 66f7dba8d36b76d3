-- Answers to offers, as numbers and nobody's name. They pass the wall, for what a place learns from its returns
-- is learned from all agencies: each counts by one thing only, so that no row leads to anybody.

-- Returns of a period by reason, need, hour, age in years and first part of a postcode.
CREATE FUNCTION returns_counted(since timestamptz, until timestamptz)
RETURNS TABLE (by_what text, code text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH returned AS (
        SELECT h.reason, r.needs,
            extract(hour FROM h.offered_at AT TIME ZONE 'Europe/London')::int::text AS hour,
            coalesce(extract(year FROM age((h.offered_at AT TIME ZONE 'Europe/London')::date, p.born_on))
                ::int::text, '') AS years,
            coalesce(split_part(p.postcode, ' ', 1), '') AS place
        FROM handovers_handover h JOIN referrals_referral r ON r.id = h.referral_id
        LEFT JOIN people_person p ON p.id = r.person_id
        WHERE h.state = 'returned' AND h.answered_at >= since AND h.answered_at < until
    )
    SELECT 'all', '', count(*) FROM returned
    UNION ALL SELECT 'reason', q.reason, count(*) FROM returned q GROUP BY 2
    UNION ALL SELECT 'need', need, count(*) FROM returned q, unnest(q.needs) AS need GROUP BY 2
    UNION ALL SELECT 'hour', q.hour, count(*) FROM returned q GROUP BY 2
    UNION ALL SELECT 'years', q.years, count(*) FROM returned q GROUP BY 2
    UNION ALL SELECT 'place', q.place, count(*) FROM returned q GROUP BY 2
$$;
COMMENT ON FUNCTION returns_counted(timestamptz, timestamptz) IS 'how many offers were returned, by one thing each';

-- Of each team since an instant: how often it said yes, and how often no for which reason. Yes has no reason.
CREATE FUNCTION answers_by_reason(since timestamptz)
RETURNS TABLE (team_id uuid, reason text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.receiver_team_id, CASE h.state WHEN 'accepted' THEN '' ELSE h.reason END, count(*)
    FROM handovers_handover h
    WHERE h.state IN ('accepted', 'returned') AND h.answered_at >= since
    GROUP BY 1, 2
$$;
COMMENT ON FUNCTION answers_by_reason(timestamptz) IS 'how often each team said yes or no, and why: numbers alone';

-- Of each team and period: what it was offered and returned, what it offered and was returned to it, what it took
-- and sent on, and how often the people it was asked about were offered to anybody.
CREATE FUNCTION answers_counted(since timestamptz, until timestamptz)
RETURNS TABLE (
    team_id uuid, asked bigint, returned bigint, gave bigint, given_back bigint, took bigint, sent_on bigint,
    people bigint, offers bigint
)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH answers AS (
        SELECT h.* FROM handovers_handover h
        WHERE h.state IN ('accepted', 'returned') AND h.answered_at >= since AND h.answered_at < until
    ), received AS (
        SELECT a.receiver_team_id AS team, count(*) AS asked,
            count(*) FILTER (WHERE a.state = 'returned') AS returned,
            count(*) FILTER (WHERE a.state = 'accepted') AS took,
            count(*) FILTER (WHERE a.state = 'accepted' AND EXISTS (
                SELECT FROM handovers_handover o WHERE o.referral_id = a.referral_id
                    AND o.giver_team_id = a.receiver_team_id AND o.offered_at >= a.answered_at
                    AND o.offered_at < until)) AS sent_on
        FROM answers a GROUP BY 1
    ), given AS (
        SELECT a.giver_team_id AS team, count(*) AS gave,
            count(*) FILTER (WHERE a.state = 'returned') AS given_back
        FROM answers a GROUP BY 1
    ), about AS (
        SELECT DISTINCT a.receiver_team_id AS team, a.referral_id,
            coalesce(r.person_id, r.id) AS somebody
        FROM answers a JOIN referrals_referral r ON r.id = a.referral_id
    ), offered AS (
        SELECT h.referral_id, count(*) AS times FROM handovers_handover h
        WHERE h.referral_id IN (SELECT a.referral_id FROM about a) AND h.offered_at < until
        GROUP BY 1
    ), hops AS (
        SELECT b.team, count(DISTINCT b.somebody) AS people, sum(o.times)::bigint AS offers
        FROM about b JOIN offered o ON o.referral_id = b.referral_id GROUP BY 1
    )
    SELECT t.id, coalesce(v.asked, 0), coalesce(v.returned, 0), coalesce(g.gave, 0),
        coalesce(g.given_back, 0), coalesce(v.took, 0), coalesce(v.sent_on, 0),
        coalesce(p.people, 0), coalesce(p.offers, 0)
    FROM agencies_team t
    LEFT JOIN received v ON v.team = t.id LEFT JOIN given g ON g.team = t.id LEFT JOIN hops p ON p.team = t.id
    WHERE v.team IS NOT NULL OR g.team IS NOT NULL
$$;
COMMENT ON FUNCTION answers_counted(timestamptz, timestamptz) IS 'what each team answered and was answered: numbers alone';
