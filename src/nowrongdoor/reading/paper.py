"""
A line of a downtime pack, found again by its code, and all that was recorded of it since the pack was made:
what whoever keys in the paper must see beside it, so that nothing is recorded over.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import standing
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.rules.escalation import Clock

MOST = 10


@dataclass(frozen=True)
class Since:
    """Something recorded since: its kind in the journal, when, and by whom."""

    kind: str
    recorded_at: datetime
    by_name: str


@dataclass(frozen=True)
class PaperLine:
    """A line as it stands now; `clock` is none where somebody is held and nothing is due."""

    id: UUID
    clock: Clock | None
    referral_id: UUID | None
    contact_id: UUID | None
    person_id: UUID | None
    words: str
    whom: Whom
    since: tuple[Since, ...]


def by_code(code: str, *, viewer: Viewer, made_at: datetime, at: datetime) -> list[PaperLine]:
    """
    The lines of this code that stand, or stood, on the list of the viewer's team, and that they may still
    know of; none for what is no code. Two statements, and one for each line: a code leads to one, as a rule.
    """
    plain = re.sub(r"[^0-9a-f]", "", code.lower())
    if len(plain) != 6:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"code": f"{plain}%", "team": viewer.team_id, "most": MOST})
        rows = [row for row in cursor.fetchall() if _may_know(row, viewer=viewer, at=at)]
        subjects = [key for row in rows for key in _about(row)]
        cursor.execute(SINCE, {"subjects": subjects, "made_at": made_at})
        since = [(subject, referral, Since(*told)) for subject, referral, *told in cursor.fetchall()]
    return [_line(row, since) for row in rows]


def _may_know(row: tuple[Any, ...], *, viewer: Viewer, at: datetime) -> bool:
    """A pack may be older than what the team has to do with somebody."""
    what = "clock" if row[14] is not None else "referral"
    return standing.may_know(what, row[0], viewer=viewer, at=at)


def _about(row: tuple[Any, ...]) -> set[UUID]:
    """What a line is about: its own row and its referral, or the contact where nobody was referred."""
    key, referral_id, contact_id = row[:3]
    return {one for one in (key, referral_id or contact_id) if one}


def _line(row: tuple[Any, ...], since: list[tuple[UUID, UUID | None, Since]]) -> PaperLine:
    key, referral_id, contact_id, person_id, words, *person, about = row[:14]
    clock = CLOCKS.of(row[14:]) if row[14] is not None else None
    about_it = _about(row)
    told = tuple(one for subject, referral, one in since if subject in about_it or referral in about_it)
    return PaperLine(
        key, clock, referral_id, contact_id, person_id, words or "", whom(tuple(person), about), told
    )


# What the team is or was answerable for by a time, and whom it holds or held; the first six letters of a key
# are what a pack calls its line.
FOUND = """
    SELECT l.id, l.referral_id, l.contact_id, l.person_id, l.words,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN p.id IS NULL THEN (
             SELECT a.about FROM contacts_contact a WHERE a.id = l.contact_id) END,
           c.id, c.kind, c.agency_id, c.team_id, c.member_id, c.person_id, c.referral_id, c.contact_id,
           c.standard, c.started_at, c.due_at, c.is_running, c.step, c.rung, c.next_at, c.rests_until,
           c.wakes_at, c.version
    FROM (
      SELECT c.id, c.referral_id, coalesce(c.contact_id, r.contact_id) AS contact_id, c.person_id,
             coalesce(d.words, r.request) AS words
        FROM clocks_clock c
        LEFT JOIN promises_promise d ON d.id = c.id
        LEFT JOIN referrals_referral r ON r.id = c.referral_id
       WHERE c.team_id = %(team)s AND c.id::text LIKE %(code)s
         AND c.kind NOT IN ('governance_review', 'police_bronze', 'police_silver', 'police_gold')
      UNION
      SELECT r.id, r.id, r.contact_id, r.person_id, r.request
        FROM holdings_holding h JOIN referrals_referral r ON r.id = h.referral_id
       WHERE h.team_id = %(team)s AND r.id::text LIKE %(code)s
         AND NOT EXISTS (SELECT FROM clocks_clock c WHERE c.id = r.id AND c.team_id = h.team_id)) l
    LEFT JOIN clocks_clock c ON c.id = l.id
    LEFT JOIN people_person p ON p.id = l.person_id
    ORDER BY l.id LIMIT %(most)s
"""
SINCE = """
    SELECT subject_id, referral_id, kind, recorded_at, by_name FROM journal_entry
    WHERE recorded_at > %(made_at)s AND subject NOT LIKE 'sharing.%%'
      AND (subject_id = ANY(%(subjects)s) OR referral_id = ANY(%(subjects)s))
    ORDER BY recorded_at, id
"""
