-- Reviews have clocks too: one that is late climbs as all that is promised by a time. Mirrors `sim.clocks`.
CREATE OR REPLACE FUNCTION follow_clocks(ids uuid[]) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS $$
INSERT INTO clocks_clock AS c
    (id, version, kind, agency_id, team_id, member_id, person_id, referral_id, contact_id, standard,
     started_at, due_at, is_running, step, rung, next_at, rests_until, wakes_at)
SELECT o.id, 1, o.kind, t.agency_id, o.team_id, o.member_id, o.person_id, o.referral_id, o.contact_id,
    o.standard, o.started_at, o.due_at, o.is_running, COALESCE(k.step, 0),
    COALESCE(k.rung, ''), k.next_at, a.rests_until,
    CASE WHEN o.is_running THEN COALESCE(a.rests_until, k.next_at, o.started_at) END
FROM (
    SELECT d.id, d.kind, d.owner_team_id AS team_id, d.owner_member_id AS member_id,
        COALESCE(d.person_id, r.person_id, c.person_id) AS person_id, d.referral_id, d.contact_id,
        COALESCE(NULLIF(d.standard, ''), d.kind) AS standard, d.made_at AS started_at, d.due_at, d.state = 'open' AS is_running
    FROM promises_promise d
    LEFT JOIN referrals_referral r ON r.id = d.referral_id
    LEFT JOIN contacts_contact c ON c.id = d.contact_id
    WHERE d.id = ANY(ids)
    UNION ALL
    SELECT h.id, 'offer', h.receiver_team_id, NULL, r.person_id, h.referral_id, NULL,
        COALESCE(NULLIF(h.standard, ''), 'offer'), h.offered_at, h.answer_by, h.state = 'offered'
    FROM handovers_handover h
    JOIN referrals_referral r ON r.id = h.referral_id
    WHERE h.id = ANY(ids)
    UNION ALL
    -- Nobody has triaged it: what is due is an answer to whoever asked. Help under way has been begun.
    SELECT r.id, CASE WHEN r.triaged_at IS NULL THEN 'answer_referrer' ELSE 'response' END,
        COALESCE(held.team_id, r.from_team_id), held.member_id, r.person_id, r.id, r.contact_id, r.standard,
        COALESCE(r.reopened_at, r.received_at), r.due_at,
        r.state <> 'closed' AND 'under_way' NOT IN (r.state, COALESCE(r.waiting_from, ''))
    FROM referrals_referral r
    LEFT JOIN LATERAL (
        SELECT g.team_id, g.member_id FROM holdings_holding g WHERE g.referral_id = r.id
        ORDER BY g.until_at IS NULL DESC, g.from_at DESC, g.until_at DESC LIMIT 1
    ) held ON true
    WHERE r.id = ANY(ids)
    UNION ALL
    -- A stage is awaited until it is reached: of an offer while that waits, of a referral while that is open.
    -- Whoever names the offer or the referral names its stages.
    SELECT s.id, s.kind, COALESCE(held.team_id, r.from_team_id), held.member_id, r.person_id, r.id, NULL,
        s.standard, s.started_at, s.due_at,
        s.reached_at IS NULL AND CASE WHEN s.kind IN ('sent', 'received', 'answered')
            THEN h.state = 'offered'
            ELSE r.state <> 'closed' AND s.started_at >= COALESCE(r.reopened_at, s.started_at) END
    FROM (
        SELECT a.* FROM stages_stage a WHERE a.id = ANY(ids)
        UNION SELECT a.* FROM stages_stage a WHERE a.handover_id = ANY(ids)
        UNION SELECT a.* FROM stages_stage a WHERE a.referral_id = ANY(ids)
    ) s
    JOIN referrals_referral r ON r.id = s.referral_id
    LEFT JOIN handovers_handover h ON h.id = s.handover_id
    LEFT JOIN LATERAL (
        SELECT g.team_id, g.member_id FROM holdings_holding g WHERE g.referral_id = r.id
        ORDER BY g.until_at IS NULL DESC, g.from_at DESC, g.until_at DESC LIMIT 1
    ) held ON true
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
) o
JOIN agencies_team t ON t.id = o.team_id
LEFT JOIN LATERAL (
    -- A person who gives it another due time begins its ladder anew; how often it climbed is still counted.
    SELECT m.step, CASE WHEN m.due_at = o.due_at THEN m.rung END AS rung,
        CASE WHEN m.due_at = o.due_at THEN m.next_at END AS next_at
    FROM clocks_climb m WHERE m.clock_id = o.id ORDER BY m.step DESC LIMIT 1
) k ON true
LEFT JOIN clocks_reply a ON a.clock_id = o.id AND a.step = k.step AND k.rung IS NOT NULL
ON CONFLICT (id) DO UPDATE SET
    version = c.version + 1, kind = EXCLUDED.kind, agency_id = EXCLUDED.agency_id, team_id = EXCLUDED.team_id,
    member_id = EXCLUDED.member_id, person_id = EXCLUDED.person_id, standard = EXCLUDED.standard,
    started_at = EXCLUDED.started_at, due_at = EXCLUDED.due_at, is_running = EXCLUDED.is_running,
    step = EXCLUDED.step, rung = EXCLUDED.rung, next_at = EXCLUDED.next_at,
    rests_until = EXCLUDED.rests_until,
    wakes_at = CASE
        WHEN (c.kind, c.started_at, c.due_at, c.is_running, c.step, c.rung, c.rests_until) IS DISTINCT FROM
            (EXCLUDED.kind, EXCLUDED.started_at, EXCLUDED.due_at, EXCLUDED.is_running, EXCLUDED.step,
             EXCLUDED.rung, EXCLUDED.rests_until)
        THEN EXCLUDED.wakes_at ELSE c.wakes_at END
