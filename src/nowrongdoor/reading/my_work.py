"""
My work: what needs this viewer and their team now, what they hold, what they wait for, what they owe.

Each part is one statement over open rows, bounded, and read on its own: when one fails the others
still answer. What does not press is asked for at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import sql

from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.pauses import PauseLine, pause
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.reading.work_statements import (
    HANDED_OVER,
    HELD_BY_EACH,
    IN_PROGRESS,
    NEEDS_YOU,
    NOT_PRESSING,
    OWED_LATER,
)
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.referral import UNDER_WAY

SHOWN = 50
# Of what does not press, the first page of each part shows as many as one looks at; the next ones are longer.
FIRST = 20
Statement = str | sql.Composed
# A promise due within this is already on the list of what needs you now.
SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class ToRing:
    """Who left a number to be rung back, and whether it is safe to; empty where none was left."""

    name: str
    number: str
    safe: str


NOBODY_TO_RING = ToRing("", "", "")


@dataclass(frozen=True)
class Task:
    """
    One thing to do, by a time. `kind` is offer (answer it), triage (decide), held (go on with it),
    given (wait for their answer), promise (keep it) or glass (know of it); `subject_id` is the row to act on.
    Of what is held `hop` is that of the offer that waits for an answer, if one does; `asked_of` is then its
    receiver, and of an offer the service it is for, where said. Of glass that was broken `due_at` is when, so
    that it comes first, `since_at` until when the record is open by it, and `state` the reason.
    """

    kind: str
    subject_id: UUID
    referral_id: UUID | None
    contact_id: UUID | None
    person_id: UUID | None
    due_at: datetime
    since_at: datetime
    state: str
    standard: str
    needs: tuple[str, ...]
    words: str
    team: str
    member: str
    hop: int
    returned: int
    asked_of: str
    whom: Whom
    ring: ToRing
    by_member_id: UUID | None = None
    """Of glass that was broken, who broke it."""
    pause: PauseLine | None = None
    """Of what is held or handed over, what it waits for."""

    @property
    def bookmark(self) -> Bookmark:
        """Help that is under way comes after what still waits, in what one holds by name."""
        rank = int(self.kind == "held" and self.state == UNDER_WAY)
        return Bookmark(self.due_at, self.since_at, self.subject_id, rank)


@dataclass(frozen=True)
class Part:
    """
    A part of My work, and where its next page begins, if there is more than is shown. `then_at` is when the
    next thing is due that is no part of it.
    """

    tasks: tuple[Task, ...]
    next: Bookmark | None
    then_at: datetime | None = None


NOTHING_HELD = Part((), None)


def needs_you(*, viewer: Viewer, at: datetime) -> Part:
    """
    Offers and re-homings to answer, referrals to decide on, promises late or nearly: soonest first. And glass
    that somebody else broke to see whom the team holds, until it has been reviewed.
    """
    found = sharing.made(_needed, viewer.team_id, at)
    own = viewer.member_id if any(one.by_member_id == viewer.member_id for one in found) else None
    return sharing.made(_but_broken_by, found, own)


def _needed(team_id: UUID, at: datetime) -> list[Task]:
    return _tasks(NEEDS_YOU, {"team": team_id, "soon": at + SOON}, None, most=SHOWN)


def _but_broken_by(found: list[Task], member_id: UUID | None) -> Part:
    """Whoever broke the glass knows of it."""
    part = _shown([one for one in found if one.kind != "glass"], SHOWN)
    glass = (one for one in found if one.kind == "glass")
    others = (one for one in glass if member_id is None or one.by_member_id != member_id)
    return replace(part, tasks=(*part.tasks, *others))


def in_progress(*, viewer: Viewer, after: Bookmark | None = None) -> Part:
    """All that the viewer holds by name: what is under way after what still waits, soonest due first."""
    return _part(IN_PROGRESS, {"team": viewer.team_id, "member": viewer.member_id}, after)


def handed_over(*, viewer: Viewer, after: Bookmark | None = None) -> Part:
    """What the viewer's team has offered and still holds, for nobody has accepted."""
    return _part(HANDED_OVER, {"team": viewer.team_id}, after)


