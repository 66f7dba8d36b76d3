"""
What was looked for and not found: the gap ledger, which is about nobody.

A sitting is what was looked for at one desk, one after the other, for one purpose: it counts once. Kept of
it are the day and the hour, the needs, an age band, the first part of a postcode, and what stood in the way;
never who asked, for whom, or when to the minute. A search is met when for each need there is a service that
misses nothing; where all that would fit are full, it is not met.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from nowrongdoor.rules.change import Step, began, changed
from nowrongdoor.rules.clock import local_date, local_hour
from nowrongdoor.rules.fitting import FULL, Ask, Fit, Options
from nowrongdoor.rules.law import directory as law
from nowrongdoor.rules.law import gap_bands

SEVERAL, NOTHING = "several", "nothing"


@dataclass(frozen=True)
class Sitting:
    """
    One sitting, by the search in it that said most. `unmet` are the needs for which nothing fits; `why`
    is what stood in the way of them. `by_one` counts, for each criterion, the services that missed nothing
    else; `near` names those of them that were shown, each with its criterion.
    """

    id: UUID
    asked_on: date
    hour: int
    needs: tuple[str, ...]
    unmet: tuple[str, ...]
    age: str
    district: str
    why: str
    said: int
    by_one: dict[str, Any]
    near: dict[str, Any]
    version: int = 0


def sitting(ask: Ask, by_need: Mapping[str, Options], *, key: UUID) -> Sitting:
    """What one search leaves in the ledger. `by_need` has the options for each need, asked for alone."""
    unmet = tuple(need for need in ask.needs if by_need[need].fitting == 0)
    counted = [by_need[need] for need in (unmet or ask.needs)]
    by_one: Counter[str] = Counter()
    for options in counted:
        by_one.update(options.by_one)
    near = {str(one.entry.id): one.misses[0] for told in counted for one in _by_one(told)}
    return Sitting(
        id=key,
        asked_on=local_date(ask.at),
        hour=local_hour(ask.at),
        needs=ask.needs,
        unmet=unmet,
        age=gap_bands.of_age(ask.age, at=ask.at),
        district=ask.district,
        why=_why(by_one, counted, at=ask.at) if unmet else "",
        said=_said(ask),
        by_one=dict(sorted(by_one.items())),
        near=near,
    )


def count(before: Sitting | None, found: Sitting, *, next_key: UUID, at: datetime) -> Step | None:
    """
    A search is counted: a new sitting, or the same one refined, or nothing where it says less than before.

    Of searches that refine one another the one that said most counts, and of equals the last: a slip that is
    put right is not counted twice, and looking wider afterwards does not undo that nothing was found.
    """
    if before is None:
        return began("sitting.counted", found)
    if not is_refined(before, found, at=at):
        return began("sitting.counted", replace(found, id=next_key))
    if found.said < before.said:
        return None
    new = {name: value for name, value in vars(found).items() if name not in ("id", "version")}
    return changed(before, "sitting.counted", **new)


def is_refined(before: Sitting, found: Sitting, *, at: datetime) -> bool:
    """
    Whether two searches of one form are one: soon after each other, and for the same purpose as far as
    anybody can tell: a need in common, and not both another age and another place.
    """
    later = found.asked_on - before.asked_on + timedelta(hours=found.hour - before.hour)
    soon = timedelta(0) <= later <= law.counts_for("sitting", at=at)
    another_age = bool(before.age and found.age) and before.age != found.age
    another_place = bool(before.district and found.district) and before.district != found.district
    return soon and bool(set(before.needs) & set(found.needs)) and not (another_age and another_place)


def _said(ask: Ask) -> int:
    """How much was asked for: a search that says more is the better account of what was needed."""
    told = (ask.within, ask.district, ask.age, ask.gender, ask.language, ask.way, ask.practice)
    return len(ask.needs) + sum(bool(one) or one == 0 for one in told) + len(ask.access) + len(ask.wishes)


def _why(by_one: Mapping[str, int], counted: list[Options], *, at: datetime) -> str:
    """
    What stood in the way: places, where something fits but for those; else what most services miss alone;
    else more than one thing at once; else that nobody offers it.
    """
    if by_one.get(FULL):
        return FULL
    order = list(law.weights(at=at))
    if by_one:
        return min(by_one, key=lambda name: (-by_one[name], order.index(name)))
    return SEVERAL if any(one.found for one in counted) else NOTHING


def _by_one(told: Options) -> list[Fit]:
    return [one for one in (*told.best, *told.near) if one.misses_one]
