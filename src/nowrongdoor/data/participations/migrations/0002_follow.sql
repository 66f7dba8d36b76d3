-- Participations follow from rows, set by set, in the statement that wrote the rows: no code path, script
-- or prompt can give a team a part it has not got, or forget one it has. Mirrors `rules.participation`.
-- The functions run as the owner of the tables: the web's own role may read participations, and no more.

CREATE FUNCTION follow_holdings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at)
    SELECT n.id, 'holds', t.agency_id, n.team_id, r.person_id, n.referral_id, n.from_at, n.until_at
    FROM written n
    JOIN agencies_team t ON t.id = n.team_id
    LEFT JOIN referrals_referral r ON r.id = n.referral_id
    ON CONFLICT (id) DO UPDATE SET until_at = EXCLUDED.until_at
        WHERE p.until_at IS DISTINCT FROM EXCLUDED.until_at;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION follow_holdings() IS 'who holds has a part in the care';

CREATE FUNCTION follow_handovers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at)
    SELECT n.id, 'offered', t.agency_id, n.receiver_team_id, r.person_id, n.referral_id,
        n.offered_at, n.answered_at
    FROM written n
    JOIN agencies_team t ON t.id = n.receiver_team_id
    LEFT JOIN referrals_referral r ON r.id = n.referral_id
    ON CONFLICT (id) DO UPDATE SET until_at = EXCLUDED.until_at
        WHERE p.until_at IS DISTINCT FROM EXCLUDED.until_at;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION follow_handovers() IS 'who is asked has a part in the care';

CREATE FUNCTION follow_promises() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, referral_id, contact_id, from_at, until_at)
    SELECT n.id, 'owes', t.agency_id, n.owner_team_id, COALESCE(n.person_id, r.person_id, c.person_id),
        n.referral_id, n.contact_id, n.made_at, n.ended_at
    FROM written n
    JOIN agencies_team t ON t.id = n.owner_team_id
    LEFT JOIN referrals_referral r ON r.id = n.referral_id
    LEFT JOIN contacts_contact c ON c.id = n.contact_id
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
COMMENT ON FUNCTION follow_promises() IS 'who owes something has a part in the care';

CREATE FUNCTION follow_escalations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation
        (id, part, agency_id, team_id, person_id, referral_id, contact_id, from_at, until_at)
    SELECT n.id, 'raised', t.agency_id, n.to_team_id, COALESCE(p.person_id, r.person_id, c.person_id),
        p.referral_id, p.contact_id, n.escalated_at, p.ended_at
    FROM written n
    JOIN promises_promise p ON p.id = n.promise_id
    JOIN agencies_team t ON t.id = n.to_team_id
    LEFT JOIN referrals_referral r ON r.id = p.referral_id
    LEFT JOIN contacts_contact c ON c.id = p.contact_id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION follow_escalations() IS 'whoever something late was raised to has a part in the care';

-- Whoever turns out to be meant is meant in everything that rests on the same referral or contact.
CREATE FUNCTION follow_referrals() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at)
    SELECT n.id, 'took_in', t.agency_id, n.from_team_id, n.person_id, n.id, n.received_at, n.closed_at
    FROM written n
    JOIN agencies_team t ON t.id = n.from_team_id
    ON CONFLICT (id) DO UPDATE SET person_id = EXCLUDED.person_id, until_at = EXCLUDED.until_at
        WHERE (p.person_id, p.until_at) IS DISTINCT FROM (EXCLUDED.person_id, EXCLUDED.until_at);
    IF TG_OP = 'UPDATE' THEN
        UPDATE participations_participation p SET person_id = n.person_id
        FROM written n
        WHERE p.referral_id = n.id AND p.person_id IS DISTINCT FROM n.person_id;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION follow_referrals() IS 'who took a referral in has a part in the care';

CREATE FUNCTION follow_contacts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, contact_id, from_at, until_at)
    SELECT n.id, 'answered', t.agency_id, n.team_id, n.person_id, n.id, n.received_at, n.closed_at
    FROM written n
    JOIN agencies_team t ON t.id = n.team_id
    ON CONFLICT (id) DO UPDATE SET person_id = EXCLUDED.person_id, until_at = EXCLUDED.until_at
        WHERE (p.person_id, p.until_at) IS DISTINCT FROM (EXCLUDED.person_id, EXCLUDED.until_at);
    IF TG_OP = 'UPDATE' THEN
        UPDATE participations_participation p SET person_id = n.person_id
        FROM written n
        WHERE p.contact_id = n.id AND p.referral_id IS NULL AND p.person_id IS DISTINCT FROM n.person_id;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION follow_contacts() IS 'who answered has a part in the care';

