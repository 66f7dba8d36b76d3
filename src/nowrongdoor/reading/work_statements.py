"""
The statements that My work reads. They show what was asked, never the person's own words: whoever sees a
list has not opened a record.
"""

from psycopg import sql

from nowrongdoor.reading import pauses

# A promise presses when it is late or nearly; the answer to a re-homing from the first, like an offer.
# Where another team has been asked to take it on, it is theirs to answer, and presses only when due. What
# presses is cut by itself: glass, which waits until somebody has reviewed it, takes no place of work.
NEEDS_YOU = """
    SELECT w.kind, w.subject_id, w.referral_id, w.contact_id, w.person_id, w.due_at, w.since_at, w.state,
           w.standard, w.needs, w.words, w.team, w.member, w.hop, w.returned, w.asked_of,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN w.state = 'just_to_talk' THEN 'somebody who asked for a call'
                WHEN p.id IS NULL THEN (SELECT a.about FROM contacts_contact a WHERE a.id = w.contact_id) END,
           b.caller_name, b.callback_number, may_ring(b.person_id, b.callback_number, b.safe_to_call),
           w.by_member_id
    FROM (
      (SELECT u.* FROM (
      (SELECT 'offer' AS kind, o.id AS subject_id, o.referral_id, r.contact_id, r.person_id,
              o.answer_by AS due_at, o.offered_at AS since_at, r.state, r.standard, r.needs,
              o.ask AS words, t.name AS team, m.name AS member, o.hop, 0 AS returned,
              coalesce(v.name, '') AS asked_of,
              NULL::uuid AS rang_id, NULL::uuid AS by_member_id
         FROM handovers_handover o
         JOIN referrals_referral r ON r.id = o.referral_id
         JOIN agencies_team t ON t.id = o.giver_team_id
         JOIN agencies_member m ON m.id = o.giver_member_id
         LEFT JOIN services_service v ON v.id = o.service_id
        WHERE o.receiver_team_id = %(team)s AND o.state = 'offered'
        ORDER BY o.answer_by LIMIT %(limit)s)
      UNION ALL
      (SELECT 'triage', r.id, r.id, r.contact_id, r.person_id,
              r.due_at, coalesce(r.reopened_at, r.received_at), r.state, r.standard, r.needs,
              r.request, t.name, m.name, 0, 0, '', NULL, NULL
         FROM holdings_holding h
         JOIN referrals_referral r ON r.id = h.referral_id
         JOIN agencies_team t ON t.id = r.from_team_id
         LEFT JOIN agencies_member m ON m.id = h.member_id
        WHERE h.team_id = %(team)s AND h.until_at IS NULL AND r.state IN ('new', 'triaged')
          AND NOT EXISTS (SELECT FROM handovers_handover o WHERE o.referral_id = r.id AND o.state = 'offered')
        ORDER BY r.due_at, r.received_at LIMIT %(limit)s)
      UNION ALL
      (SELECT 'promise', d.id, d.referral_id, coalesce(d.contact_id, r.contact_id),
              -- Of whom they ring just to talk, volunteers are told on the list of calls alone.
              CASE WHEN d.kind <> 'just_to_talk' THEN coalesce(d.person_id, r.person_id, c.person_id) END,
              d.due_at, d.made_at, d.kind, '', r.needs,
              CASE d.kind WHEN 're_homing' THEN r.request ELSE d.words END,
              '', m.name, d.escalation_level, 0, d.asked_of,
              CASE d.kind WHEN 'callback' THEN d.contact_id END, NULL
         FROM promises_promise d
         LEFT JOIN referrals_referral r ON r.id = d.referral_id
         LEFT JOIN contacts_contact c ON c.id = d.contact_id
         LEFT JOIN agencies_member m ON m.id = d.owner_member_id
        WHERE d.owner_team_id = %(team)s AND d.state = 'open'
          AND (d.due_at <= %(soon)s OR (d.kind = 're_homing' AND NOT EXISTS (
          SELECT FROM handovers_handover o WHERE o.referral_id = d.referral_id AND o.state = 'offered')))
        ORDER BY d.due_at LIMIT %(limit)s)
      ) u ORDER BY u.due_at, u.since_at, u.subject_id LIMIT %(limit)s)
      UNION ALL
      (SELECT 'glass', x.id, NULL, NULL, x.person_id, x.opened_at, x.until_at, x.reason, '', NULL,
              x.words, t.name, m.name, 0, 0, '', NULL, x.member_id
         FROM glass_not_reviewed() g
         JOIN sharing_opening x ON x.id = g.opening_id
         JOIN agencies_team t ON t.id = x.team_id
         JOIN agencies_member m ON m.id = x.member_id
        WHERE EXISTS (
          SELECT FROM referrals_referral r
            JOIN holdings_holding h ON h.referral_id = r.id AND h.team_id = %(team)s AND h.until_at IS NULL
           WHERE r.person_id = g.person_id)
        ORDER BY x.opened_at LIMIT %(limit)s)
    ) w
    LEFT JOIN people_person p ON p.id = w.person_id
    LEFT JOIN contacts_contact b ON b.id = w.rang_id AND NOT EXISTS (
      SELECT FROM sharing_seal s WHERE s.contact_id = b.id AND s.lifted_at IS NULL)
    ORDER BY w.due_at, w.since_at, w.subject_id
"""

