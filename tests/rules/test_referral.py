"""A referral is never refused for a missing answer, is always due, and ends only with what was told."""

from datetime import timedelta
from typing import Any

import pytest

from nowrongdoor.rules import referral
from nowrongdoor.rules.change import Refused
from tests.worlds.facts import GIVER, NINE, TEN, a_handover, a_holding, a_promise, a_referral, id_of
from tests.worlds.tables import after, answer, cases, clock


def _refer(**said: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "referral_id": id_of("referral"),
        "holding_id": id_of("holding"),
        "person_id": None,
        "contact_id": None,
        "team_id": GIVER.id,
        "member_id": None,
        "needs": (),
        "request": "",
        "words": "",
        "at": NINE,
    }
    return {**usual, **said}


def test_a_referral_with_nothing_known_is_received_and_held() -> None:
    assert answer(referral.refer, **_refer()) == "referral.received, holding.began"


def test_until_triage_a_referral_is_due_when_whoever_asked_is_to_be_answered() -> None:
    received, held = (step.change.after for step in referral.refer(**_refer()))
    assert received.due_at == NINE + timedelta(minutes=30)
    assert received.standard.startswith("answer_referrer@")
    assert held.from_at == received.received_at, "held from the instant it was received"


def test_several_needs_are_kept_each_once_in_the_order_they_were_said() -> None:
    received = after(referral.refer, **_refer(needs=["housing", "mental", "housing"]))
    assert received.needs == ("housing", "mental")


def test_a_need_that_is_on_no_list_is_refused_in_words() -> None:
    assert answer(referral.refer, **_refer(needs=["luck"])) == "refused: Choose one of the needs in the list."


@cases("""
    referral  | answer
    ----------+----------------------------------------
    accepted  | referral.begun
    new       | refused: This referral has not been triaged yet.
    triaged   | refused: This referral is waiting for a team to accept it.
    waiting   | refused: This referral is waiting for information, or for the person.
    under_way | refused: Help is already under way.
    closed    | refused: This referral is closed. Reopen it first.
""")
def test_beginning_to_help(case: dict[str, str]) -> None:
    assert answer(referral.begin, a_referral(state=case["referral"]), at=TEN) == case["answer"]


@cases("""
    referral  | offered | owed | outcome    | told            | told by | asked at | answer
    ----------+---------+------+------------+-----------------+---------+----------+--------------------------------
    new       |         |      | help_given | Come back soon. | us      | 10:00    | referral.closed, holding.ended
    triaged   |         |      | died       | The family.     | us      | 10:00    | referral.closed, holding.ended
    accepted  |         |      | help_given | Come back soon. | carer   | 10:00    | referral.closed, holding.ended
    under_way |         |      | help_given | Come back soon. | us      | 09:00:01 | referral.closed, holding.ended
    new       |         |      | help_given | Come back soon. | us      | 09:00    | refused: The holder changed a moment ago. Look again before you act.
    new       |         |      | help_given |                 | us      | 10:00    | refused: Say what the person was told.
    new       |         |      | help_given | Come back soon. | someone | 10:00    | refused: Say who tells the person.
    new       |         |      | forgotten  | Come back soon. | us      | 10:00    | refused: Choose one of the close outcomes in the list.
    new       |         |      | duplicate  | Come back soon. | us      | 10:00    | refused: Name the open referral this is a duplicate of.
    triaged   | yes     |      | help_given | Come back soon. | us      | 10:00    | refused: This has been offered to a team that has not answered. Withdraw the offer first.
    waiting   |         | yes  | help_given | Come back soon. | us      | 10:00    | refused: Something is still owed: Ring back. Record that it was kept, or why it is let go.
    closed    |         |      | help_given | Come back soon. | us      | 10:00    | refused: This referral is closed. Reopen it first.
""")
def test_closing(case: dict[str, str]) -> None:
    told = answer(
        referral.close,
        a_referral(state=case["referral"]),
        held=a_holding(),
        offer_waits=a_handover() if case["offered"] else None,
        open_promises=[a_promise()] if case["owed"] else [],
        outcome=case["outcome"],
        told=case["told"],
        told_by=case["told by"],
        by=id_of("Priya"),
        at=clock(case["asked at"]),
    )
    assert told == case["answer"]


