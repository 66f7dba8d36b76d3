"""Whether the police attend, and for whom: the whole place by one group at a time, and nobody in it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from nowrongdoor.journeys import about_me, care_contacts, police, seals
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import police_split as reading
from nowrongdoor.rules import police_split
from nowrongdoor.rules.about_me import Said
from tests.journeys import police as scenes
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
LATER = timedelta(days=45)
COMES = replace(scenes.NO, outcome="attend", reason="their_choice", accepted_by="", going="")
SECTORS = ("ZZ1 1AB", "ZZ2 8AB", "ZZ9 9AB", "")


@pytest.fixture
def lead(place):
    return stories.browser(place.viewers["Lou of Front door"])


def somebody(place, number, state="answered", code="K", heading="ethnicity"):
    who = place.a_person(family_name=f"Lomas{'abcdefghijklmnopqrst'[number]}", postcode=SECTORS[number % 4])
    if state:
        says(place, who, state, code, heading)
    return who


def says(place, who, state, code, heading):
    codes = (code,) if state == "answered" else ()
    about_me.answer(
        answer_id=uuid4(), person_id=who, said=Said(heading, state, codes, said_by="person"),
        replaces_id=None, by=place.amir, at=place.later(),
    )  # fmt: skip


def called(place, who, call=scenes.NO):
    referral = place.a_referral(person_id=who)
    police.decide(
        decision_id=uuid4(), referral_id=referral, call=call, follows_id=None, by=place.amir, at=place.later()
    )
    return referral


def told(at=None):
    return reading.told(at=at or now() + LATER)


def test_groups_are_of_people_and_one_who_is_called_about_often_is_one(place):
    for number in range(6):
        called(place, somebody(place, number))
    often = somebody(place, 6, code="R")
    for _ in range(6):
        called(place, often)
    found = told()["ethnicity"]
    assert {line for line, *_ in found} == {"*"}, "one person is no group, and so nobody stands alone"
    assert found["*", "", 0, ""] == 10
    assert told()["all"]["", "not_attending", 0, ""] == 10


@pytest.mark.parametrize(("heading", "other"), [("ethnicity", "sex"), ("sex", "ethnicity")])
def test_who_declined_was_not_asked_or_is_not_known_are_three_lines_and_no_area_is_dropped(
    place, heading, other
):
    for number in range(15):
        state = ("declined", None, "not_known")[number // 5]
        who = called(place, somebody(place, number, state, heading=heading))
        assert who
    found = told()
    assert {line: many for (line, decision, *_), many in found[heading].items() if not decision} == {
        "declined": 5, "not_asked": 5, "not_known": 5,
    }  # fmt: skip
    assert {line: many for (line, decision, *_), many in found[other].items() if not decision} == {
        "not_asked": 15
    }
    areas = {line: many for (line, decision, *_), many in found["deprivation"].items() if not decision}
    assert areas[""] == 5 and set(areas) <= {"", "*", "fifth_1", "fifth_5"} and sum(areas.values()) == 15
    assert {line for line, *_ in found["age"]} == {"25_44"}, "as the police were told it"


def test_nothing_small_and_nothing_exact_leaves_the_database(place):
    for number in range(7):
        referral = called(place, somebody(place, number), COMES if number < 2 else scenes.NO)
        if number > 4:
            care_contacts.record(
                care_contact_id=uuid4(), referral_id=referral, way="face_to_face", words="At home.",
                happened_at=None, by=place.amir, at=place.later(),
            )  # fmt: skip
    found = told()["ethnicity"]
    assert found["K", "", 0, ""] == 5, "seven, rounded"
    assert found["K", "attend", 0, ""] is None and found["K", "not_attending", 0, ""] == 5
    assert found["K", "not_attending", 1, "seen"] is None and found["K", "not_attending", 1, "held"] is None
    every = [many for counts in told().values() for many in counts.values() if many is not None]
    assert every and all(many >= 5 and many % 5 == 0 for many in every)


def test_one_who_says_two_things_of_themselves_is_once_in_each_split_and_no_two_are_crossed(place):
    for number in range(12):
        who = somebody(place, number)
        says(place, who, "answered", "2" if number < 6 else "1", "sex")
        called(place, who)
    found = told()
    for split, sizes in {"all": {"": 10}, "ethnicity": {"K": 10}, "sex": {"1": 5, "2": 5}}.items():
        assert {line: many for (line, decision, *_), many in found[split].items() if not decision} == sizes
    assert set(found) == {"all", "age", "deprivation", "ethnicity", "sex"}


def test_it_waits_for_the_week_to_end_and_an_answer_of_later_is_not_in_it(place):
    people, began = [somebody(place, number, None) for number in range(5)], place.at
    for who in people:
        called(place, who)
    assert told(at=now()) == {} or police_split.up_to(now()) > began
    assert told(at=began) == {}
    over = police_split.up_to(now() + LATER)
    assert {line for line, *_ in told()["ethnicity"]} == {"not_asked"}
    about_me.answer(
        answer_id=uuid4(), person_id=people[0], said=Said("ethnicity", "declined", said_by="person"),
        replaces_id=None, by=place.amir, at=over + timedelta(hours=1),
    )  # fmt: skip
    assert {line for line, *_ in told()["ethnicity"]} == {"not_asked"}


def test_nobody_who_is_restricted_is_in_it(place):
    people = [somebody(place, number) for number in range(5)]
    for who in people:
        called(place, who)
    assert told()["all"]["", "", 0, ""] == 5
    seals.put(
        seal_id=uuid4(), person_id=people[0], referral_id=None, contact_id=None, why="in_danger", words="",
        by=place.amir, at=place.later(),
    )  # fmt: skip
    assert set(told()["all"].values()) == {None}, "four are left, and none of their numbers"


def test_before_a_week_is_over_the_page_says_so(lead, place, monkeypatch):
    called(place, somebody(place, 0))
    monkeypatch.setattr(police_split, "up_to", lambda at: at - timedelta(days=1))
    assert "No call to the police was recorded before the end of last Sunday" in text(
        lead.get(reverse("police_gaps"))
    )


def test_the_page_shows_it_for_either_decision_and_the_same_whatever_is_chosen(lead, place, monkeypatch):
    """Acceptance test T42 of the crisis reference: by ethnicity, age and deprivation, for either decision."""
    for number in range(17):
        state = "answered" if number < 12 else "declined"
        who = somebody(place, number, state)
        called(place, who, COMES if number < 2 else scenes.NO)
        if number:
            says(place, who, "answered", "2" if number < 9 else "1", "sex")
    monkeypatch.setattr(police_split, "up_to", lambda at: at + LATER)
    page = text(lead.get(reverse("police_gaps")))
    part = page.split("For whom")[1]
    assert "Asian: Bangladeshi 10 * 10 (100%) *" in part
    assert "Declined to say 5 * * *" in part, "a five less a five says that nobody was attended"
    assert "Not asked * * * * Not known * * * *" in part
    assert "how people were, where the police attended" in part and "did not attend" in part
    assert "Of 10: seen, or in hospital or a place of safety *, held and not seen 100%" in part
    sexes = part.split("Sex, as they say it Sex, as they say it")[1].split("Ethnic category, as they")[0]
    assert "Female 10 * 5 (50%) *" in sexes
    assert "All others 10 * 10 (100%) *" in sexes, "eight men, and one who was not asked"
    assert "Nobody’s disability or faith is on record here" in part and "Invented for this product" in part
    chosen = text(lead.get(reverse("police_gaps"), {"force": "averley", "category": "concern_for_welfare"}))
    assert chosen.split("For whom")[1] == part
    exported = lead.get(reverse("police_gaps_export")).content.decode()
    assert '"Sex, as they say it",Female,Did not attend,5,10,50%' in exported
    assert '"Ethnic category, as they say it",Asian: Bangladeshi,Did not attend,10,10,100%' in exported


def test_the_calls_with_their_keys_are_nobodys_to_ask_for():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege('nwd_reader', p.oid, 'EXECUTE'), prosecdef FROM pg_proc p"
            " WHERE proname IN ('police_calls_keyed', 'police_split') ORDER BY proname"
        )
        assert cursor.fetchall() == [(False, False), (True, True)]
