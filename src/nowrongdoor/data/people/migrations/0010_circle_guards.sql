-- Whom the person does not want contacted stays on record, whoever sits at a prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON people_incircle
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- Whether a number may be rung about somebody: as it was said in a contact, unless it is the number of anybody
-- whom they do not want contacted, on whichever record of theirs that stands. That goes before what was said,
-- and is told to whoever may see the number, whether or not they may see who it is: it keeps somebody safe.
-- The digits are those of rules.identifiers.phone_key.
CREATE FUNCTION may_ring(whom uuid, number text, said text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN whom IS NOT NULL AND number <> '' AND EXISTS (
        SELECT FROM people_incircle k
        WHERE k.phone_key <> '' AND k.contact = 'never' AND k.withdrawn_at IS NULL
            AND k.phone_key = regexp_replace(
                regexp_replace(number, '[^0-9]', '', 'g'), '^(0044|44(?=[0-9]{9}))0*', '0')
            AND k.person_id IN (SELECT records_of(whom)))
    THEN 'do_not_contact' ELSE said END
$$;
COMMENT ON FUNCTION may_ring(uuid, text, text) IS 'whether a number may be rung, and no if the person wants nobody there contacted';
REVOKE EXECUTE ON FUNCTION may_ring(uuid, text, text) FROM PUBLIC;

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON people_incircle FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON people_incircle TO nwd_app;
        GRANT EXECUTE ON FUNCTION may_ring(uuid, text, text) TO nwd_app;
    END IF;
END
$$;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app')
        OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    GRANT EXECUTE ON FUNCTION may_ring(uuid, text, text) TO nwd_reader;
    REVOKE ALL ON people_incircle FROM nwd_reader;
    GRANT SELECT ON people_incircle TO nwd_reader;
    ALTER TABLE people_incircle ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON people_incircle TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON people_incircle FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = people_incircle.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));
END
$wall$;
