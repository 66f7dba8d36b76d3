"""What we search a service by, read from its entry as the feed or its keeper words it."""

import math
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from nowrongdoor.rules import law
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.fitting import SERVICE, Entry, Place
from nowrongdoor.rules.openreferral import terms
from nowrongdoor.rules.openreferral.checking import BY_DAY, DAYS, TIME
from nowrongdoor.rules.working_time import NOT_SAID, Hours, Schedule

BANK_HOLIDAYS = "nwd_bank_holidays"
DAY_AND_NIGHT = "nwd_day_and_night"
EARTH_M, MERIDIAN = 6_371_009, -2.0
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})?")


def entry_of(service: Service, *, on: date, asked: int = 0, accepted: int = 0) -> Entry:
    """Nothing that is not said is guessed, but for the needs that its words name."""
    record = service.record
    gender = terms.told_of(record, "genders_served", on=on)
    has = terms.told_of(record, "access_needs", on=on)
    return Entry(
        id=service.id,
        kind=next(iter(terms.told_of(record, "service_kinds", on=on)), SERVICE),
        needs=frozenset(service.needs),
        lowest_age=_years(record.get("minimum_age")),
        highest_age=_years(record.get("maximum_age")),
        gender=next(iter(gender)) if len(gender) == 1 else "",
        districts=_areas(record),
        reach_m=_reach(record),
        places=places(record),
        languages=frozenset(one["code"].lower() for one in record.get("languages", ()) if one.get("code")),
        has=has,
        lacks=terms.told_of(record, "access_needs", on=on, lacks=True) - has,
        ways=terms.told_of(record, "ways_in", on=on),
        offers=terms.told_of(record, "wishes", on=on),
        hours=hours(record),
        checked_on=_checked(service),
        asked=asked,
        accepted=accepted,
    )


def needs_of(record: dict[str, Any], *, on: date) -> tuple[str, ...]:
    """The needs it names by our own terms, or else those that its own words speak of."""
    if named := terms.told_of(record, "needs", on=on):
        return tuple(sorted(named))
    said = [str(record.get("name", "")), str(record.get("description", ""))]
    said += [str(one.get("taxonomy_term", {}).get("name", "")) for one in record.get("attributes", ())]
    text = " ".join(said).lower()
    return tuple(sorted({need for need, word in _words(on) if re.search(rf"\b{re.escape(word)}", text)}))


def hours(record: dict[str, Any]) -> Hours:
    lines = list(record.get("schedules", ()))
    for at in record.get("service_at_locations", ()):
        lines += at.get("schedules", ())
    found = (_schedule(line) for line in lines)
    return Hours(
        schedules=tuple(dict.fromkeys(line for line in found if line is not None)),
        bank_holidays=str(record.get(BANK_HOLIDAYS, NOT_SAID)),
        always=record.get(DAY_AND_NIGHT) is True,
    )


def places(record: dict[str, Any]) -> tuple[Place, ...]:
    found = []
    for at in record.get("service_at_locations", ()):
        location = at.get("location", {})
        if "latitude" in location and "longitude" in location:
            found.append(on_the_grid(location["latitude"], location["longitude"]))
    return tuple(dict.fromkeys(found))


def postcodes(record: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    """Each postcode it gives for a place whose position it gives too."""
    for at in record.get("service_at_locations", ()):
        location = at.get("location", {})
        if "latitude" in location and "longitude" in location:
            for address in location.get("addresses", ()):
                if address.get("postal_code"):
                    yield address["postal_code"], on_the_grid(location["latitude"], location["longitude"])


def on_the_grid(latitude: float, longitude: float) -> Place:
    """Metres east and north, by the transverse Mercator of a sphere: within half a per cent here."""
    north, east = math.radians(latitude), math.radians(longitude - MERIDIAN)
    across = math.atanh(max(-0.999999, min(0.999999, math.cos(north) * math.sin(east))))
    up = math.atan2(math.sin(north), math.cos(north) * math.cos(east))
    return round(EARTH_M * across), round(EARTH_M * up)


def district(postcode: str) -> str:
    """`NG7` of `ng7 2rd`; empty where it is no postcode."""
    found = POSTCODE.fullmatch(postcode.strip().upper())
    return found[1] if found else ""


def _checked(service: Service) -> date | None:
    """What its feed no longer has counts as never checked: it stands last, and somebody is asked."""
    if service.missing_since is not None:
        return None
    told = service.record.get("assured_date")
    return date.fromisoformat(told[:10]) if told else None


def _years(value: float | None) -> int | None:
    return None if value is None else int(value)


def _areas(record: dict[str, Any]) -> frozenset[str]:
    named: set[str] = set()
    for area in record.get("service_areas", ()):
        if area.get("extent_type") == "postcode_district":
            named |= {part.strip().upper() for part in area.get("extent", "").split(",") if part.strip()}
    return frozenset(named)


def _reach(record: dict[str, Any]) -> int | None:
    for area in record.get("service_areas", ()):
        if area.get("extent_type") == "metres" and area.get("extent", "").isdecimal():
            return min(int(area["extent"]), 10_000_000)
    return None


def _schedule(line: dict[str, Any]) -> Schedule | None:
    days = [BY_DAY.fullmatch(part.strip().upper()) for part in line.get("byday", "").split(",") if part]
    known = [one for one in days if one]
    month_days = tuple(
        int(part) for part in str(line.get("bymonthday", "")).split(",") if part.strip().isdecimal()
    )
    monthly = line.get("freq") == "MONTHLY"
    if not known and not (monthly and month_days):
        return None
    return Schedule(
        weekdays=tuple(sorted({DAYS.index(one[2]) for one in known})),
        opens=_minutes(line.get("opens_at")),
        closes=_minutes(line.get("closes_at")),
        nth=tuple(sorted({int(one[1]) for one in known if one[1]})) if monthly else (),
        month_days=month_days if monthly and not known else (),
        every=max(1, int(line.get("interval", 1))),
        since=_date(line.get("dtstart")),
        valid_from=_date(line.get("valid_from")),
        valid_to=_date(line.get("valid_to")),
    )


def _minutes(text: str | None) -> int | None:
    """The time as it stands on the wall: what a feed adds of zones is the same time, said in winter."""
    found = TIME.fullmatch(text) if text else None
    return min(24 * 60, int(found[1]) * 60 + int(found[2])) if found else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


@cache
def _words(on: date) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row["need"], row["word"]) for row in law.rows("need_words") if law.provenance(row).stands(on)
    )


def keeper_of(record: dict[str, Any]) -> str:
    """Who offers it, in the record's own words."""
    return str(record.get("organization", {}).get("name", ""))


def service_of(record: dict[str, Any], *, feed: str, on: date) -> Service:
    """An entry of a feed as a service of the directory; its agency is none of ours."""
    told = {name: value for name, value in record.items() if name not in ("id", "name", "description")}
    for number, at in enumerate(told.get("service_at_locations", ())):
        # A place is asked for by its id, so it has one that stays the same.
        at.setdefault("id", str(uuid5(UUID(record["id"]), f"service_at_locations/{number}")))
    phones = [
        *record.get("phones", ()),
        *(phone for contact in record.get("contacts", ()) for phone in contact.get("phones", ())),
    ]
    return Service(
        id=UUID(record["id"]),
        agency_id=None,
        team_id=None,
        name=record["name"],
        summary=record.get("description", ""),
        needs=needs_of(record, on=on),
        hours="; ".join(
            line["description"] for line in record.get("schedules", ()) if line.get("description")
        ),
        phone=phones[0].get("number", "") if phones else "",
        record=told,
        feed=feed,
    )
