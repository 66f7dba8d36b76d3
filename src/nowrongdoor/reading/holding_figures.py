"""
How holding people stands, team by team and agency by agency, in numbers: held by a desk or by name, by
somebody on duty, accepted or not yet, how much one member holds, and how long anybody was without a holder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection

LOOKED_BACK = timedelta(days=28)


@dataclass(frozen=True)
class Holds:
    """
    What is held now: how much of it with nobody named, by somebody who is on duty, and accepted; the most
    that one member holds; and the seconds, of the last weeks, in which somebody was held by nobody, up to
    now where nobody has taken over.
    """

    held: int
    by_desk: int
    on_duty: int
    accepted: int
    most_by_one: int
    without_holder_s: float


@dataclass(frozen=True)
class TeamFigures:
    """What one team holds, and whose team it is."""

    agency_id: UUID
    agency: str
    team: str
    holds: Holds


def of_place(*, at: datetime) -> tuple[TeamFigures, ...]:
    """Every team of every agency, by their names. One statement, about nobody; it passes the second wall."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM holding_counted(%s, %s)", [at, at - LOOKED_BACK])
        return tuple(TeamFigures(*row[:3], Holds(*row[3:])) for row in cursor.fetchall())


def by_agency(found: Iterable[TeamFigures]) -> tuple[tuple[str, Holds], ...]:
    """What all teams of each agency hold."""
    of_each = groupby(found, key=lambda one: (one.agency, one.agency_id))
    return tuple((agency, together(one.holds for one in teams)) for (agency, _), teams in of_each)


def together(each: Iterable[Holds]) -> Holds:
    """What several teams hold; the most that one member of any of them does."""
    every = tuple(each)
    return Holds(
        held=sum(one.held for one in every),
        by_desk=sum(one.by_desk for one in every),
        on_duty=sum(one.on_duty for one in every),
        accepted=sum(one.accepted for one in every),
        most_by_one=max((one.most_by_one for one in every), default=0),
        without_holder_s=sum(one.without_holder_s for one in every),
    )
