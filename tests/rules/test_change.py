"""How rules answer: a step tells its difference, and folding the differences gives the row again."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules.change import (
    AlreadyRecorded,
    ChangedMeanwhile,
    Refused,
    began,
    changed,
    difference,
    fold,
    moved,
    need_words,
    plain,
)
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.person import Person
from tests.worlds.facts import NINE, TEN, a_contact, a_handover, a_person, a_promise, a_referral, id_of

VALUES = {
    "words": st.text(),
    "told": st.text(),
    "needs": st.lists(st.sampled_from(["mental", "housing", "money"])).map(tuple),
    "person_id": st.none() | st.uuids(),
    "urgency": st.none() | st.sampled_from(["urgent", "soon"]),
    "due_at": st.datetimes(timezones=st.just(NINE.tzinfo)),
    "closed_at": st.none() | st.datetimes(timezones=st.just(NINE.tzinfo)),
}
CHANGES = st.lists(st.fixed_dictionaries({}, optional=VALUES), max_size=6)


@given(CHANGES)
def test_folding_what_the_journal_says_gives_the_row(changes: list[dict[str, Any]]) -> None:
    step = began("referral.received", replace(a_referral(), version=0))
    told = [difference(None, step.change.after)]
    for one in changes:
        step = changed(step.change.after, "referral.changed", **one)
        told.append(difference(step.before, step.change.after))
    row = step.change.after
    assert fold(told, type(row)) == {name: plain(value) for name, value in vars(row).items()}
    assert row.version == len(told), "each step is the next version"


@given(CHANGES)
def test_a_difference_names_exactly_the_columns_that_differ(changes: list[dict[str, Any]]) -> None:
    before = a_referral()
    for one in changes:
        after = changed(before, "referral.changed", **one).change.after
        differ = {field.name for field in fields(after) if getattr(before, field.name) != getattr(after, field.name)}
        assert set(difference(before, after)) == differ
        before = after


def test_an_entry_that_does_not_follow_from_the_one_before_is_found() -> None:
    told = [difference(None, a_promise()), {"state": ["kept", "let_go"]}]
    with pytest.raises(ValueError, match="state was 'open', but the entry says 'kept'"):
        fold(told, type(a_promise()))


def test_a_column_younger_than_its_row_begins_with_its_default() -> None:
    """A contact from before it was said whom it was about, and linked since: its journal tells it still."""
    older = {"about", "answers", "question_set"}
    received = {name: told for name, told in difference(None, a_contact()).items() if name not in older}
    linked = changed(a_contact(), "contact.linked", person_id=id_of("Siân")).change.after
    told = [received, difference(a_contact(), linked)]
    row = fold(told, Contact)
    assert row == {name: plain(value) for name, value in vars(linked).items()}
    assert (row["about"], row["answers"], row["question_set"]) == ("", {}, "")
    said = [received, {"about": ["", "Maryam Ali"]}]
    assert fold(said, Contact)["about"] == "Maryam Ali"
    assert fold([difference(None, a_contact(about="Siân"))], Contact)["about"] == "Siân"


def test_what_did_not_change_is_not_mentioned() -> None:
    assert difference(a_handover(), a_handover()) == {}
    assert difference(a_handover(), a_handover(read_back="Yes.")) == {"read_back": ["", "Yes."]}


@pytest.mark.parametrize("row", [a_referral(), a_handover(), a_promise(), a_person(born_on=date(1980, 2, 29))])
def test_a_row_is_told_in_values_that_json_can_hold(row: Any) -> None:
    for _, new in difference(None, row).values():
        assert isinstance(new, str | int | list)


def test_plain_values() -> None:
    assert plain(NINE) == "2026-11-10T09:00:00+00:00"
    assert plain(date(2026, 2, 28)) == "2026-02-28"
    assert plain((id_of("one"), "two")) == [str(id_of("one")), "two"]
    assert plain({"at": NINE}) == {"at": "2026-11-10T09:00:00+00:00"}
    assert plain(timedelta(1)) == timedelta(1), "what is not known is left as it is"


def test_a_column_that_does_not_exist_cannot_be_changed() -> None:
    with pytest.raises(TypeError, match="Referral has no \\['colour'\\]"):
        changed(a_referral(), "referral.coloured", colour="red")


def test_a_changed_row_leaves_the_row_before_as_it_was() -> None:
    before = a_person()
    same = Person(**vars(before))
    changed(before, "person.corrected", phone="07700 900123")
    assert before == same


def test_a_move_that_is_not_in_the_table_is_refused_in_the_words_of_the_state_it_found() -> None:
    moves = {"accept": {"offered": "accepted"}}
    refusals = {"withdrawn": "This offer has already been withdrawn."}
    assert moved(moves, "accept", a_handover(), refusals=refusals) == "accepted"
    with pytest.raises(Refused) as refused:
        moved(moves, "accept", a_handover(state="withdrawn"), refusals=refusals)
    assert (refused.value.words, refused.value.code) == (refusals["withdrawn"], "accept_when_withdrawn")
    assert refused.value.of == a_handover(state="withdrawn"), "the row that stands in the way is named"


@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_words_are_more_than_blanks(blank: str) -> None:
    with pytest.raises(Refused, match="Say why") as refused:
        need_words(blank, field="why", ask="Say why.")
    assert (refused.value.code, refused.value.field) == ("why_missing", "why")
    assert need_words(" because ", field="why", ask="Say why.") == " because ", "words are kept as they are"


def test_a_lost_race_says_who_did_what_and_when() -> None:
    lost = ChangedMeanwhile(
        kind="handover.accepted", by_member_id=id_of("Priya"), by_name="Priya", changed_at=TEN, seen=1, found=2
    )
    assert isinstance(lost, Refused)
    assert (lost.kind, lost.by_name, lost.changed_at, lost.seen, lost.found) == (
        "handover.accepted", "Priya", TEN, 1, 2,
    )  # fmt: skip
    assert isinstance(lost.changed_at, datetime)


def test_a_form_sent_twice_is_told_what_it_made_the_first_time() -> None:
    assert AlreadyRecorded(id_of("contact")).subject_id == id_of("contact")
