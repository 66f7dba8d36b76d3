"""Triage: how soon, for which needs, by whom. Urgency is a response time; nothing restarts the clock."""

from datetime import timedelta
from typing import Any

from nowrongdoor.rules import discipline, law, triage
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.triage import Decision
from tests.worlds.facts import (
    GIVER,
    MESSAGE,
    NINE,
    RECEIVER,
    TEN,
    a_handover,
    a_holding,
    a_promise,
    a_referral,
    id_of,
)
from tests.worlds.tables import after, answer, cases, clock

DECISION = Decision("urgent", ("mental",), "Four nights without sleep.")
WAITS = "refused: This has been offered to a team that has not answered. Withdraw the offer first."


def _accept_here(**wrong: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "held": a_holding(),
        "live_offer": None,
        "open_promises": [],
        "decision": DECISION,
        "discipline": "nurse",
        "by": id_of("Amir"),
        "at": TEN,
    }
    return {**usual, **wrong}


@cases("""
    referral  | offered | answer
    ----------+---------+--------------------------------
    new       |         | triage.accepted, holding.taken
    triaged   |         | triage.accepted, holding.taken
    waiting   |         | triage.accepted, holding.taken
    new       | yes     | refused: This has been offered to a team that has not answered. Withdraw the offer first.
    accepted  |         | refused: A team has already accepted this referral.
    under_way |         | refused: Help is already under way.
    closed    |         | refused: This referral is closed. Reopen it first.
""")
def test_keeping_a_referral_for_the_own_team(case: dict[str, str]) -> None:
    given = _accept_here(live_offer=a_handover() if case["offered"] else None)
    assert answer(triage.accept_here, a_referral(state=case["referral"]), **given) == case["answer"]


def test_whoever_holds_it_by_name_already_is_not_named_again() -> None:
    held = a_holding(member_id=id_of("Amir"))
    assert answer(triage.accept_here, a_referral(), **_accept_here(held=held)) == "triage.accepted"


def test_whoever_decides_to_keep_it_relieves_the_one_who_goes_off_duty() -> None:
    given = _accept_here(held=a_holding(member_id=id_of("Priya")), open_promises=[a_promise(kind="holder_off")])
    told = "triage.accepted, holding.taken, promise.settled"
    assert answer(triage.accept_here, a_referral(), **given) == told
    themselves = given | {"held": a_holding(member_id=id_of("Amir"))}
    assert answer(triage.accept_here, a_referral(), **themselves) == "triage.accepted", "they still go off"


@cases("""
    urgency     | needs          | why          | asked at | answer
    ------------+----------------+--------------+----------+---------------
    urgent      | mental         | Not sleeping | 10:00    | triage.accepted
    urgent      | mental housing | Not sleeping | 09:00    | refused: The holder changed a moment ago. Look again before you act.
    urgent      | mental         | Not sleeping | 08:59    | refused: This had not been received yet. Look again before you act.
    red         | mental         | Not sleeping | 10:00    | refused: Choose how soon a response is needed.
    urgent      |                | Not sleeping | 10:00    | refused: Choose at least one need, or 'Something else'.
    urgent      | weather        | Not sleeping | 10:00    | refused: Choose one of the needs in the list.
    urgent      | mental         |              | 10:00    | refused: Say why: what you know that decides how soon and for what.
""")
def test_what_a_decision_must_say(case: dict[str, str]) -> None:
    decision = Decision(case["urgency"], tuple(case["needs"].split()), case["why"])
    by = id_of("Amir") if case["asked at"] != "09:00" else id_of("Priya")
    given = _accept_here(
        decision=decision, at=clock(case["asked at"]), by=by, held=a_holding(member_id=id_of("Amir"))
    )
    assert answer(triage.accept_here, a_referral(), **given) == case["answer"]


@cases("""
    urgency     | received | reopened | triaged at | due
    ------------+----------+----------+------------+---------
    emergency   | 09:00    |          | 10:00      | 09:00
    very_urgent | 09:00    |          | 10:00      | 13:00
    very_urgent | 09:00    |          | 12:59      | 13:00
    urgent      | 09:00    |          | 10:00      | +1 09:00
    soon        | 09:00    |          | 10:00      | +3 09:00
    very_urgent | 09:00    | 14:00    | 15:00      | 18:00
    very_urgent | 09:00    | 14:00    | 14:00      | 18:00
""")
def test_the_response_is_due_from_when_help_was_asked_for_whatever_the_hour_of_triage(
    case: dict[str, str],
) -> None:
    referral = a_referral(
        received_at=clock(case["received"]), reopened_at=clock(case["reopened"]) if case["reopened"] else None
    )
    decided = after(
        triage.accept_here,
        referral,
        **_accept_here(
            decision=Decision(case["urgency"], ("mental",), "Why."),
            at=clock(case["triaged at"]),
            held=a_holding(member_id=id_of("Amir")),
        ),
    )
    assert decided.due_at == clock(case["due"])
    assert decided.standard.split("@")[0] == case["urgency"], "the decision names the version it used"


