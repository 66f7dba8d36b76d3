"""
The care traffic board as a table: the same strips, one line each, a page at a time.

What waits for someone comes first, by due time; then what a team has taken on, by due time. So
nothing accepted is ever above anything that waits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg import sql

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import scope
from nowrongdoor.reading.keyset import Bookmark
from nowrongdoor.reading.traffic_board import BoardLine, Chosen, as_seen, line, params_of

SHOWN = 50
# What waits for someone, then what a team has taken on. Each has its own partial index.
STATES = (["new", "waiting", "triaged"], ["accepted", "under_way"])


@dataclass(frozen=True)
class Page:
    """One page of the table, and where the next begins."""

    rows: tuple[BoardLine, ...]
    next: Bookmark | None


def table(
    *, asked: Chosen, viewer: Viewer, at: datetime, day_began: datetime, after: Bookmark | None = None
) -> Page:
    """
    A page of the same, one line each: what waits for someone first, by what falls due first; then what a team
    has taken on, by due time. At most three statements.
    """
    if asked.column == "closed":
        return _closed_page(asked, viewer=viewer, at=at, day_began=day_began, after=after)
    rows: list[BoardLine] = []
    for rank in (0, 1):
        if after is not None and after.rank > rank:
            continue
        start = after if after is not None and after.rank == rank else None
        params = {
            **params_of(asked, viewer, at),
            **_after(start),
            "column": asked.column,
            "clock": asked.clock,
            "taken_on": bool(rank),
            "states": STATES[rank],
            "limit": SHOWN + 1 - len(rows),
        }
        with connection.cursor() as cursor:
            cursor.execute(TABLE, params)
            rows += [line(row) for row in cursor.fetchall()]
        if len(rows) > SHOWN:
            break
    return _page(rows, viewer=viewer, at=at)


def _closed_page(
    asked: Chosen, *, viewer: Viewer, at: datetime, day_began: datetime, after: Bookmark | None
) -> Page:
    params = {**params_of(asked, viewer, at), "day_began": day_began, "most": SHOWN + 1}
    params |= {"before": after.due_at if after else None, "before_id": after.id if after else None}
    with connection.cursor() as cursor:
        cursor.execute(CLOSED_PAGE, params)
        rows = [line(row) for row in cursor.fetchall()]
    shown = tuple(rows[:SHOWN])
    last = shown[-1] if len(rows) > SHOWN else None
    # Closed referrals are listed by when they closed: that stands in the place of the due time.
    shown = as_seen(shown, viewer=viewer, at=at)
    return Page(shown, Bookmark(last.closed_at, last.received_at, last.referral_id) if last else None)


def _page(rows: list[BoardLine], *, viewer: Viewer, at: datetime) -> Page:
    shown = as_seen(rows[:SHOWN], viewer=viewer, at=at)
    return Page(shown, shown[-1].bookmark if len(rows) > SHOWN else None)


def _after(bookmark: Bookmark | None) -> dict[str, Any]:
    return {
        "from_due": bookmark.due_at if bookmark else None,
        "from_received": bookmark.received_at if bookmark else None,
        "from_id": bookmark.id if bookmark else None,
    }


CLOSED_PAGE = sql.SQL(
    """
    SELECT r.id, 'closed', r.state, r.due_at, r.received_at,
           coalesce(r.reopened_at, r.received_at), r.standard, d.needs,
           NULL, NULL, r.closed_at, t.name, a.name, m.name, NULL,
           (SELECT max(b.hop) FROM board_handover b WHERE b.referral_id = r.id),
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits, p.id
    FROM (
      SELECT r.id
        FROM board_referral r
       WHERE r.state = 'closed' AND r.closed_at >= %(day_began)s AND r.closed_at <= %(at)s
         AND {not_kept}
         AND (%(before)s::timestamptz IS NULL OR (
               r.closed_at <= %(before)s AND (r.closed_at, r.id) < (%(before)s, %(before_id)s::uuid)))
         AND {chosen}
         AND (%(agency)s::uuid IS NULL OR %(agency)s::uuid = (
               SELECT t.agency_id FROM holdings_holding h JOIN agencies_team t ON t.id = h.team_id
                WHERE h.referral_id = r.id ORDER BY h.from_at DESC LIMIT 1))
       ORDER BY r.closed_at DESC, r.id DESC
       LIMIT %(most)s) c
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