# A page is found first, and only then whom each line is about: what stands behind the second wall is asked
# about row by row, and of lines that are not shown nothing is asked.
HELD = """
    SELECT 'held', r.id, r.id, r.contact_id, r.person_id, r.due_at,
           coalesce(r.reopened_at, r.received_at), r.state, r.standard, r.needs,
           r.request, t.name, '', coalesce(o.hop, 0), 0,
           coalesce(g.name, ''),
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN p.id IS NULL THEN (SELECT a.about FROM contacts_contact a WHERE a.id = r.contact_id) END,
           NULL, NULL, NULL, NULL::uuid, w.kind, w.asked_of, w.due_at{whose}
    FROM ({which}) r
    JOIN agencies_team t ON t.id = r.from_team_id
    LEFT JOIN people_person p ON p.id = r.person_id
    LEFT JOIN handovers_handover o ON o.referral_id = r.id AND o.state = 'offered'
    LEFT JOIN agencies_team g ON g.id = o.receiver_team_id
    {pause}
    ORDER BY (r.state = 'under_way')::int, r.due_at, coalesce(r.reopened_at, r.received_at), r.id
"""
IN_PROGRESS = sql.SQL(HELD).format(
    whose=sql.SQL(""),
    pause=sql.SQL(pauses.OF_REFERRAL),
    which=sql.SQL("""
      SELECT r.* FROM holdings_holding h
      JOIN referrals_referral r ON r.id = h.referral_id
      WHERE h.member_id = %(member)s AND h.team_id = %(team)s AND h.until_at IS NULL
        AND (%(from_start)s OR
             ((r.state = 'under_way')::int, r.due_at, coalesce(r.reopened_at, r.received_at), r.id)
             > (%(rank)s::int, %(due_at)s::timestamptz, %(since_at)s::timestamptz, %(id)s::uuid))
      ORDER BY (r.state = 'under_way')::int, r.due_at, coalesce(r.reopened_at, r.received_at), r.id
      LIMIT %(limit)s"""),
)
# The first page of many members at once, as many of each; whose each is comes last.
HELD_BY_EACH = sql.SQL(HELD).format(
    whose=sql.SQL(", r.holder_id"),
    pause=sql.SQL(pauses.OF_REFERRAL),
    which=sql.SQL("""
      SELECT held.*, one.member_id AS holder_id
      FROM unnest(%(members)s::uuid[]) AS one (member_id)
      CROSS JOIN LATERAL (
        SELECT r.* FROM holdings_holding h
        JOIN referrals_referral r ON r.id = h.referral_id
        WHERE h.member_id = one.member_id AND h.team_id = %(team)s AND h.until_at IS NULL
        ORDER BY (r.state = 'under_way')::int, r.due_at, coalesce(r.reopened_at, r.received_at), r.id
        LIMIT %(limit)s) held"""),
)

