-- Sharing to keep someone safe is for everyone of the team that is told, whatever their role usually looks
-- for: a lead of a council must see what its practitioners see. Mirrors `rules.participation`.
CREATE OR REPLACE FUNCTION follow_decisions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at, purpose)
    SELECT n.id, 'shared', t.agency_id, n.to_team_id, COALESCE(n.person_id, r.person_id), n.referral_id,
        n.decided_at, n.withdrawn_at,
        CASE n.confidentiality_basis WHEN 'safeguarding' THEN '' ELSE n.purpose END
    FROM written n
    JOIN agencies_team t ON t.id = n.to_team_id
    LEFT JOIN referrals_referral r ON r.id = n.referral_id
    ON CONFLICT (id) DO UPDATE SET until_at = EXCLUDED.until_at
        WHERE p.until_at IS DISTINCT FROM EXCLUDED.until_at;
    RETURN NULL;
END
$$;
