"""
A member of a team that has been asked: accepts with a read-back or names who is asked next, helps,
keeps what was promised, and closes with what the person was told.
"""

from datetime import timedelta
from functools import partial
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.promise_kinds import OF_VISITS
from nowrongdoor.rules.words import PromiseKind, PromiseState, ReferralState
from nowrongdoor.sim import county, words
from nowrongdoor.sim.actors import edges, police, statutory
from nowrongdoor.sim.actors.shift import MINUTE, Course, Shift

# How long help lasts, on average, by how soon it was needed.
HELP = {
    "emergency": timedelta(hours=14),
    "very_urgent": timedelta(hours=32),
    "urgent": timedelta(hours=54),
    "soon": timedelta(hours=84),
    "routine": timedelta(hours=112),
    "advice": timedelta(hours=12),
}


def will_answer(shift: Shift, course: Course, offered: Handover) -> None:
    """The receiver looks at the offer, mostly in time."""
    chance = shift.streams["answers"]
    if course.plan.pause == "answer":
        edges.will_reach(shift, offered)
        if course.returns_left:
            shift.after(MINUTE * 11, partial(answer, shift, course))
        return
    part = chance.uniform(1.05, 2.0) if chance.happens(0.05) else chance.uniform(0.05, 0.8)
    within = (offered.answer_by - offered.offered_at) * part
    if course.plan.urgency in ("routine", "advice", "soon"):
        within = min(within, shift.wait(chance, mean=timedelta(hours=3), by_day=True))
    edges.will_reach(shift, offered, answered_after=max(within, MINUTE))
    shift.after(max(within, MINUTE), partial(answer, shift, course))


def answer(shift: Shift, course: Course) -> None:
    """Accept, or say no and name the next team; nothing, if the offer is no longer there."""
    case = shift.look(course)
    if case.live_offer is None:
        return
    if course.returns_left:
        course.returns_left -= 1
        course.said_no.add(case.live_offer.receiver_team_id)
        following = shift.open_teams(course, but_not={case.live_offer.giver_team_id})
        if following:
            _send_back(shift, course, case.live_offer, following[0])
            return
    accept(shift, course, case.live_offer)


def accept(shift: Shift, course: Course, offered: Handover) -> None:
    by = shift.who(shift.roster.key_of(offered.receiver_team_id), "handover.accept")
    shift.place.handovers.accept(
        handover_id=offered.id,
        read_back=course.tell(course.plan.story.read_back),
        holding_id=shift.id(),
        by=by,
        at=shift.tick(),
        seen=offered.version,
    )
    if shift.look(course).referral.state == ReferralState.NEW:
        shift.after(MINUTE * 12, partial(take_on, shift, course))
    else:
        will_help(shift, course)


def take_on(shift: Shift, course: Course) -> None:
    """What nobody has triaged yet is triaged by the team that accepted it, and kept."""
    case = shift.look(course)
    if case.referral.state != ReferralState.NEW or case.live_offer is not None or case.holding is None:
        return
    shift.place.triage.accept_here(
        referral_id=course.referral_id,
        decision=shift.decision(course),
        by=shift.who_holds(case, "triage.decide"),
        at=shift.tick(),
        seen=case.referral.version,
    )
    will_help(shift, course)


def will_help(shift: Shift, course: Course) -> None:
    """Being in touch, promising a call, and closing, each in its time."""
    plan, chance = course.plan, shift.streams["help"]
    statutory.may_begin(shift, course)
    police.may_ask(shift, course)
    for times in range(1, plan.tries + 1):
        shift.after(MINUTE * 25 * times, partial(edges.be_in_touch, shift, course, way="tried"))
    if plan.pause == "help":
        return
    urgent = plan.urgency in ("emergency", "very_urgent")
    lasts = shift.wait(chance, mean=HELP[plan.urgency], by_day=not urgent)
    if plan.begins:
        _will_be_in_touch(shift, course, lasts)
    if plan.promises:
        shift.after(lasts * 0.4, partial(promise, shift, course))
    shift.after(lasts, partial(close, shift, course))


def _will_be_in_touch(shift: Shift, course: Course, lasts: timedelta) -> None:
    """
    Mostly they ring first and go afterwards, and mostly in time. Some say only that help has begun, as
    some always will.
    """
    touch, urgency = shift.streams["first contacts"], course.plan.urgency
    is_late = touch.happens(0.08)
    rings = law.promise_time(f"first_contact_{urgency}", at=shift.at).within * touch.uniform(0.1, 0.9)
    goes = law.response_time(urgency, at=shift.at).within * touch.uniform(0.2, 0.7)
    rings = lasts * 0.25 if is_late else min(lasts * 0.25, rings)
    goes = lasts * 0.5 if is_late else max(rings, min(lasts * 0.5, goes))
    if touch.happens(0.06):
        shift.after(rings, partial(begin, shift, course))
    else:
        first = touch.one_of(("telephone", "telephone", "face_to_face", "video"))
        if touch.happens(0.15):
            shift.after(rings / 2, partial(edges.be_in_touch, shift, course, way="tried"))
        shift.after(rings, partial(edges.be_in_touch, shift, course, way=first))
    if touch.happens(0.92):
        shift.after(goes, partial(edges.be_in_touch, shift, course, way="face_to_face"))


