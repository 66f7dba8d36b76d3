"""
Working days, for the clocks that count them: not Saturdays, Sundays or the bank holidays of a nation.

The day on which something began does not count. It is due on the last working day counted, at the time of day
at which it began: sooner than that day's end, which the law may allow. Which weekdays are worked and which
days are bank holidays is dated data of each nation; a day in years that nobody has entered yet counts as
worked, so that what is not known never makes anybody wait longer.
"""

from datetime import date, datetime, timedelta

from nowrongdoor.rules.clock import due_at, local_date, same_time_on
from nowrongdoor.rules.law import Standard
from nowrongdoor.rules.law import directory as law

ONE_DAY = timedelta(days=1)


def due(since: datetime, standard: Standard, *, nation: str) -> datetime:
    """When what began is due by a standard: in elapsed time, or where it counts them in working days."""
    if not standard.working_days:
        return due_at(since, standard.within)
    return after(since, standard.working_days, nation=nation)


def after(since: datetime, days: int, *, nation: str) -> datetime:
    """
    The time on the wall at which it began, so many working days of a nation later.

    >>> after(NINE, 7, nation="Wales") - NINE
    datetime.timedelta(days=9)
    """
    day = local_date(since)
    for _ in range(days):
        day = _next(day, nation)
    return same_time_on(day, since)


def is_worked(day: date, *, nation: str) -> bool:
    """It is a working day there."""
    return day.weekday() in law.worked_weekdays(day, nation=nation) and day not in law.bank_holidays(nation)


def _next(day: date, nation: str) -> date:
    """The next working day. Where no weekday is known as worked, each is: nobody waits for ever."""
    day += ONE_DAY
    while law.worked_weekdays(day, nation=nation) and not is_worked(day, nation=nation):
        day += ONE_DAY
    return day
