-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON sharing_sharingdecision
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON sharing_seal
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON sharing_opening
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON sharing_review
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON sharing_agreement
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- An opening says what it was from the start: it cannot be made longer, nor about someone else.
CREATE TRIGGER kept_as_written BEFORE UPDATE ON sharing_opening
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON sharing_opening IS 'an opening stays as recorded, and ends when it said';

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON sharing_sharingdecision, sharing_seal, sharing_opening, sharing_review, sharing_agreement
            FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE
            ON sharing_sharingdecision, sharing_seal, sharing_opening, sharing_review, sharing_agreement
            TO nwd_app;
    END IF;
END
$$;
