    UNION ALL
    -- What the law gives a time runs until somebody says that it is over, whoever holds the person by then.
    SELECT s.id, s.kind, COALESCE(held.team_id, r.from_team_id), held.member_id, r.person_id, r.id, NULL,
        s.standard, s.started_at, s.due_at, s.ended_at IS NULL
    FROM (
        SELECT a.* FROM stages_statutoryclock a WHERE a.id = ANY(ids)
        UNION SELECT a.* FROM stages_statutoryclock a WHERE a.referral_id = ANY(ids)
    ) s
    JOIN referrals_referral r ON r.id = s.referral_id
    LEFT JOIN LATERAL (
        SELECT g.team_id, g.member_id FROM holdings_holding g WHERE g.referral_id = r.id
        ORDER BY g.until_at IS NULL DESC, g.from_at DESC, g.until_at DESC LIMIT 1
    ) held ON true
