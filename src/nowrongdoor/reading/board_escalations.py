"""
What has been escalated in the viewer's agency and nobody has replied to, for its board: worst first.

Another agency's clocks are behind the second wall, and no number here tells of them; nor of what is sealed,
nor of reviews: of how records were looked at, or of disagreements with the police.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql

from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import in_common, scope
from nowrongdoor.reading.whom import NOBODY_YET, Whom, whom
from nowrongdoor.rules import access, rota
from nowrongdoor.rules.escalation import Clock
from nowrongdoor.rules.law.seeing import Reach

SHOWN = 6


@dataclass(frozen=True)
class ClimbedLine:
    """A clock that has climbed, the team that is answerable, and whom it is about where that may be shown."""

    clock: Clock
    team: str
    whom: Whom
    person_id: UUID | None
    may_see: bool


@dataclass(frozen=True)
class Climbed:
    """The worst of them, how many there are in all, and when a sweep last finished."""

    lines: tuple[ClimbedLine, ...]
    count: int
    swept_at: datetime | None


def of(*, viewer: Viewer, at: datetime) -> Climbed:
    """The highest rung first, and of one rung what has been due longest. One statement."""
    fits = access.sees(viewer, at=at)
    reach = fits.reach if fits else Reach.NOBODY
    asked = {**scope.params(in_common.of(viewer), at=at), "agency": viewer.agency_id, "most": SHOWN}
    rows = sharing.asked(CLIMBED, {**asked, "rungs": list(rota.rungs(at=at))})
    return sharing.made(_climbed, rows, reach, viewer.team_id)


def _climbed(rows: list[Any], reach: Reach, team_id: UUID) -> Climbed:
    """Without a clock there is one row all the same, which says when a sweep finished."""
    lines = tuple(_line(row[1:], reach, team_id) for row in rows if row[1] is not None)
    return Climbed(lines, rows[0][-1] or 0, rows[0][0])


def _line(row: tuple[Any, ...], reach: Reach, team_id: UUID) -> ClimbedLine:
    """Whom it is about is for those on whose own list it stands, and for who leads all of the agency."""
    size = len(CLOCKS.columns)
    clock, team, person = CLOCKS.of(row[:size]), row[size], row[size + 1 : -1]
    if reach is Reach.AGENCY or (reach is Reach.TEAM and clock.team_id == team_id):
        return ClimbedLine(clock, team, whom(tuple(person)), clock.person_id, may_see=True)
    return ClimbedLine(clock, team, NOBODY_YET, None, may_see=False)


# What is about a contact or a person alone is there unless that is sealed, whoever asks: their own team has
# it on its own list. A seal on another contact or referral of theirs keeps that alone.
CLIMBED = sql.SQL(
    """
    SELECT (SELECT max(finished_at) FROM clocks_sweep), l.* FROM (SELECT) AS once LEFT JOIN LATERAL (
    SELECT c.id, c.kind, c.agency_id, c.team_id, c.member_id, c.person_id, c.referral_id, c.contact_id,
           c.standard, c.started_at, c.due_at, c.is_running, c.step, c.rung, c.next_at, c.rests_until,
           c.wakes_at, c.version, t.name,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits, count(*) OVER ()
    FROM clocks_clock c
    JOIN agencies_team t ON t.id = c.team_id
    LEFT JOIN board_referral r ON r.id = c.referral_id
    LEFT JOIN people_person p ON p.id = c.person_id
    WHERE t.agency_id = %(agency)s
      AND c.kind NOT IN ('governance_review', 'police_bronze', 'police_silver', 'police_gold')
      AND c.is_running AND c.rung <> '' AND c.rests_until IS NULL
      AND CASE WHEN r.id IS NOT NULL THEN {not_kept} ELSE NOT EXISTS (
            SELECT FROM sharing_seal s WHERE s.lifted_at IS NULL
            AND (s.contact_id = c.contact_id OR
                 (s.person_id = c.person_id AND s.referral_id IS NULL AND s.contact_id IS NULL))) END
    ORDER BY array_position(%(rungs)s, c.rung) DESC, c.due_at, c.id
    LIMIT %(most)s) l ON true
"""
).format(not_kept=sql.SQL(scope.NOT_KEPT))
