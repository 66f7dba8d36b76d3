"""
The care traffic board: every open referral as one strip in one column, each with its one holder.

However many referrals are open, the board is two statements: one pass over what is open, which
counts it and keeps the first of each column, and one look at what was closed today.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import scope
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.whom import NOBODY_YET, Whom, whom
from nowrongdoor.rules.access import Element, Sight

COLUMNS = ("new", "offered", "accepted", "under_way", "waiting", "back", "closed")
CLOCKS = ("late", "soon", "unowned", "returned")
IN_COLUMN = 20
# As soon as a clock on the page says so too.
SOON = timedelta(minutes=15)


@dataclass(frozen=True)
class Chosen:
    """
    Which strips: those held by one agency, for one need, in one column, with one kind of clock, about
    people of one area. An area is the first half of a postcode, as it is held of the person.
    """

    agency_id: UUID | None = None
    need: str = ""
    column: str = ""
    clock: str = ""
    area: str = ""


@dataclass(frozen=True)
class BoardLine:
    """One referral on its way. `answer_by` is set while a team is being asked; `hop` counts the asking."""

    referral_id: UUID
    column: str
    state: str
    due_at: datetime
    received_at: datetime
    since_at: datetime
    standard: str
    needs: tuple[str, ...]
    answer_by: datetime | None
    offered_at: datetime | None
    closed_at: datetime | None
    team: str
    agency: str
    member: str
    receiver: str
    hop: int
    whom: Whom
    person_id: UUID | None
    may_see: bool = True
    """Whom it is about and what for; who answers and by when is for everyone who may read the board."""

    @property
    def clock_at(self) -> datetime:
        """What falls due first: the answer to an offer, or the response to the person."""
        return min(self.due_at, self.answer_by) if self.answer_by else self.due_at

    @property
    def bookmark(self) -> Bookmark:
        taken_on = self.column in {"accepted", "under_way"}
        return Bookmark(self.clock_at, self.received_at, self.referral_id, rank=int(taken_on))


@dataclass(frozen=True)
class Board:
    """What the board shows: how many of everything, and the first of each column by due time."""

    late: int
    soon: int
    unowned: int
    returned: int
    counts: dict[str, int]
    strips: dict[str, tuple[BoardLine, ...]]


def board(*, asked: Chosen, viewer: Viewer, at: datetime, day_began: datetime) -> Board:
    """All columns at once. `day_began` is when today began on the wall clock of the place."""
    params = {**params_of(asked, viewer, at), "day_began": day_began, "most": IN_COLUMN}
    with connection.cursor() as cursor:
        cursor.execute(OPEN, params)
        rows = cursor.fetchall()
        cursor.execute(CLOSED_TODAY, params)
        closed = cursor.fetchall()
    totals = rows[0][:10]
    lines = [line(row[10:]) for row in rows if row[10] is not None] + [line(row[1:]) for row in closed]
    strips: dict[str, tuple[BoardLine, ...]] = dict.fromkeys(COLUMNS, ())
    for one in as_seen(lines, viewer=viewer, at=at):
        strips[one.column] += (one,)
    counts = dict(zip(COLUMNS, (*totals[4:], closed[0][0] if closed else 0), strict=True))
    return Board(*totals[:4], counts, strips)


def as_seen(lines: Sequence[BoardLine], *, viewer: Viewer, at: datetime) -> tuple[BoardLine, ...]:
    """The lines, without whom and what for where this viewer may not see it. One statement."""
    shown = scope.sights({one.referral_id: one.person_id for one in lines}, viewer=viewer, at=at)
    return tuple(_as_seen(one, shown.get(one.referral_id)) for one in lines)


def _as_seen(one: BoardLine, sight: Sight | None) -> BoardLine:
    if sight is None:
        return replace(one, may_see=False, whom=NOBODY_YET, needs=(), person_id=None)
    if sight.shows(Element.WHEREABOUTS):
        return one
    return replace(one, whom=replace(one.whom, postcode=""))


def to_choose_from() -> tuple[tuple[tuple[UUID, str], ...], tuple[str, ...]]:
    """The agencies whose teams hold people, and the areas people are known to live in. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(AGENCIES_AND_AREAS)
        rows = cursor.fetchall()
    return (
        tuple((key, name) for key, name in rows if key),
        tuple(name for key, name in rows if not key),
    )


