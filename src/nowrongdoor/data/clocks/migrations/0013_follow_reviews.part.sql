    UNION ALL
    -- Whoever looks into it; of nobody, for whose record it was no list tells. `rules.review.answerable`.
    SELECT v.id, 'governance_review', COALESCE(led.team_id, another.id), NULL, NULL, NULL, NULL,
        'review_' || v.kind, v.raised_at, v.due_at, v.decided_at IS NULL
    FROM sharing_review v
    LEFT JOIN LATERAL (
        SELECT w.team_id FROM agencies_membership w JOIN agencies_team b ON b.id = w.team_id
        WHERE b.agency_id = v.agency_id AND w.role = 'governance_lead' AND w.until_at IS NULL
            AND w.member_id <> v.member_id
        ORDER BY w.from_at, w.id LIMIT 1
    ) led ON true
    LEFT JOIN LATERAL (
        SELECT b.id FROM agencies_team b WHERE b.agency_id = v.agency_id
        ORDER BY b.closed_at IS NOT NULL, b.id LIMIT 1
    ) another ON true
    WHERE v.id = ANY(ids)
