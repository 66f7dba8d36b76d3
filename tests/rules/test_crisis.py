"""
The acceptance tests of the crisis reference that are about the police, under their numbers (T01 to T15).

Each is asked of the rule. What the database refuses besides is in `tests/data/test_police.py`.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Facts

import pytest

from nowrongdoor.rules import alarm, contact, police, police_advice
from nowrongdoor.rules.alarm import Elsewhere
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import forces
from nowrongdoor.rules.police_advice import Told
from nowrongdoor.rules.police_decision import PoliceCall, Standing, latest
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.promise_kinds import ALARMS
from nowrongdoor.rules.words import PromiseKind
from tests.worlds.facts import NINE, RECEIVER, SAID, TEN, a_holding, a_referral, id_of
from tests.worlds.tables import cases

AMIR = id_of("Amir")
SAFE = {
    "crime_now": "no", "serious_harm": "no", "happening_now": "no", "taken_or_hurt": "no",
    "whereabouts_known": "yes", "out_of_character": "no", "duty_or_power": "no", "refuses": "no",
    "checks_done": "yes", "has_capacity": "yes",
}  # fmt: skip
ACCEPTED = {
    "accepted_by": "Priya, crisis team",
    "going": "Priya and a colleague",
    "arrives_minutes": 40,
    "safe_minutes": 60,
}


def known(*, force="averley", category="concern_for_welfare", sector="health", age=44, **answers) -> Told:
    return Told(force, category, sector, age, {**SAFE, **answers})


def a_call(outcome="not_attending", reason="neither_limb", *, told="told", of=None, **said) -> PoliceCall:
    accepted = ACCEPTED if outcome == "not_attending" else {}
    when = "If he leaves the house."
    return PoliceCall(of or known(), outcome, reason, told=told, call_back_when=when, **(accepted | said))


def standing(*, before=(), owed=(), is_police=False, state="under_way") -> Standing:
    held = a_holding(team_id=RECEIVER.id)
    return Standing(a_referral(state=state), held, is_police, tuple(before), tuple(owed))


def decided(call, *, before=(), owed=(), name="decision", is_police=False, at=TEN):
    stands = standing(before=before, owed=owed, is_police=is_police)
    last = latest(before)
    return police.decide(
        stands, call, decision_id=id_of(name), follows_id=last.id if last else None, by=AMIR, at=at
    )


def row(steps):
    return steps[0].change.after


def owed(steps) -> set[str]:
    return {str(one.change.after.kind) for one in steps[1:] if one.change.kind == "promise.made"}


def advised(told, *, at=TEN) -> str:
    return police_advice.of(told, at=at).word


def day(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00:00").replace(tzinfo=UTC)


def test_t01_the_police_not_attending_needs_a_holder_who_accepted():
    with pytest.raises(Refused, match="No accepting holder") as refusal:
        decided(a_call(accepted_by=" "))
    assert (refusal.value.code, refusal.value.field) == ("no_accepting_holder", "accepted_by")
    with pytest.raises(Refused, match="a team of the police holds this"):
        decided(a_call(), is_police=True)
    with pytest.raises(Refused, match="took them on only after that"):
        decided(a_call(), at=standing().holding.from_at - timedelta(seconds=1))
    made = row(decided(a_call()))
    assert (made.accepting_team_id, made.accepted_by, made.accepted_at) == (
        RECEIVER.id,
        ACCEPTED["accepted_by"],
        TEN,
    )


def test_t01_nothing_closes_while_nobody_has_settled_who_responds():
    open_one = row(decided(a_call("unknown", "no_answer")))
    with pytest.raises(Refused, match="No accepting holder") as refusal:
        police.need_settled([open_one])
    assert refusal.value.code == "no_accepting_holder"
    police.need_settled([row(decided(a_call()))])
    police.need_settled([])


@pytest.mark.parametrize("field", ["going", "safe_minutes", "call_back_when"])
def test_a_no_says_who_goes_by_when_and_when_to_ring_back(field):
    with pytest.raises(Refused) as refusal:
        decided(replace(a_call(), **{field: None if field == "safe_minutes" else ""}))
    assert refusal.value.field == field


def test_t02_the_caller_was_told_or_somebody_rings_them_back():
    with pytest.raises(Refused) as refusal:
        decided(a_call(told=""))
    assert refusal.value.field == "told"
    assert owed(decided(a_call(told="told"))) == {"police_recheck"}
    assert owed(decided(a_call(told="not_reached"))) == {"police_recheck", "callback"}


@pytest.mark.parametrize("question", ["crime_now", "serious_harm", "happening_now"])
@pytest.mark.parametrize("answer", ["not_asked", "not_known", "declined"])
def test_t03_what_is_not_known_never_lets_the_police_stay_away(question, answer):
    answers = {question: answer} | ({"serious_harm": "yes"} if question == "happening_now" else {})
    of = known(**answers)
    assert advised(of) == "ask_more"
    with pytest.raises(Refused, match="What is not known is no reason") as refusal:
        decided(a_call(of=of))
    assert refusal.value.code == "unknown_never_declines"
    assert "police_gap" in owed(decided(a_call("unknown", "ask_more", of=of)))


def test_t04_the_two_limbs_are_two_reasons_and_words_alone_are_not_enough():
    crime, danger = known(crime_now="yes"), known(serious_harm="yes", happening_now="yes")
    assert (advised(crime), advised(danger)) == ("attend_crime", "attend_life")
    assert row(decided(a_call("attend", "limb_a", of=crime))).reason == "limb_a"
    assert row(decided(a_call("attend", "limb_b", of=danger))).reason == "limb_b"
    for reason, of in (("limb_a", danger), ("limb_b", crime), ("limb_b", known(serious_harm="yes"))):
        with pytest.raises(Refused) as refusal:
            decided(a_call("attend", reason, of=of, words="He will kill somebody."))
        assert refusal.value.code == f"{reason}_not_so"
    with pytest.raises(Refused) as refusal:
        decided(a_call("attend", "", words="A crime."))
    assert refusal.value.field == "reason"


def test_t05_a_threat_for_later_is_not_limb_b_and_opens_an_urgent_health_task():
    of = known(serious_harm="yes", happening_now="no")
    assert advised(of) == "warm_handover"
    steps = decided(a_call(of=of))
    assert "urgent_health" in owed(steps)
    assert "urgent_health" in owed(decided(a_call("unknown", "no_answer", of=of)))
    assert "urgent_health" not in owed(decided(a_call()))


def test_t06_a_new_fact_asks_anew_and_keeps_both():
    first = row(decided(a_call()))
    steps = police.learn(
        standing(before=[first]), decision_id=id_of("second"), fact="He has taken tablets.",
        answers={"taken_or_hurt": "yes", "serious_harm": "yes", "happening_now": "yes"},
        follows_id=first.id, by=AMIR, at=TEN + timedelta(minutes=20),
    )  # fmt: skip
    second = row(steps)
    assert (second.follows_id, second.outcome, second.advice) == (
        first.id,
        "unknown",
        "attend_life_ambulance",
    )
    assert (first.outcome, first.advice) == ("not_attending", "warm_handover")
    assert latest([first, second]) == second
    gap = next(one.change.after for one in steps[1:] if one.change.after.kind == "police_gap")
    assert "Tell police and ambulance now" in gap.words and gap.due_at - second.decided_at <= timedelta(
        minutes=15
    )
    again = decided(a_call("attend", "limb_b", of=known(serious_harm="yes", happening_now="yes")),
                    before=[first, second], owed=[gap], name="third", at=TEN + timedelta(minutes=30))  # fmt: skip
    assert [one.change.kind for one in again if one.change.after.id == gap.id] == ["promise.settled"]


def test_t06_a_new_fact_takes_a_closed_referral_up_again():
    closed = a_referral(state="closed", closed_at=NINE)
    steps = police.reopening(
        closed, holding_id=id_of("again"), team_id=RECEIVER.id, by=AMIR, fact="He has taken tablets.", at=TEN
    )
    assert [one.change.kind for one in steps] == ["referral.reopened", "holding.began"]


@cases("""
    force           | day        | age | sector      | category            | scope
    ----------------+------------+-----+-------------+---------------------+---------------
    surrey          | 2025-03-01 | 17  | health      | concern_for_welfare | child_excluded
    surrey          | 2025-03-01 | 18  | health      | concern_for_welfare | applies
    surrey          | 2025-03-01 |     | health      | concern_for_welfare | not_known
    wiltshire       | 2025-01-05 | 17  | public      | concern_for_welfare | child_excluded
    wiltshire       | 2025-01-06 | 17  | public      | concern_for_welfare | applies
    wiltshire       | 2025-01-06 |     | public      | concern_for_welfare | applies
    wiltshire       | 2024-04-07 | 40  | public      | concern_for_welfare | not_live
    wiltshire       | 2024-10-13 | 40  | public      | medical             | not_live
    wiltshire       | 2024-10-14 | 40  | public      | medical             | applies
    north_yorkshire | 2023-03-01 | 40  | health      | concern_for_welfare | applies
    north_yorkshire | 2023-03-01 | 40  | social_care | concern_for_welfare | not_live
    north_yorkshire | 2023-03-31 | 40  | social_care | concern_for_welfare | applies
    north_yorkshire | 2023-03-01 | 40  |             | concern_for_welfare | not_known
    nowhere         | 2025-03-01 | 40  | health      | concern_for_welfare | not_known
    surrey          | 2025-03-01 | 40  | health      |                     | not_known
