-- Clocks follow from rows, set by set, in the statement that wrote the rows: no code path, script or prompt
-- can promise something by a time and leave its clock out. Mirrors `sim.clocks`. The functions run as the
-- owner of the tables: the web's own role may read clocks and mark when a sweep looks next, and no more.

CREATE FUNCTION follow_clocks(ids uuid[]) RETURNS void
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
        d.kind AS standard, d.made_at AS started_at, d.due_at, d.state = 'open' AS is_running
    FROM promises_promise d
    LEFT JOIN referrals_referral r ON r.id = d.referral_id
    LEFT JOIN contacts_contact c ON c.id = d.contact_id
    WHERE d.id = ANY(ids)
    UNION ALL
    SELECT h.id, 'offer', h.receiver_team_id, NULL, r.person_id, h.referral_id, NULL, 'offer',
        h.offered_at, h.answer_by, h.state = 'offered'
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
COMMENT ON FUNCTION follow_clocks(uuid[]) IS 'what these rows promise by a time, as their clocks';
REVOKE ALL ON FUNCTION follow_clocks(uuid[]) FROM PUBLIC;

CREATE FUNCTION clock_follows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(SELECT n.id FROM written n ORDER BY n.id));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows() IS 'what is promised by a time has its clock';

CREATE FUNCTION clock_follows_holder() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(SELECT DISTINCT n.referral_id FROM written n ORDER BY 1));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows_holder() IS 'whoever holds is answerable for the clock';

CREATE FUNCTION clock_follows_ladder() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(SELECT DISTINCT n.clock_id FROM written n ORDER BY 1));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows_ladder() IS 'a clock knows its last climb and the reply to it';

-- Whoever turns out to be meant is meant in every clock that rests on the same referral or contact.
CREATE FUNCTION clock_follows_person() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM written n JOIN earlier b ON b.id = n.id
               WHERE n.person_id IS DISTINCT FROM b.person_id) THEN
        PERFORM follow_clocks(ARRAY(
            SELECT c.id FROM written n JOIN clocks_clock c ON n.id IN (c.referral_id, c.contact_id)
            ORDER BY c.id));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION clock_follows_person() IS 'whom a clock is about follows from its referral or contact';

CREATE TRIGGER clock_when_added AFTER INSERT ON promises_promise
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_changed AFTER UPDATE ON promises_promise
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_added AFTER INSERT ON handovers_handover
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_changed AFTER UPDATE ON handovers_handover
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_added AFTER INSERT ON referrals_referral
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_changed AFTER UPDATE ON referrals_referral
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows();
CREATE TRIGGER clock_when_linked AFTER UPDATE ON referrals_referral
    REFERENCING NEW TABLE AS written OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_person();
CREATE TRIGGER clock_when_linked AFTER UPDATE ON contacts_contact
    REFERENCING NEW TABLE AS written OLD TABLE AS earlier
    FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_person();
CREATE TRIGGER clock_when_held AFTER INSERT ON holdings_holding
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_holder();
CREATE TRIGGER clock_when_passed_on AFTER UPDATE ON holdings_holding
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_holder();
CREATE TRIGGER clock_when_climbed AFTER INSERT ON clocks_climb
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_ladder();
CREATE TRIGGER clock_when_replied AFTER INSERT ON clocks_reply
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION clock_follows_ladder();

-- What was said stays as it was said.
CREATE TRIGGER kept_as_written BEFORE UPDATE ON clocks_climb
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
CREATE TRIGGER kept_as_written BEFORE UPDATE ON clocks_reply
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
CREATE TRIGGER kept_for_good BEFORE DELETE ON clocks_climb
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON clocks_reply
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON clocks_clock
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What was promised before this table was: the same, once.
DO $$
BEGIN
    PERFORM follow_clocks(ARRAY(SELECT id FROM promises_promise));
    PERFORM follow_clocks(ARRAY(SELECT id FROM handovers_handover));
    PERFORM follow_clocks(ARRAY(SELECT id FROM referrals_referral));
END
$$;

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON clocks_clock, clocks_climb, clocks_reply, clocks_sweep FROM nwd_app;
        GRANT SELECT ON clocks_clock TO nwd_app;
        GRANT UPDATE (wakes_at) ON clocks_clock TO nwd_app;
        GRANT SELECT, INSERT ON clocks_climb, clocks_reply TO nwd_app;
        GRANT SELECT, INSERT, UPDATE ON clocks_sweep TO nwd_app;
    END IF;
END
$$;

-- Pages are shown the clocks that their viewer's own agency is answerable for or has a part in the care of,
-- and what is said of those.
DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON clocks_clock, clocks_climb, clocks_reply, clocks_sweep FROM nwd_reader;
    GRANT SELECT ON clocks_clock, clocks_climb, clocks_reply, clocks_sweep TO nwd_reader;
    ALTER TABLE clocks_clock ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON clocks_clock TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON clocks_clock FOR SELECT TO nwd_reader USING (
            agency_id = current_setting('app.agency')::uuid
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = clocks_clock.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = clocks_clock.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM contacts_contact c WHERE c.id = clocks_clock.contact_id OFFSET 0));
    ALTER TABLE clocks_climb ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON clocks_climb TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON clocks_climb FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM clocks_clock c WHERE c.id = clocks_climb.clock_id OFFSET 0));
    ALTER TABLE clocks_reply ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON clocks_reply TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON clocks_reply FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM clocks_clock c WHERE c.id = clocks_reply.clock_id OFFSET 0));
END
$wall$;
