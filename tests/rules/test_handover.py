"""Handing over: the giver holds until the receiver accepts; a no names who is asked next."""

from dataclasses import replace
from datetime import timedelta

from nowrongdoor.rules import answering, handover
from nowrongdoor.rules.handover import accept, offer, send_back, withdraw
from tests.worlds.facts import (
    GIVER,
    MESSAGE,
    NINE,
    RECEIVER,
    TEN,
    THIRD,
    a_handover,
    a_holding,
    a_promise,
    a_referral,
    id_of,
)
from tests.worlds.tables import after, answer, cases, clock

TEAMS = {"Front door": GIVER, "Crisis team": RECEIVER, "Social care": THIRD}
STATES = ("new", "waiting", "triaged", "accepted", "under_way")


def _offering(case: dict[str, str]) -> dict[str, object]:
    to = TEAMS[case["to"]]
    return {
        "held": a_holding(from_at=clock(case["held from"])),
        "live_offer": a_handover() if case["already offered"] == "yes" else None,
        "handover_id": id_of("new handover"),
        "to": replace(to, closed_at=NINE) if case["closed"] == "yes" else to,
        "message": replace(MESSAGE, ask=case["asks"], sharing_basis=case["basis"]),
        "hop": 1,
        "by": id_of("Amir"),
        "at": TEN,
    }


@cases("""
    state     | to          | closed | already offered | held from | asks   | basis   | answer
    ----------+-------------+--------+-----------------+-----------+--------+---------+-----------------
    new       | Crisis team |        |                 | 09:00     | Visit. | consent | handover.offered
    triaged   | Crisis team |        |                 | 09:00     | Visit. | consent | handover.offered
    waiting   | Crisis team |        |                 | 09:00     | Visit. |         | handover.offered
    under_way | Social care |        |                 | 10:00     | Visit. | consent | handover.offered
    accepted  | Crisis team |        |                 | 10:01     | Visit. | consent | refused: The holder changed a moment ago. Look again before you act.
    new       | Front door  |        |                 | 09:00     | Visit. | consent | refused: Your own team holds this already. Choose another team.
    new       | Crisis team | yes    |                 | 09:00     | Visit. | consent | refused: Crisis team has closed and cannot be asked.
    new       | Crisis team |        | yes             | 09:00     | Visit. | consent | refused: This has already been offered to a team that has not answered. Withdraw that offer first.
    new       | Crisis team |        |                 | 09:00     |        | consent | refused: Say what you are asking the team to do.
    new       | Crisis team |        |                 | 09:00     | Visit. | because | refused: Say on what basis this is shared.
    closed    | Crisis team |        |                 | 09:00     | Visit. | consent | refused: This referral is closed. Reopen it first.
""")
def test_offering(case: dict[str, str]) -> None:
    assert answer(offer, a_referral(state=case["state"]), **_offering(case)) == case["answer"]


@cases("""
    urgency     | answer within
    ------------+--------------
    emergency   | 10
    very_urgent | 30
    urgent      | 60
    soon        | 240
    routine     | 2880
    advice      | 1440
    not triaged | 30
""")
def test_an_offer_is_to_be_answered_by_its_urgency_and_not_knowing_never_lowers_it(
    case: dict[str, str],
) -> None:
    urgency = None if case["urgency"] == "not triaged" else case["urgency"]
    by = answering.answer_by(a_referral(urgency=urgency), at=TEN)
    assert by - TEN == timedelta(minutes=int(case["answer within"]))


