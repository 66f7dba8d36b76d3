"""PostgreSQL alone on the same work: the same services found and ordered, without their reasons."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Sequence
from typing import Any

import psycopg

from nowrongdoor.console.bench.screens import Found
from nowrongdoor.directory import search
from nowrongdoor.directory.columns import Columns
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.fitting import EMERGENCY, FULL, Ask, chance_of_yes
from nowrongdoor.rules.law import directory as law
from nowrongdoor.rules.working_time import minute, window

MAKE = """
CREATE TEMP TABLE service (
    row integer PRIMARY KEY, kind text, needs text[], low integer, high integer, gender text,
    practices text[], districts text[], reach integer, xs integer[], ys integer[],
    languages text[], has text[], lacks text[], ways text[],
    offers text[], hours integer, known boolean, checked date, chance integer,
    state text, until_at timestamptz);
CREATE TEMP TABLE span (hours integer, opens integer, closes integer, sure boolean)
"""
READY = """
CREATE INDEX ON service USING gin (needs);
CREATE INDEX ON span (hours, opens);
ANALYZE service;
ANALYZE span
"""
FIND = """
WITH met AS (
    SELECT s.*, (SELECT min(floor(sqrt((x - %(x)s::bigint)^2 + (y - %(y)s::bigint)^2)))
                   FROM unnest(xs, ys) AS at_place(x, y)) AS metres
      FROM service s
     WHERE needs && %(needs)s::text[] AND (kind <> %(ed)s OR %(emergency)s)
), timed AS (
    SELECT m.*, t.* FROM met m CROSS JOIN LATERAL (
        SELECT bool_or(opens <= %(now)s AND %(now)s < closes AND sure) AS open,
               bool_or(opens <= %(now)s AND %(now)s < closes) AS maybe,
               min(opens) FILTER (WHERE opens > %(now)s) AS next
          FROM span WHERE span.hours = m.hours AND closes > %(now)s) t
), judged AS (
    SELECT *,
        coalesce(low > %(age)s OR high < %(age)s, false) AS age_miss,
        (low IS NOT NULL OR high IS NOT NULL) AND %(age)s::int IS NULL AS age_doubt,
        coalesce(%(district)s = ANY (districts), false) OR coalesce(metres <= reach, false) AS inside,
        (districts <> '{}' AND %(district)s = '') OR (reach IS NOT NULL AND metres IS NULL) AS unsure,
        districts <> '{}' OR reach IS NOT NULL AS bounded,
        gender <> '' AND %(gender)s <> '' AND gender <> %(gender)s AS gender_miss,
        practices <> '{}' AND %(practice)s <> '' AND NOT %(practice)s = ANY (practices) AS practice_miss,
        practices <> '{}' AND %(practice)s = '' AS practice_doubt,
        %(language)s <> '' AND languages <> '{}' AND NOT %(language)s = ANY (languages) AS language_miss,
        %(language)s <> '' AND languages = '{}' AS language_doubt,
        lacks && %(access)s::text[] AS access_miss,
        NOT lacks && %(access)s::text[] AND NOT has @> %(access)s::text[] AS access_doubt,
        %(way)s <> '' AND ways <> '{}' AND NOT %(way)s = ANY (ways) AS way_miss,
        %(way)s <> '' AND ways = '{}' AS way_doubt,
        known AND NOT coalesce(maybe, false) AND %(by)s::int IS NOT NULL
            AND coalesce(next > %(by)s, true) AS hours_miss,
        NOT known OR (coalesce(maybe, false) AND NOT open) AS hours_doubt,
        coalesce(state = %(full)s AND %(at)s < until_at, false) AS full_miss,
        coalesce(%(at)s >= until_at, true) AS full_doubt,
        (SELECT count(*) FROM unnest(%(needs)s::text[]) n WHERE n <> ALL (needs)) AS unmet,
        (SELECT count(*) FROM unnest(%(wishes)s::text[]) w WHERE w <> ALL (offers)) AS unwished
      FROM timed
)
SELECT row FROM judged
 ORDER BY coalesce(checked < %(since)s, true),
    age_miss::int * %(w_age)s + (bounded AND NOT inside AND NOT unsure)::int * %(w_area)s
      + gender_miss::int * %(w_gender)s + practice_miss::int * %(w_practice)s
      + language_miss::int * %(w_language)s + access_miss::int * %(w_access)s + way_miss::int * %(w_way)s
      + hours_miss::int * %(w_hours)s + full_miss::int * %(w_full)s + unmet * %(w_need)s
      + CASE WHEN metres IS NULL OR offers && '{online,by_phone}' THEN 0
             ELSE (SELECT count(*) FROM unnest(%(bands)s::int[]) b WHERE metres > b) END,
    unwished,
    age_doubt::int + (unsure AND NOT inside)::int + practice_doubt::int + language_doubt::int
      + access_doubt::int + way_doubt::int + hours_doubt::int + full_doubt::int,
    chance DESC,
    least(65535, floor(coalesce(metres, 6553500) / 100)),
    row
 LIMIT 10
