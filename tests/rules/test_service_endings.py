"""What came of it, service by service: nothing small is shown, and no total tells what is not shown."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as some

from nowrongdoor.rules import service_endings
from nowrongdoor.rules.gap_figures import OTHERS
from nowrongdoor.rules.service_endings import TOGETHER, Offered, attributed, hidden, told

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
TEAM, OTHER, AGENCY, ELSEWHERE = (UUID(int=number) for number in (1, 2, 3, 4))
CAFE = Offered(UUID(int=11), "The Haven", "Ours", AGENCY, TEAM, frozenset({"crisis_cafe"}))
BANK = Offered(UUID(int=12), "Averley time bank", "Ours", AGENCY, TEAM, frozenset({"time_bank"}))
DESK = Offered(UUID(int=13), "Advice desk", "Theirs", ELSEWHERE, OTHER, frozenset())
EVERY = (CAFE, BANK, DESK)
CELLS = some.dictionaries(
    some.tuples(some.sampled_from("abcde"), some.sampled_from("uvwxyz")),
    some.integers(min_value=1, max_value=30),
    max_size=30,
)


def test_an_ending_counts_for_the_service_of_its_kind_and_anybody_s_for_all_of_the_team_together():
    counted = [
        (TEAM, None, "cc_plan", 7), (TEAM, None, "tb_gave", 6), (TEAM, None, "help_given", 8),
        (OTHER, None, "help_given", 9), (None, BANK.id, "tb_gave", 2), (None, DESK.id, "helped", 5),
    ]  # fmt: skip
    assert attributed(counted, EVERY, at=AT) == {
        ((CAFE.id,), "cc_plan"): 7,
        ((BANK.id,), "tb_gave"): 8,
        ((BANK.id, CAFE.id), "help_given"): 8,
        ((DESK.id,), "help_given"): 9,
        ((DESK.id,), "helped"): 5,
    }


def test_what_has_no_entry_and_what_only_an_act_records_counts_for_no_service():
    counted = [(UUID(int=99), None, "help_given", 9), (OTHER, None, "duplicate", 9), (None, None, "sulked", 9)]
    assert attributed(counted, EVERY, at=AT) == {}


@given(CELLS)
def test_what_is_not_shown_is_never_one_alone_nor_small_in_all_along_any_service_or_ending(cells):
    kept = hidden(cells, least=5)
    assert {one for one, many in cells.items() if many < 5} <= kept
    for place in (0, 1):
        for name in {one[place] for one in cells}:
            line = [one for one in cells if one[place] == name]
            inside = [one for one in line if one in kept]
            if inside and len(inside) < len(line):
                assert len(inside) > 1 and sum(cells[one] for one in inside) >= 5


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden({("a", "x"): 5, ("b", "x"): 9}, least=5) == frozenset()


def shown(counted):
    rows = {one.services[0].name: one for one in told(counted, EVERY, at=AT)}
    return {name: [(line.label, line.shown) for line in one.lines] for name, one in rows.items()}


def test_a_small_count_takes_the_next_larger_with_it_and_stands_in_a_line_of_others():
    rows = shown([(OTHER, None, "help_given", 31), (OTHER, None, "advice", 12), (OTHER, None, "died", 1)])
    assert rows == {"Advice desk": [("Help was given", "30"), (OTHERS, "15")]}


def test_one_service_s_small_count_is_not_found_by_taking_the_other_from_both():
    rows = shown([(TEAM, None, "tb_gave", 3), (None, BANK.id, "helped", 40), (None, DESK.id, "helped", 22)])
    # Of 62 that helped the 22 of the desk would tell that 40 are the bank's, and so how many gave hours.
    assert rows == {"Averley time bank": [(TOGETHER, "40")], "Advice desk": [(TOGETHER, "20")]}


def test_too_little_in_all_has_no_line_and_no_number_is_exact():
    rows = shown([(TEAM, None, "cc_plan", 4), (OTHER, None, "help_given", 13)])
    assert rows == {"The Haven": [], "Advice desk": [("Help was given", "15")]}


def test_equal_figures_stand_in_the_order_of_their_names():
    rows = shown([(OTHER, None, "help_given", 8), (OTHER, None, "advice", 12)])
    assert [name for name, _ in rows["Advice desk"]] == ["Advice was given", "Help was given"]


def test_a_row_says_whose_it_is():
    (cafe, desk) = told([(TEAM, None, "cc_plan", 9), (None, DESK.id, "helped", 9)], EVERY, at=AT)[::-1]
    assert (cafe.agency_id, desk.agency_id) == (AGENCY, ELSEWHERE)
    assert service_endings.label("helped", at=AT) == "Got there, and it helped"
