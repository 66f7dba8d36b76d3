"""The gap ledger: what could not be met is counted once, without anybody, and no small number can be read."""

from collections import defaultdict
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest

from nowrongdoor.rules import figures, fitting, gap_figures, gaps
from nowrongdoor.rules.fitting import Ask, Entry, Said
from nowrongdoor.rules.gap_figures import Answered
from nowrongdoor.rules.working_time import Hours, Schedule

NINE = datetime(2026, 11, 27, 21, 10, tzinfo=UTC)  # a Friday, after 8 pm
KEY = UUID(int=99)
DAYS = Hours(schedules=(Schedule(weekdays=(0, 1, 2, 3, 4), opens=9 * 60, closes=17 * 60),))


def entry(number: int, **told) -> Entry:
    return Entry(id=UUID(int=number), **{"needs": frozenset({"mental"}), **told})


def sat(*entries: Entry, said=(), key=KEY, at=NINE, **asked) -> gaps.Sitting:
    ask = Ask(**{"needs": ("mental",), "at": at, **asked})
    by_need = {need: fitting.options(entries, dict(said), replace(ask, needs=(need,))) for need in ask.needs}
    return gaps.sitting(ask, by_need, key=key)


ADULTS = entry(1, lowest_age=18)
NEAR = entry(2, districts=frozenset({"ZZ1"}))
LATE = entry(3, hours=DAYS)
FULL = [(UUID(int=4), Said("full", None, "Jo", NINE, NINE + timedelta(hours=8)))]


@pytest.mark.parametrize(
    ("entries", "said", "asked", "why"),
    [
        ([ADULTS], [], {"age": 17}, "age"),
        ([NEAR], [], {"district": "ZZ9"}, "area"),
        ([LATE], [], {"within": timedelta(hours=1)}, "hours"),
        ([entry(4), ADULTS], FULL, {"age": 17}, "full"),
        ([ADULTS, entry(5, lowest_age=18), NEAR], [], {"age": 17, "district": "ZZ9"}, "age"),
        ([entry(6, lowest_age=18, districts=frozenset({"ZZ1"}))], [], {"age": 17, "district": "ZZ9"}, "several"),
        ([], [], {}, "nothing"),
        ([ADULTS], [], {"age": 18}, ""),
        ([ADULTS, entry(7)], [], {"age": 17}, ""),
    ],
)  # fmt: skip
def test_what_stood_in_the_way_is_one_thing(entries, said, asked, why):
    found = sat(*entries, said=said, **asked)
    assert (found.why, bool(found.unmet)) == (why, bool(why))


def test_what_two_services_meet_together_is_met():
    housing = entry(8, needs=frozenset({"housing"}))
    assert sat(entry(9), housing, needs=("mental", "housing")).unmet == ()
    assert sat(entry(9), needs=("mental", "housing")).unmet == ("housing",)


def test_a_service_that_misses_by_one_is_named_with_what_it_misses_though_another_fits():
    found = sat(ADULTS, entry(7), age=17)
    assert found.near == {str(ADULTS.id): "age"}
    assert found.by_one == {"age": 1}


def test_nothing_of_a_person_or_of_who_asked_is_kept():
    found = sat(ADULTS, age=17, district="ZZ1")
    assert {one.name for one in fields(found)} == {
        "id", "asked_on", "hour", "needs", "unmet", "age", "district", "why", "said", "by_one", "near", "version",
    }  # fmt: skip
    assert (found.asked_on, found.hour, found.age) == (date(2026, 11, 27), 21, "17")


def test_a_search_that_is_refined_counts_once_by_what_it_said_most():
    first = gaps.count(None, sat(ADULTS), next_key=uuid4(), at=NINE).change.after
    refined = sat(ADULTS, age=17)
    second = gaps.count(first, refined, next_key=uuid4(), at=NINE).change.after
    assert (second.id, second.why, second.version) == (first.id, "age", 2)
    assert gaps.count(second, sat(ADULTS), next_key=uuid4(), at=NINE) is None


def test_a_slip_put_right_is_not_counted_twice():
    first = gaps.count(None, sat(ADULTS, age=1), next_key=uuid4(), at=NINE).change.after
    assert gaps.count(first, sat(ADULTS, age=17), next_key=uuid4(), at=NINE).change.after.age == "17"


