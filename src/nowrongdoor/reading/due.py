"""
What a team is answerable for by a time: clocks that have climbed the ladder, and all that run; and when a
sweep last finished. Due times are read from rows, so a list is right also when nobody has swept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import sql

from nowrongdoor.data.clocks.facts import CLOCKS, REPLIES
from nowrongdoor.data.clocks.models import Sweep as SweepRow
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.on_call import OnCall
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.rules import rota
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.escalation import Clock, ClockKind, Reply

SHOWN = 20
PRINTED = 500


@dataclass(frozen=True)
class DueLine:
    """
    A running clock in a list: what is asked, of which team and member, and whom it is about. `raised_by` and
    `raised_words` are of whoever raised it to the viewer's team by hand, where somebody did.
    """

    clock: Clock
    words: str
    member: str
    team: str
    raised_by: str
    raised_words: str
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
    What has climbed and nobody has replied to, of the viewer's team, and what others raised to it by hand,
    the longest overdue first; of nobody for a role that looks at nobody.
    """
    return _list(RAISED, viewer, limit=SHOWN) if looks_at_people else _nothing()


def running_if(looks_at_people: bool, *, viewer: Viewer) -> DueList:
    """Every clock of the viewer's team that runs, for a list to print: what has climbed first."""
    return _list(RUNNING, viewer, limit=PRINTED) if looks_at_people else _nothing()


def heard(
    keys: Sequence[tuple[UUID, str]],
    *,
    viewer: Viewer,
    after: Bookmark | None,
    most: int,
    each: int,
) -> tuple[DueLine, ...]:
    """
    What has climbed to these rungs of these teams of the viewer's agency, the longest overdue first: so many
    of each team and rung, and of all of them one more than `most` where there are more. None that a seal
    against the viewer or their agency keeps: another team is answerable for it, and theirs is not.
    """
    asked = {
        "agency": viewer.agency_id,
        "member": viewer.member_id,
        "teams": [team_id for team_id, _ in keys],
        "rungs": [rung for _, rung in keys],
        "each": each,
        "from_start": after is None,
        "due_at": after.due_at if after else None,
        "id": after.id if after else None,
    }
    lines, _ = _lines(HEARD, viewer, limit=most, **asked)
    return lines


def all_running(*, viewer: Viewer, limit: int) -> DueList:
    """
    Every clock of the viewer's team that runs for somebody, as many as `limit`, for a list that must be
    whole, such as the one that is kept for when nothing answers: reviews of how records were looked at are
    not on paper. Whether the viewer may look at people the caller has asked.
    """
    return _list(IN_CARE, viewer, limit=limit)


def _nothing() -> DueList:
    return DueList((), False, sharing.made(last_sweep))


def one(clock_id: UUID) -> Clock:
    """One clock. Raises `Missing` when there is none."""
    values = CLOCKS.model.objects.filter(pk=clock_id).values_list(*CLOCKS.columns).first()
    if values is None:
        raise Missing(CLOCKS.name)
    return CLOCKS.of(values)


def call(clock_id: UUID, *, viewer: Viewer, on_call: OnCall, at: datetime) -> Clock:
    """
    The clock of a call just to talk, for whoever may reply to it: the team that owes it, and who hears of it
    where it has climbed to. Raises `Missing` for anybody else, just as where there is none.
    """
    found = one(clock_id)
    ours = found.team_id == viewer.team_id
    hears = found.agency_id == viewer.agency_id and found.rung != "" and rota.hears_of(
        viewer, found.rung, team_id=found.team_id, duties=on_call.duties, at=at
    )
    if found.kind != ClockKind.JUST_TO_TALK or not (ours or hears):
        raise Missing(CLOCKS.name)
    return found


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


def _list(statement: sql.Composed, viewer: Viewer, *, limit: int) -> DueList:
    return sharing.made(_first, _lines(statement, viewer, limit=limit), limit)


def _first(lines: tuple[tuple[DueLine, ...], datetime | None], limit: int) -> DueList:
    found, swept_at = lines
    return DueList(found[:limit], len(found) > limit, swept_at)


def _lines(
    statement: sql.Composed, viewer: Viewer, *, limit: int, **asked: Any
) -> tuple[tuple[DueLine, ...], datetime | None]:
    rows = sharing.asked(statement, {"team": viewer.team_id, "limit": limit + 1, **asked})
    return sharing.made(_read, rows)


def _read(rows: list[tuple[Any, ...]]) -> tuple[tuple[DueLine, ...], datetime | None]:
    # Without a clock there is one row all the same, which says when a sweep finished.
    return tuple(_line(row[1:]) for row in rows if row[1] is not None), rows[0][0]


def _line(row: tuple[Any, ...]) -> DueLine:
    count = len(CLOCKS.columns)
    *said, about = row[count:]
    words = (one or "" for one in said[:5])
    return DueLine(CLOCKS.of(row[:count]), *words, whom(tuple(said[5:]), about))


