"""Times, numbers and lists in the words a colleague would use.

Everything inside is UTC. This module alone turns an instant into the clock on the wall in
England and Wales (`rules.clock` alone into the day there), and it names the hour (BST or GMT) on the
October night that has it twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from nowrongdoor.rules import clock
from nowrongdoor.rules.clock import WALL_CLOCK, comes_twice

MINUTE = timedelta(minutes=1)
SOON = timedelta(minutes=15)

UNKNOWN = {
    "hidden": "not shown to you",
    "not_asked": "not asked",
    "declined": "declined",
    "not_known": "not known",
}


@dataclass(frozen=True)
class Chip:
    """A clock in words. `state` is late, soon, ok or done; only a clock or a task has one."""

    words: str
    state: str
    due_at: datetime | None = None
    due_words: str = ""
    rule_words: str = ""
    soon: timedelta = SOON


def chip(due_at: datetime, *, at: datetime, rule_words: str = "", soon: timedelta = SOON) -> Chip:
    """A running clock: `18 min left`, with when it is due and the rule that set it."""
    words, state = clock_words(due_at, at=at, soon=soon)
    return Chip(words, state, due_at, f"Due {local_when(due_at, at=at)}", rule_words, soon)


def done_chip(words: str, *, rule_words: str = "") -> Chip:
    """A clock that has stopped because someone answered: `Accepted 13:52`."""
    return Chip(words, "done", rule_words=rule_words)


def clock_words(due_at: datetime, *, at: datetime, soon: timedelta = SOON) -> tuple[str, str]:
    """How long is left or how late it is, in whole minutes. The due instant itself is already late."""
    left = due_at - at
    if left <= timedelta(0):
        late = -left
        return (f"Late {duration(late)}" if late >= MINUTE else "Late, just now", "late")
    if left < MINUTE:
        return ("Due now", "soon")
    return (f"{duration(left)} left", "soon" if left <= soon else "ok")


def for_service(team: str, service: str) -> str:
    """The team that is asked and, where said, for which of its services: `Urgent care, for Virtual ward`."""
    return f"{team}, for {service}" if service and service != team else team


def duration(length: timedelta) -> str:
    """A length in at most two units, never rounded up: `18 min`, `1 h 5 min`, `2 days 3 h`, `5 weeks`."""
    minutes = int(length / MINUTE)
    hours, minutes_over = divmod(minutes, 60)
    days, hours_over = divmod(hours, 24)
    if minutes < 1:
        return "under 1 min"
    if hours < 1:
        return f"{minutes} min"
    if days < 1:
        return f"{hours} h {minutes_over} min" if minutes_over else f"{hours} h"
    if days < 14:
        return f"{plural(days, 'day')} {hours_over} h" if hours_over else plural(days, "day")
    return plural(days // 7, "week")


def ago(then: datetime, *, at: datetime) -> str:
    """How long since: `20 seconds ago`, `12 min ago`; a thing recorded this second is `just now`."""
    length = at - then
    seconds = int(length.total_seconds())
    if seconds < 1:
        return "just now"
    if seconds < 60:
        return f"{plural(seconds, 'second')} ago"
    return f"{duration(length)} ago"


def local_time(instant: datetime) -> str:
    """`14:02`; on the night the clocks go back, `01:30 BST` and an hour later `01:30 GMT`."""
    return clock.local_time(instant)


def local_seconds(instant: datetime) -> str:
    """`14:02:31`, for saying exactly when a screen was true."""
    wall = instant.astimezone(WALL_CLOCK)
    return f"{wall:%H:%M:%S} {wall:%Z}" if comes_twice(wall) else f"{wall:%H:%M:%S}"


def local_date(moment: datetime | date) -> str:
    """`25 Nov 2026`."""
    day = moment.astimezone(WALL_CLOCK) if isinstance(moment, datetime) else moment
    return f"{day.day} {day:%b} {day.year}"


def local_datetime(instant: datetime) -> str:
    """`25 Nov 2026, 14:02`."""
    return f"{local_date(instant)}, {local_time(instant)}"


def local_when(instant: datetime, *, at: datetime) -> str:
    """As near as is clear: `14:02` today, `Thu 26 Nov, 14:02` within the year, with the year otherwise."""
    wall, today = instant.astimezone(WALL_CLOCK), at.astimezone(WALL_CLOCK)
    if wall.date() == today.date():
        return local_time(instant)
    if wall.year == today.year:
        return f"{wall:%a} {wall.day} {wall:%b}, {local_time(instant)}"
    return local_datetime(instant)


def local_day(instant: datetime) -> date:
    """The calendar day it is on the wall, for choosing "today" in lists."""
    return clock.local_date(instant)


def day_began(at: datetime) -> datetime:
    """The instant this calendar day began on the wall, for what happened "today"."""
    return datetime.combine(local_day(at), time.min, tzinfo=WALL_CLOCK).astimezone(UTC)


class WallTime(time):
    """A time as somebody said it; `zone` where they said BST or GMT as well."""

    zone = ""

    def said_in(self, zone: str) -> "WallTime":
        self.zone = zone
        return self


def instants_on(day: date, shown: time) -> tuple[datetime, ...]:
    """
    When the clock on the wall shows this time on that day: once; twice on the night the clocks go back,
    unless it was said which; never in the hour that March leaves out, nor in a zone that is not that day's.
    """
    zone, found = getattr(shown, "zone", ""), []
    for fold in (0, 1):
        wall = datetime.combine(day, shown.replace(fold=fold), tzinfo=WALL_CLOCK)
        instant = wall.astimezone(UTC)
        is_shown = instant.astimezone(WALL_CLOCK).replace(tzinfo=None) == wall.replace(tzinfo=None, fold=0)
        if is_shown and instant not in found and zone in ("", f"{wall:%Z}"):
            found.append(instant)
    return tuple(found)


def next_at(shown: time, *, at: datetime) -> datetime:
    """
    The next instant at which the clock on the wall shows this time: "ring me at three o'clock".

    On the night the clocks go back it may show it a second time. In the hour they leave out in March
    it shows none: then it is the hour after, for nobody is to be rung before the time they said.
    """
    today = local_day(at)
    for day in (today, today + timedelta(days=1)):
        if getattr(shown, "zone", "") and (named := [one for one in instants_on(day, shown) if one > at]):
            return named[0]
    for day in (today, today + timedelta(days=1)):
        for fold in (0, 1):
            instant = datetime.combine(day, shown.replace(fold=fold), tzinfo=WALL_CLOCK).astimezone(UTC)
            if instant > at:
                return instant
    raise AssertionError("tomorrow is later than now")


def on_day(day: date, shown: time) -> datetime:
    """
    The instant at which the clock on the wall shows this time on that day; the first, on the night that
    has it twice. In the hour that March leaves out it is the hour after, as for `next_at`.
    """
    found = instants_on(day, shown)
    return found[0] if found else datetime.combine(day, shown, tzinfo=WALL_CLOCK).astimezone(UTC)


def stamp(instant: datetime) -> str:
    """The instant as a machine reads it, for `<time datetime>` and the ticking clocks."""
    return instant.isoformat(timespec="seconds")


def nhs_number(digits: str) -> str:
    """`999 000 0009`: three, three, four, as it is read out. Anything else is shown as it was given."""
    plain = "".join(digits.split())
    if len(plain) != 10 or not plain.isdecimal():
        return digits
    return f"{plain[:3]} {plain[3:6]} {plain[6:]}"


def born(day: date | None, *, at: datetime, unknown: str = "not_known") -> str:
    """`14-Jul-1945 (81y)`, or in words why there is no date."""
    if day is None:
        return unknown_words("Date of birth", unknown)
    return f"{day:%d-%b-}{day.year:04} ({age(day, at=at)})"


def age(day: date, *, at: datetime) -> str:
    """Age on the wall calendar: days for a newborn, then weeks, months under two years, then years."""
    today = local_day(at)
    days = (today - day).days
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if days < 0:
        return "not born yet"
    if days < 28:
        return f"{days}d"
    if months < 12:
        return f"{days // 7}w"
    if months < 24:
        return f"{months}m"
    return f"{months // 12}y"


def unknown_words(what: str, code: str) -> str:
    """Unknown is said in words, never as a blank: `Date of birth not asked`."""
    return f"{what} {UNKNOWN[code]}"


def person_name(surname: str, first: str, title: str = "") -> str:
    """`SHARMA, Anjali (Mrs)`; a one-word name stands alone; no name at all is said so."""
    full = ", ".join(part for part in (surname.upper(), first) if part)
    if not full:
        return "Name not given"
    return f"{full} ({title})" if title else full


def initials(surname: str, first: str) -> str:
    """`A.S.` for screens that others can see."""
    letters = "".join(f"{part[0].upper()}." for part in (first, surname) if part)
    return letters or "No name"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 handover`, `3 handovers`, `2 people`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(things: Iterable[str], *, last: str = "and") -> str:
    """`housing, food and company`."""
    *rest, final = list(things) or [""]
    return f"{', '.join(rest)} {last} {final}" if rest else final
