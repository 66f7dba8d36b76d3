-- I1, seen from the team: whoever is held is held by a team in which somebody is there to answer. So the
-- last member of a team that still holds a referral cannot leave it: not by an end, nor by being made
-- another team's. Holdings live in another context; they are read here by the name of their table.
-- Those who leave one team do so one at a time, so that of the last two, leaving at once, one stays. Not by
-- its row: a new holding holds that still and then the membership it names, and the two would wait in a ring.
-- What reaches a team at that very moment is kept apart by the acts themselves, which hold the team's row.
-- Only what ends is looked at: a load of memberships, however large, asks nothing here.
CREATE FUNCTION team_that_holds_has_a_member() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('leave ' || OLD.team_id, 0));
    IF NOT EXISTS (SELECT FROM agencies_membership WHERE team_id = OLD.team_id AND until_at IS NULL)
        AND EXISTS (SELECT FROM holdings_holding WHERE team_id = OLD.team_id AND until_at IS NULL) THEN
        RAISE EXCEPTION 'team % has nobody left to answer and still holds a referral', OLD.team_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'team_that_holds_has_a_member';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION team_that_holds_has_a_member() IS
    'I1: the last member of a team that still holds a referral does not leave it';

CREATE CONSTRAINT TRIGGER team_that_holds_has_a_member AFTER UPDATE ON agencies_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.until_at IS NULL AND (NEW.until_at IS NOT NULL OR NEW.team_id <> OLD.team_id))
    EXECUTE FUNCTION team_that_holds_has_a_member();
COMMENT ON TRIGGER team_that_holds_has_a_member ON agencies_membership IS 'I1';
