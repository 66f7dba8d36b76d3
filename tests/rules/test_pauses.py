"""A pause waits for information or for the person, until its own time, and stops no other clock."""

from datetime import timedelta
from typing import Any

import pytest

from nowrongdoor.rules import escalation, law, promise, promise_kinds, triage
from nowrongdoor.rules.escalation import Clock, ClockKind
from tests.rules.test_triage import _ask
from tests.worlds.facts import TEN, a_promise, a_referral, id_of
from tests.worlds.tables import answer, cases

THE_PERSON = "the_person"


@cases("""
    waits for   | asked of | words           | answer
    ------------+----------+-----------------+-------------------------------------------------------------------
    information | Ward 7   | Tablets?        | triage.asked, promise.made
    the_person  |          | Asked for time. | triage.waited, promise.made
    the_person  | Bisi     | Asked for time. | triage.waited, promise.made
    the_person  |          |                 | refused: Say what the person asked for, or why they are waited for.
    callback    | Ward 7   | Asked for time. | refused: Choose what this waits for.
    re_homing   | Ward 7   | Asked for time. | refused: Choose what this waits for.
""")
def test_a_referral_waits_for_somebodys_answer_or_for_the_person(case: dict[str, str]) -> None:
    given = _ask(case["asked of"], case["words"]) | {"waits_for": case["waits for"]}
    assert answer(triage.ask, a_referral(), **given) == case["answer"]


def test_the_clock_of_the_referral_runs_on_beside_the_pause() -> None:
    referral = a_referral()
    waits, made = triage.ask(referral, **_ask("", "Asked for time.") | {"waits_for": THE_PERSON})
    assert (waits.change.after.due_at, waits.change.after.standard) == (referral.due_at, referral.standard)
    owed = made.change.after
    assert (owed.kind, owed.due_at) == (THE_PERSON, TEN + law.promise_time(THE_PERSON, at=TEN).within)


@pytest.mark.parametrize("kind", sorted(promise_kinds.PAUSES))
def test_a_pause_lasts_as_long_as_somebody_chooses_and_no_longer_than_its_row(kind: str) -> None:
    most = law.promise_time(kind, at=TEN).most
    assert most is not None
    assert answer(promise.make, **_made(kind, TEN + most)) == "promise.made"
    told = answer(promise.make, **_made(kind, TEN + most + timedelta(minutes=1)))
    assert told.startswith(f"refused: Nobody waits for this longer than {most.days} days")


def test_what_is_no_pause_has_no_longest_wait() -> None:
    assert answer(promise.make, **_made("callback", TEN + timedelta(days=90))) == "promise.made"


@cases("""
    ended       | still owed  | answer
    ------------+-------------+------------------
    information |             | referral.answered
    information | the_person  |
    the_person  | information |
    the_person  | callback    | referral.answered
""")
def test_a_referral_goes_back_when_nothing_is_waited_for_any_more(case: dict[str, str]) -> None:
    owed = [a_promise(kind=case["still owed"])] if case["still owed"] else []
    referral = a_referral(state="waiting", waiting_from="new")
    assert answer(triage.answered, referral, still_open=owed) == case["answer"]


def test_a_pause_past_its_time_climbs_like_any_clock() -> None:
    within = law.promise_time(THE_PERSON, at=TEN).within
    one = Clock(
        id=id_of("pause"), kind=ClockKind.THE_PERSON, agency_id=id_of("agency"), team_id=id_of("team"),
        member_id=None, person_id=None, referral_id=None, contact_id=None, standard="", started_at=TEN,
        due_at=TEN + within, is_running=True, step=0, rung="", next_at=None, rests_until=None,
    )  # fmt: skip
    nearly, second = within * 0.75, timedelta(seconds=1)
    for since, told in (
        (nearly - second, []),
        (nearly, ["practitioner"]),
        (within - second, ["practitioner"]),
        (within, ["practitioner", "duty_lead"]),
    ):
        steps, _ = escalation.look(one, at=TEN + since)
        assert [step.change.after.rung for step in steps] == told


def _made(kind: str, due_at: Any) -> dict[str, Any]:
    return {
        "promise_id": id_of("pause"), "kind": kind, "team_id": id_of("team"), "member_id": None,
        "words": "Asked for time.", "due_at": due_at, "referral_id": id_of("referral"), "at": TEN,
    }  # fmt: skip
