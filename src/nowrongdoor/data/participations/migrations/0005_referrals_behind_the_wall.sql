-- Referrals and handovers stand behind the second wall too: what for, in whose words, and about whom.
--
-- The board tells every agency who answers for each of them and by when, so just that is handed out by two
-- views, which pass the wall and hold nothing else. `is_kept` says that a seal stands: what is sealed is left
-- out by the statement that lists, for whoever has no part that stands before the seal.

CREATE VIEW board_referral AS
    SELECT r.id, r.state, r.standard, r.received_at, r.reopened_at, r.due_at, r.closed_at,
        coalesce(r.person_id IN (
            SELECT s.person_id FROM sharing_seal s WHERE s.person_id IS NOT NULL
                AND s.referral_id IS NULL AND s.contact_id IS NULL AND s.lifted_at IS NULL), false)
        OR r.id IN (
            SELECT s.referral_id FROM sharing_seal s WHERE s.referral_id IS NOT NULL AND s.lifted_at IS NULL)
        AS is_kept
    FROM referrals_referral r;
COMMENT ON VIEW board_referral IS 'Of each referral what every agency may know: its state and its times';

CREATE VIEW board_handover AS
    SELECT h.id, h.referral_id, h.holding_id, h.receiver_team_id, h.state, h.offered_at, h.answer_by, h.hop
    FROM handovers_handover h;
COMMENT ON VIEW board_handover IS 'Of each handover what every agency may know: who is asked, and by when';

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        RETURN;
    END IF;
    REVOKE ALL ON board_referral, board_handover FROM nwd_app;
    GRANT SELECT ON board_referral, board_handover TO nwd_app;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    GRANT SELECT ON board_referral, board_handover TO nwd_reader;

    -- Of a person in whose care the agency has a part, or in which itself it has one.
    ALTER TABLE referrals_referral ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON referrals_referral TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON referrals_referral FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = referrals_referral.id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = referrals_referral.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));

    -- With the referral.
    ALTER TABLE handovers_handover ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON handovers_handover TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON handovers_handover FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = handovers_handover.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r WHERE r.id = handovers_handover.referral_id OFFSET 0));
END
$wall$;