CREATE FUNCTION follow_decisions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation AS p
        (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at, purpose)
    SELECT n.id, 'shared', t.agency_id, n.to_team_id, COALESCE(n.person_id, r.person_id), n.referral_id,
        n.decided_at, n.withdrawn_at, n.purpose
    FROM written n
    JOIN agencies_team t ON t.id = n.to_team_id
    LEFT JOIN referrals_referral r ON r.id = n.referral_id
    ON CONFLICT (id) DO UPDATE SET until_at = EXCLUDED.until_at
        WHERE p.until_at IS DISTINCT FROM EXCLUDED.until_at;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION follow_decisions() IS 'whom it was decided to share with has a part in the care, until withdrawn';

CREATE FUNCTION follow_openings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO participations_participation
        (id, part, agency_id, team_id, member_id, person_id, from_at, until_at)
    SELECT n.id, CASE n.kind WHEN 'claim' THEN 'claimed' ELSE 'broke_glass' END, t.agency_id, n.team_id,
        n.member_id, n.person_id, n.opened_at, n.until_at
    FROM written n
    JOIN agencies_team t ON t.id = n.team_id;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION follow_openings() IS 'a member who said why may look for a while';

CREATE TRIGGER followed_when_added AFTER INSERT ON sharing_sharingdecision
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_decisions();
CREATE TRIGGER followed_when_changed AFTER UPDATE ON sharing_sharingdecision
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_decisions();
CREATE TRIGGER followed_when_added AFTER INSERT ON sharing_opening
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_openings();
CREATE TRIGGER followed_when_added AFTER INSERT ON holdings_holding
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_holdings();
CREATE TRIGGER followed_when_changed AFTER UPDATE ON holdings_holding
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_holdings();
CREATE TRIGGER followed_when_added AFTER INSERT ON handovers_handover
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_handovers();
CREATE TRIGGER followed_when_changed AFTER UPDATE ON handovers_handover
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_handovers();
CREATE TRIGGER followed_when_added AFTER INSERT ON promises_promise
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_promises();
CREATE TRIGGER followed_when_changed AFTER UPDATE ON promises_promise
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_promises();
CREATE TRIGGER followed_when_added AFTER INSERT ON promises_escalation
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_escalations();
CREATE TRIGGER followed_when_added AFTER INSERT ON referrals_referral
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_referrals();
CREATE TRIGGER followed_when_changed AFTER UPDATE ON referrals_referral
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_referrals();
CREATE TRIGGER followed_when_added AFTER INSERT ON contacts_contact
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_contacts();
CREATE TRIGGER followed_when_changed AFTER UPDATE ON contacts_contact
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION follow_contacts();

-- What was there before this table was: the same, once.
INSERT INTO participations_participation
    (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at)
SELECT n.id, 'took_in', t.agency_id, n.from_team_id, n.person_id, n.id, n.received_at, n.closed_at
FROM referrals_referral n JOIN agencies_team t ON t.id = n.from_team_id;
INSERT INTO participations_participation
    (id, part, agency_id, team_id, person_id, contact_id, from_at, until_at)
SELECT n.id, 'answered', t.agency_id, n.team_id, n.person_id, n.id, n.received_at, n.closed_at
FROM contacts_contact n JOIN agencies_team t ON t.id = n.team_id;
INSERT INTO participations_participation
    (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at)
SELECT n.id, 'holds', t.agency_id, n.team_id, r.person_id, n.referral_id, n.from_at, n.until_at
FROM holdings_holding n JOIN agencies_team t ON t.id = n.team_id
JOIN referrals_referral r ON r.id = n.referral_id;
INSERT INTO participations_participation
    (id, part, agency_id, team_id, person_id, referral_id, from_at, until_at)
SELECT n.id, 'offered', t.agency_id, n.receiver_team_id, r.person_id, n.referral_id, n.offered_at, n.answered_at
FROM handovers_handover n JOIN agencies_team t ON t.id = n.receiver_team_id
JOIN referrals_referral r ON r.id = n.referral_id;
INSERT INTO participations_participation
    (id, part, agency_id, team_id, person_id, referral_id, contact_id, from_at, until_at)
SELECT n.id, 'owes', t.agency_id, n.owner_team_id, COALESCE(n.person_id, r.person_id, c.person_id),
    n.referral_id, n.contact_id, n.made_at, n.ended_at
FROM promises_promise n JOIN agencies_team t ON t.id = n.owner_team_id
LEFT JOIN referrals_referral r ON r.id = n.referral_id
LEFT JOIN contacts_contact c ON c.id = n.contact_id;
INSERT INTO participations_participation
    (id, part, agency_id, team_id, person_id, referral_id, contact_id, from_at, until_at)
SELECT n.id, 'raised', t.agency_id, n.to_team_id, COALESCE(p.person_id, r.person_id, c.person_id),
    p.referral_id, p.contact_id, n.escalated_at, p.ended_at
FROM promises_escalation n JOIN promises_promise p ON p.id = n.promise_id
JOIN agencies_team t ON t.id = n.to_team_id
LEFT JOIN referrals_referral r ON r.id = p.referral_id
LEFT JOIN contacts_contact c ON c.id = p.contact_id;

-- The web reads participations; triggers write them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON participations_participation FROM nwd_app;
        GRANT SELECT ON participations_participation TO nwd_app;
    END IF;
END
$$;