@cases("""
    offer     | referral  | asked at | held from | reads back    | answer
    ----------+-----------+----------+-----------+---------------+-----------------
    offered   | triaged   | 09:00:01 | 09:00     | We visit her. | handover.accepted, holding.passed_on, holding.began, referral.accepted
    offered   | under_way | 10:00    | 09:00     | We visit her. | handover.accepted, holding.passed_on, holding.began, referral.accepted
    offered   | new       | 10:00    | 09:00     | We visit her. | handover.accepted, holding.passed_on, holding.began
    offered   | triaged   | 09:00    | 09:00     | We visit her. | refused: The holder changed a moment ago. Look again before you act.
    offered   | triaged   | 08:59    | 08:00     | We visit her. | refused: This offer had not been made yet.
    offered   | triaged   | 10:00    | 09:00     |               | refused: In one line, say what you will do, so the giver knows you mean the same.
    accepted  | accepted  | 10:00    | 09:00     | We visit her. | refused: This handover has already been accepted.
    returned  | triaged   | 10:00    | 09:00     | We visit her. | refused: This handover has already been returned.
    withdrawn | triaged   | 10:00    | 09:00     | We visit her. | refused: This offer has already been withdrawn.
""")
def test_accepting(case: dict[str, str]) -> None:
    told = answer(
        accept,
        a_handover(state=case["offer"]),
        referral=a_referral(state=case["referral"]),
        held=a_holding(from_at=clock(case["held from"])),
        open_promises=[],
        read_back=case["reads back"],
        holding_id=id_of("next holding"),
        by=id_of("Priya"),
        at=clock(case["asked at"]),
    )
    assert told == case["answer"]


def test_accepting_passes_the_holding_on_at_one_instant_to_the_one_who_accepted() -> None:
    steps = accept(
        a_handover(),
        referral=a_referral(state="triaged"),
        held=a_holding(),
        open_promises=[],
        read_back="We visit her.",
        holding_id=id_of("next holding"),
        by=id_of("Priya"),
        at=TEN,
    )
    giver, receiver = steps[1].change.after, steps[2].change.after
    assert giver.until_at == receiver.from_at == TEN
    assert (receiver.team_id, receiver.member_id) == (RECEIVER.id, id_of("Priya"))
    assert receiver.handover_id == steps[0].change.after.id


def test_accepting_answers_a_re_homing_of_the_giver_and_nothing_else_it_promised() -> None:
    steps = accept(
        a_handover(),
        referral=a_referral(state="accepted"),
        held=a_holding(began_by="re_homing"),
        open_promises=[a_promise(), a_promise(kind="re_homing")],
        read_back="We visit her.",
        holding_id=id_of("next holding"),
        by=id_of("Priya"),
        at=TEN,
    )
    (settled,) = (step.change.after for step in steps if step.change.kind.startswith("promise"))
    assert (settled.kind, settled.state, settled.ended_by_id) == ("re_homing", "kept", id_of("Priya"))
    assert settled.ending_words == "Not kept here: it was handed over, and the other team accepted it."


def test_accepting_answers_that_nobody_asked_could_take_them_on_or_be_reached() -> None:
    kinds = ("no_capacity", "partner_unreachable", "holder_off", "loop", "disagreement")
    steps = accept(
        a_handover(),
        referral=a_referral(state="accepted"),
        held=a_holding(),
        open_promises=[a_promise(kind=one) for one in kinds],
        read_back="We visit her.",
        holding_id=id_of("next holding"),
        by=id_of("Priya"),
        at=TEN,
    )
    settled = [step.change.after for step in steps if step.change.kind.startswith("promise")]
    assert [(one.kind, one.state) for one in settled] == [(one, "kept") for one in kinds[:3]]


def test_accepting_leaves_the_response_clock_as_it_was() -> None:
    referral = a_referral(state="triaged")
    steps = accept(
        a_handover(),
        referral=referral,
        held=a_holding(),
        open_promises=[],
        read_back="We visit her.",
        holding_id=id_of("next holding"),
        by=id_of("Priya"),
        at=TEN,
    )
    assert steps[3].change.after.due_at == referral.due_at


@cases("""
    waiting from | after acceptance it goes back to
    -------------+---------------------------------
    triaged      | accepted
    under_way    | accepted
    new          | new
""")
def test_what_waits_for_an_answer_when_it_is_accepted_is_accepted_once_it_is_answered(
    case: dict[str, str],
) -> None:
    was = case["waiting from"]
    steps = accept(
        a_handover(),
        referral=a_referral(state="waiting", waiting_from=was),
        held=a_holding(),
        open_promises=[],
        read_back="We visit her.",
        holding_id=id_of("next holding"),
        by=id_of("Priya"),
        at=TEN,
    )
    waits = [step.change.after.waiting_from for step in steps[3:]]
    assert (waits or [was]) == [case["after acceptance it goes back to"]]


