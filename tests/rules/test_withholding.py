"""Words that may keep help from somebody are found whole, and stand only once another has read them."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from nowrongdoor.rules import law, person, withholding
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.promise import keep, let_go
from nowrongdoor.rules.withholding import AGREE, CHANGE, SET_ASIDE
from tests.worlds.facts import id_of

TEN = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
TEAM, AMIR, LOU = UUID(int=1), UUID(int=2), UUID(int=3)
HELD = "Do not send anybody out."


def maryam(**known) -> Person:
    details = Details(family_name="Ali", **known)
    step = person.register(details, person_id=id_of("Maryam"), candidates=(), looked_at=(), at=TEN)
    return step.change.after


def waiting(line: str = HELD):
    (step,) = withholding.wait(
        [line], after=id_of("Maryam"), person=maryam(), team_id=TEAM, writer_id=AMIR, at=TEN
    )
    return step.change.after


def shown(**known) -> Person:
    """Maryam, with the line shown as waiting."""
    return replace(maryam(**known), know_waits=HELD)


def answered(known: Person, *, how: str, words: str = "", reason: str = "She asked for it.", by=LOU):
    return withholding.answer(waiting(), known, how=how, words=words, reason=reason, by=by, at=TEN)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Do not send anybody out.", ["Do not"]),
        ("DO  NOT visit; don’t ring", ["Do not"]),
        ("Refuses tea, and we refused", ["Refuse"]),
        ("Limit her to one call; withhold the number", ["Limit", "Withhold"]),
        ("She said “do not come”", ["Do not"]),
        ("Dog at address", []),
        ("Unlimited time; undoing; donot", []),
        ("Shared telephone: do not leave a message.", []),
        ("Do not leave voicemail", []),
        ("Do not leave a message or send anybody", ["Do not"]),
        ("Limited hearing, left ear", []),
    ],
)
def test_words_that_withhold_are_found_whole_and_what_keeps_somebody_safe_is_passed_over(line, words):
    assert list(withholding.found(line, at=TEN)) == words


def test_no_word_is_looked_for_before_its_row_stands():
    assert withholding.found(HELD, at=datetime(2014, 12, 31, tzinfo=UTC)) == ()


def test_every_word_says_where_it_comes_from_and_that_nobody_has_checked_it():
    rows = law.rows("withholding_words")
    assert {row["verified"] for row in rows} == {"no"}
    assert {row["jurisdiction"] for row in rows} == {"England and Wales"}
    assert all(row["source_date"] for row in rows)


def test_one_line_waits_and_the_others_stand():
    parted = withholding.part(Details(know_first=f"Dog at address\n{HELD}\nRing first"), at=TEN)
    assert parted.details.know_first == "Dog at address\nRing first"
    assert parted.waits == (HELD,)


def test_what_stands_already_does_not_wait_again_when_something_else_is_corrected():
    details = Details(know_first=f"Dog at address\n{HELD}")
    assert withholding.part(details, stood=HELD, at=TEN).waits == ()


def test_what_waits_has_a_time_and_nobody_owes_it_by_name():
    made = waiting()
    assert (made.due_at - TEN).total_seconds() == 4 * 3600
    assert (made.owner_team_id, made.owner_member_id, made.written_by_id) == (TEAM, None, AMIR)
    assert HELD not in made.words


def test_a_line_that_waits_already_waits_once():
    twice = {"after": id_of("Maryam"), "person": maryam(), "team_id": TEAM, "writer_id": LOU, "at": TEN}
    assert withholding.wait([HELD], open_promises=[waiting()], **twice) == ()
    ended = replace(waiting(), state="let_go")
    assert len(withholding.wait([HELD], open_promises=[ended], **twice)) == 1


def test_agreed_to_it_stands_beside_what_staff_knew():
    known, ended = answered(maryam(know_first="Dog at address"), how=AGREE)
    assert known.change.after.know_first == f"Dog at address\n{HELD}"
    assert (ended.change.kind, ended.change.after.state) == ("promise.agreed", "kept")


def test_it_is_shown_as_waiting_from_the_first_and_as_waiting_no_longer_once_it_is_answered():
    details = Details(family_name="Ali", know_first="Dog at address")
    asked = {"details": details, "waits": (HELD,), "at": TEN}
    new = person.register(person_id=id_of("Maryam"), candidates=(), looked_at=(), **asked).change.after
    assert (new.know_first, new.know_waits) == ("Dog at address", HELD)
    again = person.correct(new, nhs_number_holder=None, **asked | {"waits": ("Limit tea.", HELD)}).change.after
    assert again.know_waits.splitlines() == [HELD, "Limit tea."]
    corrected = person.correct(again, replace(details, known_as="May"), nhs_number_holder=None, at=TEN)
    assert corrected.change.after.know_waits == again.know_waits, "what waits outlives a correction"
    for how in (AGREE, SET_ASIDE, CHANGE):
        known = answered(again, how=how, words="Ring first")[0].change.after
        assert known.know_waits == "Limit tea."


def test_written_otherwise_as_what_waits_already_it_waits_once():
    known, *rest = answered(replace(shown(), know_waits=f"{HELD}\nLimit tea."), how=CHANGE, words="Limit tea.")
    assert known.change.after.know_waits == "Limit tea."
    assert [step.change.kind for step in rest] == ["promise.reworded"]


def test_set_aside_it_never_stands():
    known, ended = answered(shown(), how=SET_ASIDE)
    assert (known.change.after.know_first, known.change.after.know_waits) == ("", "")
    assert (ended.change.kind, ended.change.after.state) == ("promise.set_aside", "let_go")


def test_written_otherwise_what_keeps_no_help_stands_and_what_may_waits_for_a_third_reader():
    known, ended, again = answered(maryam(), how=CHANGE, words="Ring before you visit\nLimit visits to two")
    assert known.change.after.know_first == "Ring before you visit"
    assert ended.change.kind == "promise.reworded"
    assert (again.change.after.held_words, again.change.after.written_by_id) == ("Limit visits to two", LOU)
    same = answered(maryam(), how=CHANGE, words=HELD)[-1].change.after
    assert same.id != waiting().id


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"how": AGREE, "by": AMIR}, "reads_their_own"),
        ({"how": SET_ASIDE, "by": AMIR}, "reads_their_own"),
        ({"how": "perhaps"}, "answer_unknown"),
    ],
)
def test_whoever_wrote_it_never_reads_it(answer, code):
    with pytest.raises(Refused) as refused:
        answered(maryam(), **answer)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "answer", [{"how": AGREE, "reason": " "}, {"how": CHANGE}, {"how": SET_ASIDE, "reason": ""}]
)
def test_an_answer_says_why_and_what_instead(answer):
    with pytest.raises(Refused):
        answered(maryam(), **answer)


def test_it_is_neither_kept_nor_let_go_like_a_promise():
    for end in (keep, let_go):
        with pytest.raises(Refused, match="waits for a second reader"):
            end(waiting(), words="Done", by=LOU, at=TEN)
