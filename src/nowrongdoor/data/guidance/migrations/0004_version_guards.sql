-- What stood stays on record: a past decision is replayed by it.
CREATE TRIGGER kept_for_good BEFORE DELETE ON guidance_version
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();
CREATE TRIGGER kept_for_good BEFORE DELETE ON guidance_appraisal
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- What was uploaded is what was looked at and what goes live. Nothing goes live unless partners of two agencies
-- agreed, none of them its author, and it stands from the day that was said until it is set aside.
CREATE FUNCTION guidance_stays_as_uploaded() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text[] := ARRAY['version', 'state', 'compared', 'compared_with', 'compared_at', 'live_from', 'live_by_id',
        'ended_on', 'ended_words'];
BEGIN
    IF (to_jsonb(NEW) - told) IS DISTINCT FROM (to_jsonb(OLD) - told) THEN
        RAISE EXCEPTION 'guidance % stays as it was uploaded', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guidance_stays_as_uploaded';
    END IF;
    IF OLD.live_from IS NOT NULL AND (NEW.live_from, NEW.live_by_id) IS DISTINCT FROM (OLD.live_from, OLD.live_by_id)
        OR OLD.ended_on IS NOT NULL AND NEW.ended_on IS DISTINCT FROM OLD.ended_on THEN
        RAISE EXCEPTION 'guidance % keeps when it stood', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guidance_keeps_when_it_stood';
    END IF;
    IF NEW.live_from IS NOT NULL AND OLD.live_from IS NULL AND (
        SELECT count(DISTINCT a.agency_id) FROM guidance_appraisal a
        WHERE a.guidance_version_id = NEW.id AND a.agrees AND a.member_id <> NEW.author_id
    ) < 2 THEN
        RAISE EXCEPTION 'guidance % was not agreed to by partners of two agencies', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guidance_agreed_by_two';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION guidance_stays_as_uploaded() IS 'a version stays as uploaded, and goes live only where two agencies agreed';
CREATE TRIGGER guidance_stays_as_uploaded BEFORE UPDATE ON guidance_version
    FOR EACH ROW EXECUTE FUNCTION guidance_stays_as_uploaded();
COMMENT ON TRIGGER guidance_stays_as_uploaded ON guidance_version
    IS 'a version stays as uploaded, and goes live only where two agencies agreed';

CREATE FUNCTION appraisal_stays_as_said() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'what was said of guidance stays as it was said'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'appraisal_stays_as_said';
END
$$;
COMMENT ON FUNCTION appraisal_stays_as_said() IS 'what a partner said of a version stays as they said it';
CREATE TRIGGER appraisal_stays_as_said BEFORE UPDATE ON guidance_appraisal
    FOR EACH ROW EXECUTE FUNCTION appraisal_stays_as_said();
COMMENT ON TRIGGER appraisal_stays_as_said ON guidance_appraisal
    IS 'what a partner said of a version stays as they said it';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON guidance_version, guidance_appraisal FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON guidance_version TO nwd_app;
        GRANT SELECT, INSERT ON guidance_appraisal TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON guidance_version, guidance_appraisal FROM nwd_reader;
        GRANT SELECT ON guidance_version, guidance_appraisal TO nwd_reader;
    END IF;
END
$$;