@cases("""
    offer     | next        | closed | reason      | asked at | answer
    ----------+-------------+--------+-------------+----------+----------------------------------
    offered   | Social care |        | no_capacity | 10:00    | handover.returned, handover.offered
    offered   | Social care |        | no_capacity | 09:00    | handover.returned, handover.offered
    offered   | nobody      |        | no_capacity | 10:00    | refused: Name the team to ask next. A no on its own would leave this with nobody to answer it.
    offered   | Crisis team |        | no_capacity | 10:00    | refused: Name another team; you are the one saying no.
    offered   | Front door  |        | no_capacity | 10:00    | refused: Front door holds this already and has asked for help. Name another team to ask next.
    offered   | Social care | yes    | no_capacity | 10:00    | refused: Social care has closed and cannot be asked.
    offered   | Social care |        | because     | 10:00    | refused: Choose one of the return reasons in the list.
    offered   | Social care |        | no_capacity | 08:59    | refused: This offer had not been made yet.
    returned  | Social care |        | no_capacity | 10:00    | refused: This handover has already been returned.
    accepted  | Social care |        | no_capacity | 10:00    | refused: This handover has already been accepted.
    withdrawn | Social care |        | no_capacity | 10:00    | refused: This offer has already been withdrawn.
""")
def test_sending_back(case: dict[str, str]) -> None:
    next_team = TEAMS.get(case["next"])
    if next_team is not None and case["closed"]:
        next_team = replace(next_team, closed_at=NINE)
    assert _sent_back(next_team, case["reason"], case["asked at"], case["offer"]) == case["answer"]


def _sent_back(next_team: object, reason: str, asked_at: str, state: str) -> str:
    return answer(
        send_back,
        a_handover(state=state),
        referral=a_referral(state="triaged"),
        held=a_holding(),
        reason=reason,
        words="",
        next_team=next_team,
        next_handover_id=id_of("next handover"),
        by=id_of("Priya"),
        at=clock(asked_at),
    )


def test_a_return_restarts_no_clock_and_says_the_same_to_the_next_team() -> None:
    returned = a_handover()
    steps = send_back(
        returned,
        referral=a_referral(state="triaged"),
        held=a_holding(),
        reason="no_capacity",
        words="Nobody free.",
        next_team=THIRD,
        next_handover_id=id_of("next handover"),
        by=id_of("Priya"),
        at=TEN,
    )
    following = steps[1].change.after
    assert (following.answer_by, following.message) == (returned.answer_by, returned.message)
    assert (following.receiver_team_id, following.after_id, following.hop) == (THIRD.id, returned.id, 2)
    assert following.giver_team_id == returned.giver_team_id, "the giver goes on holding"


@cases("""
    offer     | offered at | asked at | reason  | answer
    ----------+------------+----------+---------+-----------------------------------------------
    offered   | 09:00      | 08:59    | changed | refused: This offer had not been made yet.
    offered   | 09:00      | 09:00    | changed | handover.withdrawn
    offered   | 09:00      | +9 09:00 | changed | handover.withdrawn
    offered   | 09:00      | 10:00    | because | refused: Choose one of the withdraw reasons in the list.
    accepted  | 09:00      | 10:00    | changed | refused: This handover has already been accepted.
    returned  | 09:00      | 10:00    | changed | refused: This handover has already been returned.
    withdrawn | 09:00      | 10:00    | changed | refused: This offer has already been withdrawn.
""")
def test_withdrawing(case: dict[str, str]) -> None:
    offered = a_handover(state=case["offer"], offered_at=clock(case["offered at"]))
    told = answer(
        withdraw, offered, reason=case["reason"], words="", by=id_of("Amir"), at=clock(case["asked at"])
    )
    assert told == case["answer"]


def test_an_offer_says_who_asks_whom_for_what_and_by_when() -> None:
    case = {"to": "Crisis team", "closed": "", "already offered": "", "held from": "09:00", "asks": "Visit.",
            "basis": "consent"}  # fmt: skip
    offered = after(offer, a_referral(), **_offering(case))
    assert (offered.giver_team_id, offered.receiver_team_id, offered.ask) == (GIVER.id, RECEIVER.id, "Visit.")
    assert offered.offered_at == TEN < offered.answer_by


def test_every_state_has_its_refusal_in_words() -> None:
    assert set(handover.REFUSALS) == {"offered", "accepted", "returned", "withdrawn"}
