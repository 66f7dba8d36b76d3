"""
The triage inbox: what a team holds that still waits for a decision, sorted by when it is due.

An urgency is a response time and becomes a due time; nothing here is ever sorted by its code, and
nothing that a team has accepted is in this list at all. Ties go by the time received.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import pauses
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.pauses import PauseLine, pause
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date

SHOWN = 50
SOON = timedelta(hours=1)
QUEUES = ("all", "mine", "unclaimed", "information", "soon", "late", "returned", "offered")


@dataclass(frozen=True)
class InboxLine:
    """A referral that waits for a decision, or an offer that waits for an answer (then with `offer_id`)."""

    referral_id: UUID
    offer_id: UUID | None
    due_at: datetime
    received_at: datetime
    since_at: datetime
    state: str
    standard: str
    needs: tuple[str, ...]
    words: str
    from_team: str
    member: str
    returned: int
    offered_to: str
    whom: Whom
    person_id: UUID | None
    pause: PauseLine | None

    @property
    def id(self) -> UUID:
        return self.offer_id or self.referral_id

    @property
    def bookmark(self) -> Bookmark:
        return Bookmark(self.due_at, self.received_at, self.id)


@dataclass(frozen=True)
class Inbox:
    """
    How many are in each queue, one page of the queue that is looked at, and where its next page begins.

    `oldest_at` is since when the longest of all the team must decide on has waited; none when none does.
    """

    counts: dict[str, int]
    oldest_at: datetime | None
    rows: tuple[InboxLine, ...]
    next: Bookmark | None


def of(*, name: str, viewer: Viewer, at: datetime, after: Bookmark | None = None) -> Inbox:
    """A queue by due time, so late first, ties by the earlier received. One statement, counts and all."""
    together = sharing.members() if name != "mine" else ()
    if not together:
        return _inbox(name, viewer.team_id, viewer.member_id, at, after)
    # The team's own is asked for nobody in particular, and how much is each one's for all at once.
    every = sharing.made(_inbox, name, viewer.team_id, sharing.NOBODY, at, after)
    mine = sharing.made(_of_each, viewer.team_id, together).get(viewer.member_id, 0)
    return sharing.made(_with, every, mine)


def _of_each(team_id: UUID, members: tuple[UUID, ...]) -> dict[UUID, int]:
    """How many wait for a decision that each of these members holds by name. One statement."""
    return dict(sharing.asked(MINE, {"team": team_id, "members": list(members)}))


def _with(every: Inbox, mine: int) -> Inbox:
    return replace(every, counts={**every.counts, "mine": mine})


def _inbox(
    name: str, team_id: UUID, member_id: UUID, at: datetime, after: Bookmark | None = None
) -> Inbox:
    statement = OFFERS_AND_COUNTS if name == "offered" else QUEUE_AND_COUNTS
    asked = {**_asked(team_id, member_id, at), **_after(after), "queue": name, "limit": SHOWN + 1}
    found = sharing.asked(statement, asked)
    counted, oldest_at = found[0][: len(QUEUES)], found[0][len(QUEUES)]
    listed = (row[len(QUEUES) + 1 :] for row in found)
    # An empty queue is one row of counts beside nothing.
    rows = sorted((_line(row) for row in listed if row[0] is not None), key=_in_order)
    shown = tuple(rows[:SHOWN])
    following = shown[-1].bookmark if len(rows) > SHOWN else None
    return Inbox(dict(zip(QUEUES, counted, strict=True)), oldest_at, shown, following)


def next_in(*, name: str, viewer: Viewer, at: datetime, after: Bookmark) -> UUID | None:
    """
    The referral to look at next: the one that follows in the queue, or else its first. `after` names what
    was just decided: an offer in the queue of offers, else a referral.
    """
    statement = OFFERED if name == "offered" else QUEUE
    for bookmark in (after, None):
        asked = _asked(viewer.team_id, viewer.member_id, at)
        asked |= {**_after(bookmark), "queue": name, "limit": 2}
        with connection.cursor() as cursor:
            cursor.execute(statement, asked)
            for one in map(_line, cursor.fetchall()):
                if one.id != after.id:
                    return one.referral_id
    return None


def _in_order(one: InboxLine) -> tuple[datetime, datetime, UUID]:
    return one.due_at, one.received_at, one.id


def _asked(team_id: UUID, member_id: UUID, at: datetime) -> dict[str, Any]:
    return {
        "team": team_id,
        "member": member_id,
        "at": at,
        "soon": at + SOON,
        "deciders": _deciders(at),
    }


def _deciders(at: datetime) -> list[str]:
    """The roles that may decide: whoever is in one of them and holds by name has claimed it."""
    roles = (one.code for one in law.codes("roles", on=local_date(at)))
    return [role for role in roles if "triage.decide" in law.acts_of(role, on=local_date(at))]


def _after(bookmark: Bookmark | None) -> dict[str, Any]:
    return {
        "from_start": bookmark is None,
        "due_at": bookmark.due_at if bookmark else None,
        "received_at": bookmark.received_at if bookmark else None,
        "id": bookmark.id if bookmark else None,
    }


def _line(row: tuple[Any, ...]) -> InboxLine:
    *own, needs, words, from_team, member, returned, offered_to = row[:13]
    return InboxLine(
        *own, tuple(needs), words, from_team, member or "", returned, offered_to or "",
        whom(row[13:21], row[21]), row[22], pause(*row[23:26]),
    )  # fmt: skip


# Claimed: someone of this team whose role decides has taken it on by name. Who merely took the call has not.
# Where a row of one referral is looked for, the limit keeps the planner from hashing every handover there
# ever was; and the offset, from asking of each row as often as something is counted by the answer.
COUNTS = """
    SELECT count(*) FILTER (WHERE NOT is_offered),
           count(*) FILTER (WHERE NOT is_offered AND member_id = %(member)s),
           count(*) FILTER (WHERE NOT is_offered AND NOT is_claimed),
           count(*) FILTER (WHERE NOT is_offered AND state = 'waiting'),
           count(*) FILTER (WHERE NOT is_offered AND due_at > %(at)s AND due_at <= %(soon)s),
           count(*) FILTER (WHERE NOT is_offered AND due_at <= %(at)s),
           count(*) FILTER (WHERE is_returned),
           (SELECT count(*) FROM handovers_handover
             WHERE receiver_team_id = %(team)s AND state = 'offered'),
           min(since_at) FILTER (WHERE NOT is_offered)
    FROM (
      SELECT r.due_at, r.state, h.member_id, coalesce(r.reopened_at, r.received_at) AS since_at,
             (SELECT true FROM handovers_handover o
               WHERE o.referral_id = r.id AND o.state = 'offered' LIMIT 1) IS NOT NULL AS is_offered,
             (SELECT true FROM handovers_handover o
               WHERE o.referral_id = r.id AND o.holding_id = h.id AND o.state = 'returned'
               LIMIT 1) IS NOT NULL AS is_returned,
             EXISTS (SELECT FROM agencies_membership m
                      WHERE m.member_id = h.member_id AND m.team_id = h.team_id AND m.until_at IS NULL
                        AND m.role = ANY(%(deciders)s)) AS is_claimed
        FROM holdings_holding h
        JOIN referrals_referral r ON r.id = h.referral_id
       WHERE h.team_id = %(team)s AND h.until_at IS NULL AND r.state IN ('new', 'waiting', 'triaged')
      OFFSET 0
    ) held
