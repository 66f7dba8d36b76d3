-- What a disagreement owes moves on with its reviews, and once ended stays so.
CREATE OR REPLACE FUNCTION police_stays_as_decided() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    told text[] := ARRAY['version', 'seen_at', 'seen_by_id', 'seen_as', 'seen_words', 'disputed_at',
        'disputed_by_id', 'our_view', 'police_view', 'our_rank', 'police_rank',
        'review_level', 'review_from_at', 'review_due_at', 'review_ended_at'];
BEGIN
    IF (to_jsonb(NEW) - told) IS DISTINCT FROM (to_jsonb(OLD) - told)
        OR (OLD.seen_at IS NOT NULL AND (NEW.seen_at, NEW.seen_by_id, NEW.seen_as, NEW.seen_words)
            IS DISTINCT FROM (OLD.seen_at, OLD.seen_by_id, OLD.seen_as, OLD.seen_words))
        OR (OLD.review_ended_at IS NOT NULL
            AND (NEW.review_level, NEW.review_from_at, NEW.review_due_at, NEW.review_ended_at) IS DISTINCT FROM
            (OLD.review_level, OLD.review_from_at, OLD.review_due_at, OLD.review_ended_at))
        OR (OLD.disputed_at IS NOT NULL
            AND (NEW.disputed_at, NEW.disputed_by_id, NEW.our_view, NEW.police_view, NEW.our_rank, NEW.police_rank)
            IS DISTINCT FROM
            (OLD.disputed_at, OLD.disputed_by_id, OLD.our_view, OLD.police_view, OLD.our_rank, OLD.police_rank)) THEN
        RAISE EXCEPTION 'decision % with the police stays as it was recorded', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_stays_as_decided';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION police_stays_as_decided() IS 'what was decided, seen and disputed stays as it was recorded';

-- Disagreements from before: each owed as its reviews left it, by the days that stood then.
UPDATE police_policedecision d
SET version = d.version + 1, review_level = o.level, review_from_at = o.from_at,
    review_due_at = d.disputed_at + o.days * interval '1 day', review_ended_at = o.ended_at
FROM (
    SELECT p.id, COALESCE(v.from_at, p.disputed_at) AS from_at, v.ended_at,
        CASE COALESCE(v.passed, 0) WHEN 0 THEN 'bronze' WHEN 1 THEN 'silver' ELSE 'gold' END AS level,
        CASE COALESCE(v.passed, 0) WHEN 0 THEN 7 WHEN 1 THEN 21 ELSE 49 END AS days
    FROM police_policedecision p
    LEFT JOIN LATERAL (
        SELECT max(r.reviewed_at) FILTER (WHERE r.finding = 'passed_up') AS from_at,
            max(r.reviewed_at) FILTER (WHERE r.finding <> 'passed_up') AS ended_at,
            max(CASE r.level WHEN 'bronze' THEN 1 ELSE 2 END) FILTER (WHERE r.finding = 'passed_up') AS passed
        FROM police_policereview r WHERE r.decision_id = p.id
    ) v ON true
    WHERE p.disputed_at IS NOT NULL
) o
WHERE o.id = d.id;

-- Only a review moves or ends what is owed: time does not, and nobody by writing that it is over.
CREATE FUNCTION police_review_ends_it() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM police_policereview r WHERE r.decision_id = NEW.id
            AND r.reviewed_at = COALESCE(NEW.review_ended_at, NEW.review_from_at)
    ) THEN
        RAISE EXCEPTION 'disagreement % is reviewed by nobody', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'police_review_ends_it';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION police_review_ends_it() IS 'what a disagreement owes is moved and ended by a review alone';
CREATE CONSTRAINT TRIGGER police_review_ends_it AFTER UPDATE ON police_policedecision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.disputed_at IS NOT NULL
        AND (OLD.review_level, OLD.review_from_at, OLD.review_due_at, OLD.review_ended_at) IS DISTINCT FROM
            (NEW.review_level, NEW.review_from_at, NEW.review_due_at, NEW.review_ended_at))
    EXECUTE FUNCTION police_review_ends_it();
COMMENT ON TRIGGER police_review_ends_it ON police_policedecision
    IS 'I3: what a disagreement owes is moved and ended by a review alone';
