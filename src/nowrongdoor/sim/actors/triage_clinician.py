"""
A triage clinician: the right specialist for the need decides how soon, and who should respond.
"""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.promise_kinds import ALARMS, PAUSES
from nowrongdoor.rules.words import PromiseKind, ReferralState
from nowrongdoor.sim import county, plans, words
from nowrongdoor.sim.actors import edges, team_member
from nowrongdoor.sim.actors.shift import MINUTE, Course, Shift
from nowrongdoor.sim.case import Case

# Which of the clinicians of `county.CLINICIANS` knows most about a need; the matron knows all of them.
SPECIALIST = {
    "mental": 0, "just_to_talk": 0, "bereavement": 0, "loneliness": 0,
    "equipment": 1, "physical": 5,
    "social": 2, "housing": 2, "money": 2, "carer": 2, "safety": 2,
    "learning_disability": 3, "autism": 3,
    "medication": 4, "drugs_alcohol": 4,
}  # fmt: skip
MATRON = len(county.CLINICIANS) - 1


def will_triage(shift: Shift, course: Course) -> None:
    """Most are looked at within minutes, at any hour."""
    if course.plan.pause == "triage":
        return
    shift.after(
        shift.wait(shift.streams["triage"], mean=MINUTE * 8, by_day=False), partial(decide, shift, course)
    )


def decide(shift: Shift, course: Course) -> None:
    """Look at the referral as it is now, and decide; nothing, if someone else has."""
    case = shift.look(course)
    if case.referral.state == ReferralState.CLOSED or case.live_offer is not None:
        return
    plan = course.plan
    by = _specialist(shift, course)
    if case.holding is None or case.holding.team_id != by.team_id:
        return
    if plan.asks and case.referral.state == ReferralState.NEW:
        _ask(shift, course, case, by)
    elif plan.path == plans.ADVISE:
        _advise(shift, course, case, by)
    elif plan.path == plans.NOT_WANTED:
        _not_wanted(shift, course, case, by)
    elif plan.path == plans.KEEP:
        _keep(shift, course, case, by)
    elif plan.path != plans.DUPLICATE or not _same_as(shift, course, case, by):
        _hand_on(shift, course, case, by)


def offer_again(shift: Shift, course: Course) -> None:
    """The team that was asked is gone or was the wrong one: the holder asks another."""
    case = shift.look(course)
    if case.holding is None or case.live_offer is not None:
        return
    to = shift.whom_to_ask(course, but_not={case.holding.team_id})
    by = shift.who_holds(case, "handover.offer")
    shift.place.handovers.offer(
        referral_id=course.referral_id,
        handover_id=shift.id(),
        to_team_id=shift.roster.team_id(to),
        message=shift.message(course),
        by=by,
        at=shift.tick(),
        seen=case.referral.version,
    )
    _follow(shift, course)


def withdraw(shift: Shift, course: Course) -> None:
    """A better answer has come up before anyone said yes."""
    case, chance = shift.look(course), shift.streams["triage"]
    if case.live_offer is None:
        return
    reason = chance.one_of(tuple(words.WITHDRAW_WORDS))
    shift.place.handovers.withdraw(
        handover_id=case.live_offer.id,
        reason=reason,
        words=words.WITHDRAW_WORDS[reason],
        by=shift.who_holds(case, "handover.withdraw"),
        at=shift.tick(),
        seen=case.live_offer.version,
    )
    course.said_no.add(case.live_offer.receiver_team_id)
    shift.after(MINUTE * 2, partial(offer_again, shift, course))


def answered(shift: Shift, course: Course) -> None:
    """What was asked is known now: note it, and decide."""
    case, chance = shift.look(course), shift.streams["promises"]
    for owed in case.promises:
        if owed.kind in PAUSES:
            shift.place.promises.keep(
                promise_id=owed.id,
                words=chance.one_of(words.ANSWERS),
                by=shift.who(shift.roster.key_of(owed.owner_team_id), "promise.keep"),
                at=shift.tick(),
                seen=owed.version,
            )
    course.plan = replace(course.plan, asks=False)
    shift.after(MINUTE * 3, partial(decide, shift, course))


