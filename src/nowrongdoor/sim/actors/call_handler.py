"""
A call handler: answers whoever turns to us, finds or registers the person, writes their words down,
and sees to it that someone goes on holding them. A caller who was lost is rung back.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.words import PromiseState
from nowrongdoor.sim import county, plans, words
from nowrongdoor.sim.actors import team_member, triage_clinician
from nowrongdoor.sim.actors.shift import MINUTE, Course, Shift, tell
from nowrongdoor.sim.people import Invented, given_name, phone
from nowrongdoor.sim.plans import Plan

SOMEONE = "the person"


@dataclass
class Caller:
    """Someone who may turn to us again: their record, once they have one."""

    person: Invented
    person_id: UUID | None = None


@dataclass
class Call:
    """One contact, while it lasts."""

    plan: Plan
    caller: Caller | None
    contact_id: UUID
    callback_id: UUID
    by: Viewer
    known_later: Caller | None = None
    words: str = ""

    @property
    def person_id(self) -> UUID | None:
        return self.caller.person_id if self.caller else None

    @property
    def first(self) -> str:
        return self.caller.person.first if self.caller else SOMEONE


def answer(shift: Shift, plan: Plan, caller: Caller) -> None:
    """Take a contact, from hello to its outcome. Who does not say who they are may be known later."""
    by = shift.streams["staff"].one_of(shift.roster.with_role(county.CENTRE, "call_handler"))
    call = Call(plan, caller, contact_id=shift.id(), callback_id=shift.id(), by=by)
    if not plan.named or plan.outcome == "caller_lost":
        call.caller, call.known_later = None, caller
    else:
        _find(shift, caller, by)
    said = _listen(shift, call)
    call.words = said.words
    course = _course(shift, call) if plan.outcome == "handed_over" else None
    shift.place.contacts.receive(
        contact_id=call.contact_id,
        said=said,
        outcome=plan.outcome,
        callback_id=call.callback_id,
        person_id=call.person_id,
        referral=_referral(shift, call, course) if course else None,
        offer=_offer(shift, course) if course and plan.path == plans.DIRECT else None,
        happened_at=shift.at - timedelta(seconds=shift.streams["calls"].randrange(40, 900)),
        by=by,
        at=shift.tick(),
    )
    if course:
        _see_to(shift, call, course)
    elif plan.outcome == "caller_lost" and plan.pause != "callback":
        within = timedelta(minutes=shift.streams["promises"].triangular(3, 22, 8))
        shift.after(within, partial(call_back, shift, call))


def call_back(shift: Shift, call: Call) -> None:
    """Ring a caller who was lost, and take in what they need."""
    owed, chance = shift.place.promise(call.callback_id), shift.streams["promises"]
    if owed.state != PromiseState.OPEN:
        return
    shift.place.promises.keep(
        promise_id=owed.id,
        words=chance.one_of(words.CALLED_BACK),
        by=call.by,
        at=shift.tick(),
        seen=owed.version,
    )
    if call.plan.named:
        _recognise(shift, call)
    course = _course(shift, call)
    shift.place.referrals.refer(
        referral_id=course.referral_id,
        holding_id=shift.id(),
        person_id=call.person_id,
        contact_id=call.contact_id,
        needs=call.plan.story.needs,
        request=course.tell(call.plan.story.request),
        words=call.words,
        by=call.by,
        at=shift.tick(),
    )
    shift.place.contacts.close(
        contact_id=call.contact_id,
        outcome="handed_over",
        words="Rung back, and handed over.",
        by=call.by,
        at=shift.tick(),
        seen=shift.place.contact(call.contact_id).version,
    )
    triage_clinician.will_triage(shift, course)


def recognise(shift: Shift, call: Call, course: Course) -> None:
    """Who it was that called is known now."""
    _recognise(shift, call)
    course.person_id, course.first = call.person_id, call.first
    shift.remember(course)


def _find(shift: Shift, caller: Caller, by: Viewer) -> None:
    """Search first; register who is not there; correct a number that has changed."""
    details = caller.person.details
    if caller.person_id is None:
        found = shift.place.candidates(details)
        caller.person_id = shift.id()
        shift.place.people.register(
            person_id=caller.person_id,
            details=details,
            looked_at=tuple(one.id for one in found),
            by=by,
            at=shift.tick(),
        )
    elif shift.streams["corrections"].happens(0.02):
        changed = caller.person.with_phone(phone(shift.streams["corrections"]))
        if changed.details == details:
            return
        # Whoever answers may never have met them: they are on the line now. One whom nobody else may find
        # is left as they are.
        try:
            shift.place.openings.claim(
                opening_id=shift.id(),
                person_id=caller.person_id,
                reason="in_contact",
                words="",
                by=by,
                at=shift.tick(),
            )
        except Missing:
            return
        caller.person = changed
        shift.place.people.correct(
            person_id=caller.person_id,
            details=changed.details,
            by=by,
            at=shift.tick(),
            seen=shift.place.person(caller.person_id).version,
        )


def _listen(shift: Shift, call: Call) -> Said:
    chance, plan = shift.streams["words"], call.plan
    if plan.outcome == "caller_lost":
        return Said(
            "telephone",
            callback_number=phone(chance),
            words="The line went while they were speaking.",
            safe_to_call="not_asked",
            about=_as_far_as_said(shift, call),
        )
    details = call.caller.person.details if call.caller else None
    is_carer, is_professional = plan.caller == "carer", plan.caller == "professional"
    said = Said(
        channel=chance.weighed(words.CHANNELS),
        caller_kind=plan.caller,
        caller_name=f"{given_name(chance)}, {chance.one_of(words.CARERS)}" if is_carer else "",
        caller_agency=chance.one_of(plan.story.professionals) if is_professional else "",
        callback_number=details.phone if details else "",
        safe_to_call=chance.weighed(((70, "yes"), (22, "not_asked"), (5, "no"), (3, "declined"))),
        where=details.address if details and chance.happens(0.6) else "",
        words=_said(shift, call),
        wish=chance.one_of(words.WISHES),
        at_home=chance.one_of(words.AT_HOME),
        access_needs=details.access_needs if details else "",
        sharing_words=chance.one_of(words.SHARING),
    )
    return replace(said, answers=_answers(shift, call, said))


def _as_far_as_said(shift: Shift, call: Call) -> str:
    """Whom it was about, when they had come as far as a name before the line went."""
    if call.known_later is None or not call.plan.named or shift.streams["questions"].happens(0.4):
        return ""
    details = call.known_later.person.details
    return f"{details.given_names} {details.family_name}".strip()


def _answers(shift: Shift, call: Call, said: Said) -> dict[str, str]:
    """What was asked along the way, in some talks; what was not asked is left to be said so."""
    chance, plan = shift.streams["questions"], call.plan
    if not chance.happens(0.5):
        return {}
    answers = {code: chance.weighed(weights) for code, weights in words.ANSWERS_GIVEN.items()}
    if plan.outcome == "emergency":
        answers["in_danger"] = "yes"
    if "physical" in plan.story.needs:
        answers["taken_or_hurt"] = chance.weighed(words.WHEN_HURT)
    if "children" in said.at_home:
        answers["depended_on"] = "yes"
    return answers


def _said(shift: Shift, call: Call) -> str:
    """What was said, by the person, by someone near to them, or by a professional."""
    story = call.plan.story
    if call.plan.caller in ("person", "anonymous"):
        return shift.streams["words"].one_of(story.said)
    return tell(story.of_them if call.plan.caller == "carer" else story.summary, call.first)


def _course(shift: Shift, call: Call) -> Course:
    course = Course(shift.id(), call.plan, call.person_id, call.first, call.plan.returns)
    shift.remember(course)
    return course


def _referral(shift: Shift, call: Call, course: Course) -> NewReferral:
    story = call.plan.story
    return NewReferral(course.referral_id, shift.id(), story.needs, course.tell(story.request))


def _offer(shift: Shift, course: Course) -> NewOffer:
    to = shift.whom_to_ask(course, but_not={shift.roster.team_id(county.CENTRE)})
    return NewOffer(shift.id(), shift.roster.team_id(to), shift.message(course))


def _see_to(shift: Shift, call: Call, course: Course) -> None:
    """What comes next: triage here, or the answer of the team that was asked at once."""
    live = shift.look(course).live_offer
    if live is not None:
        team_member.will_answer(shift, course, live)
    else:
        triage_clinician.will_triage(shift, course)
    if call.known_later is not None and shift.streams["calls"].happens(0.35):
        shift.after(MINUTE * 40, partial(recognise, shift, call, course))


def _recognise(shift: Shift, call: Call) -> None:
    call.caller = call.known_later
    if call.caller is None:
        return
    _find(shift, call.caller, call.by)
    contact = shift.place.contact(call.contact_id)
    if call.person_id is not None and contact.person_id is None:
        shift.place.contacts.link(
            contact_id=call.contact_id,
            person_id=call.person_id,
            by=call.by,
            at=shift.tick(),
            seen=contact.version,
        )
