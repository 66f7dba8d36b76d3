-- Whoever is asked along to a visit is asked, as by an offer, and does not owe anything else yet. Mirrors
-- `rules.participation`.
CREATE OR REPLACE FUNCTION follow_promises() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, referral_id, contact_id, from_at, until_at)
    SELECT n.id, CASE WHEN n.kind = 'joint_visit' THEN 'offered' ELSE 'owes' END, t.agency_id,
        n.owner_team_id, COALESCE(n.person_id, r.person_id, c.person_id),
        n.referral_id, n.contact_id, n.made_at, n.ended_at
    FROM written n
    JOIN agencies_team t ON t.id = n.owner_team_id
    LEFT JOIN referrals_referral r ON r.id = n.referral_id
    LEFT JOIN contacts_contact c ON c.id = n.contact_id
    WHERE n.kind <> 'just_to_talk'
    ON CONFLICT (id) DO UPDATE SET
        agency_id = EXCLUDED.agency_id, team_id = EXCLUDED.team_id,
        person_id = EXCLUDED.person_id, until_at = EXCLUDED.until_at
        WHERE (p.team_id, p.person_id, p.until_at)
            IS DISTINCT FROM (EXCLUDED.team_id, EXCLUDED.person_id, EXCLUDED.until_at);
    IF TG_OP = 'UPDATE' THEN
        UPDATE participations_participation p SET until_at = n.ended_at, person_id = owed.person_id
        FROM written n
        JOIN promises_escalation e ON e.promise_id = n.id
        JOIN participations_participation owed ON owed.id = n.id
        WHERE p.id = e.id
            AND (p.until_at, p.person_id) IS DISTINCT FROM (n.ended_at, owed.person_id);
    END IF;
    RETURN NULL;
END
$$;
