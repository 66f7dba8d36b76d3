-- I5: a re-homing on record stays as recorded; once, it is accepted, by the team that holds by it.
DROP TRIGGER kept_as_written ON holdings_rehoming;

CREATE FUNCTION re_homing_accepted_once() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.accepted_at IS NOT NULL THEN
        RAISE EXCEPTION 're-homing % has been accepted', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 're_homing_accepted_once';
    END IF;
    IF (NEW.id, NEW.referral_id, NEW.from_team_id, NEW.to_team_id, NEW.reason, NEW.words, NEW.re_homed_at,
        NEW.re_homed_by_id)
        IS DISTINCT FROM
       (OLD.id, OLD.referral_id, OLD.from_team_id, OLD.to_team_id, OLD.reason, OLD.words, OLD.re_homed_at,
        OLD.re_homed_by_id) THEN
        RAISE EXCEPTION 're-homing %: what was recorded never changes', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 're_homing_accepted_once';
    END IF;
    IF NEW.accepted_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM holdings_holding held WHERE held.re_homing_id = NEW.id AND held.until_at IS NULL
    ) THEN
        RAISE EXCEPTION 're-homing %: nobody holds by it any more', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 're_homing_accepted_once';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION re_homing_accepted_once() IS
    'I5: a re-homing stays as recorded, and is accepted once, while its team holds by it';

CREATE TRIGGER re_homing_accepted_once BEFORE UPDATE ON holdings_rehoming
    FOR EACH ROW EXECUTE FUNCTION re_homing_accepted_once();
COMMENT ON TRIGGER re_homing_accepted_once ON holdings_rehoming IS 'I5';
