"""
What has been recorded about a person since they were last in touch, latest first: contacts, decisions,
handovers and promises. One statement.

They were last in touch at the latest contact on record before this referral came in. Where there is none,
or nobody knows whom it is about, it is told from when this referral came in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.reading.referral_record import About
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import BLIND

MOST = 8
# What is told. An act that changed several rows is told by the one of its entries that says most: who was
# asked by the offer, what was asked by the promise.
KINDS = (
    "contact.received",
    "contact.closed",
    "referral.received",
    "referral.reopened",
    "referral.begun",
    "referral.answered",
    "referral.closed",
    "triage.accepted",
    "triage.advised",
    "triage.duplicate",
    "handover.offered",
    "handover.accepted",
    "handover.returned",
    "handover.withdrawn",
    "promise.made",
    "promise.kept",
    "promise.let_go",
    "promise.escalated",
)


@dataclass(frozen=True)
class Changed:
    """One thing that was recorded: by whom, when, and what the row became by it; `team` was asked, if any."""

    kind: str
    recorded_at: datetime
    by_name: str
    by_team: str
    referral_id: UUID | None
    became: dict[str, Any]
    team: str


@dataclass(frozen=True)
class Changes:
    """`contact_at` is when they were last in touch, and none where that is not known; `more` are left out."""

    contact_at: datetime | None
    told: tuple[Changed, ...]
    more: bool


def of(about: About, *, seen: Vantage) -> Changes:
    """What this viewer may see of it; nothing of a referral or contact that is not theirs to see."""
    referral = about.referral
    asked = {
        "person": referral.person_id,
        "referral": referral.id,
        "contact": referral.contact_id,
        "received": referral.received_at,
        "at": seen.at,
        "kinds": list(KINDS),
        "most": MOST + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, asked)
        rows = cursor.fetchall()
    told = tuple(_changed(row[1:8]) for row in rows if row[1] is not None and _may_see(row, seen=seen))
    return Changes(rows[0][0], told[:MOST], len(rows) > MOST)


def _may_see(row: Sequence[Any], *, seen: Vantage) -> bool:
    if row[5] is not None:
        return seen.of_item(referral_id=row[5]) is not BLIND
    return seen.of_item(contact_id=row[8]) is not BLIND


def _changed(row: Sequence[Any]) -> Changed:
    changes = Entry._meta.get_field("changes").from_db_value(row[5], None, connection)
    return Changed(*row[:5], {column: new for column, (_, new) in changes.items()}, row[6] or "")


# The entry by which this referral came in, and that of its contact, are before the reader already.
CHANGES = """
    WITH last AS MATERIALIZED (
        SELECT c.happened_at AS contact_at, c.received_at AS told_at FROM contacts_contact c
         WHERE c.person_id = %(person)s AND c.happened_at < %(received)s
           AND c.id IS DISTINCT FROM %(contact)s
         ORDER BY c.happened_at DESC, c.id LIMIT 1
    ), mine AS MATERIALIZED (
        SELECT id FROM referrals_referral WHERE person_id = %(person)s
        UNION SELECT %(referral)s
    ), rang AS MATERIALIZED (
        SELECT id FROM contacts_contact WHERE person_id = %(person)s AND id IS DISTINCT FROM %(contact)s
    )
    SELECT last.contact_at, story.kind, story.recorded_at, story.by_name, story.by_team_name,
           story.referral_id, story.changes, t.name, story.subject_id
    FROM (SELECT) whenever LEFT JOIN last ON true LEFT JOIN LATERAL (
        SELECT * FROM (
            (SELECT * FROM journal_entry
             WHERE referral_id IN (SELECT id FROM mine) AND kind = ANY(%(kinds)s)
               AND NOT (subject_id = %(referral)s AND kind = 'referral.received')
               AND recorded_at > coalesce(last.told_at, %(received)s) AND recorded_at <= %(at)s
             ORDER BY recorded_at DESC, id DESC LIMIT %(most)s)
            UNION
            (SELECT * FROM journal_entry
             WHERE subject = 'contacts.contact' AND subject_id IN (SELECT id FROM rang)
               AND kind = ANY(%(kinds)s)
               AND recorded_at > coalesce(last.told_at, %(received)s) AND recorded_at <= %(at)s
             ORDER BY recorded_at DESC, id DESC LIMIT %(most)s)
        ) both_of_them ORDER BY recorded_at DESC, id DESC LIMIT %(most)s
    ) story ON true
    LEFT JOIN agencies_team t ON t.id = (story.changes->'receiver_team_id'->>1)::uuid
    ORDER BY story.recorded_at DESC, story.id DESC
"""