def test_the_referral_and_its_holding_end_at_one_instant() -> None:
    steps = referral.close(
        a_referral(),
        held=a_holding(),
        offer_waits=None,
        open_promises=[],
        outcome="help_given",
        told="Come back soon.",
        told_by="us",
        by=id_of("Priya"),
        at=TEN,
    )
    closed, ended = (step.change.after for step in steps)
    assert closed.closed_at == ended.until_at == TEN
    assert ended.ended_by == "closing"


def test_a_promise_without_words_still_stands_in_the_way_of_closing() -> None:
    with pytest.raises(Refused, match="Something is still owed: a promise made earlier"):
        referral.close(
            a_referral(),
            held=a_holding(),
            offer_waits=None,
            open_promises=[a_promise(words="")],
            outcome="help_given",
            told="Come back soon.",
            told_by="us",
            by=id_of("Priya"),
            at=TEN,
        )


@cases("""
    referral  | closed | asked at | why           | answer
    ----------+--------+----------+---------------+----------------------------------
    closed    | 10:00  | 10:00    | It came back. | referral.reopened, holding.began
    closed    | 10:00  | +9 10:00 | It came back. | referral.reopened, holding.began
    closed    | 10:00  | 09:59    | It came back. | refused: This was closed a moment ago. Look again before you act.
    closed    | 10:00  | 11:00    |               | refused: Say why this is being reopened.
    new       |        | 11:00    | It came back. | refused: This referral is open; there is nothing to reopen.
    waiting   |        | 11:00    | It came back. | refused: This referral is open; there is nothing to reopen.
    triaged   |        | 11:00    | It came back. | refused: This referral is open; there is nothing to reopen.
    accepted  |        | 11:00    | It came back. | refused: This referral is open; there is nothing to reopen.
    under_way |        | 11:00    | It came back. | refused: This referral is open; there is nothing to reopen.
""")
def test_reopening(case: dict[str, str]) -> None:
    closed = a_referral(
        state=case["referral"], closed_at=clock(case["closed"]) if case["closed"] else None
    )
    assert answer(referral.reopen, closed, **_reopen(case["why"], clock(case["asked at"]))) == case["answer"]


def _reopen(why: str, at: Any) -> dict[str, Any]:
    return {
        "holding_id": id_of("again"),
        "team_id": GIVER.id,
        "member_id": id_of("Priya"),
        "why": why,
        "at": at,
    }


def test_a_reopened_referral_goes_back_to_triage_and_is_due_from_its_reopening() -> None:
    closed = a_referral(state="closed", closed_at=TEN, urgency="routine", told="Come back.", outcome="help_given")
    eleven = clock("11:00")
    opened, held = (step.change.after for step in referral.reopen(closed, **_reopen("It came back.", eleven)))
    assert (opened.state, opened.urgency, opened.told) == ("new", None, "")
    assert (opened.reopened_at, opened.due_at) == (eleven, eleven + timedelta(minutes=30))
    assert (held.from_at, held.began_by) == (eleven, "reopening")
    assert opened.received_at == NINE, "when it was first asked for stays on record"


@cases("""
    about already | linked to | answer
    --------------+-----------+-----------------------
    nobody        | Siân      | referral.person_linked
    Siân          | Siân      | referral.person_linked
    Rhys          | Siân      | refused: This referral is already about another person.
""")
def test_linking_a_person(case: dict[str, str]) -> None:
    about = None if case["about already"] == "nobody" else id_of(case["about already"])
    told = answer(referral.link_person, a_referral(person_id=about), person_id=id_of(case["linked to"]))
    assert told == case["answer"]


def test_every_state_has_its_refusal_and_a_way_out() -> None:
    states = {state for moves in referral.MOVES.values() for state in (*moves, *moves.values()) if state}
    assert set(referral.REFUSALS) == states
    for state in states:
        assert any(state in moves for moves in referral.MOVES.values()), f"there is no way out of {state}"
