"""Dates, times and lengths of time: read from text, written as text, and added to one another."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from nowrongdoor.rules.clock import clock_called
from nowrongdoor.rules.guidance.values import SUMS, Months, kind

DATE = re.compile(r"(-?\d{4,9})-(\d\d)-(\d\d)")
TIME = re.compile(r"T?(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|z|[+-]\d\d:\d\d(?::\d\d)?|@[A-Za-z_/+\-0-9]+)?")
DAYS = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
# A year has nine digits at most, as the standard says.
MOST_MONTHS = 12 * 999_999_999
LONGEST = 12
YEARS = re.compile(r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?")


def a_date(text: str) -> date | None:
    found = DATE.fullmatch(text)
    if not found:
        return None
    return date_of(*(int(part) for part in found.groups()))


def date_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def a_time(text: str) -> time | None:
    found = TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second, fraction, zone = found.groups()
    where = _zone(zone) if zone else None
    if zone and where is None:
        return None
    try:
        return time(int(hour), int(minute), int(second), _micro(fraction), tzinfo=where)
    except ValueError:
        return None


def an_instant(text: str) -> datetime | None:
    day, separator, clock = text.partition("T")
    on = a_date(day)
    if on is None:
        return None
    if not separator:
        return datetime.combine(on, time(0))
    if clock.startswith("24:00:00") and not clock.strip("24:0.Zz"):
        return None if on == date.max else datetime.combine(on + timedelta(days=1), time(0), _zone(clock[8:]))
    at = a_time(clock)
    return None if at is None or clock.startswith("T") else datetime.combine(on, at)


def a_duration(text: str) -> timedelta | Months | None:
    found = YEARS.fullmatch(text)
    if found and any(found.groups()[1:]):
        sign, years, months = found.groups()
        if len(years or "") > LONGEST or len(months or "") > LONGEST:
            return None
        total = int(years or 0) * 12 + int(months or 0)
        return of_months(-total if sign else total)
    found = DAYS.fullmatch(text)
    if not found or not any(found.groups()[1:]) or text.endswith("T"):
        return None
    sign, days, hours, minutes, seconds = found.groups()
    try:
        whole = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
        whole += timedelta(microseconds=int(Decimal(seconds or 0) * 1_000_000))
        return -whole if sign else whole
    except (OverflowError, InvalidOperation, ValueError):
        return None


def of_months(months: int) -> Months | None:
    """So many months; None where no calendar has so many."""
    return Months(months) if abs(months) <= MOST_MONTHS else None


def literal(text: str) -> Any:
    """What `@"…"` stands for: the kind is told from how it is written; None when it is none of them."""
    for reading in (a_date, a_duration, a_time):
        found = reading(text)
        if found is not None:
            return found
    return an_instant(text) if "T" in text else None


def _micro(fraction: str | None) -> int:
    return int((fraction or ".0")[1:7].ljust(6, "0"))


def _zone(text: str) -> tzinfo | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    if text.startswith("@"):
        return clock_called(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    if hours > 14 or minutes > 59:
        return None
    return timezone(-offset if text[0] == "-" else offset) if offset else UTC


def zone_words(zone: tzinfo | None, offset: timedelta | None) -> str:
    place = getattr(zone, "key", "")
    if place:
        return f"@{place}"
    if offset is None:
        return ""
    if not offset:
        return "Z"
    seconds = int(abs(offset).total_seconds())
    more = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{'-' if offset < timedelta(0) else '+'}{seconds // 3600:02}:{seconds // 60 % 60:02}{more}"


def words(value: Any) -> str:
    """A date, time, instant or length of time, written as the standard writes it."""
    if isinstance(value, datetime):
        return f"{value.date().isoformat()}T{words(value.timetz())}"
    if isinstance(value, time):
        seconds = value.replace(tzinfo=None, microsecond=0).isoformat()
        fraction = f".{value.microsecond:06}".rstrip("0") if value.microsecond else ""
        return f"{seconds}{fraction}{zone_words(value.tzinfo, value.utcoffset())}"
    if isinstance(value, timedelta):
        return _length(value)
    return str(value)


def _length(value: timedelta) -> str:
    size = abs(value)
    hours, rest = divmod(size.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{size.microseconds:06}".rstrip("0") if size.microseconds else ""
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
    clock += f"{seconds}{fraction}S" if seconds or fraction else ""
    days = f"{size.days}D" if size.days else ""
    return f"{'-' if value < timedelta(0) else ''}P{days}{'T' + clock if clock else ''}" if size else "PT0S"


def months_later(day: Any, by: int) -> Any:
    """The same day so many months on; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    for last in (day.day, 30, 29, 28):
        if last <= day.day:
            try:
                return day.replace(year=year, month=month + 1, day=last)
            except ValueError:
                continue
    return None


