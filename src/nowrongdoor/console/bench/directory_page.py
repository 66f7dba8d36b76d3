"""
The same directory in PostgreSQL, and what its page costs: one form sent, the whole page answered.

The rows are laid out in a place of this bench's own, and replaced at each run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connections
from psycopg import sql
from psycopg.types.json import Jsonb

from nowrongdoor.console.bench import place, work
from nowrongdoor.console.bench.screens import Found
from nowrongdoor.console.databases import on_screen
from nowrongdoor.reading.options import DIRECTORY
from nowrongdoor.rules import law
from nowrongdoor.rules.fitting import SERVICE, Ask, Entry
from nowrongdoor.rules.openreferral import searched, terms
from nowrongdoor.rules.openreferral.checking import DAYS
from nowrongdoor.rules.working_time import Hours

PEOPLE, ASKS, TIMES = 40, 60, 2
WAIT_S = 300
NAMES = ("id", "version", "agency_id", "team_id", "name", "summary", "needs", "hours", "phone", "record",
         "feed", "missing_since", "hides_address")  # fmt: skip
MARK = "bench"


def measure(entries: Iterator[Entry], asks: Sequence[Ask], *, seed: int, found: Found) -> dict[str, Any]:
    place.ready(people=PEOPLE, seed=seed, say=on_screen)
    count = _laid_out(entries)
    client = work.signed_in(work.busiest()[0])
    began = time.perf_counter()
    first = _sent(client, asks[0])
    while len(DIRECTORY.columns or ()) < count and time.perf_counter() - began < WAIT_S:
        time.sleep(0.2)
    loaded = time.perf_counter() - began
    spent = [min(_sent(client, ask) for _ in range(TIMES)) for ask in asks[:ASKS]]
    found.say(f"In PostgreSQL {count:,} services; loaded beside the answers in {loaded:.0f} s.")
    return {
        "page_p50_ms": round(statistics.median(spent), 1),
        "page_p95_ms": round(statistics.quantiles(spent, n=20)[-1], 1),
        "page_cold_ms": round(first),
        "page_load_s": round(loaded, 1),
    }


def _sent(client: Any, ask: Ask) -> float:
    """Milliseconds until the whole page is there. The clock of the page is now; the ask is for any time."""
    values = {
        "needs": list(ask.needs), "age": "" if ask.age is None else str(ask.age), "gender": ask.gender,
        "language": ask.language, "way": ask.way, "access": list(ask.access), "wishes": list(ask.wishes),
        "postcode": ask.district and f"ZZ{1 + int(ask.district[2:]) % 90}",
        "urgency": "urgent" if ask.within else "",
    }  # fmt: skip
    began = time.perf_counter()
    answer = client.post("/options", values)
    spent = 1000 * (time.perf_counter() - began)
    if answer.status_code != 200:
        raise RuntimeError(f"the page answered with {answer.status_code}")
    return spent


def _laid_out(entries: Iterator[Entry]) -> int:
    copy = sql.SQL("COPY services_service ({}) FROM STDIN").format(
        sql.SQL(", ").join(map(sql.Identifier, NAMES))
    )
    owner = connections["owner"]
    owner.ensure_connection()
    count = 0
    with owner.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE services_service DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM services_service WHERE feed = %s", [MARK])
        cursor.execute("ALTER TABLE services_service ENABLE TRIGGER USER")
        with cursor.copy(copy) as into:
            for one in entries:
                count += 1
                into.write_row((
                    one.id, 1, None, None, f"Service {count}", "What an invented service says of itself.",
                    sorted(one.needs), "", "01632 960000", Jsonb(record_of(one)), MARK, None, False,
                ))  # fmt: skip
        cursor.execute("ANALYZE services_service")
    return count


def record_of(one: Entry) -> dict[str, Any]:
    """An invented entry in the terms of Open Referral."""
    named = [
        *(("ways_in", code, False) for code in one.ways), *(("wishes", code, False) for code in one.offers),
        *(("access_needs", code, False) for code in one.has),
        *(("access_needs", code, True) for code in one.lacks),
        *((("service_kinds", one.kind, False),) if one.kind != SERVICE else ()),
        *((("genders_served", one.gender, False),) if one.gender else ()),
    ]  # fmt: skip
    record: dict[str, Any] = {
        "status": "active",
        "attributes": [
            {"link_type": terms.LACKS if lacks else name, "taxonomy_term": _term(name, code)}
            for name, code, lacks in named
        ],
        "languages": [{"code": code} for code in sorted(one.languages)],
        "service_at_locations": [{"location": _location(*at)} for at in one.places],
        "schedules": _schedules(one.hours),
        searched.BANK_HOLIDAYS: one.hours.bank_holidays,
        searched.DAY_AND_NIGHT: one.hours.always,
        "service_areas": [
            *(
                [{"extent_type": "postcode_district", "extent": ",".join(one.districts)}]
                if one.districts
                else ()
            ),
            *([{"extent_type": "metres", "extent": str(one.reach_m)}] if one.reach_m is not None else ()),
        ],
        "minimum_age": one.lowest_age,
        "maximum_age": one.highest_age,
        "assured_date": one.checked_on.isoformat() if one.checked_on else None,
    }
    return {name: value for name, value in record.items() if value not in (None, [])}


@cache
def _term(name: str, code: str) -> dict[str, str]:
    return {"id": terms.term(name, code, on=_day())["id"]}


@cache
def _day() -> date:
    return max(date.fromisoformat(row["valid_from"]) for row in law.rows("code_lists"))


def _location(east: int, north: int) -> dict[str, Any]:
    """Somewhere in England for each place of the invented country; not the same metres, but as far apart."""
    latitude, longitude = 50.5 + north / 111_195, -4.0 + east / 67_000
    district = f"ZZ{1 + int(latitude * 5 + longitude) % 90}"
    return {"latitude": latitude, "longitude": longitude, "addresses": [{"postal_code": f"{district} 1AA"}]}


def _schedules(hours: Hours) -> list[dict[str, Any]]:
    return [
        {
            "freq": "MONTHLY" if line.nth else "WEEKLY",
            "byday": ",".join(f"{line.nth[0] if line.nth else ''}{DAYS[day]}" for day in line.weekdays),
            **(
                {"opens_at": _clock(line.opens), "closes_at": _clock(line.closes)}
                if line.closes is not None
                else {}
            ),
        }
        for line in hours.schedules
    ]


def _clock(minutes: int | None) -> str:
    return f"{(minutes or 0) // 60:02}:{(minutes or 0) % 60:02}"