def test_deciding_anew_does_not_restart_the_clock() -> None:
    first = after(triage.accept_here, a_referral(state="triaged"), **_accept_here())
    again = after(triage.accept_here, a_referral(state="triaged"), **_accept_here(at=TEN + timedelta(hours=9)))
    assert first.due_at == again.due_at == NINE + timedelta(hours=24)


@cases("""
    referral  | answer
    ----------+------------------------------------
    new       | triage.handed_on, handover.offered
    triaged   | triage.handed_on, handover.offered
    waiting   | triage.handed_on, handover.offered
    accepted  | refused: A team has already accepted this referral.
    under_way | refused: Help is already under way.
    closed    | refused: This referral is closed. Reopen it first.
""")
def test_handing_on(case: dict[str, str]) -> None:
    assert answer(triage.hand_on, a_referral(state=case["referral"]), **_hand_on()) == case["answer"]


def _hand_on(**wrong: Any) -> dict[str, Any]:
    more = {"handover_id": id_of("new"), "to": RECEIVER, "message": MESSAGE, "hop": 1}
    usual = _accept_here()
    del usual["open_promises"]
    return {**usual, **more, **wrong}


def test_handing_on_is_to_be_answered_by_the_urgency_just_decided() -> None:
    steps = triage.hand_on(a_referral(), **_hand_on())
    assert steps[1].change.after.answer_by == TEN + timedelta(minutes=60)
    assert steps[0].change.after.waiting_from is None


def test_handing_on_twice_is_refused_while_the_first_team_has_not_answered() -> None:
    told = answer(triage.hand_on, a_referral(), **_hand_on(live_offer=a_handover()))
    assert told.startswith("refused: This has already been offered")


@cases("""
    referral  | asked of | question | due      | answer
    ----------+----------+----------+----------+----------------------------
    new       | Ward 7   | Tablets? |          | triage.asked, promise.made
    triaged   | Ward 7   | Tablets? | 11:00    | triage.asked, promise.made
    accepted  | Ward 7   | Tablets? |          | triage.asked, promise.made
    under_way | Ward 7   | Tablets? |          | triage.asked, promise.made
    waiting   | Ward 7   | Tablets? |          | triage.asked, promise.made
    new       |          | Tablets? |          | refused: Say who is being asked.
    new       | Ward 7   |          |          | refused: Say what you need to know.
    new       | Ward 7   | Tablets? | 10:00    | refused: Choose a time that has not passed yet.
    closed    | Ward 7   | Tablets? |          | refused: This referral is closed. Reopen it first.
""")
def test_asking_for_what_must_be_known(case: dict[str, str]) -> None:
    due = clock(case["due"]) if case["due"] else None
    told = answer(
        triage.ask, a_referral(state=case["referral"]), **_ask(case["asked of"], case["question"], due)
    )
    assert told == case["answer"]


def _ask(asked_of: str = "Ward 7", words: str = "Tablets?", due_at: Any = None) -> dict[str, Any]:
    return {
        "held": a_holding(),
        "promise_id": id_of("question"),
        "asked_of": asked_of,
        "words": words,
        "due_at": due_at,
        "by": id_of("Amir"),
        "at": TEN,
    }


def test_a_question_has_an_owner_and_a_time_and_the_response_clock_runs_on() -> None:
    referral = a_referral()
    waiting, owed = (step.change.after for step in triage.ask(referral, **_ask()))
    assert (waiting.state, waiting.waiting_from, waiting.due_at) == ("waiting", "new", referral.due_at)
    assert (owed.owner_team_id, owed.asked_of, owed.due_at) == (GIVER.id, "Ward 7", TEN + timedelta(hours=4))


def test_a_second_question_does_not_forget_where_the_first_came_from() -> None:
    asked = after(triage.ask, a_referral(state="waiting", waiting_from="triaged"), **_ask())
    assert asked.waiting_from == "triaged"


@cases("""
    referral | still owed  | answer
    ---------+-------------+------------------
    waiting  |             | referral.answered
    waiting  | callback    | referral.answered
    waiting  | information |
    triaged  |             |
""")
def test_an_answer_lets_the_referral_go_back_unless_another_is_awaited(case: dict[str, str]) -> None:
    owed = [a_promise(kind=case["still owed"])] if case["still owed"] else []
    referral = a_referral(state=case["referral"], waiting_from="new")
    assert answer(triage.answered, referral, still_open=owed) == case["answer"]


@cases("""
    referral  | offered | owed | told      | told by | answer
    ----------+---------+------+-----------+---------+--------------------------------
    new       |         |      | Ring us.  | us      | triage.advised, holding.ended
    under_way |         |      | Ring us.  | carer   | triage.advised, holding.ended
    new       | yes     |      | Ring us.  | us      | refused: This has been offered to a team that has not answered. Withdraw the offer first.
    new       |         | yes  | Ring us.  | us      | refused: Something is still owed: Ring back. Record that it was kept, or why it is let go.
    new       |         |      |           | us      | refused: Say what the person was told.
    new       |         |      | Ring us.  | nobody  | refused: Say who tells the person.
    closed    |         |      | Ring us.  | us      | refused: This referral is closed. Reopen it first.
""")
def test_advice_alone(case: dict[str, str]) -> None:
    given = _advise(case)
    assert answer(triage.advise, a_referral(state=case["referral"]), **given) == case["answer"]