def begin(shift: Shift, course: Course) -> None:
    case = shift.look(course)
    if case.referral.state == ReferralState.ACCEPTED:
        shift.place.referrals.begin(
            referral_id=course.referral_id,
            by=shift.who_holds(case, "referral.begin"),
            at=shift.tick(),
            seen=case.referral.version,
        )


def promise(shift: Shift, course: Course) -> None:
    """Something is promised to the person, by a time they know."""
    case, chance = shift.look(course), shift.streams["promises"]
    if case.holding is None:
        return
    by = shift.who_holds(case, "promise.make")
    shift.place.promises.make(
        promise_id=shift.id(),
        kind=PromiseKind.CALLBACK,
        words=chance.one_of(words.PROMISED),
        due_at=shift.at + timedelta(hours=chance.randrange(3, 30)),
        contact_id=None,
        referral_id=course.referral_id,
        person_id=course.person_id,
        by=by,
        at=shift.tick(),
    )


def close(shift: Shift, course: Course) -> None:
    """Keep what is owed, then close with what the person was told; later, if an offer waits."""
    case, chance = shift.look(course), shift.streams["closing"]
    if case.holding is None:
        return
    if case.live_offer is not None:
        shift.after(timedelta(hours=3), partial(close, shift, course))
        return
    if course.referral_id in shift.visited:
        return
    police.settle(shift, course)
    for owed in shift.look(course).promises:
        settle(shift, owed.id)
    statutory.end(shift, course)
    if course.referral_id in shift.statutory:
        return
    case = shift.look(course)
    course.helped = case.holding.team_id if case.holding else None
    outcome = chance.weighed(words.OUTCOMES)
    shift.place.referrals.close(
        referral_id=course.referral_id,
        outcome=outcome,
        told=words.TOLD[outcome],
        told_by=chance.weighed(words.TOLD_BY),
        by=shift.who_holds(case, "referral.close"),
        at=shift.tick(),
        seen=case.referral.version,
    )
    if course.plan.reopens and not course.turns:
        shift.after(timedelta(hours=chance.randrange(6, 70)), partial(reopen, shift, course))


def reopen(shift: Shift, course: Course) -> None:
    """It has come back: the team that helped takes it up again, and triages it anew."""
    case = shift.look(course)
    if case.referral.state != ReferralState.CLOSED:
        return
    course.turns += 1
    helped = shift.roster.key_of(course.helped) if course.helped else county.CENTRE
    # Whoever took it in may read it still, where the team that helped has closed since.
    team = helped if helped not in shift.closed else county.CENTRE
    shift.place.referrals.reopen(
        referral_id=course.referral_id,
        holding_id=shift.id(),
        why=shift.streams["closing"].one_of(words.REOPENED),
        by=shift.who(team, "referral.reopen"),
        at=shift.tick(),
        seen=case.referral.version,
    )
    shift.after(MINUTE * 15, partial(take_on, shift, course))


def settle(shift: Shift, promise_id: UUID) -> None:
    """Whoever owes it says what came of it, or rarely why it is no longer owed."""
    chance = shift.streams["promises"]
    owed = shift.place.promise(promise_id)
    if owed.state != PromiseState.OPEN:
        return
    if owed.kind == PromiseKind.RE_HOMING:
        _accept_re_homed(shift, owed)
        return
    if owed.kind in (PromiseKind.SECOND_READING, *OF_VISITS):
        return
    by = shift.who(shift.roster.key_of(owed.owner_team_id), "promise.keep")
    verbs = shift.place.promises
    if owed.kind == PromiseKind.CALLBACK and chance.happens(0.12):
        verbs.let_go(
            promise_id=owed.id, words=chance.one_of(words.LET_GO), by=by, at=shift.tick(), seen=owed.version
        )
        return
    said = words.KEPT if owed.kind == PromiseKind.CALLBACK else words.ANSWERS
    verbs.keep(promise_id=owed.id, words=chance.one_of(said), by=by, at=shift.tick(), seen=owed.version)


def _accept_re_homed(shift: Shift, owed: Promise) -> None:
    """Whoever was re-homed to the team is taken on with a read-back; not while another team is asked."""
    assert owed.referral_id is not None
    case = shift.place.case(owed.referral_id)
    if case.holding is None or case.holding.re_homing_id is None or case.live_offer is not None:
        return
    shift.place.holdings.accept_re_homed(
        re_homing_id=case.holding.re_homing_id,
        read_back=shift.streams["promises"].one_of(words.SETTLED),
        by=shift.who(shift.roster.key_of(case.holding.team_id), "holding.accept_re_homed"),
        at=shift.tick(),
        # Still owed: nobody has accepted it, and only that would change it.
        seen=1,
    )


def _send_back(shift: Shift, course: Course, offered: Handover, following: str) -> None:
    chance = shift.streams["answers"]
    reason = chance.one_of(tuple(words.RETURN_WORDS))
    shift.place.handovers.send_back(
        handover_id=offered.id,
        reason=reason,
        words=words.RETURN_WORDS[reason],
        next_team_id=shift.roster.team_id(following),
        next_handover_id=shift.id(),
        by=shift.who(shift.roster.key_of(offered.receiver_team_id), "handover.send_back"),
        at=shift.tick(),
        seen=offered.version,
    )
    live = shift.look(course).live_offer
    if live is not None:
        will_answer(shift, course, live)