""")
def test_t07_t08_what_a_force_agreed_stands_by_day_age_and_who_asks(case):
    age = int(case["age"]) if case["age"] else None
    found = forces.scope(
        case["force"], category=case["category"], sector=case["sector"], age=age, at=day(case["day"])
    )
    assert found.word == case["scope"]
    assert bool(found.policies) == (case["scope"] == "applies") or found.word != "applies"


def test_t07_a_child_whom_the_force_keeps_out_is_met_as_before():
    of = known(force="surrey", age=17)
    assert advised(of) == "attend_child"
    with pytest.raises(Refused, match="By these answers the police are asked to come"):
        decided(a_call(of=of))
    assert row(decided(a_call("attend", "child_policy", of=of))).policies.startswith("surrey/first@")


def test_the_real_forces_say_where_each_row_comes_from_and_whether_it_was_verified():
    real = {one.force: {it.provenance.verified for it in forces.every() if it.force == one.force}
            for one in forces.every() if one.force != "averley"}  # fmt: skip
    assert real == {"wiltshire": {True}, "surrey": {False}, "north_yorkshire": {True}}
    assert all(one.provenance.source for one in forces.every())
    assert {forces.named(one.version) for one in forces.every()} == set(forces.every())


def test_t09_back_at_a_door_left_within_the_hour_is_a_loop():
    back = Facts(id=id_of("offer"), receiver_team_id=RECEIVER.id)
    left = [Facts(team_id=RECEIVER.id, until_at=TEN - timedelta(minutes=59))]
    steps = alarm.after_acceptance(
        a_referral(), accepted=back, before=left, elsewhere=Elsewhere(), open_promises=(), at=TEN
    )
    assert [str(one.change.after.kind) for one in steps] == ["loop"]


def test_t10_three_contacts_in_a_day_by_anybody_are_raised_and_never_merged():
    others = [Facts(id=id_of(f"{n}"), happened_at=TEN - timedelta(hours=n)) for n in (2, 20)]
    steps = alarm.after_contact(
        id_of("third"), person_id=id_of("person"), team_id=RECEIVER.id, happened_at=TEN,
        others=others, left=(), open_promises=(), at=TEN,
    )  # fmt: skip
    assert [str(one.change.after.kind) for one in steps] == ["repeated_contact"]


@pytest.mark.parametrize(("arrives", "is_late"), [(60, False), (61, True), (120, True), (None, True)])
def test_t11_whoever_comes_later_than_is_safe_is_told_at_once(arrives, is_late):
    steps = decided(a_call(arrives_minutes=arrives, safe_minutes=60))
    assert ("late_arrival" in owed(steps)) is is_late
    assert PromiseKind.LATE_ARRIVAL in ALARMS


def test_it_is_looked_at_again_before_it_stops_being_safe():
    assert row(decided(a_call(safe_minutes=30))).recheck_at == TEN + timedelta(minutes=30)
    with pytest.raises(Refused, match="Look again no later"):
        decided(a_call(safe_minutes=30, recheck_minutes=31))


def test_t12_a_caller_who_was_lost_is_owed_a_call_within_a_quarter_of_an_hour():
    steps = contact.receive(
        SAID, contact_id=id_of("contact"), person_id=None, team_id=RECEIVER.id, by=AMIR,
        outcome="caller_lost", callback_id=id_of("call"), callback_due_at=None, has_referral=False,
        happened_at=TEN, at=TEN,
    )  # fmt: skip
    received, owes = (one.change.after for one in steps)
    assert (received.state, owes.kind, owes.due_at - TEN) == ("open", "callback", timedelta(minutes=15))


@cases("""
    category            | whereabouts_known | out_of_character | serious_harm | checks_done | refuses | advice
    --------------------+-------------------+------------------+--------------+-------------+---------+-------------------
    awol                | yes               | no               | no           | no          | no      | return_to_provider
    awol                | yes               | no               | no           | yes         | no      | warm_handover
    awol                | yes               | no               | no           | no          | yes     | retake_plan
    concern_for_welfare | no                | yes              | no           | no          | no      | missing
    concern_for_welfare | no                | yes              | not_known    | no          | no      | missing
    concern_for_welfare | no                | no               | no           | no          | no      | warm_handover
    concern_for_welfare | no                | not_known        | no           | no          | no      | ask_more
    concern_for_welfare | not_known         | yes              | no           | no          | no      | ask_more
    dols                | no                | no               | no           | no          | no      | missing
