"""Who matters to a person: three ways of not knowing, and a no to contact that nothing passes over."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from nowrongdoor.rules import circle, law, ringing
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.circle import InCircle, Somebody
from nowrongdoor.rules.words import Unknown

AT = datetime(2026, 11, 29, 9, tzinfo=UTC)
NED = Somebody("Ned Farrow", "former_partner", (), "+44 7700 900332", "", "never", "nothing", "", "person")


def entered(told: Somebody = NED) -> InCircle:
    step = circle.enter(
        told, entry_id=uuid4(), person_id=uuid4(), permitted=(), team_id=uuid4(), by=uuid4(), at=AT
    )
    return step.change.after


def test_what_was_not_asked_is_neither_a_yes_nor_a_no():
    one = entered(Somebody("Rosa", "sister", said_by="close"))
    assert (one.contact, one.tell, one.phone_unknown) == ("not_asked",) * 3
    assert circle.not_to_contact([one]) == []


@pytest.mark.parametrize("name", ["may_contact", "may_be_told"])
def test_each_of_the_three_unknowns_can_be_said(name):
    codes = {one.code for one in law.codes(name, on=AT.date())}
    assert {str(one) for one in Unknown} < codes


@pytest.mark.parametrize("number", ["07700 900332", "+44 (0)7700 900332", "0044 7700-900332"])
def test_the_number_of_somebody_not_to_be_contacted_is_not_rung_however_it_is_written(number):
    assert circle.may_ring(number, "yes", [entered()]) == "do_not_contact"
    assert circle.may_ring("07700 900333", "yes", [entered()]) == "yes"


def test_a_number_that_was_not_given_is_nobodys():
    assert circle.may_ring("", "not_asked", [entered(replace(NED, phone=""))]) == "not_asked"


def test_no_later_answer_of_a_caller_lifts_it():
    assert ringing.safe_now(["yes", "do_not_contact", "no"]) == "do_not_contact"


def test_whoever_must_not_be_contacted_may_not_be_told_either():
    with pytest.raises(Refused) as told:
        circle.need_may_be_told([entered()], name="NED  farrow", field="carer_name")
    assert (told.value.code, told.value.field) == ("not_to_be_contacted", "carer_name")
    circle.need_may_be_told([entered()], name="Rosa Ali", field="carer_name")


def test_a_no_is_lifted_only_with_a_reason_and_so_is_its_number():
    one = entered()
    for told in (replace(NED, contact="any_time"), replace(NED, phone="07700 900999")):
        with pytest.raises(Refused) as refused:
            circle.correct(one, told, why=" ", permitted=(), at=AT)
        assert refused.value.field == "why"
        after = circle.correct(one, told, why="She asked for it.", permitted=(), at=AT).change.after
        assert after.why == "She asked for it."


def test_whoever_may_not_see_the_number_leaves_it_as_it_stands():
    after = circle.correct(
        entered(), replace(NED, phone=None, words="Never."), why="", permitted=(), at=AT
    ).change.after
    assert (after.phone, after.words) == (NED.phone, "Never.")


def test_taken_out_they_keep_nobody_from_being_rung():
    out = circle.withdraw(entered(), why="A wrong name.", by=uuid4(), at=AT).change.after
    assert circle.may_ring(NED.phone, "yes", [out]) == "yes"
    with pytest.raises(Refused, match="taken out already"):
        circle.withdraw(out, why="Again.", by=uuid4(), at=AT)