def _specialist(shift: Shift, course: Course) -> Viewer:
    clinicians = shift.roster.with_role(county.CENTRE, "triage_clinician")
    return clinicians[SPECIALIST.get(course.plan.story.needs[0], MATRON)]


def _ask(shift: Shift, course: Course, case: Case, by: Viewer) -> None:
    chance = shift.streams["words"]
    waits_for, asked_of, question = (
        PromiseKind.INFORMATION, chance.one_of(words.ASKED_OF), chance.one_of(words.QUESTIONS),
    )  # fmt: skip
    if course.plan.pause == "the_person":
        waits_for, asked_of, question = PromiseKind.THE_PERSON, "", words.GIVEN_TIME
    shift.place.triage.ask(
        referral_id=course.referral_id,
        promise_id=shift.id(),
        asked_of=asked_of,
        words=question,
        due_at=None,
        waits_for=waits_for,
        by=by,
        at=shift.tick(),
        seen=case.referral.version,
    )
    if course.plan.pause not in ("information", "the_person"):
        within = timedelta(minutes=shift.streams["triage"].randrange(15, 300))
        shift.after(within, partial(answered, shift, course))


def _advise(shift: Shift, course: Course, case: Case, by: Viewer) -> None:
    _answer_alarms(shift, case)
    shift.place.triage.advise(
        referral_id=course.referral_id,
        decision=shift.decision(course),
        told=course.tell(course.plan.story.advice),
        told_by=shift.streams["closing"].weighed(words.TOLD_BY),
        by=by,
        at=shift.tick(),
        seen=case.referral.version,
    )


def _answer_alarms(shift: Shift, case: Case) -> None:
    """What was raised about them is answered before they are let go."""
    for owed in case.promises:
        if owed.kind in ALARMS:
            team_member.settle(shift, owed.id)


def _not_wanted(shift: Shift, course: Course, case: Case, by: Viewer) -> None:
    _answer_alarms(shift, case)
    shift.place.referrals.close(
        referral_id=course.referral_id,
        outcome="person_declined",
        told=words.TOLD["person_declined"],
        told_by="us",
        by=by,
        at=shift.tick(),
        seen=case.referral.version,
    )


def _same_as(shift: Shift, course: Course, case: Case, by: Viewer) -> bool:
    """Close into an open referral about the same person, if there is one."""
    others = shift.others_open(course)
    if not others:
        return False
    _answer_alarms(shift, shift.look(course))
    shift.place.triage.duplicate_of(
        referral_id=course.referral_id,
        other_id=others[0],
        told=words.TOLD["duplicate"],
        told_by="us",
        by=by,
        at=shift.tick(),
        seen=case.referral.version,
    )
    return True


def _keep(shift: Shift, course: Course, case: Case, by: Viewer) -> None:
    shift.place.triage.accept_here(
        referral_id=course.referral_id,
        decision=shift.decision(course),
        by=by,
        at=shift.tick(),
        seen=case.referral.version,
    )
    team_member.will_help(shift, course)


def _hand_on(shift: Shift, course: Course, case: Case, by: Viewer) -> None:
    to = shift.whom_to_ask(course, but_not={by.team_id})
    shift.place.triage.hand_on(
        referral_id=course.referral_id,
        decision=shift.decision(course),
        handover_id=shift.id(),
        to_team_id=shift.roster.team_id(to),
        message=shift.message(course),
        by=by,
        at=shift.tick(),
        seen=case.referral.version,
    )
    _follow(shift, course)


def _follow(shift: Shift, course: Course) -> None:
    """The offer is looked at by the team that was asked, or taken back before that."""
    live = shift.look(course).live_offer
    if live is None:
        return
    if course.plan.withdraws and live.hop == 1:
        edges.will_reach(shift, live)
        shift.after((live.answer_by - live.offered_at) * 0.04, partial(withdraw, shift, course))
    else:
        team_member.will_answer(shift, course, live)