WHERE (c.kind, c.agency_id, c.team_id, c.member_id, c.person_id, c.standard, c.started_at, c.due_at,
       c.is_running, c.step, c.rung, c.next_at, c.rests_until) IS DISTINCT FROM
    (EXCLUDED.kind, EXCLUDED.agency_id, EXCLUDED.team_id, EXCLUDED.member_id, EXCLUDED.person_id,
     EXCLUDED.standard, EXCLUDED.started_at, EXCLUDED.due_at, EXCLUDED.is_running, EXCLUDED.step,
     EXCLUDED.rung, EXCLUDED.next_at, EXCLUDED.rests_until)
$$;

-- Who answers for a review changes with whoever comes and goes.
CREATE FUNCTION clock_follows_leads() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(
        SELECT v.id FROM sharing_review v WHERE v.agency_id IN (
            SELECT t.agency_id FROM written n JOIN agencies_team t ON t.id = n.team_id
            WHERE n.role = 'governance_lead')
        ORDER BY v.id));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows_leads() IS 'whoever leads governance answers for the clocks of reviews';

CREATE FUNCTION clock_follows_teams() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(
        SELECT v.id FROM sharing_review v WHERE v.agency_id IN (SELECT n.agency_id FROM written n)
        ORDER BY v.id));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows_teams() IS 'where nobody leads governance, another team of the agency hears';

CREATE TRIGGER clock_when_added AFTER INSERT ON sharing_review
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_changed AFTER UPDATE ON sharing_review
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_joined AFTER INSERT ON agencies_membership
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_leads();
CREATE TRIGGER clock_when_left AFTER UPDATE ON agencies_membership
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_leads();
CREATE TRIGGER clock_when_founded AFTER INSERT ON agencies_team
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_teams();
CREATE TRIGGER clock_when_closed AFTER UPDATE ON agencies_team
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_teams();

-- What was asked before: the same, once.
SELECT follow_clocks(ARRAY(SELECT id FROM sharing_review));