def params_of(asked: Chosen, viewer: Viewer, at: datetime) -> dict[str, Any]:
    return {
        **scope.params(viewer, at=at),
        "agency": asked.agency_id,
        "need": asked.need,
        "area": asked.area,
        "at": at,
        "soon": at + SOON,
    }


def line(row: tuple[Any, ...]) -> BoardLine:
    own, needs, rest = row[:7], row[7], row[8:16]
    answer_by, offered_at, closed_at, team, agency, member, receiver, hop = rest
    return BoardLine(
        *own, tuple(needs or ()), answer_by, offered_at, closed_at,
        team or "", agency or "", member or "", receiver or "", hop or 0, whom(row[16:24]),
        row[24],
    )  # fmt: skip


# From one area to the next by the index over them: nobody's row is read but the first of each. What
# somebody wrote in place of a postcode is no area, and where restricted people live is none to choose from.
AGENCIES_AND_AREAS = """
    WITH RECURSIVE areas AS (
      (SELECT split_part(postcode, ' ', 1) COLLATE "C" AS area FROM people_person
        WHERE postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9][A-Z]{2})?$'
          AND NOT EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = people_person.id
            AND s.referral_id IS NULL AND s.contact_id IS NULL AND s.lifted_at IS NULL)
        ORDER BY 1 LIMIT 1)
      UNION ALL
      SELECT (SELECT split_part(p.postcode, ' ', 1) COLLATE "C" FROM people_person p
               WHERE p.postcode ~ '^[A-Z]{1,2}[0-9][0-9A-Z]?( [0-9][A-Z]{2})?$'
                 AND split_part(p.postcode, ' ', 1) COLLATE "C" > areas.area
                 AND NOT EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = p.id
                   AND s.referral_id IS NULL AND s.contact_id IS NULL AND s.lifted_at IS NULL)
               ORDER BY 1 LIMIT 1)
        FROM areas WHERE areas.area IS NOT NULL
    )
    (SELECT id, name FROM agencies_agency ORDER BY name)
    UNION ALL
    (SELECT NULL::uuid, area FROM areas WHERE area IS NOT NULL LIMIT 200)
"""

