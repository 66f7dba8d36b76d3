-- How referrals ended in a period, as numbers and nobody's name. It passes the wall as the counts of answers do: what
-- a place learns from its endings is learned from all agencies, and each counts by one thing only.
CREATE FUNCTION endings_counted(since timestamptz, until timestamptz)
RETURNS TABLE (outcome text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.outcome, count(*) FROM referrals_referral r
    WHERE r.state = 'closed' AND r.closed_at >= since AND r.closed_at < until
    GROUP BY 1
$$;
COMMENT ON FUNCTION endings_counted(timestamptz, timestamptz) IS 'how referrals ended, by outcome: numbers alone';
