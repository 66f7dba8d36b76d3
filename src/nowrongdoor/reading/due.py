"""
What a team is answerable for by a time: clocks that have climbed the ladder, and all that run; and when a
sweep last finished. Due times are read from rows, so a list is right also when nobody has swept.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.data.clocks.facts import CLOCKS, REPLIES
from nowrongdoor.data.clocks.models import Sweep as SweepRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.escalation import Clock, Reply

SHOWN = 20
PRINTED = 500


@dataclass(frozen=True)
class DueLine:
    """A running clock in a list: what is asked, of which member, and whom it is about."""

    clock: Clock
    words: str
    member: str
    whom: Whom


@dataclass(frozen=True)
class DueList:
    """The first lines of a list; `more` when there are others behind them; when a sweep last finished."""

    lines: tuple[DueLine, ...]
    more: bool
    swept_at: datetime | None

    @property
    def count(self) -> str:
        return f"{len(self.lines)}+" if self.more else str(len(self.lines))


def raised_if(looks_at_people: bool, *, viewer: Viewer) -> DueList:
    """
    What has climbed and nobody has replied to, of the viewer's team, the longest overdue first; of nobody for
    a role that looks at nobody.
    """
    return _lines(viewer, only_raised=True, limit=SHOWN) if looks_at_people else _nothing()


def running_if(looks_at_people: bool, *, viewer: Viewer) -> DueList:
    """Every clock of the viewer's team that runs, for a list to print: what has climbed first."""
    return _lines(viewer, only_raised=False, limit=PRINTED) if looks_at_people else _nothing()


def all_running(*, viewer: Viewer, limit: int) -> DueList:
    """The same for a list that must be whole, such as the one that is kept for when nothing answers."""
    return _lines(viewer, only_raised=False, limit=limit)


def _nothing() -> DueList:
    return DueList((), False, last_sweep())


def one(clock_id: UUID) -> Clock:
    """One clock. Raises `Missing` when there is none."""
    values = CLOCKS.model.objects.filter(pk=clock_id).values_list(*CLOCKS.columns).first()
    if values is None:
        raise Missing(CLOCKS.name)
    return CLOCKS.of(values)


def reply(reply_id: UUID) -> Reply | None:
    """A reply on record; none when there is none with this key."""
    values = REPLIES.model.objects.filter(pk=reply_id).values_list(*REPLIES.columns).first()
    return REPLIES.of(values) if values else None


def last_sweep() -> datetime | None:
    """When a sweep last finished, of any worker; none when none ever has."""
    found: datetime | None = (
        SweepRow.objects.order_by("-finished_at").values_list("finished_at", flat=True).first()
    )
    return found


def _lines(viewer: Viewer, *, only_raised: bool, limit: int) -> DueList:
    asked = {"team": viewer.team_id, "limit": limit + 1}
    with connection.cursor() as cursor:
        cursor.execute(RAISED if only_raised else RUNNING, asked)
        rows = cursor.fetchall()
    # Without a clock there is one row all the same, which says when a sweep finished.
    found = tuple(_line(row[1:]) for row in rows if row[1] is not None)
    return DueList(found[:limit], len(found) > limit, rows[0][0])


def _line(row: tuple[Any, ...]) -> DueLine:
    count = len(CLOCKS.columns)
    words, member, *person, about = row[count:]
    return DueLine(CLOCKS.of(row[:count]), words or "", member or "", whom(tuple(person), about))


# As many as are shown are found first, by an index of the team's own; then whom each is about.
LINES = sql.SQL("""
    SELECT (SELECT max(finished_at) FROM clocks_sweep), l.* FROM (SELECT) AS once LEFT JOIN LATERAL (
    SELECT c.id, c.kind, c.agency_id, c.team_id, c.member_id, c.person_id, c.referral_id, c.contact_id,
           c.standard, c.started_at, c.due_at, c.is_running, c.step, c.rung, c.next_at, c.rests_until,
           c.wakes_at, c.version,
           coalesce(d.words, o.ask, nullif(r.request, ''), r.words), m.name,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first,
           CASE WHEN p.id IS NULL THEN (
             SELECT a.about FROM contacts_contact a
              WHERE a.id = CASE WHEN c.contact_id IS NULL THEN r.contact_id ELSE c.contact_id END) END
    FROM (
      SELECT c.* FROM clocks_clock c
       WHERE c.team_id = %(team)s AND c.is_running AND {which}
       ORDER BY {first} c.due_at, c.id
       LIMIT %(limit)s) c
    LEFT JOIN promises_promise d ON d.id = c.id
    LEFT JOIN handovers_handover o ON o.id = c.id
    LEFT JOIN referrals_referral r ON r.id = c.referral_id
    LEFT JOIN agencies_member m ON m.id = c.member_id
    LEFT JOIN people_person p ON p.id = c.person_id
    ORDER BY {first} c.due_at, c.id) l ON true
""")
HAS_CLIMBED = sql.SQL("c.rung <> '' AND c.rests_until IS NULL")
RAISED = LINES.format(which=HAS_CLIMBED, first=sql.SQL(""))
RUNNING = LINES.format(which=sql.SQL("true"), first=sql.SQL("({}) DESC,").format(HAS_CLIMBED))
