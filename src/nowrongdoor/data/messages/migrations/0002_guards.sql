-- What was promised to leave the place, and what left, stays on record, whoever sits at a prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON messages_message
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What a message says, and to whom, never changes; one that is settled stays so.
CREATE FUNCTION message_stays_as_promised() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.kind, NEW.channel, NEW.person_id, NEW.referral_id, NEW.contact_id, NEW.visit_id, NEW.service_id,
        NEW.link_id, NEW.team_id, NEW.words, NEW.promised_at, NEW.promised_by_id, NEW.until_at)
        IS DISTINCT FROM
       (OLD.id, OLD.kind, OLD.channel, OLD.person_id, OLD.referral_id, OLD.contact_id, OLD.visit_id, OLD.service_id,
        OLD.link_id, OLD.team_id, OLD.words, OLD.promised_at, OLD.promised_by_id, OLD.until_at)
        OR OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'message %: what was promised never changes, and what is settled stays so', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'message_stays_as_promised';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION message_stays_as_promised() IS
    'what a message says and to whom never changes, and one that is settled stays so';
CREATE TRIGGER message_stays_as_promised BEFORE UPDATE ON messages_message
    FOR EACH ROW EXECUTE FUNCTION message_stays_as_promised();
COMMENT ON TRIGGER message_stays_as_promised ON messages_message IS 'a message stays as it was promised';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON messages_message FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON messages_message TO nwd_app;
    END IF;
END
$$;

-- Behind the second wall as the person and the referral are; one to a service stands with
-- whoever promised it.
DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    REVOKE ALL ON messages_message FROM nwd_reader;
    GRANT SELECT ON messages_message TO nwd_reader;
    ALTER TABLE messages_message ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON messages_message TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON messages_message FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM agencies_team t
                WHERE messages_message.person_id IS NULL AND messages_message.referral_id IS NULL
                    AND t.id = messages_message.team_id
                    AND t.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.referral_id = messages_message.referral_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0)
            OR EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = messages_message.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
