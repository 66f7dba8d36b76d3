-- Pages read as nwd_reader, inside a transaction that says whose agency asks. What that agency has no part
-- in is not there for it: every protected table says by which of its columns a row leads to somebody, and
-- the participation of that somebody decides.
--
-- `current_setting` is asked bare: unset or left empty it is an error, and never nobody's rows without a
-- word. Each test is an equality of its own, answered by an index of participations. A test that asks
-- another protected table is answered by the policy of that table.
--
-- OFFSET 0 says that each test is asked row by row, by its index: PostgreSQL would else sometimes read all
-- parts of the agency into memory first, which for a large one costs more than any page.
--
-- Not FORCE: the owner makes tables and copies and is nobody's web, and pg_dump refuses an owner that is
-- bound. Without both roles there is no wall, and nothing here is done.

-- Who else has a part, for the page that tells who may look: to whoever has one themselves, and no other.
-- Two questions and not one: even to plan the second, the agency must be known, and only the reader says it.
CREATE FUNCTION parts_in_care_of(whom uuid) RETURNS SETOF participations_participation
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF session_user = 'nwd_reader' THEN
        IF NOT EXISTS (SELECT FROM participations_participation p
            WHERE p.person_id = whom AND p.agency_id = current_setting('app.agency')::uuid) THEN
            RETURN;
        END IF;
    END IF;
    RETURN QUERY SELECT p.* FROM participations_participation p WHERE p.person_id = whom;
END
$$;
COMMENT ON FUNCTION parts_in_care_of(uuid) IS 'who has a part in the care, for whoever has one';
REVOKE EXECUTE ON FUNCTION parts_in_care_of(uuid) FROM PUBLIC;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        RETURN;
    END IF;
    GRANT EXECUTE ON FUNCTION parts_in_care_of(uuid) TO nwd_app;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    GRANT EXECUTE ON FUNCTION parts_in_care_of(uuid) TO nwd_reader;
    GRANT USAGE ON SCHEMA public TO nwd_reader;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM nwd_reader;
    -- Behind the wall.
    GRANT SELECT ON attachments_attachment, contacts_contact, handovers_chase,
        holdings_rehoming, journal_entry, participations_participation, promises_escalation,
        promises_promise, sharing_opening, sharing_sharingdecision TO nwd_reader;
    -- Open, each for a reason that tests/trust/test_wall.py tells.
    GRANT SELECT ON agencies_agency, agencies_team, agencies_member, agencies_membership, services_service,
        people_person, referrals_referral, holdings_holding, handovers_handover, sharing_seal, sharing_review,
        sharing_agreement, sharing_permission, drafts_draft, attachments_keptfile TO nwd_reader;
    GRANT SELECT, INSERT ON access_log_look TO nwd_reader;

    -- A part of its own.
    ALTER TABLE participations_participation ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON participations_participation TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON participations_participation FOR SELECT TO nwd_reader USING (
            agency_id = current_setting('app.agency')::uuid);

    -- Of a person, a contact, or a referral that came of it, in which it has a part.
    ALTER TABLE contacts_contact ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON contacts_contact TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON contacts_contact FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = contacts_contact.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.contact_id = contacts_contact.id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.referral_id = r.id
                WHERE r.contact_id = contacts_contact.id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));

    -- What it may see the contact of, it may see the promises of.
    ALTER TABLE promises_promise ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON promises_promise TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON promises_promise FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = promises_promise.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = promises_promise.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = promises_promise.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM contacts_contact c WHERE c.id = promises_promise.contact_id OFFSET 0));

    -- With the promise.
    ALTER TABLE promises_escalation ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON promises_escalation TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON promises_escalation FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM promises_promise d WHERE d.id = promises_escalation.promise_id OFFSET 0));

    -- With the referral.
    ALTER TABLE attachments_attachment ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON attachments_attachment TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON attachments_attachment FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = attachments_attachment.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = attachments_attachment.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));

    -- With the referral.
    ALTER TABLE handovers_chase ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON handovers_chase TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON handovers_chase FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = handovers_chase.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = handovers_chase.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));

    -- With the referral.
    ALTER TABLE holdings_rehoming ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON holdings_rehoming TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON holdings_rehoming FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = holdings_rehoming.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = holdings_rehoming.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));

    -- Of a person or a referral; and for whoever looks into what an agency without a governance lead decided.
    ALTER TABLE sharing_sharingdecision ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON sharing_sharingdecision TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON sharing_sharingdecision FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = sharing_sharingdecision.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = sharing_sharingdecision.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = sharing_sharingdecision.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM agencies_team t
                WHERE t.id = sharing_sharingdecision.by_team_id AND NOT EXISTS (
                SELECT FROM agencies_membership m JOIN agencies_team led ON led.id = m.team_id
                WHERE led.agency_id = t.agency_id AND m.role = 'governance_lead' AND m.until_at IS NULL)));

    -- Of a person; and for whoever looks into what an agency without a governance lead opened.
    ALTER TABLE sharing_opening ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON sharing_opening TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON sharing_opening FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = sharing_opening.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM agencies_team t WHERE t.id = sharing_opening.team_id AND NOT EXISTS (
                SELECT FROM agencies_membership m JOIN agencies_team led ON led.id = m.team_id
                WHERE led.agency_id = t.agency_id AND m.role = 'governance_lead' AND m.until_at IS NULL)));

    -- Of a person or a referral; and of a contact or a promise that was not anybody's yet, with that.
    ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON journal_entry TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON journal_entry FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = journal_entry.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = journal_entry.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM referrals_referral r
                JOIN participations_participation p ON p.person_id = r.person_id
                WHERE r.id = journal_entry.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR (subject = 'contacts.contact'
                AND EXISTS (SELECT FROM contacts_contact c WHERE c.id = journal_entry.subject_id OFFSET 0))
            OR (subject = 'promises.promise'
                AND EXISTS (SELECT FROM promises_promise d WHERE d.id = journal_entry.subject_id OFFSET 0)));
END
$wall$;
