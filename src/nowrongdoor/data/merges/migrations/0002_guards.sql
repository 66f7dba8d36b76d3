-- Nothing about a person is deleted, by anyone at any prompt.
CREATE TRIGGER kept_for_good BEFORE DELETE ON merges_merge
    FOR EACH STATEMENT EXECUTE FUNCTION kept_for_good();

-- The record that stands for one: up through every merge that stands.
CREATE FUNCTION stands_for(record uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    up uuid;
BEGIN
    LOOP
        SELECT m.into_id INTO up FROM merges_merge m WHERE m.record_id = record AND m.state = 'merged';
        IF up IS NULL THEN
            RETURN record;
        END IF;
        record := up;
    END LOOP;
END
$$;
COMMENT ON FUNCTION stands_for(uuid) IS 'the record that is read for this one; itself, where it is merged into none';

-- Every record of the person a record is of: down again from the one that stands for it.
CREATE FUNCTION records_of(record uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE theirs AS (
        SELECT stands_for(record) AS id
        UNION
        SELECT m.record_id FROM merges_merge m JOIN theirs t ON m.into_id = t.id WHERE m.state = 'merged'
    )
    SELECT id FROM theirs
$$;
COMMENT ON FUNCTION records_of(uuid) IS 'every record of one person, the one that is asked about among them';

-- No ring: whoever merges waits for whoever else does, and nothing is merged into what is read through it.
CREATE FUNCTION no_ring_of_merges() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    up uuid := NEW.into_id;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('no_ring_of_merges'));
    WHILE up IS NOT NULL LOOP
        IF up = NEW.record_id THEN
            RAISE EXCEPTION 'these records would be read through one another in a ring'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'merge_no_ring';
        END IF;
        SELECT m.into_id INTO up FROM merges_merge m
        WHERE m.record_id = up AND m.state = 'merged' AND m.id <> NEW.id;
    END LOOP;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION no_ring_of_merges() IS 'refuses to read a record through what is read through it';
CREATE TRIGGER no_ring BEFORE INSERT OR UPDATE ON merges_merge
    FOR EACH ROW WHEN (NEW.state = 'merged') EXECUTE FUNCTION no_ring_of_merges();

DO $$
BEGIN
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_app') THEN
        REVOKE ALL ON merges_merge FROM nwd_app;
        GRANT SELECT, INSERT, UPDATE ON merges_merge TO nwd_app;
    END IF;
    IF current_user <> 'nwd_app' AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'nwd_reader') THEN
        REVOKE ALL ON merges_merge FROM nwd_reader;
        GRANT SELECT ON merges_merge TO nwd_reader;
    END IF;
END
$$;
