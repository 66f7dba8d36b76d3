-- The journal tells a file by its hash and not by its bytes: here the two are held together.
ALTER TABLE attachments_attachment ADD CONSTRAINT attachment_is_what_its_hash_says
    CHECK (size = octet_length(content) AND sha256 = encode(sha256(content), 'hex'));
COMMENT ON CONSTRAINT attachment_is_what_its_hash_says ON attachments_attachment IS
    'I7: the bytes are those whose hash the journal tells';

-- What an offer says never changes: its files are attached by the act that makes it, five at most.
CREATE FUNCTION attachment_is_of_its_offer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM handovers_handover
        WHERE id = NEW.handover_id AND referral_id = NEW.referral_id AND state = 'offered'
            AND offered_at = NEW.added_at AND giver_member_id = NEW.added_by_id
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'attachment % was not made with its offer', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_is_of_its_offer';
    END IF;
    IF (SELECT count(*) FROM attachments_attachment WHERE handover_id = NEW.handover_id) > 5 THEN
        RAISE EXCEPTION 'handover % has more files than an offer can have', NEW.handover_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attachment_is_of_its_offer';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION attachment_is_of_its_offer() IS 'I2: a file is part of the offer it was made with, and five are the most';

CREATE CONSTRAINT TRIGGER attachment_is_of_its_offer AFTER INSERT ON attachments_attachment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION attachment_is_of_its_offer();
COMMENT ON TRIGGER attachment_is_of_its_offer ON attachments_attachment IS 'I2';

CREATE TRIGGER kept_as_written BEFORE UPDATE ON attachments_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON attachments_attachment IS 'I2: a file stays as it was attached';

-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON attachments_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON attachments_attachment FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON attachments_attachment TO nwd_app;
        -- Files of a form that is not sent yet are thrown away when it is.
        REVOKE ALL ON attachments_keptfile FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE, DELETE ON attachments_keptfile TO nwd_app;
    END IF;
END
$$;
