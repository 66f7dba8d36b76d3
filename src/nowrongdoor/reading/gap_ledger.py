"""
The gap ledger of a period: what was looked for and not found, what was returned and why, which services
missed by one thing, and how offers were answered. Counts alone, and about nobody: what is shown of them, and
what is too small to be shown, `rules.gap_figures` decides.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection

from nowrongdoor.rules import service_kinds
from nowrongdoor.rules.clock import at_wall
from nowrongdoor.rules.gap_figures import Answered, Months

Count = tuple[str, str, int]
MOST_SERVICES = 50


@dataclass(frozen=True)
class LedgerCounts:
    """
    `searches` were made in all. The others are counts by one thing each: of searches that were not met, of
    returns, of what services missed alone, of the services that missed one thing, by name, and of how
    referrals ended by a kind of service that has endings of its own. `by_service` goes with `answers`: of
    each team, what was answered for and by each of its services, by name, and last what none was named for.
    """

    searches: int
    unmet: tuple[Count, ...]
    returns: tuple[Count, ...]
    missed: tuple[Count, ...]
    services: tuple[Count, ...]
    answers: tuple[Answered, ...]
    by_service: tuple[tuple[Answered, ...], ...] = ()
    endings: tuple[Count, ...] = ()


def of(period: Months, *, at: datetime) -> LedgerCounts:
    """Five statements, however much was looked for."""
    days = {"since": period.since, "until": period.until, "most": MOST_SERVICES}
    instants = {"since": at_wall(period.since, 0), "until": at_wall(period.until, 0)}
    unmet, ended = _counts(UNMET, days), _counts(RETURNS, instants)
    teams = [list(rows) for _, rows in groupby(_rows(ANSWERS, instants), key=lambda row: row[0])]
    return LedgerCounts(
        searches=sum(many for of_what, _, many in unmet if of_what == "searches"),
        unmet=tuple(one for one in unmet if one[0] != "searches"),
        returns=tuple(one for one in ended if one[0] != "ending"),
        missed=_counts(MISSED, days),
        services=_counts(SERVICES, days),
        endings=_endings(ended, at=at),
        answers=tuple(Answered(*team[2:]) for team, *_ in teams),
        by_service=tuple(tuple(Answered(*one[2:]) for one in services) for _, *services in teams),
    )


def _endings(counts: tuple[Count, ...], *, at: datetime) -> tuple[Count, ...]:
    """Each under the kind of service that it is an ending of; what any team may say is none of these."""
    own = service_kinds.own(at=at)
    return tuple((own[code], code, many) for of, code, many in counts if of == "ending" and code in own)


def _counts(statement: str, asked: dict[str, object]) -> tuple[Count, ...]:
    return tuple((what, code, many) for what, code, many in _rows(statement, asked))


def _rows(statement: str, asked: dict[str, object]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


# What stood in the way is told with the age or the hour where it was that.
UNMET = """
    WITH made AS (
      SELECT * FROM services_sitting WHERE asked_on >= %(since)s AND asked_on < %(until)s
    ), unmet AS (
      SELECT * FROM made WHERE why <> ''
    )
    SELECT 'searches', '', count(*) FROM made
    UNION ALL SELECT 'all', '', count(*) FROM unmet
    UNION ALL SELECT 'need', need, count(*) FROM unmet u, unnest(u.unmet) AS need GROUP BY need
    UNION ALL SELECT 'age', age, count(*) FROM unmet GROUP BY age
    UNION ALL SELECT 'hour', hour::text, count(*) FROM unmet GROUP BY hour
    UNION ALL SELECT 'place', district, count(*) FROM unmet GROUP BY district
    UNION ALL SELECT 'why',
              why || CASE why WHEN 'age' THEN ':' || age WHEN 'hours' THEN ':' || hour ELSE '' END, count(*)
              FROM unmet GROUP BY 2
"""
RETURNS = """
    SELECT by_what, code, counted FROM returns_counted(%(since)s, %(until)s)
    UNION ALL SELECT 'ending', outcome, counted FROM endings_counted(%(since)s, %(until)s)
"""
# By how many searches, and not how many services: a large directory would drown the rest.
MISSED = """
    WITH made AS (
      SELECT s.*, one.key AS criterion FROM services_sitting s, jsonb_each(s.by_one) AS one
       WHERE s.asked_on >= %(since)s AND s.asked_on < %(until)s
    )
    SELECT 'criterion', criterion, count(*) FROM made GROUP BY criterion
"""
SERVICES = """
    SELECT max(v.name), one.value, count(*)
      FROM services_sitting s, jsonb_each_text(s.near) AS one
      JOIN services_service v ON v.id = one.key::uuid
     WHERE s.asked_on >= %(since)s AND s.asked_on < %(until)s
     GROUP BY v.id, one.value
     ORDER BY count(*) DESC, max(v.name) LIMIT %(most)s
"""
# Of each team, and then of each of its services that was asked for.
ANSWERS = """
    SELECT t.id, c.is_team, t.name,
           CASE WHEN c.is_team
                THEN coalesce((SELECT string_agg(k.name, ', ' ORDER BY k.name)
                                 FROM services_service k WHERE k.team_id = t.id), '')
                ELSE coalesce(v.name, '') END,
           c.asked, c.returned, c.gave, c.given_back, c.took, c.sent_on, c.people, c.offers
      FROM (SELECT true AS is_team, NULL::uuid AS service_id, a.* FROM answers_counted(%(since)s, %(until)s) a
            UNION ALL
            SELECT false, b.service_id, b.team_id, b.asked, b.returned, b.gave, b.given_back, b.took,
                   b.sent_on, b.people, b.offers FROM answers_by_service(%(since)s, %(until)s) b) c
      JOIN agencies_team t ON t.id = c.team_id
      LEFT JOIN services_service v ON v.id = c.service_id
     ORDER BY t.name, t.id, c.is_team DESC, v.name NULLS LAST, v.id
"""
