-- Whether a seal is against whoever asks: their agency, or themselves. Whom else it is against, no page is told
-- by this; the reader may ask for its own agency alone, so that it cannot try one agency after another.

CREATE FUNCTION seal_is_against(seal uuid, agency uuid, member uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF session_user = 'nwd_reader' AND agency IS DISTINCT FROM current_setting('app.agency')::uuid THEN
        RAISE EXCEPTION 'asked for another agency than that of the viewer';
    END IF;
    RETURN EXISTS (SELECT FROM sharing_seal s
        WHERE s.id = seal AND (s.against_agency_id = agency OR s.against_member_id = member));
END
$$;
COMMENT ON FUNCTION seal_is_against(uuid, uuid, uuid)
    IS 'whether a seal keeps somebody safe from this agency or member';
REVOKE EXECUTE ON FUNCTION seal_is_against(uuid, uuid, uuid) FROM PUBLIC;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        RETURN;
    END IF;
    GRANT EXECUTE ON FUNCTION seal_is_against(uuid, uuid, uuid) TO nwd_app;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        GRANT EXECUTE ON FUNCTION seal_is_against(uuid, uuid, uuid) TO nwd_reader;
    END IF;
END
$wall$;
