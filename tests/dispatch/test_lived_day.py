"""A day is lived by our live plan, by rule and in hindsight, and what cannot have been is found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from nowrongdoor.console.bench import clairvoyant, in_time, lived_day
from nowrongdoor.console.bench.lived_day import LivedDay, Went
from nowrongdoor.console.bench.running_day import LiveBoard, first_come, nearest_free


@pytest.fixture(scope="module")
def day() -> LivedDay:
    return lived_day.made(4, 70, 4)


@pytest.fixture(scope="module")
def ours(day: LivedDay) -> list[Went]:
    board = LiveBoard(4, day=day)
    lived = board.run()
    assert board.broken == 0 and board.refused == 0
    return lived


def test_the_same_seed_makes_the_same_day() -> None:
    one, other = lived_day.made(5, 20, 3), lived_day.made(5, 20, 3)
    assert one.coming == other.coming and one.crews == other.crews
    assert one.coming != lived_day.made(6, 20, 3).coming


def test_every_visit_is_made_and_more_in_time_than_without_a_plan(day: LivedDay, ours: list[Went]) -> None:
    by_rule = [nearest_free(day), first_come(day)]
    for lived in (ours, *by_rule):
        assert lived_day.faults(day, lived) == []
    assert len(ours) == len(day.coming)
    assert lived_day.share(day, ours) > max(lived_day.share(day, lived) for lived in by_rule)


def test_whoever_knew_it_all_is_no_worse(day: LivedDay, ours: list[Went]) -> None:
    foreseen = clairvoyant.plan(day, begin=ours, seconds=0.3, seed=1)
    assert lived_day.faults(day, foreseen) == [] and all(one.is_in_time for one in foreseen)
    assert lived_day.share(day, foreseen) >= lived_day.share(day, ours)


def test_each_way_in_which_a_day_cannot_be_lived_is_found_out(day: LivedDay, ours: list[Went]) -> None:
    hour = timedelta(hours=1)
    first = next(one for one in ours if len(day.able[one.coming.visit.id]) < len(day.crews))
    rest = [one for one in ours if one != first]
    other = next(own for key, (own, _) in day.crews.items() if key not in day.able[first.coming.visit.id])

    def told(*changed: Went) -> str:
        return "; ".join(lived_day.faults(day, [*changed, *rest]))

    assert "before it was asked for" in told(
        replace(first, left_at=first.coming.at - hour, there_at=first.there_at)
    )
    assert "sooner than it can" in told(replace(first, there_at=first.there_at - hour))
    assert "made twice" in told(first, first)
    assert "cannot do" in told(replace(first, crew=other))
    elsewhere = next(area for area in ("saltings", "upper_fold") if area != first.start)
    assert "from where it was not" in told(replace(first, start=elsewhere, there_at=first.there_at + hour))
    second = next(one for one in rest if one.crew == first.crew and one.left_at > first.left_at)
    assert "two visits at once" in told(replace(first, over_at=second.left_at + hour))


def test_a_plan_that_is_no_better_than_none_is_told_of() -> None:
    told = {in_time.OURS: 0.9, "nearest_free_crew": 0.8, "first_come": 0.7}
    assert in_time.misses(told, p99=0.1, broken=0, refused=0) == []
    assert in_time.misses({**told, in_time.OURS: 0.8}, p99=0.1, broken=0, refused=0)
    assert in_time.misses(told, p99=9, broken=1, refused=0)
