-- What agencies agree changes what stands on the first page of whoever looks into sharing, in either of them.

CREATE FUNCTION tell_agreements() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM tell_boards(ARRAY(
        SELECT w.team_id FROM written n
        JOIN agencies_team t ON t.agency_id IN (n.one_agency_id, n.other_agency_id)
        JOIN agencies_membership w ON w.team_id = t.id AND w.until_at IS NULL
            AND w.role = 'governance_lead'
    ));
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION tell_agreements() IS 'tells who looks into sharing of what agencies agreed';

CREATE TRIGGER told_when_added AFTER INSERT ON sharing_agreement
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION tell_agreements();
