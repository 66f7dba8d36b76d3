"""
The ledger of a team's call backs: who promised, by when, and whether it was kept; four weeks back.

Whom it was promised to is told while it is owed. Of what has ended only who promised and when is told:
whoever may still open the record finds the rest there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from psycopg import sql

from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind, PromiseState

SHOWN = 200
BACK = timedelta(days=28)
"""Less than a team may read what it has let go of."""


class Which(StrEnum):
    """What of the ledger is asked for. What was late stays late, kept or not."""

    ALL = "all"
    OPEN = "open"
    LATE = "late"
    KEPT = "kept"
    LET_GO = "let_go"


@dataclass(frozen=True)
class CallBackLine:
    """One call back, with the names of whoever promised it and of whoever ended it."""

    promise: Promise
    member: str
    ended_by: str
    whom: Whom

    @property
    def was_late(self) -> bool:
        """It was raised, or ended after its time. Whether an open one is late is asked at an instant."""
        ended = self.promise.ended_at
        return self.promise.escalation_level > 0 or (ended is not None and ended >= self.promise.due_at)


@dataclass(frozen=True)
class LedgerPage:
    """The first lines that were asked for; how many there are of each sort, whatever was asked for."""

    lines: tuple[CallBackLine, ...]
    more: bool
    counts: dict[str, int]


def of_team(which: Which, *, viewer: Viewer, looks_at_people: bool, at: datetime) -> LedgerPage:
    """
    The call backs that the viewer's team owes or owed, open ones first, soonest due; of nobody for a role
    that looks at nobody. Two statements.
    """
    if not looks_at_people:
        return LedgerPage((), False, dict.fromkeys(Which, 0))
    asked = {
        "team": viewer.team_id, "kind": PromiseKind.CALLBACK.value, "at": at, "since": at - BACK,
        "open": PromiseState.OPEN.value, "kept": PromiseState.KEPT.value, "let_go": PromiseState.LET_GO.value,
        "limit": SHOWN + 1,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, asked)
        counts = dict(zip(Which, cursor.fetchone(), strict=True))
        cursor.execute(LINES[which], asked)
        found = [_line(row) for row in cursor.fetchall()]
    return LedgerPage(tuple(found[:SHOWN]), len(found) > SHOWN, counts)


def _line(row: tuple[Any, ...]) -> CallBackLine:
    count = len(PROMISES.columns)
    member, ended_by, *person, about = row[count:]
    return CallBackLine(PROMISES.of(row[:count]), member or "", ended_by or "", whom(tuple(person), about))


WAS_LATE = sql.SQL("(d.escalation_level > 0 OR COALESCE(d.ended_at, %(at)s) >= d.due_at)")
WHICH = {
    Which.ALL: sql.SQL("true"),
    Which.OPEN: sql.SQL("d.state = %(open)s"),
    Which.LATE: WAS_LATE,
    Which.KEPT: sql.SQL("d.state = %(kept)s"),
    Which.LET_GO: sql.SQL("d.state = %(let_go)s"),
}
OF_TEAM = sql.SQL("""
    d.owner_team_id = %(team)s AND d.kind = %(kind)s AND (d.state = %(open)s OR d.ended_at >= %(since)s)
""")
COUNTS = sql.SQL("SELECT {counts} FROM promises_promise d WHERE {of_team}").format(
    counts=sql.SQL(", ").join(sql.SQL("count(*) FILTER (WHERE {})").format(WHICH[which]) for which in Which),
    of_team=OF_TEAM,
)
LINES = {
    which: sql.SQL("""
    SELECT {columns}, m.name, e.name,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits, CASE WHEN p.id IS NULL AND d.state = %(open)s THEN c.about END
    FROM promises_promise d
    LEFT JOIN agencies_member m ON m.id = d.owner_member_id
    LEFT JOIN agencies_member e ON e.id = d.ended_by_id
    LEFT JOIN people_person p ON p.id = d.person_id AND d.state = %(open)s
    LEFT JOIN contacts_contact c ON c.id = d.contact_id
    WHERE {of_team} AND {which}
    ORDER BY d.state <> %(open)s, CASE WHEN d.state = %(open)s THEN d.due_at END, d.ended_at DESC, d.id
    LIMIT %(limit)s
    """).format(
        columns=sql.SQL(", ").join(sql.Identifier("d", name) for name in PROMISES.columns),
        of_team=OF_TEAM,
        which=condition,
    )
    for which, condition in WHICH.items()
}
