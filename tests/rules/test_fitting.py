"""Which services could take someone: advice with reasons, misses and what they would take."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from nowrongdoor.directory import search
from nowrongdoor.directory.columns import Columns
from nowrongdoor.directory.invented import Invented
from nowrongdoor.rules import fitting, fitting_words
from nowrongdoor.rules.fitting import (
    CRISIS_LINE,
    EMERGENCY,
    FULL,
    NAVIGATOR,
    OPEN,
    Ask,
    Entry,
    Fit,
    Options,
    Said,
)
from nowrongdoor.rules.working_time import AS_USUAL, Hours, Schedule

FRIDAY_NIGHT = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
EVENINGS = Hours((Schedule(tuple(range(7)), 18 * 60, 22 * 60),), bank_holidays=AS_USUAL)
MORNINGS = Hours((Schedule(tuple(range(7)), 8 * 60, 12 * 60),), bank_holidays=AS_USUAL)
CAFE = Entry(
    id=UUID(int=1),
    needs=frozenset({"mental", "just_to_talk"}),
    lowest_age=18,
    ways=frozenset({"self", "drop_in"}),
    places=((1000, 1000),),
    lacks=frozenset({"step_free"}),
    hours=EVENINGS,
    checked_on=date(2026, 11, 1),
)
ASK = Ask(needs=("mental",), at=FRIDAY_NIGHT, place=(1000, 3253), age=19, way="self", within=timedelta(0))


def options(entries: list[Entry], ask: Ask, *said: tuple[Entry, Said]) -> Options:
    """Asked both ways, which must answer the same."""
    words = {entry.id: one for entry, one in said}
    columns = Columns(entries)
    for service_id, one in words.items():
        columns.say(service_id, one)
    plain = fitting.options(entries, words, ask)
    assert search.options(columns, ask) == plain
    return plain


def only(entry: Entry, ask: Ask, *said: Said) -> Fit:
    return options([entry], ask, *((entry, one) for one in said)).best[0]


def test_an_option_says_why_in_words() -> None:
    told = fitting_words.reasons(only(CAFE, ASK), ASK)
    assert told == (
        "open until 22:00",
        "1.4 miles",
        "takes it when the person asks",
        "for people aged 18 and over",
    )


@pytest.mark.parametrize(
    ("ask", "miss", "take"),
    [
        (replace(ASK, access=frozenset({"step_free"})), "no step-free access",
         "Ask whether they can come to the person, or meet elsewhere."),
        (replace(ASK, age=17), "for people aged 18 and over", "Ask whether they would see someone aged 17."),
        (replace(ASK, way="professional"), "asked in another way: drop in, the person asks",
         "Ask for them, or be there when they ask."),
        (replace(ASK, at=FRIDAY_NIGHT + timedelta(hours=2)), "closed until 18:00 tomorrow",
         "Ring at 18:00 tomorrow; find who helps until then."),
        (replace(ASK, needs=("mental", "housing")), "does not help with housing",
         "Find that help elsewhere as well."),
    ],
)  # fmt: skip
def test_a_service_that_misses_is_shown_with_what_it_would_take(ask: Ask, miss: str, take: str) -> None:
    assert fitting_words.misses(only(CAFE, ask), ask) == ((miss, take),)


def test_a_full_service_is_shown_as_full_with_when_it_opens_again_and_the_next_best_first() -> None:
    other = replace(CAFE, id=UUID(int=2), places=((9000, 9000),))
    full = Said(
        FULL, None, "Jo at the café", FRIDAY_NIGHT - timedelta(minutes=20), FRIDAY_NIGHT + timedelta(hours=8),
        opens_again_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
    )  # fmt: skip
    found = options([CAFE, other], ASK, (CAFE, full))
    assert [one.entry.id for one in found.best] == [other.id, CAFE.id]
    assert fitting_words.misses(found.best[1], ASK) == (
        ("full, said 20 min ago by Jo at the café",
         "Takes people on again 09:00 Tue 1 Dec; ask to be told sooner."),
    )  # fmt: skip
    assert found.by_one == {FULL: 1}


def test_what_a_service_said_of_its_places_is_unknown_after_its_time() -> None:
    said = Said(FULL, None, "Jo", FRIDAY_NIGHT - timedelta(hours=9), FRIDAY_NIGHT)
    one = only(CAFE, ASK, said)
    assert one.misses == ()
    assert FULL in one.doubts
    assert fitting_words.capacity(said, at=FRIDAY_NIGHT) == "places unknown: what Jo said counted until 20:00"


def test_unknown_excludes_nothing_and_is_told() -> None:
    bare = Entry(id=UUID(int=3), needs=frozenset({"mental"}))
    one = only(bare, replace(ASK, language="pl", access=frozenset({"bsl"})))
    assert one.misses == ()
    assert one.doubts == ("language", "access", "way", "hours", FULL)


def test_a_wish_counts_in_the_order() -> None:
    peers = replace(CAFE, id=UUID(int=9), offers=frozenset({"peer"}), places=((1000, 1400),))
    nearer = replace(CAFE, places=((1000, 3000),))
    assert options([nearer, peers], ASK).best[0].entry == nearer
    wished = replace(ASK, wishes=frozenset({"peer"}))
    assert options([nearer, peers], wished).best[0].entry == peers


def test_the_likelier_yes_comes_first_by_what_was_really_accepted() -> None:
    says_no = replace(CAFE, asked=20, accepted=1)
    says_yes = replace(CAFE, id=UUID(int=2), asked=20, accepted=18)
    said = Said(OPEN, 5, "Jo", FRIDAY_NIGHT, FRIDAY_NIGHT + timedelta(hours=1))
    found = options([says_no, says_yes], ASK, (says_no, said), (says_yes, said))
    assert [one.entry for one in found.best] == [says_yes, says_no]


def test_what_nobody_has_checked_lately_comes_last_and_says_so() -> None:
    old = replace(CAFE, id=UUID(int=0), checked_on=date(2025, 1, 2))
    found = options([old, replace(CAFE, lowest_age=40)], ASK)
    told = [fitting_words.last_checked(one, ASK) for one in found.best]
    assert told == ["", "Not checked for 694 days, since 2 Jan 2025"]


def test_nothing_found_still_offers_a_person_and_a_line() -> None:
    navigator = Entry(id=UUID(int=5), kind=NAVIGATOR, hours=MORNINGS)
    line = Entry(id=UUID(int=6), kind=CRISIS_LINE, hours=Hours(always=True))
    found = options([CAFE, navigator, line], replace(ASK, needs=("equipment",)))
    assert found.best == found.near == ()
    assert (found.navigator, found.crisis_line) != (None, None)


def test_the_emergency_department_only_when_indicated() -> None:
    department = Entry(id=UUID(int=7), kind=EMERGENCY, needs=frozenset({"mental"}), hours=Hours(always=True))
    assert options([department], ASK).best == ()
    assert options([department], replace(ASK, emergency=True)).best[0].entry == department


def test_the_quick_way_answers_what_the_plain_way_answers() -> None:
    for seed in range(4):
        invented = Invented(seed, kinds_of_week=20)
        entries = list(invented.entries(30))
        assert Columns(entries).entries(range(30)) == sorted(entries, key=lambda one: one.id.int)
        said = [(one, words) for one in entries if (words := invented.said())]
        for _ in range(20):
            options(entries, invented.ask(), *said)
