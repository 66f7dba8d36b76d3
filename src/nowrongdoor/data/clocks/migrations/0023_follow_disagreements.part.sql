    UNION ALL
    -- A disagreement with the police until a review ends it. Of nobody: a lesson that takes weeks opens no
    -- record. Owed by whoever held the person when it was recorded, or another team of that agency.
    SELECT d.id, 'police_' || d.review_level, owes.id, NULL, NULL, NULL, NULL,
        'police_review_' || d.review_level || '_days', d.review_from_at, d.review_due_at, d.review_ended_at IS NULL
    FROM police_policedecision d
    JOIN referrals_referral r ON r.id = d.referral_id
    LEFT JOIN LATERAL (
        SELECT g.team_id FROM holdings_holding g WHERE g.referral_id = d.referral_id
            AND g.from_at <= d.disputed_at AND (g.until_at IS NULL OR g.until_at > d.disputed_at)
    ) held ON true
    JOIN agencies_team own ON own.id = COALESCE(held.team_id, r.from_team_id)
    CROSS JOIN LATERAL (
        SELECT b.id FROM agencies_team b WHERE b.agency_id = own.agency_id
        ORDER BY b.closed_at IS NOT NULL, b.id <> own.id, b.id LIMIT 1
    ) owes
    WHERE d.id = ANY(ids) AND d.disputed_at IS NOT NULL
