"""What is told of each service of a team, beside what is told of the team: nothing small, and none that follows."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules import service_answers
from nowrongdoor.rules.figures import HIDDEN
from nowrongdoor.rules.gap_figures import Answered
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.service_answers import HOPS, NOT_SAID, SUMS, TOGETHER, Pair, folded, told
from tests.worlds.facts import NINE

LEAST = seeing.most("figure_below", at=NINE)
Fold = Callable[..., frozenset[int]]


def asked(name: str, returned: int, of: int, **more: int) -> Answered:
    counts = dict.fromkeys(("gave", "given_back", "took", "sent_on", "people", "offers"), 0) | more
    return Answered("Crisis team", name, asked=of, returned=returned, **counts)


def by_name(*services: Answered) -> dict[str, dict[str, str]]:
    return {one["service"]: one for one in told(services, at=NINE)}


def test_several_services_of_a_team_have_their_own_figures() -> None:
    rows = by_name(asked("Café", 10, 40), asked("Home treatment", 30, 60), asked("", 10, 20))
    rates = {name: (one["return_rate"], one["returned"], one["asked"]) for name, one in rows.items()}
    assert rates == {
        "Café": ("25%", "10", "40"),
        "Home treatment": ("50%", "30", "60"),
        NOT_SAID: ("50%", "10", "20"),
    }


def test_one_service_alone_is_its_team_and_has_no_row_of_its_own() -> None:
    assert told([asked("Café", 10, 40)], at=NINE) == () == told([], at=NINE)


def test_a_small_one_stands_with_the_next_larger_and_not_alone() -> None:
    rows = by_name(asked("Café", 2, 40), asked("Home treatment", 30, 60), asked("Line", 10, 20))
    assert set(rows) == {"Home treatment", TOGETHER}
    assert (rows[TOGETHER]["returned"], rows[TOGETHER]["asked"]) == ("10", "60")


def test_where_all_but_one_are_small_that_one_is_the_team_and_nothing_more_is_told() -> None:
    assert by_name(asked("Café", 2, 40), asked("Home treatment", 30, 60)) == {}


def test_each_rate_is_looked_at_by_itself_and_of_hops_nothing_is_told_together() -> None:
    hops = {"people": 20, "offers": 40}
    café = asked("Café", 10, 40, people=3, offers=9)
    rows = by_name(café, asked("Home treatment", 30, 60, **hops), asked("", 10, 20, **hops))
    assert rows["Café"]["return_rate"] == "25%" and rows["Café"]["hops"] == HIDDEN
    assert (rows["Home treatment"]["hops"], rows[NOT_SAID]["hops"]) == (HIDDEN, "2.0")
    assert TOGETHER not in rows, "somebody may have been asked about for both"


def alone(services: list[Answered], pair: Pair, *, least: int) -> frozenset[int]:
    """The control: small counts are hidden, and nothing with them."""
    found = enumerate(services)
    return frozenset(n for n, one in found if 0 < min(getattr(one, name) for name in pair[:2]) < least)


def follows(services: list[Answered], pair: Pair, fold: Fold) -> bool:
    """Whoever takes what is shown from what the team comes to is left with one service, or with few in all."""
    hidden = fold(services, pair, least=LEAST)
    left = [[getattr(services[n], name) for n in hidden] for name in pair[:2]]
    is_all = len(hidden) == sum(bool(getattr(one, pair[1])) for one in services)
    return bool(hidden) and not is_all and (len(hidden) == 1 or min(sum(one) for one in left) < LEAST)


COUNT = st.integers(0, 30)


@st.composite
def a_service(draw: st.DrawFn) -> Answered:
    of, gave, took, people = (draw(COUNT) for _ in range(4))
    part = {name: draw(st.integers(0, most)) for name, most in (("given_back", gave), ("sent_on", took))}
    returned, offers = draw(st.integers(0, of)), people and people + draw(COUNT)
    return asked("", returned, of, gave=gave, took=took, people=people, offers=offers, **part)


@given(st.lists(a_service(), min_size=2, max_size=6))
def test_nothing_hidden_follows_from_what_is_shown(services: list[Answered]) -> None:
    assert not any(follows(services, pair, folded) for pair in (*SUMS, HOPS))
    for row in told(services, at=NINE):
        for above, below, rate in (*SUMS, HOPS):
            assert (row[rate] == HIDDEN) or HIDDEN not in {row[above], row[below]}
            assert row[rate] != HIDDEN or {row[above], row[below]} == {HIDDEN}, "nor one of its two counts"


def test_the_control_that_hides_small_counts_alone_is_found_out() -> None:
    services = [asked("Café", 2, 40), asked("Home treatment", 30, 60)]
    assert follows(services, SUMS[0], alone) and not follows(services, SUMS[0], folded)


@pytest.mark.parametrize("number", range(2, 6))
def test_however_many_are_small_together_they_are_not(number: int) -> None:
    services = [asked(str(one), 1, 3) for one in range(number)] + [asked("Café", 10, 40), asked("", 20, 40)]
    rows = {one["service"]: one for one in service_answers.told(services, at=NINE)}
    assert "0" not in rows and rows[TOGETHER]["returned"] != HIDDEN