def _close(case: dict[str, str]) -> dict[str, Any]:
    return {
        "held": a_holding(),
        "live_offer": a_handover() if case["offered"] else None,
        "open_promises": [a_promise()] if case["owed"] else [],
        "told": case["told"],
        "told_by": case["told by"],
        "by": id_of("Amir"),
        "at": TEN,
    }


def _advise(case: dict[str, str]) -> dict[str, Any]:
    return _close(case) | {"decision": DECISION, "discipline": "nurse"}


def test_advice_is_one_change_of_the_referral_with_the_decision_and_what_was_told() -> None:
    case = {"offered": "", "owed": "", "told": "Ring us.", "told by": "us"}
    advised = after(triage.advise, a_referral(), **_advise(case))
    assert (advised.version, advised.state, advised.outcome) == (2, "closed", "advice")
    assert (advised.urgency, advised.triage_words, advised.told) == ("urgent", DECISION.why, "Ring us.")


@cases("""
    the other            | offered | owed | told    | told by | answer
    ---------------------+---------+------+---------+---------+--------------------------------
    open, same person    |         |      | Ring us.| us      | triage.duplicate, holding.ended
    open, same person    | yes     |      | Ring us.| us      | refused: This has been offered to a team that has not answered. Withdraw the offer first.
    open, same person    |         | yes  | Ring us.| us      | refused: Something is still owed: Ring back. Record that it was kept, or why it is let go.
    the same referral    |         |      | Ring us.| us      | refused: Choose another referral; this is the same one.
    closed, same person  |         |      | Ring us.| us      | refused: That referral is closed. A duplicate must be of one that is open.
    open, another person |         |      | Ring us.| us      | refused: That referral is not known to be about the same person.
    open, nobody known   |         |      | Ring us.| us      | refused: That referral is not known to be about the same person.
""")
def test_the_same_request_received_before(case: dict[str, str]) -> None:
    state, _, whom = case["the other"].partition(", ")
    person = {"another person": id_of("another"), "nobody known": None}.get(whom, id_of("person"))
    other = a_referral(id=id_of("other"), state="closed" if state == "closed" else "new", person_id=person)
    if case["the other"] == "the same referral":
        other = a_referral()
    assert answer(triage.duplicate_of, a_referral(), **_close(case), other=other) == case["answer"]


def test_two_referrals_of_nobody_we_know_are_never_duplicates() -> None:
    case = {"offered": "", "owed": "", "told": "Ring us.", "told by": "us"}
    one, other = a_referral(person_id=None), a_referral(id=id_of("other"), person_id=None)
    assert answer(triage.duplicate_of, one, **_close(case), other=other).startswith("refused")


# --- the right specialist: who usually decides on which need ---


@cases("""
    needs                 | discipline                | usual
    ----------------------+---------------------------+------
    physical              | nurse                     | yes
    physical              | paramedic                 | yes
    physical              | gp                        | yes
    physical              | social_worker             | no
    physical              | mental_health_nurse       | no
    physical              |                           | no
    mental                | mental_health_nurse       | yes
    mental                | amhp                      | yes
    mental                | psychiatrist              | yes
    mental                | nurse                     | no
    social                | social_worker             | yes
    learning_disability   | learning_disability_nurse | yes
    learning_disability   | social_worker             | yes
    just_to_talk          | nurse                     | yes
    just_to_talk          |                           | yes
    mental physical       | nurse                     | yes
    just_to_talk physical | social_worker             | no
    just_to_talk physical | gp                        | yes
                          | nurse                     | yes
""")
def test_who_usually_decides_on_which_need(case: dict[str, str]) -> None:
    usual = triage.is_usual(case["discipline"], case["needs"].split(), at=TEN)
    assert ("yes" if usual else "no") == case["usual"]


@cases("""
    discipline          | said          | kept
    --------------------+---------------+--------------
    mental_health_nurse |               |
    mental_health_nurse | Nobody else   |
    social_worker       | Nobody else   | Nobody else
    social_worker       |               |
                        | Nobody else   | Nobody else
""")
def test_anyone_who_triages_may_decide_and_why_is_kept_where_it_is_not_usual(case: dict[str, str]) -> None:
    decision = Decision("urgent", ("mental",), "Not sleeping", case["said"])
    decided = after(
        triage.accept_here, a_referral(), **_accept_here(decision=decision, discipline=case["discipline"])
    )
    assert (decided.state, decided.triaged_as, decided.triaged_as_words) == (
        "accepted", case["discipline"], case["kept"],
    )  # fmt: skip


def test_every_need_says_who_usually_decides_and_every_discipline_is_on_the_list() -> None:
    on = local_date(TEN)
    known = {one.code for one in law.codes("disciplines", on=on)} | {discipline.ANYONE}
    rows = law.rows("disciplines")
    assert {row["need"] for row in rows} == {one.code for one in law.codes("needs", on=on)}
    assert {row["discipline"] for row in rows} <= known
