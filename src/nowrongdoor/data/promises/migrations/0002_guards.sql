-- I3: an open promise is due in the future of when it was last looked at, or has been escalated.
CREATE FUNCTION promise_late_without_escalation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM promises_promise owed
        WHERE owed.id = NEW.id AND owed.state = 'open'
            AND (owed.due_at <= owed.as_of_at OR owed.escalation_level > 0)
            AND NOT EXISTS (
                SELECT FROM promises_escalation raised
                WHERE raised.promise_id = owed.id AND raised.level = owed.escalation_level
            )
    ) THEN
        RAISE EXCEPTION 'promise % is late and nobody was told', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'promise_late_without_escalation';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION promise_late_without_escalation() IS
    'I3: every open promise has a due time in the future or an escalation';

CREATE CONSTRAINT TRIGGER promise_late_without_escalation AFTER INSERT OR UPDATE ON promises_promise
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION promise_late_without_escalation();
COMMENT ON TRIGGER promise_late_without_escalation ON promises_promise IS 'I3';

CREATE TRIGGER kept_as_written BEFORE UPDATE ON promises_escalation
    FOR EACH STATEMENT EXECUTE FUNCTION kept_as_written();
COMMENT ON TRIGGER kept_as_written ON promises_escalation IS 'I3: an escalation on record stays as recorded';

-- A promise ends once: what was kept or let go is not owed again, it is promised anew.
CREATE FUNCTION promise_ends_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'open' AND (NEW.state, NEW.ended_at, NEW.ended_by_id, NEW.due_at)
        IS DISTINCT FROM (OLD.state, OLD.ended_at, OLD.ended_by_id, OLD.due_at) THEN
        RAISE EXCEPTION 'promise % is no longer owed', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'promise_ends_once';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION promise_ends_once() IS 'I3: a promise is kept or let go once';

CREATE TRIGGER promise_ends_once BEFORE UPDATE ON promises_promise
    FOR EACH ROW EXECUTE FUNCTION promise_ends_once();
COMMENT ON TRIGGER promise_ends_once ON promises_promise IS 'I3';

-- What no constraint can see, because only time passes: open promises whose time has come and whose
-- next escalation is still owed. The database cannot prevent these; a proof counts them.
CREATE FUNCTION promises_late_unescalated(seen_at timestamptz) RETURNS TABLE (promise_id uuid, due_at timestamptz)
    LANGUAGE sql STABLE AS $$
    SELECT owed.id, owed.due_at FROM promises_promise owed WHERE owed.state = 'open' AND owed.due_at <= seen_at
$$;
COMMENT ON FUNCTION promises_late_unescalated(timestamptz) IS
    'I3: open promises late at an instant; each escalation gives the next due time, so their next one is owed';

-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON promises_promise
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON promises_escalation
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What the web and the jobs may do here. Nothing is deleted or emptied by them.
DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON promises_promise, promises_escalation FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON promises_promise, promises_escalation TO nwd_app;
    END IF;
END
$$;

COMMENT ON CONSTRAINT promise_due_after_made ON promises_promise IS 'I3: a promise has a due time to come';
COMMENT ON CONSTRAINT escalation_once_per_level ON promises_escalation IS 'I3: each level is raised once';