HANDED_OVER = sql.SQL("""
    SELECT 'given', o.id, o.referral_id, NULL, r.person_id, o.answer_by, o.offered_at, r.state,
           r.standard, r.needs, o.ask, t.name, m.name, o.hop,
           (SELECT count(*) FROM handovers_handover b
             WHERE b.referral_id = o.referral_id AND b.state = 'returned'),
           coalesce(v.name, ''),
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN p.id IS NULL THEN (SELECT a.about FROM contacts_contact a WHERE a.id = r.contact_id) END,
           NULL, NULL, NULL, NULL, w.kind, w.asked_of, w.due_at
    FROM handovers_handover o
    JOIN referrals_referral r ON r.id = o.referral_id
    JOIN agencies_team t ON t.id = o.receiver_team_id
    JOIN agencies_member m ON m.id = o.giver_member_id
    LEFT JOIN services_service v ON v.id = o.service_id
    LEFT JOIN people_person p ON p.id = r.person_id
    {pause}
    WHERE o.giver_team_id = %(team)s AND o.state = 'offered'
      AND (%(from_start)s OR (o.answer_by, o.offered_at, o.id)
                           > (%(due_at)s::timestamptz, %(since_at)s::timestamptz, %(id)s::uuid))
    ORDER BY o.answer_by, o.offered_at, o.id
    LIMIT %(limit)s
""").format(pause=sql.SQL(pauses.OF_REFERRAL))

OWED_LATER = """
    SELECT 'promise', d.id, d.referral_id, d.contact_id, p.id, d.due_at, d.made_at, d.kind, '', r.needs,
           d.words, '', m.name, d.escalation_level, 0, d.asked_of,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN d.kind = 'just_to_talk' THEN 'somebody who asked for a call'
                WHEN p.id IS NULL THEN (
             SELECT a.about FROM contacts_contact a
              WHERE a.id = CASE WHEN d.contact_id IS NULL THEN r.contact_id ELSE d.contact_id END) END,
           b.caller_name, b.callback_number,
           may_ring(b.person_id, b.callback_number, b.safe_to_call), NULL, NULL, NULL, NULL
    FROM (
      SELECT d.* FROM promises_promise d
      WHERE d.owner_team_id = %(team)s AND d.state = 'open'
        AND NOT (d.due_at <= %(soon)s OR (d.kind = 're_homing' AND NOT EXISTS (
            SELECT FROM handovers_handover o WHERE o.referral_id = d.referral_id AND o.state = 'offered')))
        AND (%(from_start)s OR (d.due_at, d.made_at, d.id)
                             > (%(due_at)s::timestamptz, %(since_at)s::timestamptz, %(id)s::uuid))
      ORDER BY d.due_at, d.made_at, d.id
      LIMIT %(limit)s) d
    LEFT JOIN referrals_referral r ON r.id = d.referral_id
    LEFT JOIN contacts_contact c ON c.id = d.contact_id
    LEFT JOIN agencies_member m ON m.id = d.owner_member_id
    LEFT JOIN people_person p ON p.id = coalesce(d.person_id, r.person_id, c.person_id)
      AND d.kind <> 'just_to_talk'
    LEFT JOIN contacts_contact b ON b.id = d.contact_id AND d.kind = 'callback' AND NOT EXISTS (
      SELECT FROM sharing_seal s WHERE s.contact_id = b.id AND s.lifted_at IS NULL)
    ORDER BY d.due_at, d.made_at, d.id
"""

NOT_PRESSING = sql.SQL(" UNION ALL ").join(
    sql.SQL("({})").format(each) for each in (IN_PROGRESS, HANDED_OVER, sql.SQL(OWED_LATER))
)
