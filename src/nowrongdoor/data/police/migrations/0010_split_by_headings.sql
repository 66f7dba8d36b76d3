DROP FUNCTION police_split(timestamptz, timestamptz, integer[], text[], text[], text[], integer[], text[], text[],
    text, integer, integer);

-- Passes the wall: how often the police attended or not, and how people were since, by one group at a time.
-- Never a line of somebody: no two groups are crossed, groups with fewer people than may be told are one ('*'),
-- a count behind which there are fewer people is null, and every other is rounded before it leaves. `asked` are the
-- headings of what people say of themselves: each is a group of its own, and whoever said nothing is in one too.
CREATE FUNCTION police_split(
    told_at timestamptz, since timestamptz, hours integer[], face_to_face text[], spoken text[],
    bands text[], youngest integer[], areas text[], fifths text[], asked text[], fewest integer, rounded_to integer
)
RETURNS TABLE (split text, line text, outcome text, place integer, how text, many bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH said AS (
        SELECT DISTINCT ON (o.person_id, o.heading) o.person_id, o.heading, o.state, o.codes
        FROM people_aboutanswer o
        WHERE o.heading = ANY(asked) AND o.written_at <= told_at AND NOT EXISTS (
            SELECT FROM people_aboutanswer n WHERE n.replaces_id = o.id AND n.written_at <= told_at)
        ORDER BY o.person_id, o.heading, o.said_on DESC, o.written_at DESC, o.id DESC
    ), calls AS (
        SELECT coalesce(r.person_id, r.id) AS whose, r.person_id, k.stood,
            CASE k.outcome WHEN 'joint' THEN 'attend' ELSE k.outcome END AS outcome,
            coalesce((SELECT b.code FROM unnest(bands, youngest) AS b(code, since)
                      WHERE b.since <= coalesce(d.age, extract(year FROM age(k.asked_on, p.born_on)))
                      ORDER BY b.since DESC LIMIT 1), '') AS age,
            coalesce((SELECT a.fifth FROM unnest(areas, fifths) AS a(area, fifth)
                      WHERE a.area = split_part(p.postcode, ' ', 1) OR (
                          p.postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$' AND a.area = left(p.postcode, -2))
                      ORDER BY length(a.area) DESC LIMIT 1), '') AS deprivation
        FROM police_calls_keyed(told_at, since, hours, NULL, NULL, face_to_face, spoken) k
        JOIN police_policedecision d ON d.id = k.decision_id
        JOIN referrals_referral r ON r.id = k.referral_id
        LEFT JOIN people_person p ON p.id = r.person_id
    ), cut AS (
        SELECT v.split, v.code, c.whose, c.outcome, c.stood FROM calls c
        CROSS JOIN LATERAL (VALUES ('all', ''), ('age', c.age), ('deprivation', c.deprivation)) AS v(split, code)
        UNION ALL
        SELECT h.heading, coalesce(s.codes[1], nullif(s.state, 'answered'), 'not_asked'), c.whose, c.outcome, c.stood
        FROM calls c CROSS JOIN unnest(asked) AS h(heading)
        LEFT JOIN said s ON s.person_id = c.person_id AND s.heading = h.heading
    ), sizes AS (
        SELECT c.split, c.code, count(DISTINCT c.whose) AS people FROM cut c GROUP BY c.split, c.code
    ), smaller AS (
        SELECT z.*, coalesce(sum(z.people) OVER (PARTITION BY z.split ORDER BY z.people, z.code
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before FROM sizes z
    ), named AS (
        -- Those that are small, and where all of them are small together, the next larger with them.
        SELECT c.split, c.whose, c.outcome, c.stood,
            CASE WHEN z.people < fewest OR (z.before > 0 AND z.before < fewest) THEN '*' ELSE c.code END AS line
        FROM cut c JOIN smaller z ON z.split = c.split AND z.code = c.code
    ), since_then AS (
        SELECT n.split, n.line, n.outcome, t.place::integer AS place, n.whose,
            CASE WHEN t.word IN ('seen', 'hospital', 'place_of_safety') THEN 'seen'
                 WHEN t.word IN ('spoken', 'held') THEN 'held'
                 WHEN t.word LIKE 'closed:%' THEN 'closed' ELSE 'not_known' END AS how
        FROM named n CROSS JOIN LATERAL unnest(n.stood) WITH ORDINALITY AS t(word, place)
        WHERE t.word <> 'not_yet' AND n.outcome <> 'unknown'
    ), counted AS (
        SELECT n.split, n.line, '' AS outcome, 0 AS place, '' AS how, n.whose FROM named n
        UNION ALL SELECT n.split, n.line, n.outcome, 0, '', n.whose FROM named n
        UNION ALL SELECT t.split, t.line, t.outcome, t.place, '', t.whose FROM since_then t
        UNION ALL SELECT t.split, t.line, t.outcome, t.place, t.how, t.whose FROM since_then t
    )
    SELECT c.split, c.line, c.outcome, c.place, c.how,
        CASE WHEN count(DISTINCT c.whose) >= fewest
             THEN rounded_to * ((count(*) + rounded_to / 2) / rounded_to) END
    FROM counted c GROUP BY c.split, c.line, c.outcome, c.place, c.how
$$;
COMMENT ON FUNCTION police_split(timestamptz, timestamptz, integer[], text[], text[], text[], integer[], text[],
    text[], text[], integer, integer)
    IS 'calls to the police and what became of people by one group at a time: rounded counts, none small';
