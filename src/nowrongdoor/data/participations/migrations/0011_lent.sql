-- Whether a seal is against whoever asks: their agency, themselves, or the agency that lends them to the one they
-- ask for. Loans are looked at only where the seal names an agency and it is not that one. The reader may ask for
-- its own agency alone, as before.

CREATE OR REPLACE FUNCTION seal_is_against(seal uuid, agency uuid, member uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    named_agency uuid;
    named_member uuid;
BEGIN
    IF session_user = 'nwd_reader' AND agency IS DISTINCT FROM current_setting('app.agency')::uuid THEN
        RAISE EXCEPTION 'asked for another agency than that of the viewer';
    END IF;
    SELECT s.against_agency_id, s.against_member_id INTO named_agency, named_member
        FROM sharing_seal s WHERE s.id = seal;
    IF named_agency = agency OR named_member = member THEN
        RETURN true;
    END IF;
    RETURN named_agency IS NOT NULL AND EXISTS (
        SELECT FROM agencies_membership m
        JOIN agencies_team lender ON lender.id = m.lent_by_team_id AND lender.agency_id = named_agency
        JOIN agencies_team borrower ON borrower.id = m.team_id AND borrower.agency_id = agency
        WHERE m.member_id = member AND m.until_at IS NULL);
END
$$;
