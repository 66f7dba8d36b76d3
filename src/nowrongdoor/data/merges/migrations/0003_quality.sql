-- How whole the records are that each agency has or had a part in: numbers and nobody's name. It passes the
-- wall, for no agency sees the parts of the others; who is restricted is counted nowhere.
CREATE FUNCTION quality_of_records()
RETURNS TABLE (
    agency_id uuid, people bigint, no_number bigint, number_not_asked bigint, no_birth bigint,
    birth_not_asked bigint, no_name bigint, no_phone bigint, phone_not_asked bigint, no_address bigint,
    address_not_asked bigint, alike bigint, conflicting bigint
)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH restricted AS (
        SELECT s.person_id FROM sharing_seal s
        WHERE s.lifted_at IS NULL AND s.referral_id IS NULL AND s.contact_id IS NULL
    ), theirs AS (
        SELECT DISTINCT p.agency_id, p.person_id FROM participations_participation p
        WHERE p.person_id IS NOT NULL AND p.person_id NOT IN (SELECT r.person_id FROM restricted r)
    ), waiting AS (
        SELECT m.one_id AS person_id FROM merges_merge m WHERE m.state = 'proposed'
        UNION SELECT m.other_id FROM merges_merge m WHERE m.state = 'proposed'
    ), differing AS (
        SELECT m.record_id, m.into_id FROM merges_merge m
        JOIN people_person a ON a.id = m.record_id JOIN people_person b ON b.id = m.into_id
        WHERE m.state = 'merged' AND (a.nhs_number <> b.nhs_number OR a.born_on <> b.born_on)
    ), conflicts AS (
        SELECT d.record_id AS person_id FROM differing d UNION SELECT d.into_id FROM differing d
    )
    SELECT t.agency_id, count(*),
        count(*) FILTER (WHERE q.nhs_number IS NULL),
        count(*) FILTER (WHERE q.nhs_number_unknown = 'not_asked'),
        count(*) FILTER (WHERE q.born_on IS NULL),
        count(*) FILTER (WHERE q.born_on_unknown = 'not_asked'),
        count(*) FILTER (WHERE q.family_name = '' AND q.given_names = ''),
        count(*) FILTER (WHERE q.phone = ''),
        count(*) FILTER (WHERE q.phone_unknown = 'not_asked'),
        count(*) FILTER (WHERE q.address = ''),
        count(*) FILTER (WHERE q.address_unknown = 'not_asked'),
        count(w.person_id), count(c.person_id)
    FROM theirs t JOIN people_person q ON q.id = t.person_id
    LEFT JOIN waiting w ON w.person_id = t.person_id
    LEFT JOIN conflicts c ON c.person_id = t.person_id
    GROUP BY t.agency_id
$$;
COMMENT ON FUNCTION quality_of_records() IS 'how many records of each agency lack or contradict what, and no more';
