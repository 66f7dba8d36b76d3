"""
Every visit asked for in a time as a line that is of nobody. Whoever looks after people through an agency
reads of its own teams; whoever may not see people, of the whole place. `rules.rapid_figures` counts them.
"""

from datetime import date, datetime

from django.db import connection

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access
from nowrongdoor.rules.clock import at_wall
from nowrongdoor.rules.rapid_figures import Reported


def is_exact(viewer: Viewer, *, at: datetime) -> bool:
    """They may see whom their agency visits, and so read its numbers as they are."""
    return access.looks_at_people(viewer, at=at)


def told(*, since: date, until: date, viewer: Viewer, at: datetime) -> tuple[Reported, ...]:
    """From a day up to but not including another. One statement; whoever is restricted is left out."""
    asked = {
        "at": at,
        "since": at_wall(since, 0),
        "until": at_wall(until, 0),
        "agency": viewer.agency_id if is_exact(viewer, at=at) else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(VISITS, asked)
        return tuple(
            Reported(*(tuple(cell) if isinstance(cell, list) else cell for cell in row))
            for row in cursor.fetchall()
        )


def staffed(*, since: date, until: date, viewer: Viewer, at: datetime) -> dict[str, int]:
    """How many people sat in crews in each role in that time. One statement."""
    asked = {
        "since": at_wall(since, 0),
        "until": at_wall(until, 0),
        "agency": viewer.agency_id if is_exact(viewer, at=at) else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(STAFFED, asked)
        return dict(cursor.fetchall())


STAFFED = """
    SELECT s.role, count(DISTINCT s.member_id)
      FROM visits_seat s JOIN visits_crew c ON c.id = s.crew_id JOIN agencies_team t ON t.id = c.team_id
     WHERE s.until_at >= %(since)s AND s.from_at < %(until)s AND s.from_at < s.until_at
       AND (%(agency)s::uuid IS NULL OR t.agency_id = %(agency)s)
     GROUP BY s.role
"""
VISITS = """
    SELECT asked_on, state, outcome, due_s, leaves_s, set_off_s, arrived_s, met_s, out_s, roles, skills,
        pair_rules, is_first, direct_standard, direct_due_s, direct_s, face_standard, face_due_s, face_s,
        is_joint
    FROM visits_reported(%(at)s, %(since)s, %(until)s, %(agency)s)
    ORDER BY asked_on, state
"""
