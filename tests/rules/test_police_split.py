"""For whom the police attend: nothing small is shown, nor anything by which it could be found."""

from datetime import UTC, datetime
from itertools import product
from random import Random

import pytest

from nowrongdoor.rules import figures, police_split
from nowrongdoor.rules.police_split import apart

AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def test_it_is_told_as_it_stood_when_the_last_sunday_ended():
    assert police_split.up_to(AT) == datetime(2026, 11, 23, tzinfo=UTC), "it is Sunday, and not over"
    assert police_split.up_to(datetime(2026, 7, 1, 9, tzinfo=UTC)) == datetime(2026, 6, 28, 23, tzinfo=UTC)


def could_be(whole, parts):
    """What each hidden number of a row could be, by trying all; one hidden for another may be any number."""
    known = [one for one in parts if one is not None]
    exact = [[many for many in range(one - 2, one + 3) if many >= 5] for one in known]
    sums = {sum(one) for one in product(*exact)}
    hidden = len(parts) - len(known)
    wholes = [many for many in range(whole - 2, whole + 3) if many >= 5]
    return {
        first
        for first, *others in product(range(5), repeat=hidden)
        if any(whole - first - sum(others) in sums for whole in wholes)
    }


def told(row):
    """As the database hands it out."""
    return [figures.rounded(one, at=AT) for one in row]


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_subtracted_a_hidden_number_could_be_any_small_one(seed):
    chance = Random(seed)
    row = [chance.choice((0, 1, 4, 5, 7, 12, 33)) for _ in range(3)]
    (whole,) = told([sum(row)])
    (found,) = apart([told(row)], rows=[whole], columns=[None] * 3, at=AT)
    if whole is None or None not in found or not any(one is not None for one in found):
        return
    if found == told(row):
        assert could_be(whole, found) == {0, 1, 2, 3, 4}, (row, found)
    else:
        assert found.count(None) == told(row).count(None) + 1


def test_control_stars_alone_would_let_small_numbers_be_found():
    assert could_be(10, told([7, 1])) == {1, 2, 3, 4}, "a ten less a five is never nothing"
    assert apart([told([7, 1])], rows=[10], columns=[None, None], at=AT) == [[None, None]]
    assert could_be(5, told([5, 0])) == {0, 1, 2}


def test_what_the_total_of_a_column_would_tell_is_hidden_too():
    table = [[10, 30], [None, 40]]
    assert apart(table, rows=[40, 40], columns=[15, 70], at=AT) == [[None, 30], [None, 40]]
    assert apart([[40, 30], [None, 40]], rows=[70, 40], columns=[40, 70], at=AT) == [[40, 30], [None, 40]]
    assert apart([], rows=[], columns=[1], at=AT) == []


COUNTS = {
    "all": {("", "attend", 0, ""): 35, ("", "not_attending", 0, ""): 45, ("", "", 0, ""): 80},
    "ethnicity": {
        ("A", "", 0, ""): 45, ("A", "attend", 0, ""): 20, ("A", "not_attending", 0, ""): 25,
        ("declined", "", 0, ""): 15, ("declined", "attend", 0, ""): None,
        ("declined", "not_attending", 0, ""): 10,
        ("*", "", 0, ""): 20, ("*", "attend", 0, ""): 10, ("*", "not_attending", 0, ""): 10,
    },
}  # fmt: skip


def test_the_unknown_keep_their_lines_and_groups_too_small_are_together_at_the_end():
    rows = police_split.decided(COUNTS, "ethnicity", at=AT)
    assert [one.label for one in rows] == [
        "White: British", "Declined to say", "Not asked", "Not known", "All others",
    ]  # fmt: skip
    assert [one.whole for one in rows] == [45, 15, None, None, 20]
    assert rows[0].parts == (20, 25, None) and rows[2].parts == (None, None, None)
    assert police_split.decided(COUNTS, "age", at=AT) == ()


def test_how_people_were_is_of_those_whose_time_is_over():
    counts = {"age": {("", "attend", 2, ""): 10, ("", "attend", 2, "seen"): 10, ("25_44", "", 0, ""): 15}}
    known, unknown = police_split.stood(counts, "age", "attend", 2, at=AT)
    assert (known.label, known.whole, known.parts) == ("25 to 44", None, (None,) * 4)
    assert (unknown.label, unknown.whole, unknown.parts) == ("Not known", 10, (10, None, None, None))
