-- An offer is for a service of the team that is asked, or says of none. Asked only where one is named, so that an
-- offer without costs what it did.
CREATE FUNCTION handover_for_own_service() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'handover %: for which service it is never changes', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_for_own_service';
    END IF;
    -- Held still, so that it does not become another team's while this is decided.
    PERFORM FROM services_service WHERE id = NEW.service_id AND team_id = NEW.receiver_team_id FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'handover % is for a service that the team that is asked does not keep', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'handover_for_own_service';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION handover_for_own_service() IS 'an offer is for a service of the team that is asked, from first to last';

CREATE TRIGGER handover_for_own_service BEFORE INSERT ON handovers_handover
    FOR EACH ROW WHEN (NEW.service_id IS NOT NULL) EXECUTE FUNCTION handover_for_own_service();
CREATE TRIGGER handover_keeps_its_service BEFORE UPDATE ON handovers_handover
    FOR EACH ROW WHEN (NEW.service_id IS DISTINCT FROM OLD.service_id) EXECUTE FUNCTION handover_for_own_service();
COMMENT ON TRIGGER handover_for_own_service ON handovers_handover IS 'an offer is for a service of the team that is asked';
COMMENT ON TRIGGER handover_keeps_its_service ON handovers_handover IS 'for which service an offer is never changes';

-- While an offer waits for its answer, its service stays where it was asked: the offer is withdrawn first, and so
-- returns to its giver, who holds all along. (Nothing is deleted from the directory at all.)
CREATE FUNCTION service_keeps_its_team() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM handovers_handover
            WHERE service_id = NEW.id AND receiver_team_id = OLD.team_id AND state = 'offered') THEN
        RAISE EXCEPTION 'service %: an offer for it waits for its answer', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'service_keeps_its_team';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION service_keeps_its_team() IS 'a service does not leave its team while an offer for it waits';
CREATE TRIGGER service_keeps_its_team BEFORE UPDATE ON services_service
    FOR EACH ROW WHEN (NEW.team_id IS DISTINCT FROM OLD.team_id OR (NEW.missing_since IS NOT NULL
        AND OLD.missing_since IS NULL AND OLD.team_id IS NOT NULL))
    EXECUTE FUNCTION service_keeps_its_team();
COMMENT ON TRIGGER service_keeps_its_team ON services_service IS 'not while an offer for it waits';