"""

MINE = """
    SELECT h.member_id, count(*)
    FROM holdings_holding h
    JOIN referrals_referral r ON r.id = h.referral_id
    WHERE h.team_id = %(team)s AND h.until_at IS NULL AND r.state IN ('new', 'waiting', 'triaged')
      AND h.member_id = ANY(%(members)s)
      AND (SELECT true FROM handovers_handover o
            WHERE o.referral_id = r.id AND o.state = 'offered' LIMIT 1) IS NULL
    GROUP BY h.member_id
"""

QUEUE = sql.SQL("""
    SELECT r.id, NULL::uuid, r.due_at, r.received_at,
           coalesce(r.reopened_at, r.received_at), r.state, r.standard, r.needs,
           coalesce(nullif(r.words, ''), r.request), f.name, m.name,
           (SELECT count(*) FROM handovers_handover b
             WHERE b.referral_id = r.id AND b.holding_id = h.id AND b.state = 'returned'),
           (SELECT t.name FROM handovers_handover o JOIN agencies_team t ON t.id = o.receiver_team_id
             WHERE o.referral_id = r.id AND o.state = 'offered'),
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN p.id IS NULL THEN (SELECT a.about FROM contacts_contact a WHERE a.id = r.contact_id) END,
           p.id, w.kind, w.asked_of, w.due_at
    FROM holdings_holding h
    JOIN referrals_referral r ON r.id = h.referral_id
    JOIN agencies_team f ON f.id = r.from_team_id
    LEFT JOIN agencies_member m ON m.id = h.member_id
    LEFT JOIN people_person p ON p.id = r.person_id
    {pause}
    WHERE h.team_id = %(team)s AND h.until_at IS NULL AND r.state IN ('new', 'waiting', 'triaged')
      AND (%(from_start)s OR (r.due_at, r.received_at, r.id) > (%(due_at)s, %(received_at)s, %(id)s))
      AND CASE %(queue)s
          WHEN 'returned' THEN (
            SELECT true FROM handovers_handover b
             WHERE b.referral_id = r.id AND b.holding_id = h.id AND b.state = 'returned'
             LIMIT 1) IS NOT NULL
          ELSE (
            SELECT true FROM handovers_handover o
             WHERE o.referral_id = r.id AND o.state = 'offered' LIMIT 1) IS NULL
          END
      AND CASE %(queue)s
          WHEN 'mine' THEN h.member_id = %(member)s
          WHEN 'unclaimed' THEN NOT EXISTS (
            SELECT FROM agencies_membership d
             WHERE d.member_id = h.member_id AND d.team_id = h.team_id AND d.until_at IS NULL
               AND d.role = ANY(%(deciders)s))
          WHEN 'information' THEN r.state = 'waiting'
          WHEN 'soon' THEN r.due_at > %(at)s AND r.due_at <= %(soon)s
          WHEN 'late' THEN r.due_at <= %(at)s
          ELSE true
          END
    ORDER BY r.due_at, r.received_at, r.id
    LIMIT %(limit)s