"""
FEW = 120  # asks: each takes it tens of milliseconds


def beside(columns: Columns, asks: Sequence[Ask], found: Found) -> dict[str, Any]:
    """Milliseconds as for our own, and how many of its answers are not ours."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute("SET jit = off")
        connection.execute(MAKE)
        _load(connection, columns)
        day = local_date(asks[0].at)
        of_day = [ask for ask in asks if local_date(ask.at) == day][:FEW]
        _load_spans(connection, columns, of_day[0])
        connection.execute(READY)
        spent, others = [], 0
        for ask in of_day:
            values = _values(ask)
            began = time.perf_counter()
            rows = [row for (row,) in connection.execute(FIND, values)]
            spent.append(1000 * (time.perf_counter() - began))
            ours = [columns.rows[one.entry.id] for one in search.options(columns, ask).best]
            others += rows != ours
    if others:
        found.misses.append(
            f"PostgreSQL orders {others} of {len(of_day)} otherwise: the work is not the same"
        )
    return {
        "postgresql": {
            "asks": len(of_day),
            "p50_ms": round(statistics.median(spent), 1),
            "p95_ms": round(statistics.quantiles(spent, n=20)[-1], 1),
            "answers_that_differ": others,
        }
    }


def _load(connection: psycopg.Connection[Any], columns: Columns) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY service FROM STDIN") as into:
        for start in range(0, len(columns), 1000):
            rows = range(start, min(start + 1000, len(columns)))
            for row, one in zip(rows, columns.entries(rows), strict=True):
                said = columns.said.get(row)
                lists = (one.districts, [x for x, _ in one.places], [y for _, y in one.places])
                into.write_row((
                    row, one.kind, list(one.needs), one.lowest_age, one.highest_age, one.gender,
                    list(one.practices), list(lists[0]), one.reach_m, lists[1], lists[2], list(one.languages),
                    list(one.has), list(one.lacks), list(one.ways), list(one.offers),
                    int(columns.cells["hours"][row]), one.hours.is_known, one.checked_on,
                    chance_of_yes(one.asked, one.accepted),
                    said.state if said else None, said.counts_until if said else None,
                ))  # fmt: skip


def _load_spans(connection: psycopg.Connection[Any], columns: Columns, ask: Ask) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY span FROM STDIN") as into:
        for number, hours in enumerate(columns.hours.values):
            for span in hours.spans(*window(ask.at)) if hours.is_known else ():
                into.write_row((number, span.opens, span.closes, span.sure))


def _values(ask: Ask) -> dict[str, Any]:
    x, y = ask.place or (None, None)
    return {
        "needs": list(ask.needs), "x": x, "y": y, "ed": EMERGENCY, "emergency": ask.emergency,
        "now": minute(ask.at), "by": None if ask.within is None else minute(ask.at + ask.within),
        "at": ask.at,
        "age": ask.age, "district": ask.district, "gender": ask.gender, "practice": ask.practice,
        "language": ask.language, "access": list(ask.access), "way": ask.way, "wishes": list(ask.wishes),
        "full": FULL, "since": local_date(ask.at - law.counts_for("checked", at=ask.at)),
        "bands": list(law.far_bands(at=ask.at)),
        **{f"w_{name}": weight for name, weight in law.weights(at=ask.at).items()},
    }  # fmt: skip
