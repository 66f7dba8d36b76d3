-- The same counts as answers_counted, by the service an offer was for: the one it names, or the only one that its
-- team keeps; nothing where neither is so. What a team offered counts for the service by whose offer it came to
-- hold. It passes the wall as that does, and none that is small is shown: rules say which may be read.
CREATE FUNCTION answers_by_service(since timestamptz, until timestamptz)
RETURNS TABLE (
    team_id uuid, service_id uuid, asked bigint, returned bigint, gave bigint, given_back bigint, took bigint,
    sent_on bigint, people bigint, offers bigint
)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH kept AS (
        SELECT v.team_id AS team, min(v.id::text)::uuid AS service FROM services_service v
        WHERE v.team_id IS NOT NULL AND v.missing_since IS NULL
        GROUP BY 1 HAVING count(*) = 1
    ), answers AS (
        SELECT h.*, coalesce(h.service_id, theirs.service) AS asked_for,
            coalesce(came.service_id, own.service) AS given_by
        FROM handovers_handover h
        JOIN holdings_holding held ON held.id = h.holding_id
        LEFT JOIN handovers_handover came ON came.id = held.handover_id
        LEFT JOIN kept theirs ON theirs.team = h.receiver_team_id
        LEFT JOIN kept own ON own.team = h.giver_team_id
        WHERE h.state IN ('accepted', 'returned') AND h.answered_at >= since AND h.answered_at < until
    ), received AS (
        SELECT a.receiver_team_id AS team, a.asked_for AS service, count(*) AS asked,
            count(*) FILTER (WHERE a.state = 'returned') AS returned,
            count(*) FILTER (WHERE a.state = 'accepted') AS took,
            count(*) FILTER (WHERE a.state = 'accepted' AND EXISTS (
                SELECT FROM handovers_handover o WHERE o.referral_id = a.referral_id
                    AND o.giver_team_id = a.receiver_team_id AND o.offered_at >= a.answered_at
                    AND o.offered_at < until)) AS sent_on
        FROM answers a GROUP BY 1, 2
    ), given AS (
        SELECT a.giver_team_id AS team, a.given_by AS service, count(*) AS gave,
            count(*) FILTER (WHERE a.state = 'returned') AS given_back
        FROM answers a GROUP BY 1, 2
    ), about AS (
        SELECT DISTINCT a.receiver_team_id AS team, a.asked_for AS service, a.referral_id,
            coalesce(r.person_id, r.id) AS somebody
        FROM answers a JOIN referrals_referral r ON r.id = a.referral_id
    ), offered AS (
        SELECT h.referral_id, count(*) AS times FROM handovers_handover h
        WHERE h.referral_id IN (SELECT a.referral_id FROM about a) AND h.offered_at < until
        GROUP BY 1
    ), hops AS (
        SELECT b.team, b.service, count(DISTINCT b.somebody) AS people, sum(o.times)::bigint AS offers
        FROM about b JOIN offered o ON o.referral_id = b.referral_id GROUP BY 1, 2
    ), every AS (
        SELECT v.team, v.service FROM received v UNION SELECT g.team, g.service FROM given g
    )
    SELECT e.team, e.service, coalesce(v.asked, 0), coalesce(v.returned, 0), coalesce(g.gave, 0),
        coalesce(g.given_back, 0), coalesce(v.took, 0), coalesce(v.sent_on, 0),
        coalesce(p.people, 0), coalesce(p.offers, 0)
    FROM every e
    LEFT JOIN received v ON v.team = e.team AND v.service IS NOT DISTINCT FROM e.service
    LEFT JOIN given g ON g.team = e.team AND g.service IS NOT DISTINCT FROM e.service
    LEFT JOIN hops p ON p.team = e.team AND p.service IS NOT DISTINCT FROM e.service
$$;
COMMENT ON FUNCTION answers_by_service(timestamptz, timestamptz)
    IS 'what was answered for and by each service of each team: numbers alone';

-- Of each team since an instant: how often it said yes, and how often no for which reason, by the service that was
-- asked for, where one was named. Yes has no reason.
DROP FUNCTION answers_by_reason(timestamptz);
CREATE FUNCTION answers_by_reason(since timestamptz)
RETURNS TABLE (team_id uuid, service_id uuid, reason text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.receiver_team_id, h.service_id, CASE h.state WHEN 'accepted' THEN '' ELSE h.reason END, count(*)
    FROM handovers_handover h
    WHERE h.state IN ('accepted', 'returned') AND h.answered_at >= since
    GROUP BY 1, 2, 3
$$;
COMMENT ON FUNCTION answers_by_reason(timestamptz) IS 'how often each team said yes or no, and why: numbers alone';
