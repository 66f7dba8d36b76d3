-- How referrals ended in a period, and what came of services that somebody was only told of: numbers, and nobody's
-- name. Each passes the wall as the counts of answers do: what a place learns from its endings it learns from all
-- agencies. Which of them may be read, and by whom, rules say; none that is small is shown.
CREATE OR REPLACE FUNCTION endings_counted(since timestamptz, until timestamptz)
RETURNS TABLE (outcome text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.outcome, count(*) FROM (
        SELECT r.outcome FROM referrals_referral r
        WHERE r.state = 'closed' AND r.closed_at >= since AND r.closed_at < until
        UNION ALL
        SELECT s.came_of FROM contacts_signpost s JOIN promises_promise p ON p.id = s.promise_id
        WHERE s.came_of <> '' AND p.ended_at >= since AND p.ended_at < until) e
    GROUP BY 1
$$;

-- By the team that held when it ended, or by the service that they were told of.
CREATE FUNCTION endings_by_service(since timestamptz, until timestamptz)
RETURNS TABLE (team_id uuid, service_id uuid, outcome text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.team_id, NULL::uuid, r.outcome, count(*)
      FROM referrals_referral r
      JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at = r.closed_at
     WHERE r.state = 'closed' AND r.closed_at >= since AND r.closed_at < until
     GROUP BY 1, 3
    UNION ALL
    SELECT NULL::uuid, s.service_id, s.came_of, count(*)
      FROM contacts_signpost s JOIN promises_promise p ON p.id = s.promise_id
     WHERE s.came_of <> '' AND p.ended_at >= since AND p.ended_at < until
     GROUP BY 2, 3
$$;
COMMENT ON FUNCTION endings_by_service(timestamptz, timestamptz)
    IS 'how referrals ended by the team that held, and what came of services somebody was told of: numbers alone';
