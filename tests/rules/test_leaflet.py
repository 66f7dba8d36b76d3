"""A leaflet for the person: plain words, and nothing that is not theirs to read."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from nowrongdoor.rules import leaflet
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.openreferral import terms

ON = date(2026, 11, 29)
KEY = UUID(int=1)


def a_service(**record) -> Service:
    ways = record.pop("ways", ("self", "drop_in"))
    told = {
        "attributes": [terms.attribute(KEY, "ways_in", code, on=ON) for code in ways],
        "service_at_locations": [{"location": {"addresses": [
            {"address_1": "1 High Street", "city": "Averley", "postal_code": "ZZ1 1AA", "address_type": "physical"}
        ]}}],
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:30"}],
        "nwd_bank_holidays": "closed",
        **record,
    }  # fmt: skip
    return Service(
        KEY, None, None, "Listening Ear", "Somebody to talk to.", ("talk",), "Mon–Fri", "01632 960904", told
    )


def told(**record) -> leaflet.Leaf:
    return leaflet.of(a_service(**record), offered_by="Averley Together", on=ON)


def test_it_says_how_to_ask_when_it_is_open_where_it_is_and_what_it_costs():
    assert told().parts == (
        (
            "How to ask",
            ("You can ask them yourself.", "You can just go there without an appointment."),
        ),
        ("Telephone", ("01632 960904",)),
        ("When it is open", ("Monday to Friday, 9 am to 5:30 pm.", "Closed on bank holidays.")),
        ("Where it is", ("1 High Street, Averley, ZZ1 1AA",)),
        ("What it costs", ("Ask them whether it costs anything.",)),
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"byday": "TU,TH", "opens_at": "18:00", "closes_at": "20:00"}, "Tuesday and Thursday, 6 pm to 8 pm."),
        ({"byday": "MO,WE,SA", "opens_at": "12:00", "closes_at": "24:00"}, "Monday, Wednesday and Saturday, noon to midnight."),
        ({"byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "08:30", "closes_at": "22:00"}, "Every day, 8:30 am to 10 pm."),
        ({"byday": "2TU", "freq": "MONTHLY", "opens_at": "18:00", "closes_at": "20:00"}, "Mon–Fri"),
    ],
)  # fmt: skip
def test_opening_times_are_told_in_words_or_as_their_keeper_words_them(line, words):
    schedule = {"freq": "WEEKLY", **line}
    assert told(schedules=[schedule], nwd_bank_holidays="").opening == (words,)


def test_day_and_night_is_said_so():
    assert told(nwd_day_and_night=True).opening == ("Day and night, every day.",)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"fees": "£2 for lunch"}, "£2 for lunch"),
        ({"cost_options": [{"option": "Lunch", "amount": 2.5}, {"amount": 0}]}, "Lunch: £2.50; free."),
        ({"cost_options": [{"option": "Lunch", "amount": 5, "currency": "EUR"}]}, "Lunch: 5.00 EUR."),
        ({"attributes": [terms.attribute(KEY, "wishes", "free", on=ON)]}, "It is free."),
    ],
)
def test_what_it_costs_is_what_the_entry_says(record, words):
    assert told(**record).cost == words


def test_an_address_that_must_not_be_known_is_on_no_leaflet():
    hidden = leaflet.of(replace(a_service(), hides_address=True), offered_by="", on=ON)
    assert hidden.where == (leaflet.RING_FIRST,)
    assert "High Street" not in leaflet.in_text([hidden], help_lines=(), on=ON)


def test_as_text_it_is_lines_alone():
    text = leaflet.in_text([told()], help_lines=["Life in danger now: 999."], on=ON)
    assert text.splitlines()[:3] == [
        "Listening Ear (Averley Together)",
        "Somebody to talk to.",
        "How to ask: You can ask them yourself. You can just go there without an appointment.",
    ]
    assert "Written 29 November 2026." in text and text.endswith("Life in danger now: 999.\n")
    assert "<" not in text


def test_a_feed_that_says_odd_things_breaks_no_leaflet():
    odd = a_service(
        fees=7, url=None, cost_options=[{"amount": "x"}], service_at_locations=[{}], schedules=[{}]
    )
    assert leaflet.of(odd, offered_by="", on=ON).parts
