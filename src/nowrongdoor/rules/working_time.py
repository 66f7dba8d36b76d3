"""
When a service is open: its week, its bank holidays and its exceptions, as minutes of UTC.

Opening times are read on the wall and counted in UTC, so that a night on which the clocks change has the
hours it has. A time that ends before it begins ends on the next day. Where nobody has said what holds on a
bank holiday, the service *may* be open as on that weekday: it is neither promised nor left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from nowrongdoor.rules.clock import at_wall, local_date
from nowrongdoor.rules.law import directory as law

ANEW = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 24 * 60
LAST = -1  # of a month: its last such weekday

AS_USUAL, CLOSED, NOT_SAID = "as_usual", "closed", ""


class Span(NamedTuple):
    """Half-open, in minutes of UTC since 1970. Not sure: it may be open then, and nobody has said so."""

    opens: int
    closes: int
    sure: bool = True


@dataclass(frozen=True)
class Schedule:
    """
    One line of opening times, with the meaning of an Open Referral schedule.

    `weekdays` count from Monday, 0; with `nth` only the first, second … or last of the month. `opens` and
    `closes` are minutes of the day on the wall. Without both it is a day on which it is open at some time.
    """

    weekdays: tuple[int, ...] = ()
    opens: int | None = None
    closes: int | None = None
    nth: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    every: int = 1
    since: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def falls_on(self, day: date) -> bool:
        if (self.valid_from and day < self.valid_from) or (self.valid_to and self.valid_to < day):
            return False
        if self.month_days:
            return day.day in self.month_days
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        if self.nth and not _nth(day) & set(self.nth):
            return False
        if self.every > 1 and self.since:
            return (_week(day) - _week(self.since)) % self.every == 0
        return True


@dataclass(frozen=True)
class SpecialDays:
    """On these days, both included, these times hold and no others; none: closed."""

    first: date
    last: date
    times: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Hours:
    """All that is known of when a service is open; nothing at all is not the same as never."""

    schedules: tuple[Schedule, ...] = ()
    bank_holidays: str = NOT_SAID
    on_bank_holidays: tuple[tuple[int, int], ...] = ()
    exceptions: tuple[SpecialDays, ...] = ()
    always: bool = False

    @property
    def is_known(self) -> bool:
        return self.always or bool(self.schedules) or bool(self.exceptions)

    def on(self, day: date) -> Iterator[Span]:
        """The spans that begin on a day. Exceptions come before bank holidays, and those before the week."""
        for one in self.exceptions:
            if one.first <= day <= one.last:
                yield from (_span(day, *times) for times in one.times)
                return
        if self.always:
            yield _span(day, 0, DAY)
            return
        sure = True
        if day in law.bank_holidays():
            if self.bank_holidays == CLOSED:
                yield from (_span(day, *times) for times in self.on_bank_holidays)
                return
            sure = self.bank_holidays == AS_USUAL
        for line in self.schedules:
            if line.falls_on(day):
                if line.opens is None or line.closes is None:
                    yield _span(day, 0, DAY, sure=False)
                else:
                    yield _span(day, line.opens, line.closes, sure=sure)

    def spans(self, first: date, last: date) -> tuple[Span, ...]:
        """
        From a day to a day, in order, with those that touch joined, and what is sure before what is not.
        """
        days = (first + timedelta(days=away) for away in range((last - first).days + 1))
        found = [span for day in days for span in self.on(day)]
        return (*_joined(found, sure=True), *_joined(found, sure=False))


class Standing(NamedTuple):
    """
    Whether a service is open at a minute, until when, and when it opens next.

    `open` is None when nobody knows. `opens` is empty when it is open, or does not open in the days ahead.
    """

    open: bool | None
    closes: int | None = None
    opens: int | None = None


def window(at: datetime) -> tuple[date, date]:
    """The days whose opening times count for an answer: yesterday's night, and as far ahead as we look."""
    today = local_date(at)
    return today - timedelta(days=1), today + law.counts_for("opens_ahead", at=at)


def standing(hours: Hours, *, at: datetime) -> Standing:
    """The plain way, one service at a time."""
    if not hours.is_known:
        return Standing(None)
    return of_spans(hours.spans(*window(at)), minute(at))


def of_spans(spans: tuple[Span, ...], now: int) -> Standing:
    inside = [span for span in spans if span.opens <= now < span.closes]
    for span in inside:
        if span.sure:
            return Standing(True, closes=span.closes)
    if inside:
        return Standing(None)
    return Standing(False, opens=min((span.opens for span in spans if span.opens > now), default=None))


def minute(at: datetime) -> int:
    return (at - ANEW) // timedelta(minutes=1)


def instant(minutes: int) -> datetime:
    return ANEW + timedelta(minutes=minutes)


def _span(day: date, opens: int, closes: int, *, sure: bool = True) -> Span:
    ends = closes if closes > opens else closes + DAY
    return Span(minute(at_wall(day, opens)), minute(at_wall(day, ends, later=True)), sure)


def _joined(spans: list[Span], *, sure: bool) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(one for one in spans if one.sure is sure):
        if joined and span.opens <= joined[-1].closes:
            joined[-1] = Span(joined[-1].opens, max(joined[-1].closes, span.closes), sure)
        else:
            joined.append(span)
    return joined


def _nth(day: date) -> set[int]:
    return {(day.day - 1) // 7 + 1} | ({LAST} if (day + timedelta(days=7)).month != day.month else set())


def _week(day: date) -> int:
    return (day.toordinal() - 1) // 7