# As many as are shown are found first, by an index of the team's own; then whom each is about. Where a person
# is, is not for whoever is called about another team's work.
LINES = sql.SQL("""
    SELECT (SELECT max(finished_at) FROM clocks_sweep), l.* FROM (SELECT) AS once LEFT JOIN LATERAL (
    SELECT c.id, c.kind, c.agency_id, c.team_id, c.member_id, c.person_id, c.referral_id, c.contact_id,
           c.standard, c.started_at, c.due_at, c.is_running, c.step, c.rung, c.next_at, c.rests_until,
           c.wakes_at, c.version,
           CASE WHEN c.kind = 'governance_review' THEN {unled} ELSE coalesce(d.words, o.ask, r.request) END,
           m.name, t.name, em.name, e.words,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown,
           CASE WHEN c.team_id = %(team)s THEN p.postcode WHEN p.id IS NOT NULL THEN '' END, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN c.kind = 'just_to_talk' THEN 'somebody who asked for a call'
                WHEN p.id IS NULL THEN (
             SELECT a.about FROM contacts_contact a
              WHERE a.id = CASE WHEN c.contact_id IS NULL THEN r.contact_id ELSE c.contact_id END) END
    FROM (
      SELECT c.* FROM clocks_clock c
       WHERE {whose} AND c.is_running AND {which}
       ORDER BY {first} c.due_at, c.id
       LIMIT %(limit)s) c
    JOIN agencies_team t ON t.id = c.team_id
    LEFT JOIN promises_promise d ON d.id = c.id
    LEFT JOIN promises_escalation e ON e.promise_id = d.id AND e.level = d.escalation_level
          AND e.to_team_id = %(team)s AND d.owner_team_id <> %(team)s
    LEFT JOIN agencies_member em ON em.id = e.escalated_by_id
    LEFT JOIN handovers_handover o ON o.id = c.id
    LEFT JOIN referrals_referral r ON r.id = c.referral_id
    LEFT JOIN agencies_member m ON m.id = c.member_id
    LEFT JOIN people_person p ON p.id = c.person_id
    ORDER BY {first} c.due_at, c.id) l ON true
""")
# Of a review no words are told but these, where nobody of the agency may look into it.
UNLED = sql.SQL("""
    CASE WHEN NOT EXISTS (
        SELECT FROM agencies_membership w WHERE w.team_id = c.team_id AND w.role = 'governance_lead'
          AND w.until_at IS NULL
          AND w.member_id IS DISTINCT FROM (SELECT v.member_id FROM sharing_review v WHERE v.id = c.id))
    THEN 'unled' ELSE '' END
""")
HAS_CLIMBED = sql.SQL("c.rung <> '' AND c.rests_until IS NULL")
OWN = sql.SQL("c.team_id = %(team)s")
# The last time it was raised: whoever was told before has been overtaken.
RAISED_TO_US = sql.SQL("""
    c.id IN (
      (SELECT own.id FROM clocks_clock own
        WHERE own.team_id = %(team)s AND own.is_running AND own.rung <> '' AND own.rests_until IS NULL
        ORDER BY own.due_at, own.id LIMIT %(limit)s)
      UNION ALL
      (SELECT l.id FROM promises_escalation x
         JOIN promises_promise l ON l.id = x.promise_id AND l.escalation_level = x.level
        WHERE x.to_team_id = %(team)s AND l.state = 'open' AND l.owner_team_id <> %(team)s))
""")
# Of a clock `c`: a seal on what it is about keeps somebody safe from the viewer or their agency.
KEPT_SAFE = sql.SQL("""
    EXISTS (SELECT FROM sharing_seal s
      WHERE s.lifted_at IS NULL
        AND (s.referral_id = c.referral_id OR s.contact_id = c.contact_id
             OR (s.person_id = c.person_id AND s.referral_id IS NULL AND s.contact_id IS NULL))
        AND seal_is_against(s.id, %(agency)s, %(member)s))
""")
ON_THESE_RUNGS = sql.SQL("""
    c.id IN (
      SELECT h.id FROM unnest(%(teams)s::uuid[], %(rungs)s::text[]) AS k (team_id, rung)
      CROSS JOIN LATERAL (
        SELECT c.id FROM clocks_clock c
         WHERE c.agency_id = %(agency)s AND c.team_id = k.team_id AND c.rung = k.rung AND c.is_running
           AND c.rung <> '' AND c.rests_until IS NULL AND NOT {kept}
           AND (%(from_start)s OR (c.due_at, c.id) > (%(due_at)s::timestamptz, %(id)s::uuid))
         ORDER BY c.due_at, c.id LIMIT %(each)s) h)
""").format(kept=KEPT_SAFE)
NONE = sql.SQL("")
CLIMBED_FIRST = sql.SQL("({}) DESC,").format(HAS_CLIMBED)
RAISED = LINES.format(whose=RAISED_TO_US, which=sql.SQL("true"), first=NONE, unled=UNLED)
RUNNING = LINES.format(whose=OWN, which=sql.SQL("true"), first=CLIMBED_FIRST, unled=UNLED)
OF_SOMEBODY = sql.SQL(
    "c.kind NOT IN ('governance_review', 'police_bronze', 'police_silver', 'police_gold')"
)
IN_CARE = LINES.format(whose=OWN, which=OF_SOMEBODY, first=CLIMBED_FIRST, unled=UNLED)
HEARD = LINES.format(whose=ON_THESE_RUNGS, which=HAS_CLIMBED, first=NONE, unled=UNLED)
