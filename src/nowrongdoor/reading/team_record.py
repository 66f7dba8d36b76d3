"""
A team as its members see it: who works there and what each holds by name, what it owes that is late, what
it owes next, and what others have raised to it.

Three statements, however large the team. A list that is longer than is shown says so.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.visits.facts import SKILLS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.columns import Cells, of_json, under
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.rules.agency import Member, Team
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.skill import Skill

SHOWN = 50


@dataclass(frozen=True)
class Worker:
    """
    Someone who works for the team now; `holds` and `owes` count what is theirs by name, for this team;
    `skills` is everything on record of them.
    """

    member: Member
    role: str
    since: datetime
    holds: int
    owes: int
    skills: tuple[Skill, ...]


@dataclass(frozen=True)
class OwedLine:
    """An open promise in a list: whom it is about, who owes it, and to whom it was raised last, if ever."""

    promise_id: UUID
    kind: str
    referral_id: UUID | None
    contact_id: UUID | None
    person_id: UUID | None
    due_at: datetime
    made_at: datetime
    level: int
    words: str
    asked_of: str
    team_id: UUID
    team_name: str
    member_name: str
    raised_to: str
    raised_words: str
    whom: Whom


@dataclass(frozen=True)
class OwedList:
    """The first lines of a list; `more` when there are others behind them."""

    lines: tuple[OwedLine, ...]
    more: bool

    @property
    def count(self) -> str:
        return f"{len(self.lines)}+" if self.more else str(len(self.lines))

    def besides(self, shown: set[UUID]) -> "OwedList":
        """Without what stands in another list already."""
        return replace(self, lines=tuple(one for one in self.lines if one.promise_id not in shown))


@dataclass(frozen=True)
class TeamRecord:
    """`held` is all the team holds, `unnamed` what of it nobody holds by name."""

    team: Team
    agency_name: str
    successor_name: str
    workers: tuple[Worker, ...]
    held: int
    unnamed: int
    late: OwedList
    next: OwedList
    raised: OwedList

    def without_people(self) -> "TeamRecord":
        """The same for whoever has no part in anybody's care: who works here and how much is held."""
        nobody = OwedList((), False)
        return replace(self, late=nobody, next=nobody, raised=nobody)


def of(*, viewer: Viewer, at: datetime) -> TeamRecord:
    """The team the viewer works for now."""
    team, agency_name, successor_name = about(viewer.team_id)
    with connection.cursor() as cursor:
        cursor.execute(WORKERS, {"team": viewer.team_id})
        rows = cursor.fetchall()
    held, unnamed = rows[0][:2]
    workers = tuple(_worker(row[2:]) for row in rows if row[2] is not None)
    owed = _owed(viewer=viewer, at=at)
    return TeamRecord(
        team, agency_name, successor_name, workers, held, unnamed, owed["late"], owed["next"], owed["raised"]
    )


def _worker(row: Sequence[Any]) -> Worker:
    *values, held = row[3:]
    return Worker(Member(*row[:3]), *values, tuple(of_json(SKILLS, one) for one in json.loads(held)))


def about(team_id: UUID) -> tuple[Team, str, str]:
    """The team, the name of its agency, and of its successor once it has closed."""
    rows = TeamRow.objects.filter(pk=team_id)
    values = rows.values_list(*under(TEAMS), "agency__name", "successor__name").first()
    if values is None:
        raise Missing(TEAMS.name)
    cells = Cells(values)
    return cells.facts(TEAMS), cells.take(), cells.take() or ""


def _owed(*, viewer: Viewer, at: datetime) -> dict[str, OwedList]:
    lists: dict[str, list[OwedLine]] = {"late": [], "next": [], "raised": []}
    with connection.cursor() as cursor:
        cursor.execute(OWED, {"team": viewer.team_id, "at": at, "limit": SHOWN + 1})
        for name, *row in cursor.fetchall():
            words = (text or "" for text in row[12:15])
            lists[name].append(OwedLine(*row[:12], *words, whom(tuple(row[15:23]), row[23])))
    return {name: OwedList(tuple(lines[:SHOWN]), len(lines) > SHOWN) for name, lines in lists.items()}


# What the team holds stands in every row, and in the one row of a team for which nobody works.
WORKERS = """
    SELECT g.held, g.unnamed, m.id, m.name, m.job_title, w.role, w.from_at,
           (SELECT count(*) FROM holdings_holding h
             WHERE h.team_id = w.team_id AND h.member_id = w.member_id AND h.until_at IS NULL),
           (SELECT count(*) FROM promises_promise d
             WHERE d.owner_team_id = w.team_id AND d.owner_member_id = w.member_id AND d.state = 'open'),
           (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.until_on, s.id), '[]')::text
              FROM visits_skill s WHERE s.member_id = m.id)
    FROM (SELECT count(*) AS held, count(*) FILTER (WHERE member_id IS NULL) AS unnamed
            FROM holdings_holding WHERE team_id = %(team)s AND until_at IS NULL) g
    LEFT JOIN (agencies_membership w JOIN agencies_member m ON m.id = w.member_id)
      ON w.team_id = %(team)s AND w.until_at IS NULL
    ORDER BY m.name, m.id, w.from_at
"""

# Which promises first, each list bounded; then what is joined to the few that are shown.
OWED = """
    SELECT w.list, d.id, d.kind, d.referral_id, coalesce(d.contact_id, r.contact_id), p.id, d.due_at,
           d.made_at, d.escalation_level, d.words, d.asked_of, o.id, o.name, m.name, t.name, e.words,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN d.kind = 'just_to_talk' THEN 'somebody who asked for a call'
                WHEN p.id IS NULL THEN (
             SELECT a.about FROM contacts_contact a
              WHERE a.id = CASE WHEN d.contact_id IS NULL THEN r.contact_id ELSE d.contact_id END) END
    FROM (
      (SELECT 'late' AS list, id FROM promises_promise
        WHERE owner_team_id = %(team)s AND state = 'open' AND due_at <= %(at)s
        ORDER BY due_at, made_at, id LIMIT %(limit)s)
      UNION ALL
      (SELECT 'next', id FROM promises_promise
        WHERE owner_team_id = %(team)s AND state = 'open' AND due_at > %(at)s
        ORDER BY due_at, made_at, id LIMIT %(limit)s)
      UNION ALL
      (SELECT 'raised', l.id FROM promises_promise l
         -- The last time it was raised: whoever was told before has been overtaken.
         JOIN promises_escalation x ON x.promise_id = l.id AND x.level = l.escalation_level
        WHERE l.state = 'open' AND l.escalation_level > 0 AND x.to_team_id = %(team)s
          -- What this team owes itself stands in its own lists.
          AND l.owner_team_id <> %(team)s
        ORDER BY l.due_at, l.made_at, l.id LIMIT %(limit)s)
    ) w
    JOIN promises_promise d ON d.id = w.id
    JOIN agencies_team o ON o.id = d.owner_team_id
    LEFT JOIN agencies_member m ON m.id = d.owner_member_id
    LEFT JOIN promises_escalation e ON e.promise_id = d.id AND e.level = d.escalation_level
    LEFT JOIN agencies_team t ON t.id = e.to_team_id
    LEFT JOIN referrals_referral r ON r.id = d.referral_id
    LEFT JOIN contacts_contact c ON c.id = d.contact_id
    LEFT JOIN people_person p ON p.id = coalesce(d.person_id, r.person_id, c.person_id)
      AND d.kind <> 'just_to_talk'
    ORDER BY d.due_at, d.made_at, d.id
"""
