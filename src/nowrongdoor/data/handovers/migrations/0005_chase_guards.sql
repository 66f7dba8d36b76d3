-- Whoever asks after an offer asks after one that waits; the row is held still while that is decided.
CREATE FUNCTION chase_is_of_a_live_offer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM handovers_handover
        WHERE id = NEW.handover_id AND referral_id = NEW.referral_id
            AND state = 'offered' AND offered_at <= NEW.chased_at
        FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'chase % is of no offer of this referral that waits', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'chase_is_of_a_live_offer';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION chase_is_of_a_live_offer() IS 'I2: only an offer that waits is chased';

CREATE TRIGGER chase_is_of_a_live_offer BEFORE INSERT ON handovers_chase
    FOR EACH ROW EXECUTE FUNCTION chase_is_of_a_live_offer();
COMMENT ON TRIGGER chase_is_of_a_live_offer ON handovers_chase IS 'I2';

CREATE TRIGGER kept_as_written BEFORE UPDATE ON handovers_chase
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON handovers_chase IS 'I2: a chase on record stays as recorded';

-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON handovers_chase
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON handovers_chase FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON handovers_chase TO nwd_app;
    END IF;
END
$$;