def months_between(since: Any, until: Any) -> Months:
    """Whole months from one date to another."""
    months = (until.year - since.year) * 12 + until.month - since.month
    if months > 0 and months_later(since, months) > until:
        months -= 1
    elif months < 0 and months_later(since, months) < until:
        months += 1
    return Months(months)


def added(one: Any, other: Any, sign: int) -> Any:
    """One plus (or minus) another, a date or length of time among them; None if it means nothing."""
    kinds = (kind(one), kind(other))
    lengths = ("days and time duration", "years and months duration")
    if kinds[0] in lengths and kinds[1] not in lengths:
        return added(other, one, 1) if sign > 0 and kinds[1] not in lengths and kinds[1] != "number" else None
    try:
        if kinds[0] == kinds[1] == "years and months duration":
            return of_months(one.months + sign * other.months)
        if kinds[1] == "years and months duration":
            return months_later(one, sign * other.months) if kinds[0] in ("date", "date and time") else None
        if kinds[1] == "days and time duration":
            return _moved(one, other * sign, kinds[0])
        if sign < 0:
            return _apart(one, other)
    except (OverflowError, ValueError, TypeError):
        return None
    return None


def _moved(one: Any, by: timedelta, which: str) -> Any:
    if which == "time":
        # A length moves a time around the clock: 23:00 and two hours is 01:00.
        at = datetime.combine(date(2000, 1, 3), one.replace(tzinfo=None)) + timedelta(seconds=by.seconds)
        return (at + timedelta(microseconds=by.microseconds)).time().replace(tzinfo=one.tzinfo)
    if which == "date":
        return (datetime.combine(one, time(0)) + by).date()
    if which == "date and time":
        return (
            one + by
            if one.tzinfo is None
            else one.tzinfo.fromutc((_utc(one) + by).replace(tzinfo=one.tzinfo))
        )
    return one + by if which == "days and time duration" else None


def _utc(at: datetime) -> datetime:
    """An instant's time in UTC, without saying so: clocks that are put forward at night do not bend sums."""
    return at.replace(tzinfo=None) - (at.utcoffset() or timedelta(0))


def _apart(one: Any, other: Any) -> timedelta | None:
    kinds = {kind(one), kind(other)}
    if kinds == {"time"}:
        day = date(2000, 1, 3)
        return datetime.combine(day, one) - datetime.combine(day, other)
    if kinds <= {"date", "date and time"}:
        ends = instant(one, like=other), instant(other, like=one)
        if (ends[0].tzinfo is None) != (ends[1].tzinfo is None):
            return None
        return _utc(ends[0]) - _utc(ends[1])
    return None


def instant(value: Any, *, like: Any = None) -> datetime:
    """A date as the instant it begins, in UTC where the other one tells its offset."""
    if isinstance(value, datetime):
        return value
    aware = not isinstance(like, datetime) or like.tzinfo is not None
    return datetime.combine(value, time(0), UTC if aware else None)


def scaled(one: Any, by: Decimal, *, divide: bool) -> Any:
    """A length of time, so many times over."""
    if divide and not by:
        return None
    try:
        if isinstance(one, Months):
            size = SUMS.divide(Decimal(one.months), by) if divide else SUMS.multiply(Decimal(one.months), by)
            return of_months(int(size))
        micro = Decimal(one // timedelta(microseconds=1))
        size = SUMS.divide(micro, by) if divide else SUMS.multiply(micro, by)
        return timedelta(microseconds=int(size))
    except (OverflowError, InvalidOperation):
        return None
