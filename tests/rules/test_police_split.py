"""For whom the police attend: nothing small is shown, nor anything by which it could be found."""

from collections import Counter
from datetime import UTC, datetime
from itertools import product
from random import Random

import pytest

from nowrongdoor.rules import figures, police_split
from nowrongdoor.rules.police_split import ANSWERS, EVERY, reach

AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
ATTENDED, NOT, OVER, SEEN = ("attend", 0, ""), ("not_attending", 0, ""), ("attend", 1, ""), ("attend", 1, "seen")


def test_it_is_told_as_it_stood_when_the_last_sunday_ended():
    assert police_split.up_to(AT) == datetime(2026, 11, 23, tzinfo=UTC), "it is Sunday, and not over"
    assert police_split.up_to(datetime(2026, 7, 1, 9, tzinfo=UTC)) == datetime(2026, 6, 28, 23, tzinfo=UTC)


def reaches(*numbers):
    return [reach(one, at=AT) for one in numbers]


def apart(table, *, rows, columns):
    return police_split.apart(table, table, rows=reaches(*rows), columns=reaches(*columns), at=AT)


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
    (found,) = apart([told(row)], rows=[whole], columns=[None] * 3)
    if whole is None or None not in found or not any(one is not None for one in found):
        return
    if found == told(row):
        assert could_be(whole, found) == {0, 1, 2, 3, 4}, (row, found)
    else:
        assert found.count(None) == told(row).count(None) + 1


def test_control_stars_alone_would_let_small_numbers_be_found():
    assert could_be(10, told([7, 1])) == {1, 2, 3, 4}, "a ten less a five is never nothing"
    assert apart([told([7, 1])], rows=[10], columns=[None, None]) == [[None, None]]
    assert could_be(5, told([5, 0])) == {0, 1, 2}


def test_what_the_total_of_a_column_would_tell_is_hidden_too():
    table = [[10, 30], [None, 40]]
    assert apart(table, rows=[40, 40], columns=[15, 70]) == [[None, 30], [None, 40]]
    assert apart([[40, 30], [None, 40]], rows=[70, 40], columns=[40, 70]) == [[40, 30], [None, 40]]
    assert apart([], rows=[], columns=[1]) == []


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
    counts = {
        "age": {
            ("", "", 0, ""): 10, ("", *ATTENDED): 10, ("", "attend", 2, ""): 10, ("", "attend", 2, "seen"): 10,
            ("25_44", "", 0, ""): 15, ("25_44", *ATTENDED): 15,
        }
    }  # fmt: skip
    known, unknown = police_split.stood(counts, "age", "attend", 2, at=AT)
    assert (known.label, known.whole, known.parts) == ("25 to 44", None, (None,) * 4)
    assert (unknown.label, unknown.whole, unknown.parts) == ("Not known", 10, (10, None, None, None))


def handed_out(calls):
    """Of calls, each a sex, an ethnic category and a decision: as the database hands them out."""
    counts = {}
    for split, group in ((EVERY, lambda one: ""), ("sex", lambda one: one[0]), ("ethnicity", lambda one: one[1])):
        sizes = Counter(map(group, calls))
        small = figures.together(sizes, at=AT) if split != EVERY else ()
        found = Counter()
        for one in calls:
            line = police_split.TOGETHER if group(one) in small else group(one)
            found[line, "", 0, ""] += 1
            found[line, one[2], 0, ""] += 1
        counts[split] = {key: figures.rounded(many, at=AT) for key, many in found.items()}
    return counts


def could_be_of(counts, split, decision):
    """
    What the hidden numbers of a column could be: by trying every total that its own number and both splits
    allow, and every way in which what is shown adds up to it. None where nothing is hidden that is small.
    """
    column = (decision, 0, "")
    totals = range(500)
    for name in (EVERY, "sex", "ethnicity"):
        least = most = 0
        for line in {line for line, *_ in counts[name]}:
            low, high = reach(counts[name].get((line, *column)), at=AT) or (0, 4)
            least, most = least + low, most + high
        totals = [one for one in totals if least <= one <= most]
    lines = {row.label: row.parts[ANSWERS.index(decision)]
             for row in police_split.decided(counts, split, at=AT)}  # fmt: skip
    codes = police_split._lines({line for line, *_ in counts[split]}, split, at=AT)
    shown = [lines[label] for label in codes if lines[label] is not None]
    hidden = [counts[split].get((code, *column)) for label, code in codes.items() if lines[label] is None]
    if None not in hidden or not shown:
        return None
    sums = {sum(one) for one in product(*(range(low, high + 1) for low, high in reaches(*shown)))}
    others = [range(5 if one is None else 40) for one in hidden]
    others[hidden.index(None)] = range(1)
    beside = {sum(one) for one in product(*others)}
    return {first for first in range(5) for total in totals for one in beside if total - first - one in sums}


