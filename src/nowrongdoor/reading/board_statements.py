"""
The statements of the care traffic board. Those `IN_COMMON` are the same for everyone in an agency for whom as
much of what is kept is shown, which is found out before.
"""

from psycopg import sql

from nowrongdoor.reading import scope

# From one area to the next by the index over them: nobody's row is read but the first of each. What
# somebody wrote in place of a postcode is no area, and where restricted people live is none to choose from.
AGENCIES_AND_AREAS = """
    WITH RECURSIVE areas AS (
      (SELECT split_part(postcode, ' ', 1) COLLATE "C" AS area FROM people_person
        WHERE postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9][A-Z]{2})?$'
          AND NOT EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = people_person.id
            AND s.referral_id IS NULL AND s.contact_id IS NULL AND s.lifted_at IS NULL)
        ORDER BY 1 LIMIT 1)
      UNION ALL
      SELECT (SELECT split_part(p.postcode, ' ', 1) COLLATE "C" FROM people_person p
               WHERE p.postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9][A-Z]{2})?$'
                 AND split_part(p.postcode, ' ', 1) COLLATE "C" > areas.area
                 AND NOT EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = p.id
                   AND s.referral_id IS NULL AND s.contact_id IS NULL AND s.lifted_at IS NULL)
               ORDER BY 1 LIMIT 1)
        FROM areas WHERE areas.area IS NOT NULL
    )
    (SELECT id, name FROM agencies_agency ORDER BY name)
    UNION ALL
    (SELECT NULL::uuid, area FROM areas WHERE area IS NOT NULL LIMIT 200)
"""

# Which column: being asked comes first, then waiting for information or for the person. What was asked and
# is not any more, without being accepted, is back with its holder. The clock is whichever falls due first.
# Where a row of one referral is looked for, the limit keeps the planner from hashing every handover there
# ever was.
_OPEN = sql.SQL(
    """
    WITH open_now AS MATERIALIZED (
      SELECT r.id, r.state, r.due_at, r.received_at, h.id AS holding_id, o.answer_by, o.id AS offer_id,
             least(r.due_at, o.answer_by) AS clock_at,
             CASE WHEN o.id IS NOT NULL THEN 'offered'
                  WHEN r.state = 'triaged' THEN 'back'
                  WHEN r.state = 'new' AND 1 = (
                    SELECT 1 FROM board_handover b
                     WHERE b.referral_id = r.id AND b.holding_id = h.id LIMIT 1) THEN 'back'
                  ELSE r.state END AS col
        FROM board_referral r
        LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
        LEFT JOIN agencies_team t ON t.id = h.team_id
        LEFT JOIN board_handover o ON o.referral_id = r.id AND o.state = 'offered'
       WHERE r.state <> 'closed'
         AND {not_kept}
         AND (h.id IS NULL OR (%(agency)s::uuid IS NULL OR t.agency_id = %(agency)s::uuid)
                              AND {chosen})
    ),
    totals AS (
      SELECT count(*) FILTER (WHERE clock_at <= %(at)s AND state <> 'under_way'),
             count(*) FILTER (WHERE clock_at > %(at)s AND clock_at <= %(soon)s AND state <> 'under_way'),
             count(*) FILTER (WHERE holding_id IS NULL),
             count(*) FILTER (WHERE CASE WHEN col IN ('offered', 'back') THEN (
               SELECT count(*) FROM board_handover b
                WHERE b.referral_id = open_now.id AND b.holding_id = open_now.holding_id
                  AND b.state = 'returned') >= 2 ELSE false END),
             count(*) FILTER (WHERE col = 'new'), count(*) FILTER (WHERE col = 'offered'),
             count(*) FILTER (WHERE col = 'accepted'), count(*) FILTER (WHERE col = 'under_way'),
             count(*) FILTER (WHERE col = 'waiting'), count(*) FILTER (WHERE col = 'back')
        FROM open_now
    ),
    numbered AS (
      SELECT id, col, clock_at, row_number() OVER (
               PARTITION BY col ORDER BY clock_at, received_at, id) AS place
        FROM open_now
    ),
    shown AS MATERIALIZED (
      SELECT id, col, place FROM numbered WHERE place <= %(most)s ORDER BY col, place LIMIT 6 * %(most)s
    )
    SELECT totals.*, s.*
    FROM totals LEFT JOIN (
      SELECT r.id, shown.col, r.state, r.due_at, r.received_at,
             coalesce(r.reopened_at, r.received_at), r.standard, d.needs,
             o.answer_by, o.offered_at, r.closed_at, t.name, a.name, m.name, g.name,
             coalesce(o.hop, (SELECT max(b.hop) FROM board_handover b WHERE b.referral_id = r.id)),
             p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
             p.know_first, p.know_waits, p.id, shown.place
        FROM shown
        JOIN board_referral r ON r.id = shown.id
        LEFT JOIN referrals_referral d ON d.id = r.id
        LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
        LEFT JOIN agencies_team t ON t.id = h.team_id
        LEFT JOIN agencies_agency a ON a.id = t.agency_id
        LEFT JOIN agencies_member m ON m.id = h.member_id
        LEFT JOIN board_handover o ON o.referral_id = r.id AND o.state = 'offered'
        LEFT JOIN agencies_team g ON g.id = o.receiver_team_id
        LEFT JOIN people_person p ON p.id = d.person_id
    ) s ON true
    ORDER BY s.col, s.place
"""
)

