"""
What is wrong with an entry of a feed: each fault is named by its field, and what can be kept is kept.

Only an entry that nobody could find or tell apart is passed over: without an id, a name or a status. Of any
other, the part that is wrong is left out and said.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

STATUSES = ("active", "inactive", "defunct", "temporarily closed")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TIME = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
BY_DAY = re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
LONGEST = 20_000  # letters of one text; a directory entry is not a book


class Fault(NamedTuple):
    """Where, in the words of the feed; and what is wrong there."""

    entry: str
    field: str
    words: str

    def __str__(self) -> str:
        return f"{self.entry}: {self.field} {self.words}" if self.field else f"{self.entry}: {self.words}"


Check = Callable[[Any], str]
Shape = dict[str, "Check | tuple[str, dict[str, Any]]"]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return f"is {_kind(value)}, not text"
    if "\x00" in value:
        return "holds a character that is no text"
    return f"is longer than {LONGEST:,} letters" if len(value) > LONGEST else ""


def _uuid(value: Any) -> str:
    try:
        UUID(value)
    except (ValueError, TypeError, AttributeError):
        return f"is not an id: {_shown(value)}"
    return ""


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"is {_kind(value)}, not a number"
    return "" if math.isfinite(value) else "is not a number"


def _age(value: Any) -> str:
    return _number(value) or ("" if 0 <= value <= 150 else f"is no age: {_shown(value)}")


def _within(least: int, most: int) -> Check:
    return lambda value: (
        _number(value) or ("" if least <= value <= most else f"is not on Earth: {_shown(value)}")
    )


def _one_of(*values: str) -> Check:
    return lambda value: "" if value in values else f"is none of {', '.join(values)}: {_shown(value)}"


def _uri(value: Any) -> str:
    return _text(value) or ("" if URI.fullmatch(value) else f"is no address on the web: {_shown(value)}")


def _email(value: Any) -> str:
    return _text(value) or ("" if EMAIL.fullmatch(value) else f"is no e-mail address: {_shown(value)}")


def _day(value: Any) -> str:
    if wrong := _text(value):
        return wrong
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return f"is no date: {_shown(value)}"
    return ""


def _instant(value: Any) -> str:
    if wrong := _text(value):
        return wrong
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return f"is no date and time: {_shown(value)}"
    return ""


def _time(value: Any) -> str:
    return _text(value) or ("" if TIME.fullmatch(value) else f"is no time of day: {_shown(value)}")


def _by_day(value: Any) -> str:
    if wrong := _text(value):
        return wrong
    parts = [part.strip().upper() for part in value.split(",")]
    return "" if all(map(BY_DAY.fullmatch, parts)) else f"names no days: {_shown(value)}"


def _each(**shape: Any) -> tuple[str, Shape]:
    return "each", {"id": _uuid, **shape}


def _one(**shape: Any) -> tuple[str, Shape]:
    return "one", {"id": _uuid, **shape}


_ORGANIZATION = _one(
    name=_text, description=_text, email=_email, website=_uri, uri=_uri, parent_organization_id=_uuid
)
_TERM = _one(name=_text, description=_text, parent_id=_uuid, taxonomy_id=_uuid, term_uri=_uri)
_SCHEDULE = _each(
    valid_from=_day, valid_to=_day, dtstart=_day, freq=_one_of("WEEKLY", "MONTHLY"), interval=_number,
    byday=_by_day, description=_text, opens_at=_time, closes_at=_time, notes=_text,
)  # fmt: skip
_ADDRESS = _each(address_1=_text, city=_text, state_province=_text, postal_code=_text, country=_text)
_LOCATION = _one(
    location_type=_one_of("physical", "postal", "virtual"), name=_text, description=_text,
    latitude=_within(-90, 90), longitude=_within(-180, 180), addresses=_ADDRESS,
    accessibility=_each(description=_text, details=_text),
)  # fmt: skip
_PHONE = _each(number=_text, description=_text)
SERVICE: Shape = {
    "id": _uuid, "organization_id": _uuid, "name": _text, "description": _text, "url": _uri, "email": _email,
    "status": _one_of(*STATUSES), "fees": _text, "accreditations": _text, "minimum_age": _age,
    "maximum_age": _age, "assured_date": _day, "assurer_email": _email, "alert": _text,
    "last_modified": _instant, "schedules": _SCHEDULE, "organization": _ORGANIZATION,
    "service_areas": _each(name=_text, extent=_text, extent_type=_text, uri=_uri),
    "service_at_locations": _each(location=_LOCATION, schedules=_SCHEDULE, phones=_PHONE),
    "languages": _each(name=_text, code=_text), "phones": _PHONE, "funding": _each(source=_text),
    "cost_options": _each(valid_from=_day, valid_to=_day, option=_text, amount=_number),
    "contacts": _each(name=_text, title=_text, phones=_PHONE), "attributes": _each(taxonomy_term=_TERM),
}  # fmt: skip
NEEDED = ("id", "name", "status")


def checked(record: Any, *, where: str) -> tuple[dict[str, Any] | None, list[Fault]]:
    """The entry without what is wrong in it, or None where nothing can be kept; and every fault."""
    if not isinstance(record, dict):
        return None, [Fault(where, "", f"is {_kind(record)}, not a service; passed over")]
    entry = _called(record, where)
    faults: list[Fault] = []
    kept = _kept(record, SERVICE, entry, "", faults)
    missing = [name for name in NEEDED if name not in kept or kept[name] == ""]
    if missing:
        for name in missing:
            if name not in record:
                faults.append(Fault(entry, name, "is missing"))
            elif kept.get(name) == "":
                faults.append(Fault(entry, name, "is empty"))
        return None, [*faults, Fault(entry, "", f"passed over, for want of {' and '.join(missing)}")]
    low, high = kept.get("minimum_age"), kept.get("maximum_age")
    if low is not None and high is not None and low > high:
        faults.append(Fault(entry, "minimum_age", f"is above maximum_age: {low} and {high}"))
        kept = {name: value for name, value in kept.items() if name not in ("minimum_age", "maximum_age")}
    return kept, faults


def _kept(
    record: dict[str, Any], shape: Shape, entry: str, within: str, faults: list[Fault]
) -> dict[str, Any]:
    """What of one object is right, or not for us to judge."""
    kept: dict[str, Any] = {}
    for name, value in record.items():
        where = f"{within}{name}"
        check = shape.get(str(name))
        if value is None:
            continue  # feeds write null for what they leave out
        if check is None:
            if _is_plain(value):
                kept[str(name)] = value
        elif isinstance(check, tuple):
            _keep_inner(kept, str(name), value, check, entry, where, faults)
        elif wrong := check(value):
            faults.append(Fault(entry, where, wrong))
        else:
            kept[str(name)] = value.strip() if isinstance(value, str) else value
    return kept


def _keep_inner(
    kept: dict[str, Any],
    name: str,
    value: Any,
    check: tuple[str, Shape],
    entry: str,
    where: str,
    faults: list[Fault],
) -> None:
    how, shape = check
    if how == "one":
        if isinstance(value, dict):
            kept[name] = _kept(value, shape, entry, f"{where}.", faults)
        else:
            faults.append(Fault(entry, where, f"is {_kind(value)}, not an object"))
        return
    if not isinstance(value, list):
        faults.append(Fault(entry, where, f"is {_kind(value)}, not a list"))
        return
    kept[name] = []
    for number, item in enumerate(value):
        if isinstance(item, dict):
            kept[name].append(_kept(item, shape, entry, f"{where}[{number}].", faults))
        else:
            faults.append(Fault(entry, f"{where}[{number}]", f"is {_kind(item)}, not an object"))


def _is_plain(value: Any) -> bool:
    """What we do not judge must at least be something a database can hold."""
    if isinstance(value, str):
        return "\x00" not in value and len(value) <= LONGEST
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(_is_plain(key) and _is_plain(item) for key, item in value.items())
    return not isinstance(value, list) or all(_is_plain(item) for item in value)


def _called(record: dict[str, Any], where: str) -> str:
    for name in ("name", "id"):
        if isinstance(record.get(name), str) and record[name].strip():
            return f"{where}, {record[name].strip()[:60]}"
    return where


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    names = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list"}
    return names.get(type(value), "an object")


def _shown(value: Any) -> str:
    return str(value)[:40]
