-- I2 and I1, seen from the team: a team that has closed holds nobody and is asked for nobody.
-- Offers and holdings hold the team's row still (FOR SHARE) while they check, so that a team
-- cannot close at the very moment something reaches it.
CREATE FUNCTION team_closed_holds_nobody() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM agencies_team WHERE id = NEW.id AND closed_at IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM holdings_holding WHERE team_id = NEW.id AND until_at IS NULL) THEN
        RAISE EXCEPTION 'team % has closed and still holds a referral', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'team_closed_holds_nobody';
    END IF;
    IF EXISTS (SELECT FROM handovers_handover WHERE receiver_team_id = NEW.id AND state = 'offered') THEN
        RAISE EXCEPTION 'team % has closed and an offer still waits for its answer', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'team_closed_holds_nobody';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION team_closed_holds_nobody() IS 'I1, I2: a closed team holds nobody and no offer waits for it';

CREATE CONSTRAINT TRIGGER team_closed_holds_nobody AFTER INSERT OR UPDATE ON agencies_team
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION team_closed_holds_nobody();
COMMENT ON TRIGGER team_closed_holds_nobody ON agencies_team IS 'I1, I2';

-- I5, seen from the member: who has left a team holds nobody by name for it.
CREATE FUNCTION member_left_holds_nobody() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM holdings_holding
        WHERE member_id = OLD.member_id AND team_id = OLD.team_id AND until_at IS NULL
    ) AND NOT EXISTS (
        SELECT FROM agencies_membership
        WHERE member_id = OLD.member_id AND team_id = OLD.team_id AND until_at IS NULL
    ) THEN
        RAISE EXCEPTION 'member % has left team % and still holds a referral by name', OLD.member_id, OLD.team_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_left_holds_nobody';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION member_left_holds_nobody() IS 'I5: who has left a team holds nobody by name for it';

CREATE CONSTRAINT TRIGGER member_left_holds_nobody AFTER UPDATE ON agencies_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION member_left_holds_nobody();
COMMENT ON TRIGGER member_left_holds_nobody ON agencies_membership IS 'I5';

-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON agencies_agency
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON agencies_team
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON agencies_member
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON agencies_membership
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON agencies_agency, agencies_team, agencies_member, agencies_membership FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON agencies_agency, agencies_team, agencies_member, agencies_membership TO nwd_app;
    END IF;
END
$$;
