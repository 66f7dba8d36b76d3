"""
What has climbed to this member of staff: by team and rung, whichever team of their agency is answerable.

Who hears is asked of the rota as it stands now, so whoever takes over at eight hears at eight. What their
own team is answerable for stands in its own list. A storm is a few groups with their counts, and all of
it can be gone through: nothing is left out.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import sql

from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import due, in_common
from nowrongdoor.reading.due import DueLine
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.on_call import OnCall
from nowrongdoor.rules import rota
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.law.seeing import Reach

FIRST = 50
# Of each team and rung the first few, so that a storm in one hides no other.
EACH = 5
PAGE = 100


@dataclass(frozen=True)
class Group:
    """So much of one team has climbed to one rung, and this member hears of it."""

    team_id: UUID
    team_name: str
    rung: str
    count: int
    lines: tuple[DueLine, ...]


@dataclass(frozen=True)
class Heard:
    """All that a member hears of, a page of it line by line. `unseen` counts what their role cannot see."""

    groups: tuple[Group, ...]
    unseen: int
    next: Bookmark | None

    @property
    def count(self) -> int:
        return sum(one.count for one in self.groups)


NOTHING = Heard((), 0, None)


def by(
    viewer: Viewer,
    *,
    on_call: OnCall,
    after: Bookmark | None = None,
    most: int = FIRST,
    each: int = EACH,
    at: datetime,
) -> Heard:
    """
    What has climbed to this viewer for other teams of their agency: nothing is asked for whoever is no lead
    and not on the rota. One statement; two where they hear.

    Whoever's role sees their own team alone is told how much there is, and not whom it is about; and so is
    whoever a seal is against of what it keeps.
    """
    if not rota.is_lead(viewer, at=at) and all(one.member_id != viewer.member_id for one in on_call.duties):
        return NOTHING
    asked = {"agency": viewer.agency_id, "team": viewer.team_id, "member": in_common.of(viewer).member_id}
    found = sharing.asked(GROUPS, asked)
    duties = on_call.duties
    heard = [
        one for one in found if rota.hears_of(viewer, one[2], team_id=one[0], duties=duties, at=at)
    ]
    if not heard:
        return NOTHING
    if not _sees_agency(viewer, at=at):
        return Heard((), sum(one[3] for one in heard), None)
    keys = [(one[0], one[2]) for one in heard]
    lines = due.heard(keys, viewer=viewer, after=after, most=most, each=each)
    last = lines[most - 1].clock if len(lines) > most else None
    groups = tuple(
        Group(team, name, rung, count - kept, _of(lines[:most], team, rung))
        for team, name, rung, count, kept, _ in heard
        if count > kept
    )
    unseen = sum(one[4] for one in heard)
    return Heard(groups, unseen, Bookmark(last.due_at, last.due_at, last.id) if last else None)


def _of(lines: tuple[DueLine, ...], team_id: UUID, rung: str) -> tuple[DueLine, ...]:
    return tuple(one for one in lines if (one.clock.team_id, one.clock.rung) == (team_id, rung))


def _sees_agency(viewer: Viewer, *, at: datetime) -> bool:
    sees = seeing.for_purpose(viewer.role, viewer.purpose, on=local_date(at))
    return sees is not None and sees.reach is Reach.AGENCY


GROUPS = sql.SQL("""
    SELECT c.team_id, t.name, c.rung, count(*), count(*) FILTER (WHERE {kept}), min(c.due_at)
    FROM clocks_clock c JOIN agencies_team t ON t.id = c.team_id
    WHERE c.agency_id = %(agency)s AND c.team_id <> %(team)s
      AND c.is_running AND c.rung <> '' AND c.rests_until IS NULL
    GROUP BY c.team_id, t.name, c.rung
    ORDER BY min(c.due_at), t.name, c.rung
""").format(kept=due.KEPT_SAFE)
