-- Boards are told when what they show has changed. PostgreSQL sends it when the act commits, and never when it
-- does not. What is sent is a version and teams, so that only they look again: nothing about anybody, for each
-- screen asks anew with the rights of whoever sits there. Equal words of one act are sent once.
-- The triggers run as the owner of the tables, so that no wall in front of rows can keep a team from being told.

CREATE FUNCTION tell_boards(teams uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(teams) > 0 THEN
        PERFORM pg_notify('nwd_boards', pg_current_xact_id()::text || ' '
            -- A notification holds eight thousand bytes. What concerns so many concerns everyone.
            || CASE WHEN cardinality(teams) <= 100 THEN array_to_string(teams, ',') ELSE '*' END);
    END IF;
END
$$;
COMMENT ON FUNCTION tell_boards(uuid[]) IS 'a version and teams, never data: sent at commit to whoever listens';

CREATE FUNCTION tell_everyone() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_notify('nwd_boards', pg_current_xact_id()::text || ' *');
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_everyone() IS 'a seal changes what anyone may see, so everyone looks again';

CREATE FUNCTION tell_holdings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT n.team_id FROM written n
        UNION
        SELECT p.team_id FROM participations_participation p
        JOIN written n ON p.referral_id = n.referral_id AND p.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_holdings() IS 'tells whose holding began or ended, and whoever else has a part';

CREATE FUNCTION tell_re_homings() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT unnest(ARRAY[n.from_team_id, n.to_team_id]) FROM written n
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_re_homings() IS 'tells from which team to which';

CREATE FUNCTION tell_handovers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT unnest(ARRAY[n.giver_team_id, n.receiver_team_id, n.next_team_id]) FROM written n
        UNION
        SELECT p.team_id FROM participations_participation p
        JOIN written n ON p.referral_id = n.referral_id AND p.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_handovers() IS 'tells giver, receiver, who is asked next, and whoever else has a part';

CREATE FUNCTION tell_chases() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT unnest(ARRAY[h.giver_team_id, h.receiver_team_id]) FROM handovers_handover h
        JOIN written n ON n.handover_id = h.id
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_chases() IS 'tells both sides of the handover that was chased';

CREATE FUNCTION tell_promises() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT n.owner_team_id FROM written n
        UNION
        SELECT p.team_id FROM participations_participation p
        JOIN written n ON p.referral_id = n.referral_id AND p.until_at IS NULL
        UNION
        SELECT p.team_id FROM participations_participation p
        JOIN written n ON p.contact_id = n.contact_id AND p.until_at IS NULL
    ));
    IF TG_OP = 'UPDATE' THEN
        PERFORM tell_boards(ARRAY(
            SELECT o.owner_team_id FROM before o
            JOIN written n ON n.id = o.id AND n.owner_team_id <> o.owner_team_id
        ));
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_promises() IS 'tells who owes it, who owed it before, and whoever else has a part';

CREATE FUNCTION tell_escalations() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT n.to_team_id FROM written n
        UNION
        SELECT p.owner_team_id FROM promises_promise p JOIN written n ON n.promise_id = p.id
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_escalations() IS 'tells to whom it was raised, and who owes it';

CREATE FUNCTION tell_referrals() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT p.team_id FROM participations_participation p
        JOIN written n ON p.referral_id = n.id AND p.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_referrals() IS 'tells whoever has a part in it';

CREATE FUNCTION tell_contacts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT n.team_id FROM written n
        UNION
        SELECT p.team_id FROM participations_participation p
        JOIN written n ON p.contact_id = n.id AND p.until_at IS NULL
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_contacts() IS 'tells who answered, and whoever else has a part';

CREATE FUNCTION tell_decisions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT unnest(ARRAY[n.by_team_id, n.to_team_id]) FROM written n
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_decisions() IS 'tells who shared, and with whom';

-- One trigger for each table and way, for rows that were written are handed over by one way only.
CREATE TRIGGER told_when_added AFTER INSERT ON holdings_holding
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_holdings();
CREATE TRIGGER told_when_changed AFTER UPDATE ON holdings_holding
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_holdings();
CREATE TRIGGER told_when_added AFTER INSERT ON holdings_rehoming
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_re_homings();
CREATE TRIGGER told_when_changed AFTER UPDATE ON holdings_rehoming
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_re_homings();
CREATE TRIGGER told_when_added AFTER INSERT ON handovers_handover
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_handovers();
CREATE TRIGGER told_when_changed AFTER UPDATE ON handovers_handover
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_handovers();
CREATE TRIGGER told_when_added AFTER INSERT ON handovers_chase
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_chases();
CREATE TRIGGER told_when_added AFTER INSERT ON promises_promise
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_promises();
CREATE TRIGGER told_when_changed AFTER UPDATE ON promises_promise
    REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_promises();
CREATE TRIGGER told_when_added AFTER INSERT ON promises_escalation
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_escalations();
CREATE TRIGGER told_when_added AFTER INSERT ON referrals_referral
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_referrals();
CREATE TRIGGER told_when_changed AFTER UPDATE ON referrals_referral
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_referrals();
CREATE TRIGGER told_when_added AFTER INSERT ON contacts_contact
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_contacts();
CREATE TRIGGER told_when_changed AFTER UPDATE ON contacts_contact
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_contacts();
CREATE TRIGGER told_when_added AFTER INSERT ON sharing_sharingdecision
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_decisions();
CREATE TRIGGER told_when_changed AFTER UPDATE ON sharing_sharingdecision
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_decisions();
CREATE TRIGGER told_when_added AFTER INSERT ON sharing_seal
    FOR EACH STATEMENT EXECUTE FUNCTION tell_everyone();
CREATE TRIGGER told_when_changed AFTER UPDATE ON sharing_seal
    FOR EACH STATEMENT EXECUTE FUNCTION tell_everyone();