def owed_later(*, viewer: Viewer, at: datetime, after: Bookmark | None = None) -> Part:
    """Promises of the viewer's team that are not pressing yet: today's first, then what comes after."""
    most = SHOWN if after else FIRST
    return _part(OWED_LATER, {"team": viewer.team_id, "soon": at + SOON}, after, most=most)


def not_pressing(*, viewer: Viewer, at: datetime) -> tuple[Part, Part, Part]:
    """
    The first page of what is held, of what is handed over and of what is owed later today, in one
    statement, which need not keep any of them in its order.
    """
    if together := sharing.members():
        # The team's own is asked for nobody in particular, and what each of them holds for all at once.
        of_team = sharing.made(_not_pressing, viewer.team_id, sharing.NOBODY, at)
        held = sharing.made(_held_by_each, viewer.team_id, together).get(viewer.member_id, NOTHING_HELD)
        return held, of_team[1], of_team[2]
    return _not_pressing(viewer.team_id, viewer.member_id, at)


def _held_by_each(team_id: UUID, members: tuple[UUID, ...]) -> dict[UUID, Part]:
    """The first page of what each of these members holds for the team. One statement."""
    asked = {"team": team_id, "members": list(members), "limit": FIRST + 1}
    held: dict[UUID, list[Task]] = {}
    for *row, member_id in sharing.asked(HELD_BY_EACH, asked):
        held.setdefault(member_id, []).append(_task(tuple(row)))
    return {member_id: _shown(sorted(found, key=_in_order), FIRST) for member_id, found in held.items()}


def _not_pressing(team_id: UUID, member_id: UUID, at: datetime) -> tuple[Part, Part, Part]:
    asked = {"team": team_id, "member": member_id, "soon": at + SOON}
    found = sorted(_tasks(NOT_PRESSING, asked, None, most=FIRST), key=_in_order)
    held, given, owed = ([one for one in found if one.kind == kind] for kind in ("held", "given", "promise"))
    return _shown(held, FIRST), _shown(given, FIRST), _today(_shown(owed, FIRST), at=at)


def _in_order(one: Task) -> tuple[int, datetime, datetime, UUID]:
    return one.bookmark.rank, one.due_at, one.since_at, one.subject_id


def _today(owed: Part, *, at: datetime) -> Part:
    """Of what is owed later, what is owed today: whom the rest is owed to is nobody's look before then."""
    today = tuple(one for one in owed.tasks if local_date(one.due_at) == local_date(at))
    rest = owed.tasks[len(today) :]
    return Part(today, None, rest[0].due_at) if rest else owed


def _part(
    statement: Statement, asked: dict[str, Any], after: Bookmark | None = None, *, most: int = SHOWN
) -> Part:
    return _shown(_tasks(statement, asked, after, most=most), most)


def _tasks(statement: Statement, asked: dict[str, Any], after: Bookmark | None, *, most: int) -> list[Task]:
    begins = {
        "from_start": after is None,
        "rank": after.rank if after else None,
        "due_at": after.due_at if after else None,
        "since_at": after.received_at if after else None,
        "id": after.id if after else None,
    }
    return [_task(row) for row in sharing.asked(statement, {**asked, **begins, "limit": most + 1})]


def _shown(found: Sequence[Task], most: int) -> Part:
    shown = tuple(found[:most])
    return Part(shown, shown[-1].bookmark if len(found) > most else None)


def _task(row: tuple[Any, ...]) -> Task:
    *own, needs, words, team, member, hop, returned, asked_of = row[:16]
    by_member_id, *waits = row[28:] or (None,)
    return Task(*own, tuple(needs or ()), words, team, member or "", hop, returned, asked_of,
                whom(row[16:24], row[24]), ToRing(*(one or "" for one in row[25:28])),
                by_member_id, pause(*waits) if waits else None)  # fmt: skip
