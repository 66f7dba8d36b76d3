-- By the team that held when it ended and, where the accepted offer by which it came to hold names one, the service
-- that was asked; a referral that was reopened counts as it did before. Or by the service that they were told of.
CREATE OR REPLACE FUNCTION endings_by_service(since timestamptz, until timestamptz)
RETURNS TABLE (team_id uuid, service_id uuid, outcome text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.team_id, came.service_id, r.outcome, count(*)
      FROM referrals_referral r
      JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at = r.closed_at
      LEFT JOIN LATERAL (
        SELECT a.service_id FROM handovers_handover a
         WHERE a.referral_id = r.id AND a.receiver_team_id = h.team_id AND a.state = 'accepted'
           AND a.answered_at <= h.from_at AND h.began_by IN ('handover', 'reopening')
         ORDER BY a.answered_at DESC LIMIT 1) came ON true
     WHERE r.state = 'closed' AND r.closed_at >= since AND r.closed_at < until
     GROUP BY 1, 2, 3
    UNION ALL
    SELECT NULL::uuid, s.service_id, s.came_of, count(*)
      FROM contacts_signpost s JOIN promises_promise p ON p.id = s.promise_id
     WHERE s.came_of <> '' AND p.ended_at >= since AND p.ended_at < until
     GROUP BY 2, 3
$$;
COMMENT ON FUNCTION endings_by_service(timestamptz, timestamptz)
    IS 'how referrals ended by team and service asked, and what came of services somebody was told of: numbers alone';
