"""
How holding people stands in an agency, team by team, in numbers: held by a desk or by name, by somebody on
duty, accepted or not yet, how much one member holds, and how long anybody was without a holder.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from nowrongdoor.kernel.viewer import Viewer

LOOKED_BACK = timedelta(days=28)


@dataclass(frozen=True)
class TeamFigures:
    """
    What a team holds now: how much of it with nobody named, by somebody who is on duty, and accepted; the
    most that one member holds; and the seconds, of the last weeks, in which somebody was held by nobody,
    up to now where nobody has taken over.
    """

    team: str
    held: int
    by_desk: int
    on_duty: int
    accepted: int
    most_by_one: int
    without_holder_s: float


def of_agency(*, viewer: Viewer, at: datetime) -> tuple[TeamFigures, ...]:
    """Every open team of the viewer's agency, by name. One statement, about nobody."""
    asked = {"agency": viewer.agency_id, "at": at, "since": at - LOOKED_BACK}
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, asked)
        return tuple(TeamFigures(*row) for row in cursor.fetchall())


FIGURES = """
    WITH held AS (
      SELECT h.team_id, h.member_id,
             EXISTS (SELECT FROM rota_duty d
                      WHERE d.member_id = h.member_id AND d.from_at <= %(at)s
                        AND %(at)s < LEAST(d.until_at, d.taken_off_at)) AS on_duty,
             h.began_by <> 're_homing' OR EXISTS (
               SELECT FROM holdings_rehoming r WHERE r.id = h.re_homing_id AND r.accepted_at IS NOT NULL
             ) AS accepted
        FROM holdings_holding h JOIN agencies_team t ON t.id = h.team_id
       WHERE t.agency_id = %(agency)s AND h.until_at IS NULL
    ), counted AS (
      SELECT team_id, count(*) AS held, count(*) FILTER (WHERE member_id IS NULL) AS by_desk,
             count(*) FILTER (WHERE on_duty) AS on_duty, count(*) FILTER (WHERE accepted) AS accepted
        FROM held GROUP BY team_id
    ), loads AS (
      SELECT team_id, max(many) AS most
        FROM (SELECT team_id, member_id, count(*) AS many FROM held WHERE member_id IS NOT NULL
              GROUP BY team_id, member_id) each
       GROUP BY team_id
    ), unheld AS (
      SELECT r.id FROM referrals_referral r
       WHERE r.state <> 'closed'
         AND NOT EXISTS (SELECT FROM holdings_holding o WHERE o.referral_id = r.id AND o.until_at IS NULL)
    ), gaps AS (
      SELECT g.team_id, sum(extract(epoch FROM
               coalesce(n.from_at, %(at)s) - greatest(g.until_at, %(since)s))) AS seconds
        FROM holdings_holding g JOIN agencies_team t ON t.id = g.team_id AND t.agency_id = %(agency)s
        JOIN LATERAL (SELECT min(f.from_at) AS from_at FROM holdings_holding f
                       WHERE f.referral_id = g.referral_id AND f.from_at >= g.until_at) n ON true
       WHERE (g.until_at >= %(since)s OR g.referral_id IN (SELECT id FROM unheld)) AND g.ended_by <> 'closing'
         AND coalesce(n.from_at, %(at)s) > %(since)s
       GROUP BY g.team_id
    )
    SELECT t.name, coalesce(c.held, 0), coalesce(c.by_desk, 0), coalesce(c.on_duty, 0),
           coalesce(c.accepted, 0), coalesce(l.most, 0),
           coalesce(g.seconds, 0)::float8
      FROM agencies_team t
      LEFT JOIN counted c ON c.team_id = t.id
      LEFT JOIN loads l ON l.team_id = t.id
      LEFT JOIN gaps g ON g.team_id = t.id
     WHERE t.agency_id = %(agency)s AND t.closed_at IS NULL
     ORDER BY t.name
"""
