"""
A disagreement with the police is looked at afterwards: what was learned, what changes, by whom and by when.

First at bronze, by whoever leads the teams; where it is passed up, or nobody reviewed it in time, at silver
and then at gold. It climbs by itself and never goes away: only a review that does not pass it up ends it.
Its clock is the decision's own, and of nobody: a lesson that takes weeks opens nobody's record for so long.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Steps, began, changed, need_words
from nowrongdoor.rules.clock import due_at, is_late, local_date
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.police_decision import PoliceDecision

LEVELS = ("bronze", "silver", "gold")
DAYS = {one: f"police_review_{one}_days" for one in LEVELS}
CHANGES, PASSES_UP = "changes", "passes_up"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class PoliceReview:
    """What was found at one level. `change_by` is who sees to the change, and `change_on` by which day."""

    id: UUID
    decision_id: UUID
    referral_id: UUID
    level: str
    took_part: str
    learned: str
    finding: str
    change: str
    change_by: str
    change_on: date | None
    reviewed_at: datetime
    reviewed_by_id: UUID
    version: int = 0


@dataclass(frozen=True)
class Found:
    """What a review says. `took_part` is who of the police was there."""

    took_part: str
    learned: str
    finding: str
    change: str = ""
    change_by: str = ""
    change_on: date | None = None


@dataclass(frozen=True)
class Waits:
    """At which level a disagreement waits for its review, by when, and whether it climbed unanswered."""

    level: str
    due_at: datetime
    has_climbed: bool
    is_late: bool


def waits(disputed_at: datetime, reviews: Sequence[PoliceReview], *, at: datetime) -> Waits | None:
    """
    Where a disagreement lies now; none where a review has ended it.

    Each level has its days, one after the other, from when the disagreement was recorded: a review that comes
    late takes no time from anybody but itself.
    """
    entails = {one.code: one.entails for one in law.codes("police_review_findings", on=local_date(at))}
    if any(PASSES_UP not in entails.get(one.finding, "") for one in reviews):
        return None
    passed = [LEVELS.index(one.level) for one in reviews]
    first = min(max(passed, default=-1) + 1, len(LEVELS) - 1)
    times = _times(disputed_at, at=at)
    now = first
    while now < len(LEVELS) - 1 and is_late(times[now], at=at):
        now += 1
    return Waits(LEVELS[now], times[now], now > first, is_late(times[now], at=at))


def owed(level: str = LEVELS[0], *, disputed_at: datetime | None = None, at: datetime) -> dict[str, Any]:
    """That a disagreement is to be reviewed at a level from now on, and by when, counted from its dispute."""
    due = _times(disputed_at or at, at=at)[LEVELS.index(level)]
    return {"review_level": level, "review_from_at": at, "review_due_at": due}


def review(
    one: PoliceDecision,
    before: Sequence[PoliceReview],
    *,
    review_id: UUID,
    level: str,
    found: Found,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    Somebody reviewed the disagreement at the level where it waits, and says what was learned.

    Refuses what was not disputed or is ended already, another level than the one where it waits now, and a
    change without who sees to it and by when; from gold there is nowhere to pass it up to. What is passed up
    is owed at the next level from then on; anything else ends what is owed.
    """
    if one.disputed_at is None:
        raise Refused("We and the police agreed about this. There is nothing to review.", code="not_disputed")
    stands = waits(one.disputed_at, before, at=at)
    if stands is None:
        last = max(before, key=lambda each: each.reviewed_at)
        raise Refused("This has been reviewed, and is ended.", code="reviewed", of=last)
    law.code("police_review_levels", level, at=at, field="level")
    if level != stands.level:
        raise Refused(
            f"This waits at {stands.level} now. Review it there, or tell whoever does.",
            code="another_level",
            field="level",
        )
    finding = law.code("police_review_findings", found.finding, at=at, field="finding")
    need_words(found.learned, field="learned", ask="Say in a line what was learned.")
    if finding.entails == CHANGES:
        _need_change(found, at=at)
    if finding.entails == PASSES_UP and level == LEVELS[-1]:
        raise Refused(
            "Gold is the last. Say what changes, or that nothing does.", code="nowhere_up", field="finding"
        )
    changes = finding.entails == CHANGES
    told = began(
        "police.reviewed",
        PoliceReview(
            id=review_id,
            decision_id=one.id,
            referral_id=one.referral_id,
            level=level,
            took_part=found.took_part,
            learned=found.learned,
            finding=found.finding,
            change=found.change if changes else "",
            change_by=found.change_by if changes else "",
            change_on=found.change_on if changes else None,
            reviewed_at=at,
            reviewed_by_id=by,
        ),
    )
    if finding.entails != PASSES_UP:
        return (changed(one, "police.reviewed", review_ended_at=at), told)
    above = LEVELS[LEVELS.index(level) + 1]
    return (changed(one, "police.reviewed", **owed(above, disputed_at=one.disputed_at, at=at)), told)


def _need_change(found: Found, *, at: datetime) -> None:
    need_words(found.change, field="change", ask="Say in a line what changes.")
    need_words(found.change_by, field="change_by", ask="Say who sees to it.")
    if found.change_on is None:
        raise Refused("Say by which day it is done.", code="no_day", field="change_on")
    if found.change_on < local_date(at):
        raise Refused("Choose a day that has not passed yet.", code="day_passed", field="change_on")


def _times(disputed_at: datetime, *, at: datetime) -> list[datetime]:
    days, times = 0, []
    for level in LEVELS:
        days += seeing.most(DAYS[level], at=at)
        times.append(due_at(disputed_at, days * DAY))
    return times
