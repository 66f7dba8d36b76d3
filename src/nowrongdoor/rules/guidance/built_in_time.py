"""Built-in functions about dates, times and ranges. None of them reads a clock."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance import temporal
from nowrongdoor.rules.guidance.calling import built_in
from nowrongdoor.rules.guidance.values import Months, Range, before, equal, kind

# What tells another answer each time it is asked cannot be replayed: these two answer null.
# No place is further from UTC than this.
MOST_OFFSET = timedelta(hours=14)
CLOCKS = ("now", "today", "random number")


for _name in CLOCKS:
    built_in(_name)(lambda: None)


@built_in("date", "from:s")
def date_from_words(text: str) -> date | None:
    return temporal.a_date(text)


@built_in("date", "from:d")
def date_from(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


@built_in("date", "year:n", "month:n", "day:n")
def date_of(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    return temporal.date_of(int(year), int(month), int(day))


@built_in("date and time", "from:s")
def instant_from_words(text: str) -> datetime | None:
    return temporal.an_instant(text)


@built_in("date and time", "from:d")
def instant_from(value: Any) -> datetime:
    return temporal.instant(value)


@built_in("date and time", "date:d", "time:t")
def instant_of(day: Any, clock: Any) -> datetime | None:
    return datetime.combine(date_from(day), clock) if type(clock) is time else None


@built_in("time", "from:s")
def time_from_words(text: str) -> time | None:
    return None if text.startswith("T") else temporal.a_time(text)


@built_in("time", "from:t")
def time_from(value: Any) -> time:
    return value if type(value) is time else temporal.instant(value).timetz()


@built_in("time", "hour:n", "minute:n", "second:n", "offset:u!?")
def time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: Any = None) -> time | None:
    if offset is not None and (type(offset) is not timedelta or abs(offset) > MOST_OFFSET):
        return None
    zone = timezone(offset) if offset is not None else None
    try:
        micro = int((second - int(second)) * 1_000_000)
        return time(int(hour), int(minute), int(second), micro, zone)
    except (ValueError, OverflowError):
        return None


@built_in("duration", "from:s")
def duration(text: str) -> timedelta | Months | None:
    return temporal.a_duration(text)


@built_in("years and months duration", "from:d", "to:d")
def years_and_months(since: Any, until: Any) -> Months:
    return temporal.months_between(date_from(since), date_from(until))


@built_in("day of year", "date:d")
def day_of_year(value: Any) -> Decimal:
    return Decimal(value.timetuple().tm_yday)


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@built_in("day of week", "date:d")
def day_of_week(value: Any) -> str:
    return DAYS[value.weekday()]


@built_in("month of year", "date:d")
def month_of_year(value: Any) -> str:
    return MONTHS[value.month - 1]


@built_in("week of year", "date:d")
def week_of_year(value: Any) -> Decimal:
    return Decimal(value.isocalendar().week)


@built_in("is", "value1:a", "value2:a")
def is_same(one: Any, other: Any) -> bool:
    """The same thing in every part: the same instant told in two zones is not."""
    if kind(one) != kind(other):
        return False
    if kind(one) in ("time", "date and time"):
        return temporal.words(one) == temporal.words(other)
    return equal(one, other) is True


# Ranges. A point is a range with one value in it.


def _ends(value: Any) -> tuple[Any, Any, bool, bool]:
    if type(value) is Range:
        return value.low, value.high, value.low_included, value.high_included
    return value, value, True, True


def _range(name: str, first: str, second: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A question about two ranges, or a point and a range; it means nothing where they have no order."""

    def told(work: Callable[..., Any]) -> Callable[..., Any]:
        def asked(one: Any, other: Any) -> bool | None:
            points = [end for value in (one, other) for end in _ends(value)[:2] if end is not None]
            if not points or any(before(points[0], point, or_equal=True) is None for point in points):
                return None
            return bool(work(_Span(one), _Span(other)))

        return built_in(name, first, second)(asked)

    return told


class _Span:
    """A range whose ends can be set beside another's, ends without a limit included."""

    def __init__(self, value: Any) -> None:
        low, high, low_in, high_in = _ends(value)
        self.point = type(value) is not Range
        self.low_in, self.high_in = low_in, high_in
        # Before everything (-1) or after everything (1) where there is no limit.
        self.low = (0, low) if low is not None else (-1, None)
        self.high = (0, high) if high is not None else (1, None)

    @staticmethod
    def less(one: tuple[int, Any], other: tuple[int, Any]) -> bool:
        return bool(one[1] < other[1]) if one[0] == other[0] == 0 else one[0] < other[0]

    def begins_before(self, other: "_Span") -> bool:
        return self.less(self.low, other.low) or (self.low == other.low and self.low_in and not other.low_in)

    def ends_before(self, other: "_Span") -> bool:
        return self.less(self.high, other.high) or (
            self.high == other.high and not self.high_in and other.high_in
        )

    def is_before(self, other: "_Span") -> bool:
        return self.less(self.high, other.low) or (
            self.high == other.low and not (self.high_in and other.low_in)
        )

    def meets(self, other: "_Span") -> bool:
        return self.high == other.low and self.high_in and other.low_in

    def includes(self, other: "_Span") -> bool:
        return not other.begins_before(self) and not self.ends_before(other)

    def same_start(self, other: "_Span") -> bool:
        return self.low == other.low and self.low_in == other.low_in

    def same_end(self, other: "_Span") -> bool:
        return self.high == other.high and self.high_in == other.high_in


_range("before", "point1:a", "point2:a")(lambda one, other: one.is_before(other))
_range("after", "point1:a", "point2:a")(lambda one, other: other.is_before(one))
_range("meets", "range1:r", "range2:r")(lambda one, other: one.meets(other))
_range("met by", "range1:r", "range2:r")(lambda one, other: other.meets(one))
_range("overlaps", "range1:r", "range2:r")(
    lambda one, other: not one.is_before(other) and not other.is_before(one)
)
_range("overlaps before", "range1:r", "range2:r")(
    lambda one, other: one.begins_before(other) and not one.is_before(other) and not other.ends_before(one)
)
_range("overlaps after", "range1:r", "range2:r")(
    lambda one, other: other.begins_before(one) and not other.is_before(one) and not one.ends_before(other)
)
_range("finishes", "point:a", "range:r")(lambda one, other: one.same_end(other) and other.includes(one))
_range("finished by", "range:r", "point:a")(lambda one, other: one.same_end(other) and one.includes(other))
_range("includes", "range:r", "point:a")(lambda one, other: one.includes(other))
_range("during", "point:a", "range:r")(lambda one, other: other.includes(one))
_range("starts", "point:a", "range:r")(lambda one, other: one.same_start(other) and other.includes(one))
_range("started by", "range:r", "point:a")(lambda one, other: one.same_start(other) and one.includes(other))
_range("coincides", "point1:a", "point2:a")(lambda one, other: one.same_start(other) and one.same_end(other))
