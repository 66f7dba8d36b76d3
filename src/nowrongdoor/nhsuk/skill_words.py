"""A skill or power in words: until when it counts, and why it is not counted."""

from datetime import date, datetime, timedelta

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.rules import skill_kinds
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.skill import Lapse, Skill

LAST_MOMENT = timedelta(microseconds=1)
UNKNOWN = "No end date known"


def label(code: str) -> str:
    return skill_kinds.by_code()[code].label


def last_day(ended_at: datetime) -> date:
    """The last day of something that ends with a midnight, or the day on which it was ended early."""
    return local_date(ended_at - LAST_MOMENT)


def lapse(one: Lapse, *, at: datetime, name: str = "") -> str:
    """`AMHP approval ended on 3 November 2026: not counted`."""
    whose = f"{name}: {code_words.mid_sentence(one.kind.label)}" if name else one.kind.label
    if one.ended_at is None:
        assert one.begins_on is not None
        return f"{whose} begins on {wording.local_date(one.begins_on)}: not counted"
    verb = "ended" if one.ended_at <= at else "ends"
    return f"{whose} {verb} on {wording.local_date(last_day(one.ended_at))}: not counted"


def until(held: Skill, *, at: datetime) -> str:
    """`3 December 2026, in 4 days`, or that nobody knows."""
    if held.ends_at is None:
        return f"{UNKNOWN}: counted"
    day = last_day(held.ends_at)
    left = (day - local_date(at)).days
    if held.ended_at is not None and held.ended_at == held.ends_at:
        return f"Ended early on {wording.local_date(day)}: not counted"
    if held.ends_at <= at:
        return f"Ended on {wording.local_date(day)}: not counted"
    when = "today" if left == 0 else f"in {wording.plural(left, 'day')}"
    return f"{wording.local_date(day)}, {when}"