""").format(pause=sql.SQL(pauses.OF_REFERRAL))

OFFERED = sql.SQL("""
    SELECT r.id, o.id, o.answer_by, o.offered_at, o.offered_at, r.state, r.standard, r.needs, o.ask,
           g.name, m.name, o.hop - 1, NULL,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN p.id IS NULL THEN (SELECT a.about FROM contacts_contact a WHERE a.id = r.contact_id) END,
           p.id, w.kind, w.asked_of, w.due_at
    FROM handovers_handover o
    JOIN referrals_referral r ON r.id = o.referral_id
    JOIN agencies_team g ON g.id = o.giver_team_id
    JOIN agencies_member m ON m.id = o.giver_member_id
    LEFT JOIN people_person p ON p.id = r.person_id
    {pause}
    WHERE o.receiver_team_id = %(team)s AND o.state = 'offered'
      AND (%(from_start)s OR (o.answer_by, o.offered_at, o.id) > (%(due_at)s, %(received_at)s, %(id)s))
    ORDER BY o.answer_by, o.offered_at, o.id
    LIMIT %(limit)s
""").format(pause=sql.SQL(pauses.OF_REFERRAL))

_BESIDE = sql.SQL("SELECT * FROM ({counts}) counted LEFT JOIN ({rows}) listed ON true")
QUEUE_AND_COUNTS = _BESIDE.format(counts=sql.SQL(COUNTS), rows=QUEUE)
OFFERS_AND_COUNTS = _BESIDE.format(counts=sql.SQL(COUNTS), rows=OFFERED)
