-- Seals: the chain grows at its head and nowhere else (I10).

ALTER TABLE journal_seal
    ADD CONSTRAINT journal_seal_numbers_from_one CHECK (number >= 1),
    ADD CONSTRAINT journal_seal_holds_hashes CHECK (
        octet_length(previous) = 32 AND octet_length(digest) = 32 AND octet_length(hash) = 32
    );
COMMENT ON CONSTRAINT journal_seal_numbers_from_one ON journal_seal IS 'I10: a chain begins at 1';
COMMENT ON CONSTRAINT journal_seal_holds_hashes ON journal_seal IS 'I10: a hash is 32 bytes';
COMMENT ON CONSTRAINT journal_seal_once_per_number ON journal_seal IS 'I10: two sealers never give one number twice';

ALTER TABLE journal_salt ADD CONSTRAINT journal_salt_is_long_enough CHECK (octet_length(salt) = 16);
COMMENT ON CONSTRAINT journal_salt_is_long_enough ON journal_salt IS 'I10: 128 random bits';

CREATE FUNCTION seal_follows() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    fault text;
BEGIN
    IF NEW.number > 1 THEN
        -- Asked in two ways, because a comparison that lets nothing equal nothing uses no index.
        IF NEW.agency_id IS NULL THEN
            PERFORM FROM journal_seal
                WHERE agency_id IS NULL AND number = NEW.number - 1 AND hash = NEW.previous;
        ELSE
            PERFORM FROM journal_seal
                WHERE agency_id = NEW.agency_id AND number = NEW.number - 1 AND hash = NEW.previous;
        END IF;
        IF NOT FOUND THEN
            fault := 'does not follow the head of its chain';
        END IF;
    ELSIF NEW.previous <> decode(repeat('00', 32), 'hex') THEN
        fault := 'is the first of its chain and names one before it';
    END IF;
    PERFORM FROM journal_entry WHERE id = NEW.entry_id AND agency_id IS NOT DISTINCT FROM NEW.agency_id;
    IF NOT FOUND THEN
        fault := 'is on no entry of that agency';
    END IF;
    IF fault IS NOT NULL THEN
        RAISE EXCEPTION 'the seal of entry % %', NEW.entry_id, fault
            USING ERRCODE = 'check_violation', CONSTRAINT = 'seal_follows', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION seal_follows() IS 'I10: a chain grows at its head, one entry of its own agency at a time';

CREATE TRIGGER seal_follows BEFORE INSERT ON journal_seal
    FOR EACH ROW EXECUTE FUNCTION seal_follows();
COMMENT ON TRIGGER seal_follows ON journal_seal IS 'I10';
CREATE TRIGGER kept_as_written BEFORE UPDATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON journal_seal IS 'Seals are only added to';
CREATE TRIGGER kept_for_good BEFORE DELETE OR TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
COMMENT ON TRIGGER kept_for_good ON journal_seal IS 'Seals are only added to';

-- A salt goes when what its entry says was lawfully erased, and that is on record; never otherwise.
CREATE FUNCTION salt_goes_with_its_words() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM journal_entry WHERE id = OLD.entry_id AND changes <> '{}'::jsonb) OR NOT EXISTS (
        SELECT FROM journal_entry
        WHERE subject = 'journal.entry' AND subject_id = OLD.entry_id AND kind = 'entry.erased'
    ) THEN
        RAISE EXCEPTION 'the salt of entry % stays while its words do', OLD.entry_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'salt_goes_with_its_words', TABLE = TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION salt_goes_with_its_words() IS 'A salt is dropped only with the words it salts, on record';

CREATE TRIGGER salt_goes_with_its_words BEFORE DELETE ON journal_salt
    FOR EACH ROW EXECUTE FUNCTION salt_goes_with_its_words();
COMMENT ON TRIGGER salt_goes_with_its_words ON journal_salt IS 'Erasure is lawful and on record, or not at all';
CREATE TRIGGER kept_as_written BEFORE UPDATE ON journal_salt
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON journal_salt IS 'A salt stays as it was made';
CREATE TRIGGER kept_for_good BEFORE TRUNCATE ON journal_salt
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
COMMENT ON TRIGGER kept_for_good ON journal_salt IS 'Salts go one by one, or not at all';

-- What the web and the jobs may do: add seals and their salts, and nothing else.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON journal_seal, journal_salt FROM nwd_app;
        GRANT SELECT, INSERT ON journal_seal, journal_salt TO nwd_app;
    END IF;
END
$$;