""")
def test_t13_absent_without_leave_is_one_path_and_missing_another(case):
    answers = {name: case[name] for name in SAFE if name in case}
    assert advised(known(category=case["category"], **answers)) == case["advice"]


@pytest.mark.parametrize("answer", ["yes", "no", "not_asked", "not_known", "declined"])
def test_t14_whether_somebody_can_decide_themselves_changes_nothing(answer):
    for answers in ({}, {"serious_harm": "yes", "happening_now": "yes"}, {"taken_or_hurt": "yes"}):
        assert advised(known(**answers, has_capacity=answer)) == advised(known(**answers))


def test_t15_that_the_police_saw_somebody_ends_nothing():
    one = row(decided(a_call()))
    steps = police.see(
        standing(before=[one]), one, seen_as="awake", words="In bed.", seen_at=None, by=AMIR, at=TEN
    )
    assert [one.change.kind for one in steps] == ["police.saw"]
    assert row(steps).outcome == "not_attending"
    ill = police.see(standing(before=[one]), one, seen_as="not_well", words="", seen_at=None, by=AMIR, at=TEN)
    assert owed(ill) == {"police_gap"}


def test_t41_both_views_of_a_disagreement_stay_and_named_ranks_settle_it():
    one = row(decided(a_call("unknown", "not_agreed")))
    said = {"our_view": "He has a knife.", "police_view": "No threat to anybody.", "our_rank": "on_call_manager",
            "police_rank": "duty_inspector"}  # fmt: skip
    steps = police.dispute(standing(before=[one]), one, **said, by=AMIR, at=TEN)
    assert owed(steps) == {"disagreement"}
    assert (row(steps).our_view, row(steps).police_view) == ("He has a knife.", "No threat to anybody.")
    asked = next(step.change.after for step in steps if isinstance(step.change.after, Promise))
    assert "on-call manager" in asked.words and "knife" not in asked.words, "more people read what is owed"
    with pytest.raises(Refused, match="on record already"):
        police.dispute(standing(before=[one]), row(steps), **said, by=AMIR, at=TEN)
    for missing in said:
        with pytest.raises(Refused) as refusal:
            police.dispute(standing(before=[one]), one, **(said | {missing: ""}), by=AMIR, at=TEN)
        assert refusal.value.field == missing


def test_two_who_decide_at_once_are_not_both_right():
    first = row(decided(a_call()))
    with pytest.raises(Refused, match="Somebody decided this with the police meanwhile"):
        police.decide(
            standing(before=[first]), a_call(), decision_id=id_of("b"), follows_id=None, by=AMIR, at=TEN
        )


def test_a_decision_names_the_guidance_the_questions_and_the_policies_it_came_from():
    made = row(decided(a_call()))
    assert made.guidance.startswith("police_response@") and made.guidance.endswith(" 19")
    assert (made.question_set, made.policies) == ("police_call@2015-01-01", "averley/all@2020-01-01")
    assert made.answers == SAFE