@pytest.mark.parametrize(
    ("again", "same"),
    [
        ({"age": 40}, True),
        ({"age": 40, "district": "ZZ9"}, False),
        ({"needs": ("housing",), "age": 17}, False),
        ({"age": 17, "at": NINE + timedelta(minutes=55)}, True),
        ({"age": 17, "at": NINE + timedelta(hours=2)}, False),
        ({"age": 17, "at": NINE + timedelta(hours=3)}, False),
    ],
)
def test_somebody_else_at_the_same_form_is_another_search(again, same):
    other = UUID(int=7)
    first = gaps.count(None, sat(ADULTS, age=17, district="ZZ1"), next_key=other, at=NINE).change.after
    step = gaps.count(first, sat(ADULTS, **again), next_key=other, at=NINE)
    assert (step is None or step.change.after.id == first.id) == same
    assert same or step.change.after.id == other


def counts(**many) -> list[tuple[str, str, int]]:
    return [
        ("all", "", sum(many.values())),
        *(("why", code.replace("_", ":"), count) for code, count in many.items()),
    ]


OCTOBER = gap_figures.Months("2026-10", "October 2026", date(2026, 10, 1), date(2026, 11, 1))


def test_what_could_not_be_met_is_said_in_a_sentence():
    told = counts(age_17=11, area=8, hours_21=6)
    assert gap_figures.sentence(told, period=OCTOBER, at=NINE) == (
        "About 30 searches in October 2026 could not be met: "
        "aged 17 (10), out of area (10), not open in time: after 8 pm (5)."
    )
    assert gap_figures.sentence(counts(age_17=4), period=OCTOBER, at=NINE) == (
        "Fewer than 5 searches in October 2026 could not be met."
    )


def test_no_small_number_can_be_read_and_none_follows_from_the_total():
    """Every place of three figures up to 11: whatever is shown, no small one of them can be told."""
    shown = defaultdict(set)
    for each in product(range(12), repeat=3):
        told = counts(**dict(zip(("age_17", "area", "full"), each, strict=True)))
        display = gap_figures.by("why", told, at=NINE), gap_figures.total(told, at=NINE)
        shown[display].add(each)
        assert sum(each) < 5 or all(one.shown != figures.HIDDEN for one in display[0])
    for could_be in shown.values():
        for values in map(set, zip(*could_be, strict=True)):
            assert not values & {1, 2, 3, 4} or len(values) > 1


def test_equal_figures_do_not_tell_by_their_order_which_is_larger():
    one, other = counts(area=7, age_17=6), counts(area=6, age_17=7)
    assert gap_figures.by("why", one, at=NINE) == gap_figures.by("why", other, at=NINE)


def test_a_total_is_rounded_by_itself():
    told = counts(age_17=7, area=7, full=7)
    assert gap_figures.total(told, at=NINE) == "20"
    assert [one.shown for one in gap_figures.by("why", counts(area=14), at=NINE)] == ["10"]
    assert [one.shown for one in gap_figures.by("why", told, at=NINE)] == ["5", "5", "5"]


def test_only_months_that_are_over_are_told_and_weeks_of_this_one():
    told = gap_figures.months(at=NINE)
    assert (told[0].label, told[0].until) == ("November 2026, up to Sunday 22", date(2026, 11, 23))
    assert (told[1].name, told[1].since, told[1].until) == ("2026-10", date(2026, 10, 1), date(2026, 11, 1))
    assert len(told) == 13
    monday = datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert gap_figures.months(at=monday)[0].name == "2026-11"


def test_what_a_team_returns_and_is_returned_has_its_numerators_and_denominators():
    told = gap_figures.answered(Answered("Crisis team", "", 40, 10, 20, 5, 30, 10, 20, 50), at=NINE)
    assert (told["returned"], told["asked"], told["return_rate"]) == ("10", "40", "25%")
    assert (told["given_back"], told["gave"], told["given_back_rate"]) == ("5", "20", "25%")
    assert (told["sent_on"], told["took"], told["sent_on_rate"]) == ("10", "30", "33%")
    assert (told["offers"], told["people"], told["hops"]) == ("50", "20", "2.5")
    hidden = gap_figures.answered(Answered("Crisis team", "", 40, 2, 3, 1, 4, 0, 3, 50), at=NINE)
    assert {hidden[name] for name in ("returned", "return_rate", "given_back", "sent_on", "hops")} == {"*"}
