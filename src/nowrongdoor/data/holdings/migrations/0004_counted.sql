-- How each team of the place holds people, as numbers and nobody's name. It passes the wall as the counts of answers
-- do: whether everybody is held is asked by the whole place, and each agency answers for its own.
CREATE FUNCTION holding_counted(at timestamptz, since timestamptz)
RETURNS TABLE (
    agency_id uuid, agency text, team text,
    held bigint, by_desk bigint, on_duty bigint, accepted bigint, most_by_one bigint, without_holder_s double precision
)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH held AS (
      SELECT h.team_id, h.member_id,
             EXISTS (SELECT FROM rota_duty d
                      WHERE d.member_id = h.member_id AND d.from_at <= at
                        AND at < LEAST(d.until_at, d.taken_off_at)) AS on_duty,
             h.began_by <> 're_homing' OR EXISTS (
               SELECT FROM holdings_rehoming r WHERE r.id = h.re_homing_id AND r.accepted_at IS NOT NULL
             ) AS accepted
        FROM holdings_holding h
       WHERE h.until_at IS NULL
    ), counted AS (
      SELECT team_id, count(*) AS held, count(*) FILTER (WHERE member_id IS NULL) AS by_desk,
             count(*) FILTER (WHERE held.on_duty) AS on_duty, count(*) FILTER (WHERE held.accepted) AS accepted
        FROM held GROUP BY team_id
    ), loads AS (
      SELECT team_id, max(many) AS most
        FROM (SELECT team_id, member_id, count(*) AS many FROM held WHERE member_id IS NOT NULL
              GROUP BY team_id, member_id) each
       GROUP BY team_id
    ), unheld AS (
      SELECT r.id FROM referrals_referral r
       WHERE r.state <> 'closed'
         AND NOT EXISTS (SELECT FROM holdings_holding o WHERE o.referral_id = r.id AND o.until_at IS NULL)
    ), gaps AS (
      SELECT g.team_id, sum(extract(epoch FROM
               coalesce(n.from_at, at) - greatest(g.until_at, since))) AS seconds
        FROM holdings_holding g
        JOIN LATERAL (SELECT min(f.from_at) AS from_at FROM holdings_holding f
                       WHERE f.referral_id = g.referral_id AND f.from_at >= g.until_at) n ON true
       WHERE (g.until_at >= since OR g.referral_id IN (SELECT id FROM unheld)) AND g.ended_by <> 'closing'
         AND coalesce(n.from_at, at) > since
       GROUP BY g.team_id
    )
    SELECT a.id, a.name, t.name, coalesce(c.held, 0), coalesce(c.by_desk, 0), coalesce(c.on_duty, 0),
           coalesce(c.accepted, 0), coalesce(l.most, 0), coalesce(g.seconds, 0)::float8
      FROM agencies_team t
      JOIN agencies_agency a ON a.id = t.agency_id
      LEFT JOIN counted c ON c.team_id = t.id
      LEFT JOIN loads l ON l.team_id = t.id
      LEFT JOIN gaps g ON g.team_id = t.id
     WHERE t.closed_at IS NULL OR g.seconds > 0
     ORDER BY a.name, t.name
$$;
COMMENT ON FUNCTION holding_counted(timestamptz, timestamptz) IS 'how each team holds people: numbers alone';