# Which column: being asked comes first, then waiting for information or for the person. What was asked and
# is not any more, without being accepted, is back with its holder. The clock is whichever falls due first.
# Where a row of one referral is looked for, the limit keeps the planner from hashing every handover there
# ever was.
OPEN = sql.SQL(
    """
    WITH open_now AS MATERIALIZED (
      SELECT r.id, r.state, r.due_at, r.received_at, h.id AS holding_id, o.answer_by, o.id AS offer_id,
             least(r.due_at, o.answer_by) AS clock_at,
             CASE WHEN o.id IS NOT NULL THEN 'offered'
                  WHEN r.state = 'triaged' THEN 'back'
                  WHEN r.state = 'new' AND 1 = (
                    SELECT 1 FROM board_handover b
                     WHERE b.referral_id = r.id AND b.holding_id = h.id LIMIT 1) THEN 'back'
                  ELSE r.state END AS col
        FROM board_referral r
        LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
        LEFT JOIN agencies_team t ON t.id = h.team_id
        LEFT JOIN board_handover o ON o.referral_id = r.id AND o.state = 'offered'
       WHERE r.state <> 'closed'
         AND {not_kept}
         AND (h.id IS NULL OR (%(agency)s::uuid IS NULL OR t.agency_id = %(agency)s::uuid)
                              AND {chosen})
    ),
    totals AS (
      SELECT count(*) FILTER (WHERE clock_at <= %(at)s AND state <> 'under_way'),
             count(*) FILTER (WHERE clock_at > %(at)s AND clock_at <= %(soon)s AND state <> 'under_way'),
             count(*) FILTER (WHERE holding_id IS NULL),
             count(*) FILTER (WHERE CASE WHEN col IN ('offered', 'back') THEN (
               SELECT count(*) FROM board_handover b
                WHERE b.referral_id = open_now.id AND b.holding_id = open_now.holding_id
                  AND b.state = 'returned') >= 2 ELSE false END),
             count(*) FILTER (WHERE col = 'new'), count(*) FILTER (WHERE col = 'offered'),
             count(*) FILTER (WHERE col = 'accepted'), count(*) FILTER (WHERE col = 'under_way'),
             count(*) FILTER (WHERE col = 'waiting'), count(*) FILTER (WHERE col = 'back')
        FROM open_now
    ),
    numbered AS (
      SELECT id, col, clock_at, row_number() OVER (
               PARTITION BY col ORDER BY clock_at, received_at, id) AS place
        FROM open_now
    ),
    shown AS MATERIALIZED (
      SELECT id, col, place FROM numbered WHERE place <= %(most)s ORDER BY col, place LIMIT 6 * %(most)s
    )
    SELECT totals.*, s.*
    FROM totals LEFT JOIN (
      SELECT r.id, shown.col, r.state, r.due_at, r.received_at,
             coalesce(r.reopened_at, r.received_at), r.standard, d.needs,
             o.answer_by, o.offered_at, r.closed_at, t.name, a.name, m.name, g.name,
             coalesce(o.hop, (SELECT max(b.hop) FROM board_handover b WHERE b.referral_id = r.id)),
             p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
             p.know_first, p.know_waits, p.id, shown.place
        FROM shown
        JOIN board_referral r ON r.id = shown.id
        LEFT JOIN referrals_referral d ON d.id = r.id
        LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
        LEFT JOIN agencies_team t ON t.id = h.team_id
        LEFT JOIN agencies_agency a ON a.id = t.agency_id
        LEFT JOIN agencies_member m ON m.id = h.member_id
        LEFT JOIN board_handover o ON o.referral_id = r.id AND o.state = 'offered'
        LEFT JOIN agencies_team g ON g.id = o.receiver_team_id
        LEFT JOIN people_person p ON p.id = d.person_id
    ) s ON true
    ORDER BY s.col, s.place
"""
).format(not_kept=sql.SQL(scope.NOT_KEPT), chosen=sql.SQL(scope.CHOSEN))

# Who held it when it closed is the last holding of each, looked up one by one: there are few of them.
CLOSED_TODAY = sql.SQL(
    """
    WITH closed AS MATERIALIZED (
      SELECT r.id, r.closed_at
        FROM board_referral r
       WHERE r.state = 'closed' AND r.closed_at >= %(day_began)s AND r.closed_at <= %(at)s
         AND {not_kept}
         AND {chosen}
         AND (%(agency)s::uuid IS NULL OR %(agency)s::uuid = (
               SELECT t.agency_id FROM holdings_holding h JOIN agencies_team t ON t.id = h.team_id
                WHERE h.referral_id = r.id ORDER BY h.from_at DESC LIMIT 1))
    )
    SELECT (SELECT count(*) FROM closed),
           r.id, 'closed', r.state, r.due_at, r.received_at,
           coalesce(r.reopened_at, r.received_at), r.standard, d.needs,
           NULL, NULL, r.closed_at, t.name, a.name, m.name, NULL,
           (SELECT max(b.hop) FROM board_handover b WHERE b.referral_id = r.id),
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits, p.id
    FROM (SELECT id, closed_at FROM closed ORDER BY closed_at DESC, id DESC LIMIT %(most)s) c
    JOIN board_referral r ON r.id = c.id
    LEFT JOIN referrals_referral d ON d.id = r.id
    CROSS JOIN LATERAL (
      SELECT team_id, member_id FROM holdings_holding
       WHERE referral_id = r.id ORDER BY from_at DESC LIMIT 1) h
    JOIN agencies_team t ON t.id = h.team_id
    JOIN agencies_agency a ON a.id = t.agency_id
    LEFT JOIN agencies_member m ON m.id = h.member_id
    LEFT JOIN people_person p ON p.id = d.person_id
    ORDER BY r.closed_at DESC, r.id DESC
"""
).format(not_kept=sql.SQL(scope.NOT_KEPT), chosen=sql.SQL(scope.CHOSEN))