# Who held it when it closed is the last holding of each, looked up one by one: there are few of them.
_CLOSED_TODAY = sql.SQL(
    """
    WITH closed AS MATERIALIZED (
      SELECT r.id, r.closed_at
        FROM board_referral r
       WHERE r.state = 'closed' AND r.closed_at >= %(day_began)s AND r.closed_at <= %(at)s
         AND {not_kept}
         AND {chosen}
         AND (%(agency)s::uuid IS NULL OR %(agency)s::uuid = (
               SELECT t.agency_id FROM holdings_holding h JOIN agencies_team t ON t.id = h.team_id
                WHERE h.referral_id = r.id ORDER BY h.from_at DESC LIMIT 1))
    )
    SELECT (SELECT count(*) FROM closed),
           r.id, 'closed', r.state, r.due_at, r.received_at,
           coalesce(r.reopened_at, r.received_at), r.standard, d.needs,
           NULL, NULL, r.closed_at, t.name, a.name, m.name, NULL,
           (SELECT max(b.hop) FROM board_handover b WHERE b.referral_id = r.id),
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits, p.id
    FROM (SELECT id, closed_at FROM closed ORDER BY closed_at DESC, id DESC LIMIT %(most)s) c
    JOIN board_referral r ON r.id = c.id
    LEFT JOIN referrals_referral d ON d.id = r.id
    CROSS JOIN LATERAL (
      SELECT team_id, member_id FROM holdings_holding
       WHERE referral_id = r.id ORDER BY from_at DESC LIMIT 1) h
    JOIN agencies_team t ON t.id = h.team_id
    JOIN agencies_agency a ON a.id = t.agency_id
    LEFT JOIN agencies_member m ON m.id = h.member_id
    LEFT JOIN people_person p ON p.id = d.person_id
    ORDER BY r.closed_at DESC, r.id DESC
"""
)


def _but(statement: sql.SQL, not_kept: str) -> sql.Composed:
    return statement.format(not_kept=sql.SQL(not_kept), chosen=sql.SQL(scope.CHOSEN))


OPEN, CLOSED_TODAY = _but(_OPEN, scope.NOT_KEPT), _but(_CLOSED_TODAY, scope.NOT_KEPT)
OPEN_IN_COMMON, CLOSED_IN_COMMON = _but(_OPEN, scope.NOT_KEPT_BUT), _but(_CLOSED_TODAY, scope.NOT_KEPT_BUT)
# What these ask for beside what is kept.
IN_COMMON = ("own_agency", "agency", "need", "area", "at", "soon", "day_began", "most")
KEPT = """
    SELECT coalesce(array_agg(r.id ORDER BY r.id), '{}') FROM board_referral r
    WHERE r.is_kept AND (r.state <> 'closed' OR (r.closed_at >= %(day_began)s AND r.closed_at <= %(at)s))
"""
THOUGH_KEPT = sql.SQL("SELECT r.id FROM board_referral r WHERE r.id = ANY(%(kept)s) AND {not_kept}").format(
    not_kept=sql.SQL(scope.NOT_KEPT)
)