# Offers are few and are sorted as they are; the others come from the index of open referrals by due time,
# no more of them than fit on a page.
TABLE = sql.SQL(
    """
    SELECT w.id, w.col, w.state, w.due_at, w.received_at, w.since_at, w.standard, d.needs,
           w.answer_by, w.offered_at, NULL, w.team, a.name, m.name, g.name,
           coalesce(w.hop, (SELECT max(b.hop) FROM board_handover b WHERE b.referral_id = w.id)),
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits, p.id
    FROM (
      (SELECT r.id, 'offered' AS col, r.state, r.due_at, r.received_at,
              coalesce(r.reopened_at, r.received_at) AS since_at, r.standard,
              o.answer_by, o.offered_at, o.hop, o.receiver_team_id, h.member_id, t.name AS team, t.agency_id,
              least(r.due_at, o.answer_by) AS clock_at
         FROM board_handover o
         JOIN board_referral r ON r.id = o.referral_id
         LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
         LEFT JOIN agencies_team t ON t.id = h.team_id
        WHERE o.state = 'offered' AND NOT %(taken_on)s
          AND {not_kept}
          AND %(column)s IN ('', 'offered')
          AND (%(from_due)s::timestamptz IS NULL OR (least(r.due_at, o.answer_by), r.received_at, r.id)
                                                  > (%(from_due)s, %(from_received)s, %(from_id)s::uuid))
          AND (h.id IS NULL OR (%(agency)s::uuid IS NULL OR t.agency_id = %(agency)s::uuid)
                               AND {chosen})
          AND CASE %(clock)s
              WHEN 'late' THEN least(r.due_at, o.answer_by) <= %(at)s AND r.state <> 'under_way'
              WHEN 'soon' THEN least(r.due_at, o.answer_by) > %(at)s
                           AND least(r.due_at, o.answer_by) <= %(soon)s AND r.state <> 'under_way'
              WHEN 'unowned' THEN h.id IS NULL
              WHEN 'returned' THEN (
                SELECT count(*) FROM board_handover b
                 WHERE b.referral_id = r.id AND b.holding_id = h.id AND b.state = 'returned') >= 2
              ELSE true END
        ORDER BY clock_at, r.received_at, r.id
        LIMIT %(limit)s)
      UNION ALL
      (SELECT r.id, c.col, r.state, r.due_at, r.received_at,
              coalesce(r.reopened_at, r.received_at) AS since_at, r.standard,
              NULL, NULL, NULL, NULL, h.member_id, t.name, t.agency_id, r.due_at
         FROM board_referral r
         LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
         LEFT JOIN agencies_team t ON t.id = h.team_id
        CROSS JOIN LATERAL (
          SELECT CASE WHEN r.state = 'triaged' THEN 'back'
                      WHEN r.state = 'new' AND 1 = (
                        SELECT 1 FROM board_handover b
                         WHERE b.referral_id = r.id AND b.holding_id = h.id LIMIT 1) THEN 'back'
                      ELSE r.state END AS col) c
        WHERE r.state = ANY(%(states)s)
          AND {not_kept}
          AND NOT EXISTS (SELECT FROM board_handover o WHERE o.referral_id = r.id AND o.state = 'offered')
          AND (%(from_due)s::timestamptz IS NULL OR (
                r.due_at >= %(from_due)s
                AND (r.due_at, r.received_at, r.id) > (%(from_due)s, %(from_received)s, %(from_id)s::uuid)))
          AND (h.id IS NULL OR (%(agency)s::uuid IS NULL OR t.agency_id = %(agency)s::uuid)
                               AND {chosen})
          AND (%(column)s = '' OR c.col = %(column)s)
          AND CASE %(clock)s
              WHEN 'late' THEN r.due_at <= %(at)s AND r.state <> 'under_way'
              WHEN 'soon' THEN r.due_at > %(at)s AND r.due_at <= %(soon)s AND r.state <> 'under_way'
              WHEN 'unowned' THEN h.id IS NULL
              WHEN 'returned' THEN c.col = 'back' AND (
                SELECT count(*) FROM board_handover b
                 WHERE b.referral_id = r.id AND b.holding_id = h.id AND b.state = 'returned') >= 2
              ELSE true END
        ORDER BY r.due_at, r.received_at, r.id
        LIMIT %(limit)s)
    ) w
    LEFT JOIN agencies_agency a ON a.id = w.agency_id
    LEFT JOIN agencies_member m ON m.id = w.member_id
    LEFT JOIN agencies_team g ON g.id = w.receiver_team_id
    LEFT JOIN referrals_referral d ON d.id = w.id
    LEFT JOIN people_person p ON p.id = d.person_id
    ORDER BY w.clock_at, w.received_at, w.id
    LIMIT %(limit)s
"""
).format(not_kept=sql.SQL(scope.NOT_KEPT), chosen=sql.SQL(scope.CHOSEN))
