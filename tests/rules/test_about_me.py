"""What is said about a person: three ways of not knowing, nothing written over, whose words they are."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from nowrongdoor.rules import about_me
from nowrongdoor.rules.about_me import AboutAnswer, Said
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import headings

AT = datetime(2026, 11, 29, 9, tzinfo=UTC)
WHO, TEAM, BY = uuid4(), uuid4(), uuid4()
WELSH = Said("language", "answered", ("cym",), said_by="person")


def answered(
    said: Said = WELSH, *earlier: AboutAnswer, replaces: UUID | None = None, at: datetime = AT
) -> AboutAnswer:
    return about_me.answer(
        said,
        answer_id=uuid4(),
        person_id=WHO,
        replaces_id=replaces,
        earlier=earlier,
        team_id=TEAM,
        by=BY,
        at=at,
    ).change.after


def test_a_heading_nobody_answered_was_not_asked():
    assert about_me.state_of(about_me.standing([]).get("language")) == "not_asked"


@pytest.mark.parametrize("state", ["declined", "not_known"])
def test_declined_and_not_known_are_kept_apart_and_carry_no_choice(state):
    one = answered(replace(WELSH, state=state))
    assert (one.state, one.codes) == (state, ())
    assert about_me.state_of(about_me.standing([one]).get("language")) == state


def test_an_answer_can_be_taken_back_to_not_asked_but_none_begins_so():
    first = answered()
    back = answered(Said("language", "not_asked"), first, replaces=first.id)
    assert about_me.state_of(about_me.standing([first, back])["language"]) == "not_asked"
    with pytest.raises(Refused, match="answered, declined"):
        answered(Said("language", "not_asked"))


def test_the_next_answer_replaces_the_one_that_was_read_and_both_are_kept():
    first = answered()
    then = answered(replace(WELSH, codes=("eng",)), first, replaces=first.id, at=AT + timedelta(days=1))
    assert about_me.standing([first, then]) == {"language": then}
    assert then.replaces_id == first.id and first.codes == ("cym",)


def test_whoever_has_not_read_what_stands_is_refused():
    first = answered()
    with pytest.raises(Refused) as told:
        answered(WELSH, first)
    assert (told.value.code, told.value.of) == ("answered_since", first)


def test_of_two_answers_that_stand_side_by_side_the_one_said_last_is_shown():
    earlier = answered(replace(WELSH, said_on=date(2026, 3, 1)))
    later = answered(replace(WELSH, codes=("pol",), said_on=date(2026, 6, 1)))
    assert about_me.standing([later, earlier])["language"] == later


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("shoe_size", "answered", words="42", said_by="person"), "heading_unknown"),
        (Said("language", "answered", said_by="person"), "no_answer"),
        (Said("language", "answered", ("klingon",), said_by="person"), "codes_unknown"),
        (Said("important", "answered", ("cym",), said_by="person"), "codes_unknown"),
        (Said("adjustments", "answered", ("none", "quiet"), said_by="person"), "none_and_some"),
        (Said("important", "declined"), "said_by_unknown"),
        (Said("important", "maybe", words="Yes", said_by="person"), "state_unknown"),
        (Said("important", "answered", words="My dog", said_by="person"), "whose_words_unknown"),
        (Said("important", "answered", (), "My dog", "close", "", "own"), "not_their_words"),
        (replace(WELSH, said_on=date(2026, 11, 30)), "said_in_future"),
    ],
)
def test_what_cannot_be_so_is_refused(said, code):
    with pytest.raises(Refused) as told:
        answered(said)
    assert told.value.code == code


def test_codes_stand_in_the_order_of_their_list():
    one = answered(Said("adjustments", "answered", ("quiet", "longer"), said_by="person"))
    assert one.codes == ("longer", "quiet")


def test_the_person_may_read_what_they_said_and_nobody_elses_words():
    assert about_me.may_read_own(answered())
    assert not about_me.may_read_own(answered(replace(WELSH, said_by="close")))


def test_every_heading_has_its_own_place_and_a_list_that_is_there():
    found = headings.standing(on=AT.date())
    assert len({one.order for one in found}) == len(found) == len({one.code for one in found})
    for one in found:
        if one.codes:
            assert about_me.law.codes(one.codes, on=AT.date()), one.codes


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said("ethnicity", "answered", ("A", "B"), said_by="person"), "one_of_these"),
        (Said("ethnicity", "answered", (), "Cornish.", "person", "", "own"), "one_of_these"),
        (Said("ethnicity", "answered", ("Z",), said_by="person"), "codes_unknown"),
        (Said("ethnicity", "answered", ("99",), said_by="person"), "codes_unknown"),
        (Said("ethnicity", "answered", ("A",), said_by="noticed"), "not_theirs_to_say"),
        (Said("ethnicity", "answered", ("A",), said_by="professional"), "not_theirs_to_say"),
        (Said("sex", "answered", ("1", "2"), said_by="person"), "one_of_these"),
        (Said("sex", "answered", ("X",), said_by="person"), "codes_unknown"),
        (Said("sex", "answered", ("2",), said_by="noticed"), "not_theirs_to_say"),
        (Said("sex", "answered", ("2",), said_by="professional"), "not_theirs_to_say"),
    ],
)
def test_sex_and_ethnic_category_are_one_of_their_lists_and_theirs_to_say(said, code):
    with pytest.raises(Refused) as refused:
        answered(said)
    assert refused.value.code == code


def test_an_ethnic_category_is_said_declined_or_not_known_and_words_may_go_with_it():
    one = answered(Said("ethnicity", "answered", ("S",), "Cornish.", "person", "", "own"))
    assert (one.codes, one.words) == (("S",), "Cornish.")
    for state in ("declined", "not_known"):
        assert answered(Said("ethnicity", state, said_by="person")).state == state