@pytest.mark.parametrize("seed", range(80))
def test_no_split_tells_of_a_small_number_in_another(seed):
    """Both add up to one total: what one shows of it is taken into account in the other."""
    counts = handed_out(some_calls(Random(seed)))
    for split, decision in product(("sex", "ethnicity"), ("attend", "not_attending")):
        assert could_be_of(counts, split, decision) in (None, {0, 1, 2, 3, 4}), (split, decision)


def some_calls(chance):
    many = {
        (sex, ethnicity, decision): chance.choice((0, 0, 1, 4, 6, 9))
        for sex in ("1", "2")
        for ethnicity in ("A", "not_asked")
        for decision in ("attend", "not_attending")
    }
    return [one for one, times in many.items() for _ in range(times)]


# Nineteen were attended: twelve and seven by sex, so at most nineteen; eighteen and one by ethnic category.
TOLD_BY_ANOTHER = [
    *[("2", "A", "attend")] * 12, *[("1", "A", "attend")] * 6, ("1", "not_asked", "attend"),
    *[("2", "not_asked", "not_attending")] * 8, *[("1", "not_asked", "not_attending")] * 3,
    *[("1", "A", "not_attending")] * 5,
]  # fmt: skip


def test_control_splits_that_know_nothing_of_each_other_tell_of_one_person(monkeypatch):
    counts = handed_out(TOLD_BY_ANOTHER)
    assert counts["ethnicity"]["A", "attend", 0, ""] == 20 == counts[EVERY]["", "attend", 0, ""]
    rows = {one.label: one.parts[0] for one in police_split.decided(counts, "ethnicity", at=AT)}
    assert rows["White: British"] is None and could_be_of(counts, "ethnicity", "attend") is None
    alone = lambda counts, column, *, at: reach(counts[EVERY].get(("", *column)), at=at)  # noqa: E731
    monkeypatch.setattr(police_split, "total", alone)
    rows = {one.label: one.parts[0] for one in police_split.decided(counts, "ethnicity", at=AT)}
    assert rows["White: British"] == 20 and could_be_of(counts, "ethnicity", "attend") == {0, 1}


def test_a_number_that_is_hidden_of_the_decisions_is_not_told_by_how_people_were():
    """Whose time is over are nearly all of them: `of 5` would say what the star is there to hide."""
    counts = {
        EVERY: {("", "", 0, ""): 50, ("", *ATTENDED): 40, ("", *NOT): 10, ("", *OVER): 40, ("", *SEEN): 40},
        "sex": {
            ("2", "", 0, ""): 45, ("2", *ATTENDED): 35, ("2", *NOT): 10, ("2", *OVER): 35, ("2", *SEEN): 35,
            ("1", "", 0, ""): 5, ("1", *ATTENDED): 5, ("1", *OVER): 5, ("1", *SEEN): 5,
        },
    }  # fmt: skip
    decided = {one.label: one for one in police_split.decided(counts, "sex", at=AT)}
    since = {one.label: one for one in police_split.stood(counts, "sex", "attend", 1, at=AT)}
    assert decided["Male"].parts == (None,) * 3, "a five less a five: nobody of them was not attended"
    assert (since["Male"].whole, since["Male"].parts) == (None, (None,) * 4)
    assert decided["Female"].parts[0] == since["Female"].whole == 35
    counts["sex"]["1", "", 0, ""] = 10
    since = {one.label: one for one in police_split.stood(counts, "sex", "attend", 1, at=AT)}
    assert since["Male"].whole == 5, "the control: a number that is shown there is shown here"
