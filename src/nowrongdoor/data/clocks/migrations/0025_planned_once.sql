-- A row is followed by what its own table promises. Whoever names rows of no one table names them all.
CREATE OR REPLACE FUNCTION follow_clocks(ids uuid[]) RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ids, '');
END
$$;

CREATE OR REPLACE FUNCTION clock_follows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(SELECT n.id FROM written n ORDER BY n.id), TG_TABLE_NAME);
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION clock_follows_holder() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM follow_clocks(ARRAY(SELECT DISTINCT n.referral_id FROM written n ORDER BY 1), TG_TABLE_NAME);
    RETURN NULL;
END
$$;
