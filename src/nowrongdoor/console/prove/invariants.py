"""
What must be so whoever raced whom: I1, I2, I5 and I9 of the architecture, asked of the rows by plain SQL.

The database keeps them by constraints and triggers. These questions are written apart from those, so
that a proof notices when a wall is down.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

ALL = "WITH asked AS (SELECT * FROM referrals_referral), "
SOME = "WITH asked AS (SELECT * FROM referrals_referral WHERE id = ANY(%s)), "
BROKEN = """
line AS (
    SELECT held.*, asked.state AS referral_state, asked.received_at, asked.closed_at,
        lag(held.until_at) OVER one AS before_until, lag(held.ended_by) OVER one AS before_ended,
        row_number() OVER one AS nth, count(*) OVER every AS holdings
    FROM holdings_holding held JOIN asked ON asked.id = held.referral_id
    WINDOW one AS (PARTITION BY held.referral_id ORDER BY held.from_at, held.until_at NULLS LAST, held.id),
        every AS (PARTITION BY held.referral_id)
)
SELECT asked.id, 'I1', 'it is ' || asked.state || ' and has ' || count(held.id) || ' open holders'
    FROM asked LEFT JOIN holdings_holding held ON held.referral_id = asked.id AND held.until_at IS NULL
    GROUP BY asked.id, asked.state
    HAVING count(held.id) <> CASE asked.state WHEN 'closed' THEN 0 ELSE 1 END
UNION ALL
SELECT referral_id, 'I1', 'it is not held from the instant it was received'
    FROM line WHERE nth = 1 AND from_at <> received_at
UNION ALL
SELECT referral_id, 'I1', 'it is held by nobody for a time, or by two'
    FROM line WHERE nth > 1 AND CASE WHEN began_by = 'reopening'
        THEN before_ended IS DISTINCT FROM 'closing' OR from_at < before_until
        ELSE before_until IS DISTINCT FROM from_at END
UNION ALL
SELECT referral_id, 'I1', 'its last holding did not end when it was closed'
    FROM line WHERE nth = holdings AND until_at IS DISTINCT FROM closed_at
UNION ALL
SELECT asked.id, 'I2', count(*) || ' offers of it wait for an answer'
    FROM asked JOIN handovers_handover offered ON offered.referral_id = asked.id AND offered.state = 'offered'
    GROUP BY asked.id HAVING count(*) > 1
UNION ALL
SELECT asked.id, 'I2', 'an offer of it rests on a holding that is over, or reaches a closed team or its giver'
    FROM asked JOIN handovers_handover offered ON offered.referral_id = asked.id AND offered.state = 'offered'
    JOIN holdings_holding held ON held.id = offered.holding_id
    JOIN agencies_team receiver ON receiver.id = offered.receiver_team_id
    WHERE held.until_at IS NOT NULL OR receiver.closed_at IS NOT NULL OR held.team_id = receiver.id
UNION ALL
SELECT referral_id, 'I5', 'its holder changed without an accepted handover or a re-homing'
    FROM line WHERE (began_by = 'handover' AND NOT EXISTS (
            SELECT FROM handovers_handover given
            WHERE given.id = line.handover_id AND given.state = 'accepted'
                AND given.receiver_team_id = line.team_id AND given.answered_at = line.from_at))
        OR (began_by = 're_homing' AND NOT EXISTS (
            SELECT FROM holdings_rehoming moved
            WHERE moved.id = line.re_homing_id AND moved.to_team_id = line.team_id))
        OR (nth = 1) <> (began_by = 'received')
UNION ALL
SELECT asked.id, 'I5', 'it is held by a re-homing that is not accepted, and the answer to it is not owed once'
    FROM asked JOIN holdings_holding held ON held.referral_id = asked.id AND held.until_at IS NULL
    JOIN holdings_rehoming moved ON moved.id = held.re_homing_id AND moved.accepted_at IS NULL
    WHERE 1 <> (SELECT count(*) FROM promises_promise owed WHERE owed.referral_id = asked.id
        AND owed.kind = 're_homing' AND owed.state = 'open' AND owed.owner_team_id = held.team_id)
UNION ALL
SELECT asked.id, 'I5', 'the answer to a re-homing of it is owed, and nobody holds by one that waits for it'
    FROM asked JOIN promises_promise owed ON owed.referral_id = asked.id AND owed.kind = 're_homing'
        AND owed.state = 'open'
    WHERE NOT EXISTS (SELECT FROM holdings_holding held
        JOIN holdings_rehoming moved ON moved.id = held.re_homing_id AND moved.accepted_at IS NULL
        WHERE held.referral_id = asked.id AND held.until_at IS NULL)
UNION ALL
SELECT asked.id, 'I5', 'an accepted handover of it changed no holder'
    FROM asked JOIN handovers_handover given ON given.referral_id = asked.id AND given.state = 'accepted'
    WHERE NOT EXISTS (SELECT FROM holdings_holding taken WHERE taken.handover_id = given.id)
UNION ALL
SELECT asked.id, 'I9', 'somebody is in two visits at once'
    FROM asked JOIN visits_visit visit ON visit.referral_id = asked.id
    JOIN visits_going one ON one.visit_id = visit.id
    JOIN visits_going other ON other.member_id = one.member_id AND other.id <> one.id
    WHERE (one.from_at < other.until_at AND other.from_at < one.until_at)
        OR (one.is_under_way AND other.is_under_way)
UNION ALL
SELECT asked.id, 'I9', 'a visit of it is stood down, and somebody is on the way to it'
    FROM asked JOIN visits_visit visit ON visit.referral_id = asked.id AND visit.ended_at IS NOT NULL
    JOIN visits_going going ON going.visit_id = visit.id
    WHERE going.is_under_way OR going.until_at > GREATEST(going.from_at, visit.ended_at)
UNION ALL
SELECT asked.id, 'I9', 'a visit of it waits for a crew whose shift has ended'
    FROM asked JOIN visits_visit visit ON visit.referral_id = asked.id AND visit.ended_at IS NULL
    JOIN visits_crew crew ON crew.id = visit.crew_id AND crew.ended_at IS NOT NULL
"""


def broken(referral_ids: Sequence[UUID] | None = None) -> list[str]:
    """Each invariant that does not hold, in words; of these referrals, or of all."""
    with connection.cursor() as cursor:
        if referral_ids is None:
            cursor.execute(ALL + BROKEN)
        else:
            cursor.execute(SOME + BROKEN, [list(referral_ids)])
        return [f"{invariant}: referral {key}: {words}" for key, invariant, words in cursor.fetchall()]


def records_of(person_ids: Sequence[UUID]) -> int:
    """How many of these people are on record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE id = ANY(%s)", [list(person_ids)])
        return int(cursor.fetchone()[0])
