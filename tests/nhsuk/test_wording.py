"""Times, numbers and lists as people say them, the night the clocks change included."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.times import ClockTime, why_not_on

AT = datetime(2026, 11, 25, 14, 2, 31, tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.mark.parametrize(
    ("left", "words", "state"),
    [
        (minutes(18), "18 min left", "ok"),
        (minutes(15), "15 min left", "soon"),
        (minutes(1.99), "1 min left", "soon"),
        (timedelta(seconds=59), "Due now", "soon"),
        (timedelta(seconds=1), "Due now", "soon"),
        (timedelta(0), "Late, just now", "late"),
        (-timedelta(seconds=59), "Late, just now", "late"),
        (-minutes(12), "Late 12 min", "late"),
        (-timedelta(hours=26), "Late 1 day 2 h", "late"),
        (timedelta(hours=4), "4 h left", "ok"),
    ],
)
def test_a_clock_says_how_long_is_left_and_is_late_from_the_due_instant_on(left, words, state):
    assert wording.clock_words(AT + left, at=AT) == (words, state)


def test_what_counts_as_soon_can_be_named_for_a_longer_clock():
    assert wording.clock_words(AT + minutes(40), at=AT, soon=minutes(60)) == ("40 min left", "soon")


def test_a_chip_carries_when_it_is_due_and_the_rule_behind_it():
    chip = wording.chip(AT + minutes(18), at=AT, rule_words="Answer within 30 minutes")
    assert (chip.words, chip.state, chip.due_words, chip.rule_words) == (
        "18 min left",
        "ok",
        "Due 14:20",
        "Answer within 30 minutes",
    )


def test_a_stopped_clock_has_no_due_time_to_tick():
    assert wording.done_chip("Accepted 13:52").due_at is None
    assert wording.done_chip("").state == "done"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=40), "under 1 min"),
        (minutes(59.9), "59 min"),
        (minutes(60), "1 h"),
        (minutes(65), "1 h 5 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=3, minutes=59), "2 days 3 h"),
        (timedelta(days=14), "2 weeks"),
        (timedelta(weeks=5, days=6), "5 weeks"),
    ],
)
def test_a_length_is_never_rounded_up(length, words):
    assert wording.duration(length) == words


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(milliseconds=400), "just now"),
        (timedelta(seconds=1), "1 second ago"),
        (timedelta(seconds=20), "20 seconds ago"),
        (minutes(12), "12 min ago"),
    ],
)
def test_how_long_since_someone_else_acted(since, words):
    assert wording.ago(AT - since, at=AT) == words


def test_winter_and_summer_time_on_the_wall():
    assert wording.local_time(datetime(2026, 11, 25, 14, 2, tzinfo=UTC)) == "14:02"
    assert wording.local_time(datetime(2026, 7, 1, 14, 2, tzinfo=UTC)) == "15:02"


def test_the_hour_that_comes_twice_is_named_each_time():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert (wording.local_time(first), wording.local_time(second)) == ("01:30 BST", "01:30 GMT")
    assert wording.local_datetime(first) == "25 Oct 2026, 01:30 BST"
    assert wording.local_time(datetime(2026, 10, 24, 23, 59, tzinfo=UTC)) == "00:59"
    assert wording.local_time(datetime(2026, 10, 25, 2, 0, tzinfo=UTC)) == "02:00"


def test_a_clock_across_the_change_counts_real_minutes():
    due = datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert wording.clock_words(due, at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))[0] == "1 h 30 min left"


def test_in_spring_the_missing_hour_is_not_shown():
    before, after = datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert (wording.local_time(before), wording.local_time(after)) == ("00:59", "02:00")


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 11, 25, 8, 5, tzinfo=UTC), "08:05"),
        (datetime(2026, 11, 26, 14, 2, tzinfo=UTC), "Thu 26 Nov, 14:02"),
        (datetime(2027, 1, 4, 9, 0, tzinfo=UTC), "4 Jan 2027, 09:00"),
    ],
)
def test_when_is_as_short_as_is_clear(instant, words):
    assert wording.local_when(instant, at=AT) == words


def test_today_is_the_day_on_the_wall_not_the_day_in_utc():
    assert wording.local_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)


@pytest.mark.parametrize(
    ("given", "shown"),
    [("9990000009", "999 000 0009"), ("999 0000 009", "999 000 0009"), ("12345", "12345"), ("", "")],
)
def test_an_nhs_number_is_shown_as_it_is_read_out_and_anything_else_as_given(given, shown):
    assert wording.nhs_number(given) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(1945, 7, 14), "14-Jul-1945 (81y)"),
        (date(1945, 11, 26), "26-Nov-1945 (80y)"),
        (date(2026, 11, 20), "20-Nov-2026 (5d)"),
        (date(2026, 9, 25), "25-Sep-2026 (8w)"),
        (date(2025, 10, 26), "26-Oct-2025 (12m)"),
        (date(2024, 2, 29), "29-Feb-2024 (2y)"),
        (date(2026, 12, 1), "01-Dec-2026 (not born yet)"),
    ],
)
def test_born_is_written_so_that_day_and_month_cannot_be_swapped(day, shown):
    assert wording.born(day, at=AT) == shown


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("not_asked", "Date of birth not asked"),
        ("declined", "Date of birth declined"),
        ("not_known", "Date of birth not known"),
    ],
)
def test_unknown_is_said_in_words(code, words):
    assert wording.born(None, at=AT, unknown=code) == words


def test_every_way_of_not_knowing_has_words():
    from nowrongdoor.reading.clearing import HIDDEN
    from nowrongdoor.rules.words import Unknown

    assert set(wording.UNKNOWN) == {code.value for code in Unknown} | {HIDDEN}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (("Sharma", "Anjali", "Mrs"), "SHARMA, Anjali (Mrs)"),
        (("Llŷr", "Gwenllian", ""), "LLŶR, Gwenllian"),
        (("", "Sunshine", ""), "Sunshine"),
        (("Prince", "", ""), "PRINCE"),
        (("", "", ""), "Name not given"),
    ],
)
def test_a_name_is_shown_surname_first_and_never_as_a_blank(name, shown):
    assert wording.person_name(*name) == shown


def test_initials_for_screens_that_others_can_see():
    assert (wording.initials("Sharma", "Anjali"), wording.initials("", "")) == ("A.S.", "No name")


def test_counting_and_listing():
    assert (wording.plural(1, "handover"), wording.plural(0, "handover")) == ("1 handover", "0 handovers")
    assert wording.plural(2, "person", "people") == "2 people"
    assert wording.listed(["housing", "food", "company"]) == "housing, food and company"
    assert (wording.listed(["food"]), wording.listed([])) == ("food", "")
    assert wording.listed(["food", "rest"], last="or") == "food or rest"


@pytest.mark.parametrize(
    ("shown", "at", "due"),
    [
        # The night the clocks go back: 01:30 BST is 00:30 UTC, 01:30 GMT an hour later.
        ("01:30", "2026-10-25 00:20", "2026-10-25 00:30"),
        ("01:30", "2026-10-25 00:30", "2026-10-25 01:30"),
        ("01:30", "2026-10-25 00:40", "2026-10-25 01:30"),
        ("01:30", "2026-10-25 01:20", "2026-10-25 01:30"),
        ("01:30", "2026-10-25 01:40", "2026-10-26 01:30"),
        ("02:30", "2026-10-25 00:40", "2026-10-25 02:30"),
        ("15:00", "2026-10-24 15:00", "2026-10-25 15:00"),
        # The night they go forward: no clock shows 01:30, which would have been 01:30 UTC.
        ("01:30", "2026-03-29 00:10", "2026-03-29 01:30"),
        ("01:30", "2026-03-29 01:40", "2026-03-30 00:30"),
        ("02:30", "2026-03-29 00:40", "2026-03-29 01:30"),
        ("00:30", "2026-03-29 00:40", "2026-03-29 23:30"),
    ],
)
def test_the_next_time_the_clock_shows_it_on_the_nights_it_is_put(shown: str, at: str, due: str) -> None:
    instant = wording.next_at(time.fromisoformat(shown), at=datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert f"{instant:%Y-%m-%d %H:%M}" == due


@pytest.mark.parametrize(
    ("day", "said", "instant"),
    [
        ("2026-10-25", "00:59", "2026-10-24 23:59"),
        ("2026-10-25", "01:30 BST", "2026-10-25 00:30"),
        ("2026-10-25", "01:30 gmt", "2026-10-25 01:30"),
        ("2026-10-25", "1.30am GMT", "2026-10-25 01:30"),
        ("2026-10-25", "02:00", "2026-10-25 02:00"),
        ("2026-10-25", "01:30", "comes twice. Write 01:30 BST for the first, or 01:30 GMT"),
        ("2026-03-29", "00:59", "2026-03-29 00:59"),
        ("2026-03-29", "02:00", "2026-03-29 01:00"),
        ("2026-03-29", "01:30", "there is no 01:30. Write a time before 01:00 or from 02:00"),
        ("2026-07-01", "01:30 GMT", "no clock shows 01:30 GMT. Write 01:30 alone"),
        ("2026-07-01", "01:30 BST", "2026-07-01 00:30"),
    ],
)
def test_a_time_on_the_nights_the_clocks_change_is_one_instant_or_is_asked_about(day, said, instant):
    on, shown = date.fromisoformat(day), ClockTime().clean(said)
    why = why_not_on(on, shown)
    if why:
        assert instant in why
    else:
        assert wording.on_day(on, shown) == datetime.fromisoformat(instant).replace(tzinfo=UTC)


def test_the_next_time_that_is_said_with_its_zone_is_that_one():
    at = datetime(2026, 10, 25, 0, 20, tzinfo=UTC)
    assert wording.next_at(ClockTime().clean("01:30 GMT"), at=at) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert wording.next_at(ClockTime().clean("01:30 BST"), at=at) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_a_screen_says_of_when_it_was_true_tells_the_two_hours_apart():
    first = datetime(2026, 10, 25, 0, 30, 5, tzinfo=UTC)
    assert wording.local_seconds(first) == "01:30:05 BST"
    assert wording.local_seconds(first + timedelta(hours=1)) == "01:30:05 GMT"
    assert wording.local_seconds(first + timedelta(hours=2)) == "02:30:05"
