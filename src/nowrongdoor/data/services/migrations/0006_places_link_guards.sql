-- What a link is bound to never changes, and one that was taken back stays so.
CREATE FUNCTION places_link_stays_bound() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.service_id, NEW.team_id, NEW.digest, NEW.made_at, NEW.made_by_id)
        IS DISTINCT FROM
       (OLD.id, OLD.service_id, OLD.team_id, OLD.digest, OLD.made_at, OLD.made_by_id)
        OR NEW.until_at > OLD.until_at
        OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at) THEN
        RAISE EXCEPTION 'link %: what it is bound to never changes, and what is over stays over', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'places_link_stays_bound';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION places_link_stays_bound() IS
    'a link is of the service it was made for, opens no longer than it said, and is over for good';
CREATE TRIGGER places_link_stays_bound BEFORE UPDATE ON services_placeslink
    FOR EACH ROW EXECUTE FUNCTION places_link_stays_bound();
COMMENT ON TRIGGER places_link_stays_bound ON services_placeslink IS 'a link stays bound';
CREATE TRIGGER kept_for_good BEFORE DELETE ON services_placeslink
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON services_placeslink FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON services_placeslink TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON services_placeslink FROM nwd_reader;
        GRANT SELECT ON services_placeslink TO nwd_reader;
    END IF;
END
$$;
