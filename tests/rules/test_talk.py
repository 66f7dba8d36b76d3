"""Just to talk: a network owes a call by a time, tries again, gives it back, and is never told more than it needs."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from nowrongdoor.rules import participation, promise, talk, talk_asking, talk_worry
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.contact import Said, receive
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.participation import Known
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.sight import Sealed
from nowrongdoor.rules.talk_asking import About

NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)
ONE, TWO, THREE, FOUR, NETWORK, ASKER = (UUID(int=number) for number in range(1, 7))
SERVICE = Service(ONE, ONE, NETWORK, "Listening Ear", "", ("just_to_talk",), "", "")


ABOUT = About(SERVICE, person_id=THREE)


def ask(*, about=ABOUT, **told):
    given = {
        "talk_id": ONE, "promise_id": TWO, "ask_for": " Maryam ", "number": "01632 960111",
        "safe_to_call": "not_asked", "agreed": True, "suits_from": None, "suits_until": None,
        "words": "My cat.", "is_restricted": False, "team_id": ASKER, "by": ASKER, "at": NINE,
    }  # fmt: skip
    return [step.change.after for step in talk_asking.ask(about, **{**given, **told})]


def tell(about, owed, came_of, *, at, **told):
    given = {
        "next_id": THREE, "next_promise_id": FOUR, "next_at": None, "back_to": (ASKER, ASKER), "by": ONE,
    }  # fmt: skip
    steps = talk.tell(about, owed, came_of=came_of, **{**given, **told}, at=at)
    return {type(step.change.after).__name__ + step.change.kind: step.change.after for step in steps}


def test_the_network_owes_a_call_by_the_standard_and_nobody_by_name():
    owed, asked = ask()
    assert (owed.kind, owed.owner_team_id, owed.owner_member_id) == ("just_to_talk", NETWORK, None)
    assert owed.due_at == NINE + timedelta(days=1) and owed.standard.startswith("just_to_talk@")
    assert (owed.person_id, owed.words) == (THREE, "Ring them, just to talk")
    assert (asked.ask_for, asked.asked_team_id, asked.tries) == ("Maryam", ASKER, 0)


def test_it_is_due_when_it_suits_them():
    six, eight = NINE + timedelta(hours=9), NINE + timedelta(hours=11)
    owed, asked = ask(suits_from=six, suits_until=eight)
    assert (asked.suits_from, owed.due_at, owed.standard) == (six, eight, "")
    owed, _ = ask(suits_from=six)
    assert owed.due_at == six + timedelta(days=1)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"agreed": False}, "not_agreed"),
        ({"safe_to_call": "no"}, "not_safe"),
        ({"safe_to_call": "do_not_contact"}, "not_safe"),
        ({"safe_to_call": "perhaps"}, "safe_to_call_unknown"),
        ({"number": " "}, "number_missing"),
        ({"ask_for": ""}, "ask_for_missing"),
        ({"is_restricted": True}, "restricted"),
        ({"suits_until": NINE - timedelta(hours=1)}, "due_in_the_past"),
        ({"suits_until": NINE + timedelta(days=30)}, "due_too_far"),
        (
            {"suits_from": NINE + timedelta(hours=2), "suits_until": NINE + timedelta(hours=1)},
            "ends_before_it_suits",
        ),
        (
            {"about": About(Service(ONE, ONE, None, "Ear", "", ("just_to_talk",), "", ""), person_id=ONE)},
            "no_network",
        ),
        (
            {"about": About(Service(ONE, ONE, NETWORK, "Ear", "", ("mental",), "", ""), person_id=ONE)},
            "no_network",
        ),
        ({"about": About(SERVICE)}, "about_nobody"),
    ],
)
def test_what_cannot_be_asked_is_refused(told, code):
    with pytest.raises(Refused) as refusal:
        ask(**told)
    assert refusal.value.code == code


def test_one_promise_is_nobodys_to_make_or_to_end_by_hand():
    owed, _ = ask()
    with pytest.raises(Refused, match="raises itself"):
        promise.make(
            promise_id=ONE, kind="just_to_talk", team_id=ONE, member_id=None, words="", due_at=None, at=NINE,
            person_id=ONE,
        )  # fmt: skip
    for end in (promise.keep, promise.let_go):
        with pytest.raises(Refused, match="answered on the list"):
            end(owed, words="Done.", by=ONE, at=NINE)


def test_owing_it_or_hearing_that_it_is_late_gives_no_part_in_the_care():
    owed, _ = ask()
    known = Known({NETWORK: ONE, ASKER: TWO}, lambda *_: THREE, lambda _: owed)
    assert participation.of(owed, known) is None
    raised = promise.Escalation(ONE, owed.id, 1, ASKER, "Late.", NINE, ONE)
    assert participation.of(raised, known) is None
    other = promise.make(
        promise_id=ONE, kind="callback", team_id=NETWORK, member_id=None, words="", due_at=None, at=NINE,
        person_id=THREE,
    ).change.after  # fmt: skip
    assert participation.of(other, known).team_id == NETWORK


def test_one_takes_it_and_a_colleague_only_once_it_is_late():
    owed, asked = ask()
    safe = {"safe_to_call": "not_asked", "is_restricted": False}
    (step,) = talk.take(asked, owed, **safe, by=ONE, at=NINE)
    taken = step.change.after
    assert (taken.owner_member_id, taken.due_at) == (ONE, owed.due_at)
    for by, words in ((ONE, "You said already"), (TWO, "A colleague said")):
        with pytest.raises(Refused, match=words):
            talk.take(asked, taken, **safe, by=by, at=NINE)
    (step,) = talk.take(asked, taken, **safe, by=TWO, at=owed.due_at)
    assert step.change.after.owner_member_id == TWO


def test_what_became_unsafe_or_sealed_since_is_not_rung():
    owed, asked = ask()
    for safe in ("no", "do_not_contact"):
        with pytest.raises(Refused, match="not safe to ring"):
            talk.take(asked, owed, safe_to_call=safe, is_restricted=False, by=ONE, at=NINE)
    with pytest.raises(Refused, match="before anybody rings"):
        talk.take(asked, owed, safe_to_call="yes", is_restricted=True, by=ONE, at=NINE)


def a_contact(at, safe, number="01632 960 111"):
    said = Said(channel="telephone", callback_number=number, safe_to_call=safe)
    return receive(
        said, contact_id=ONE, person_id=THREE, team_id=ONE, by=ONE, outcome="advice_given", callback_id=ONE,
        callback_due_at=None, has_referral=False, happened_at=at, at=at,
    )[0].change.after  # fmt: skip


def test_only_what_was_said_of_that_number_since_counts_anew():
    _, asked = ask(safe_to_call="yes")
    before, later = NINE - timedelta(hours=1), NINE + timedelta(hours=1)
    assert talk.safe_now(asked, since=[a_contact(before, "no")], circle=()) == "yes"
    assert talk.safe_now(asked, since=[a_contact(later, "no", "01632 960222")], circle=()) == "yes"
    assert talk.safe_now(asked, since=[a_contact(later, "no")], circle=()) == "no"


@pytest.mark.parametrize(("came_of", "words"), [("talked", "We talked"), ("not_wanted", "They did not want")])
def test_talked_keeps_it(came_of, words):
    owed, asked = ask()
    told = tell(asked, owed, came_of, at=NINE + timedelta(hours=1))
    (kept,) = told.values()
    assert (kept.state, kept.ended_by_id) == ("kept", ONE) and kept.ending_words.startswith(words)
    with pytest.raises(Refused, match="Somebody said already"):
        tell(asked, kept, "talked", at=NINE + timedelta(hours=2))


def test_who_would_like_another_call_is_owed_the_next_one():
    owed, asked = ask()
    told = tell(asked, owed, "again", next_at=NINE + timedelta(days=7), at=NINE + timedelta(hours=1))
    assert told["Promisetalk.had"].state == "kept"
    made, next_one = told["Promisepromise.made"], told["Talktalk.asked"]
    assert (made.kind, made.due_at, made.person_id) == ("just_to_talk", NINE + timedelta(days=7), THREE)
    assert (next_one.promise_id, next_one.tries, next_one.asked_by_id) == (FOUR, 0, ASKER)


def test_no_answer_is_tried_again_by_a_new_time_and_at_last_owed_by_whoever_asked():
    owed, asked = ask()
    at = NINE
    for tries in (1, 2):
        at += timedelta(hours=5)
        told = tell(asked, owed, "no_answer", at=at)
        owed, asked = told["Promisetalk.unanswered"], told["Talktalk.tried"]
        assert (owed.state, owed.owner_member_id, asked.tries) == ("open", None, tries)
        assert owed.due_at == at + timedelta(hours=4)
    told = tell(asked, owed, "no_answer", at=at + timedelta(hours=1))
    ended, back = told["Promisetalk.gone_back"], told["Promisepromise.made"]
    assert (ended.state, back.state, back.kind) == ("let_go", "open", "callback")
    assert (back.owner_team_id, back.owner_member_id, back.person_id) == (ASKER, ASKER, THREE)
    assert "Maryam" in back.words and "tried 3 times" in ended.ending_words


def test_a_worry_is_a_contact_and_a_call_back_with_whoever_holds_them_and_ends_nothing():
    owed, asked = ask()
    steps = talk_worry.worry(
        asked, owed, words="He said goodbye.", contact_id=ONE, callback_id=FOUR, to_team_id=ASKER,
        name="Sam", agency="The Kettle", by=ONE, at=NINE,
    )  # fmt: skip
    contact, called = (step.change.after for step in steps)
    assert (contact.team_id, contact.state, contact.person_id) == (ASKER, "open", THREE)
    assert (contact.words, contact.caller_name, contact.about) == ("He said goodbye.", "Sam", "Maryam")
    assert (called.kind, called.owner_team_id, called.owner_member_id) == ("callback", ASKER, None)
    assert called.due_at == NINE + timedelta(minutes=15)
    assert not any(isinstance(step.before, Promise) for step in steps)


def test_whoever_holds_them_since_last_hears_and_else_who_asked():
    def held(number, until=None):
        return Holding(
            UUID(int=number),
            ONE,
            UUID(int=number),
            None,
            NINE + timedelta(hours=number),
            until,
            "",
            None,
            None,
            None,
        )

    holdings = [held(9), held(11), held(12, until=NINE + timedelta(days=1))]
    assert talk_worry.who_hears(holdings, otherwise=ASKER) == UUID(int=11)
    assert talk_worry.who_hears([], otherwise=ASKER) == ASKER


def test_a_seal_on_the_person_or_on_what_it_is_asked_from_keeps_it():
    about = About(SERVICE, contact_id=ONE, person_id=THREE)
    assert talk_asking.is_kept([Sealed(THREE, None, None)], about)
    assert talk_asking.is_kept([Sealed(THREE, None, ONE)], about)
    assert not talk_asking.is_kept([Sealed(THREE, None, TWO), Sealed(THREE, TWO, None)], about)


@pytest.mark.parametrize("came_of", ["talked", "again", "no_answer"])
def test_nothing_came_of_a_call_before_it_was_asked_for(came_of):
    owed, asked = ask()
    with pytest.raises(Refused, match="had not been asked for yet"):
        tell(asked, owed, came_of, at=NINE - timedelta(seconds=1))
    with pytest.raises(Refused, match="had not been asked for yet"):
        talk.withdraw(owed, why="They rang and said so.", by=ASKER, at=NINE - timedelta(seconds=1))
    assert tell(asked, owed, came_of, at=NINE + timedelta(minutes=1))
