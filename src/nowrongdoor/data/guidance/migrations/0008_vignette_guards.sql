-- What a member would choose for an invented case stays as they said it. No page reads these rows: the web's reader
-- is handed numbers of everybody, and what one member said for themself.
CREATE TRIGGER kept_for_good BEFORE DELETE ON guidance_vignetterating
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

CREATE FUNCTION vignette_rating_stays() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'vignette rating % stays as it was given', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'vignette_rating_stays';
END
$$;
COMMENT ON FUNCTION vignette_rating_stays() IS 'what a member would choose for an invented case stays as they said it';
CREATE TRIGGER vignette_rating_stays BEFORE UPDATE ON guidance_vignetterating
    FOR EACH ROW EXECUTE FUNCTION vignette_rating_stays();
COMMENT ON TRIGGER vignette_rating_stays ON guidance_vignetterating
    IS 'what a member would choose for an invented case stays as they said it';

CREATE FUNCTION vignettes_counted() RETURNS TABLE (vignette text, rated text, counted bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT v.vignette, v.rated, count(*) FROM guidance_vignetterating v GROUP BY 1, 2
$$;
COMMENT ON FUNCTION vignettes_counted() IS 'how often each response time was given to each invented case: numbers alone';

CREATE FUNCTION vignettes_rated_by(member uuid)
RETURNS TABLE (vignette text, rated text, rated_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT v.vignette, v.rated, v.rated_at FROM guidance_vignetterating v WHERE v.rated_by_id = member
$$;
COMMENT ON FUNCTION vignettes_rated_by(uuid) IS 'what one member said of invented cases, for themself';

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON guidance_vignetterating FROM nwd_app;
        GRANT SELECT, INSERT ON guidance_vignetterating TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON guidance_vignetterating FROM nwd_reader;
    END IF;
END
$$;
