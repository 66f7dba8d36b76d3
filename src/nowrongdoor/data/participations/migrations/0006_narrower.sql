-- What was open to the reader though few may read it, and can be narrowed at no cost to any page.
--
-- That a seal stands must be known to every statement that leaves out what it keeps; why somebody put it, in
-- their words, is for those with a part in the care. So the reader may look at the keys of a seal alone, and
-- is told the rest by a function that asks for a part, as `parts_in_care_of` does.
--
-- What a person permits a carer is read by staff with a part in their care; the carer comes by a door of
-- their own. A review is for its agency's governance lead, and for any where that agency has none.

CREATE FUNCTION seals_in_care_of(whom uuid) RETURNS SETOF sharing_seal
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF session_user = 'nwd_reader' THEN
        IF NOT EXISTS (SELECT FROM participations_participation p
            WHERE p.person_id = whom AND p.agency_id = current_setting('app.agency')::uuid) THEN
            RETURN;
        END IF;
    END IF;
    RETURN QUERY SELECT s.* FROM sharing_seal s WHERE s.person_id = whom;
END
$$;
COMMENT ON FUNCTION seals_in_care_of(uuid) IS 'what is sealed of a person and why, for whoever has a part';
REVOKE EXECUTE ON FUNCTION seals_in_care_of(uuid) FROM PUBLIC;

DO $wall$
BEGIN
    IF current_user = 'nwd_app' OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        RETURN;
    END IF;
    GRANT EXECUTE ON FUNCTION seals_in_care_of(uuid) TO nwd_app;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        RETURN;
    END IF;
    GRANT EXECUTE ON FUNCTION seals_in_care_of(uuid) TO nwd_reader;
    REVOKE SELECT ON sharing_seal FROM nwd_reader;
    GRANT SELECT (id, person_id, referral_id, contact_id, lifted_at) ON sharing_seal TO nwd_reader;

    ALTER TABLE sharing_permission ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON sharing_permission TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON sharing_permission FOR SELECT TO nwd_reader USING (
            EXISTS (SELECT FROM participations_participation p
                WHERE p.person_id = sharing_permission.person_id
                    AND p.agency_id = current_setting('app.agency')::uuid OFFSET 0));

    ALTER TABLE sharing_review ENABLE ROW LEVEL SECURITY;
    CREATE POLICY engine ON sharing_review TO nwd_app USING (true) WITH CHECK (true);
    CREATE POLICY own_agency ON sharing_review FOR SELECT TO nwd_reader USING (
            agency_id = current_setting('app.agency')::uuid
            OR NOT EXISTS (
                SELECT FROM agencies_membership m JOIN agencies_team led ON led.id = m.team_id
                WHERE led.agency_id = sharing_review.agency_id AND m.role = 'governance_lead'
                    AND m.until_at IS NULL));
END
$wall$;
