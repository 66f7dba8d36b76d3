"""Somebody is told of a service they ask themselves: an outcome somebody owns, and who wants is asked after."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from nowrongdoor.rules import signpost
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.contact import Said, receive
from nowrongdoor.rules.directory import Service

NINE = datetime(2026, 11, 27, 9, tzinfo=UTC)
ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
SERVICE = Service(ONE, None, None, "Listening Ear", "", ("talk",), "", "")
CONTACT = receive(
    Said(channel="telephone"), contact_id=TWO, person_id=THREE, team_id=ONE, by=TWO, outcome="service_found",
    callback_id=ONE, callback_due_at=None, has_referral=False, happened_at=NINE, at=NINE,
)[0].change.after  # fmt: skip


def tell(**told):
    given = {
        "service": SERVICE, "signpost_id": ONE, "words": "Ring them.", "ask_after": "wants_to_be_asked",
        "promise_id": TWO, "ask_at": None, "team_id": ONE, "by": THREE, "at": NINE + timedelta(minutes=5),
    }  # fmt: skip
    return [step.change.after for step in signpost.tell(CONTACT, **{**given, **told})]


def test_who_wants_to_be_asked_is_owed_a_call_back_by_whoever_told_them():
    promised, told = tell()
    assert (promised.kind, promised.words) == ("callback", "Ask how it went with Listening Ear")
    assert (promised.person_id, promised.contact_id, promised.owner_member_id) == (THREE, TWO, THREE)
    assert (told.promise_id, told.told_of, told.person_id) == (TWO, "Listening Ear", THREE)


def test_they_are_asked_by_the_time_they_named():
    tomorrow = NINE + timedelta(days=1)
    assert tell(ask_at=tomorrow)[0].due_at == tomorrow


def test_who_names_no_time_is_asked_when_there_has_been_time_to_try():
    assert tell()[0].due_at == NINE + timedelta(days=2, minutes=5)


@pytest.mark.parametrize("answer", ["does_not_want", "not_asked"])
def test_nothing_is_promised_to_whoever_did_not_ask_for_it(answer):
    (told,) = tell(ask_after=answer)
    assert (told.promise_id, told.ask_after) == (None, answer)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"ask_after": ""}, "ask_after_missing"),
        ({"words": " "}, "words_missing"),
        ({"ask_after": "not_asked", "ask_at": NINE + timedelta(days=1)}, "ask_at_unasked"),
        ({"at": NINE - timedelta(minutes=1)}, "before_contact"),
        ({"ask_at": NINE}, "due_in_the_past"),
    ],
)
def test_what_cannot_be_recorded_is_refused(told, code):
    with pytest.raises(Refused) as refusal:
        tell(**told)
    assert refusal.value.code == code


def test_what_came_of_it_is_of_the_kinds_of_the_service_or_of_any():
    told = tell()[1]
    at = NINE + timedelta(days=2)
    bank = replace(SERVICE, summary="A time bank for Averley")
    step = signpost.followed_up(told, service=bank, came_of="tb_gave", at=at)
    assert (step.change.kind, step.change.after.came_of) == ("signpost.followed_up", "tb_gave")
    assert signpost.followed_up(told, service=SERVICE, came_of="helped", at=at).change.after.came_of == "helped"
    for service, came_of in ((SERVICE, "tb_gave"), (bank, "cc_plan"), (bank, "help_given"), (bank, "sulked")):
        with pytest.raises(Refused) as refused:
            signpost.followed_up(told, service=service, came_of=came_of, at=at)
        assert refused.value.code == "came_of_unknown"
