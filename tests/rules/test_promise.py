"""A promise stays owed until someone keeps it or lets it go with a reason; time only escalates it."""

from datetime import timedelta
from typing import Any

import pytest

from nowrongdoor.rules import promise
from tests.worlds.facts import GIVER, NINE, RECEIVER, TEN, a_promise, id_of
from tests.worlds.tables import after, answer, cases, clock


def _make(**said: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "promise_id": id_of("promise"),
        "kind": "callback",
        "team_id": GIVER.id,
        "member_id": id_of("Amir"),
        "words": "Ring back",
        "due_at": None,
        "at": NINE,
        "referral_id": id_of("referral"),
    }
    return {**usual, **said}


@cases("""
    kind        | due      | about    | answer
    ------------+----------+----------+-------------
    callback    |          | referral | promise.made
    callback    |          | contact  | promise.made
    callback    |          | person   | promise.made
    information | 09:00:01 | referral | promise.made
    re_homing   |          | referral | refused: Only a re-homing makes this promise. Choose another kind.
    callback    | 09:00    | referral | refused: Choose a time that has not passed yet.
    callback    | 08:00    | referral | refused: Choose a time that has not passed yet.
    callback    |          | nobody   | refused: Say whom this is promised to, or about which contact.
    wish        |          | referral | refused: Choose what kind of promise this is.
""")
def test_promising(case: dict[str, str]) -> None:
    about = {"contact_id": None, "referral_id": None, "person_id": None}
    if case["about"] != "nobody":
        about[f"{case['about']}_id"] = id_of(case["about"])  # type: ignore[assignment]
    due = clock(case["due"]) if case["due"] else None
    assert answer(promise.make, **_make(kind=case["kind"], due_at=due, **about)) == case["answer"]


@cases("""
    kind        | due within, in minutes
    ------------+-----------------------
    callback    | 15
    information | 240
    re_homing   | 60
""")
def test_a_promise_without_a_time_is_due_by_its_standard(case: dict[str, str]) -> None:
    made = after(promise.make, **_make(kind=case["kind"], is_re_homed=case["kind"] == "re_homing"))
    assert made.due_at - NINE == timedelta(minutes=int(case["due within, in minutes"]))
    assert made.as_of_at == made.made_at == NINE


@pytest.mark.parametrize("verb", ["keep", "let_go"])
@cases("""
    promise | words      | asked at | ends
    --------+------------+----------+-----
    open    | All said.  | 09:10    | yes
    open    | All said.  | 09:00    | yes
    open    | All said.  | +9 09:00 | yes
    open    |            | 09:10    | no
    open    | All said.  | 08:59    | no
    kept    | All said.  | 09:10    | no
    let_go  | All said.  | 09:10    | no
""")
def test_a_promise_ends_once_with_words_however_late(verb: str, case: dict[str, str]) -> None:
    told = answer(
        getattr(promise, verb),
        a_promise(state=case["promise"]),
        words=case["words"],
        by=id_of("Priya"),
        at=clock(case["asked at"]),
    )
    assert told.startswith("refused") == (case["ends"] == "no")


@pytest.mark.parametrize("verb", ["keep", "let_go"])
@cases("""
    promise | answer
    --------+---------------------------------------------------
    open    | refused: Accept it with a read-back, or hand it over.
    kept    | refused: This promise has already been kept.
""")
def test_a_re_homing_is_neither_ticked_off_nor_let_go(verb: str, case: dict[str, str]) -> None:
    owed = a_promise(kind="re_homing", state=case["promise"])
    assert answer(getattr(promise, verb), owed, words="Done.", by=id_of("Priya"), at=TEN) == case["answer"]


def test_settling_a_re_homing_leaves_whatever_else_is_owed() -> None:
    owed = [a_promise(), a_promise(kind="information"), a_promise(kind="re_homing", owner_team_id=RECEIVER.id)]
    (step,) = promise.settle(owed, words="Accepted.", by=id_of("Priya"), at=TEN)
    assert (step.before, step.change.kind) == (owed[2], "promise.settled")
    settled = step.change.after
    assert (settled.state, settled.ended_at, settled.ended_by_id) == ("kept", TEN, id_of("Priya"))
    assert settled.ending_words == "Accepted."


@cases("""
    promise | due   | asked at | answer
    --------+-------+----------+--------------------------------------
    open    | 10:00 | 10:00    | promise.escalated, promise.escalated
    open    | 10:00 | 11:00    | promise.escalated, promise.escalated
    open    | 10:00 | 09:59    | refused: This is not late yet.
    kept    | 10:00 | 11:00    | refused: This promise has already been kept.
    let_go  | 10:00 | 11:00    | refused: This promise was already let go, with a reason.
""")
def test_escalating(case: dict[str, str]) -> None:
    told = answer(
        promise.escalate,
        a_promise(state=case["promise"], due_at=clock(case["due"])),
        escalation_id=id_of("escalation"),
        to_team_id=RECEIVER.id,
        words="Please see to it.",
        by=id_of("Lou"),
        at=clock(case["asked at"]),
    )
    assert told == case["answer"]


def test_an_escalation_never_ends_a_promise_and_gives_it_the_next_due_time() -> None:
    late = a_promise(due_at=TEN)
    raised, owed = (
        step.change.after
        for step in promise.escalate(
            late, escalation_id=id_of("one"), to_team_id=RECEIVER.id, words="", by=id_of("Lou"), at=TEN
        )
    )
    assert (owed.state, owed.owner_team_id) == ("open", late.owner_team_id)
    assert (owed.escalation_level, raised.level) == (1, 1)
    assert owed.due_at == TEN + timedelta(minutes=15) > owed.as_of_at == TEN
    assert owed.standard.startswith("escalation@"), "what it is due by now"


@cases("""
    promise | answer
    --------+----------------
    open    | promise.re_homed
    kept    | refused: This promise has already been kept.
    let_go  | refused: This promise was already let go, with a reason.
""")
def test_the_team_owes_what_a_member_or_a_team_that_is_gone_had_promised(case: dict[str, str]) -> None:
    assert answer(promise.re_home, a_promise(state=case["promise"]), team_id=RECEIVER.id) == case["answer"]


def test_a_promise_that_is_re_homed_is_owed_by_the_same_time_by_nobody_named() -> None:
    owed = a_promise()
    moved = after(promise.re_home, owed, team_id=RECEIVER.id)
    assert (moved.owner_team_id, moved.owner_member_id) == (RECEIVER.id, None)
    assert (moved.due_at, moved.state) == (owed.due_at, "open")


@cases("""
    done at  | answer                                                               | ended
    ---------+----------------------------------------------------------------------+---------
             | promise.kept                                                         | 10:00
    09:20    | promise.kept                                                         | 09:20
    10:00    | promise.kept                                                         | 10:00
    09:00    | promise.kept                                                         | 09:00
    10:00:01 | refused: What was done cannot lie ahead. Look at the time again.     |
    08:59:59 | refused: That is before it was promised. Look at the time and the day again. |
""")
def test_what_is_recorded_afterwards_was_done_when_it_was_done(case: dict[str, str]) -> None:
    made = a_promise(made_at=NINE, as_of_at=NINE)
    done = {"words": "She is well.", "by": id_of("Amir"), "at": TEN}
    done["done_at"] = clock(case["done at"]) if case["done at"] else None
    assert answer(promise.keep, made, **done) == case["answer"]
    if case["ended"]:
        kept = after(promise.keep, made, **done)
        assert kept.ended_at == clock(case["ended"]) and kept.as_of_at == TEN
