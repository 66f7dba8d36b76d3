"""
Messages that leave the place: promised with the act that causes them, tried by a worker, and what came of it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.handovers.facts import ANSWER_LINKS, HANDOVERS
from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.data.people.facts import CIRCLE, PEOPLE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.services.facts import PLACES_LINKS, SERVICES
from nowrongdoor.data.stages.facts import STAGES
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import answer_links, handovers
from nowrongdoor.kernel import outbox, signed_links, store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, circle, link_messages, message, ringing, stage, sweeping
from nowrongdoor.rules.answer_link import ANSWERS_AN_OFFER, AnswerLink
from nowrongdoor.rules.change import Refused, Steps
from nowrongdoor.rules.message import Letter, Message
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.places_link import SAYS_PLACES, PlacesLink
from nowrongdoor.rules.words import HandoverState, VisitState

OWN = "the team whose crews go on this visit"


@transaction
def say_on_the_way(*, visit_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """
    The person will be told by text that somebody is on the way: once for each time a crew sets off.

    Holds the visit, so that nobody is told of a crew that was just taken back.
    """
    one = store.lock(VISITS, visit_id, seen=seen)
    access.need(by, "visit.go_on", at=at, team_id=one.team_id, team=OWN)
    person_id = store.peek(REFERRALS, one.referral_id).person_id
    person = store.peek(PEOPLE, person_id) if person_id else None
    told = message.on_the_way(one, person=person, safe=safe_to_text(person), by=by.member_id, at=at)
    outbox.promise(told, by=by, at=at)


@transaction
def take(*, ours: datetime, by: Viewer, at: datetime) -> Letter | None:
    """
    One worker has the next message in hand, and where it goes as the record says now; None where none is due.

    Nobody's act. That it is tried is written before it is, so that a worker that dies in between has it tried
    again, later and by the same name. One that is of no use any more is given up here, with what is owed
    instead: by its time, by what has happened since, or because the number may not be texted now.
    Refuses a worker whose clock, `ours`, differs from the database's.
    """
    sweeping.need_agreement(ours, at)
    found = store.claim(MESSAGES, "due_at", at=at, first="due_at", limit=1)
    if not found:
        return None
    one = found[0]
    letter, why = _letter(one, at=at)
    by = _for(one, by)
    if why:
        store.save(message.give_up(one, why=why, at=at), by=by, at=at)
        return Letter(one)
    store.save([message.take(one, at=at)], by=by, at=at)
    return letter


@transaction
def note_sent(*, message_id: UUID, reference: str, by: Viewer, at: datetime) -> None:
    """
    Whoever carries it has taken it; with the link of an offer, the offer is sent. Nobody's act: a worker's.
    Refuses one that was settled meanwhile.
    """
    delivered = _delivering(store.peek(MESSAGES, message_id), at=at)
    one = store.lock(MESSAGES, message_id)
    noted = message.note_sent(one, reference=reference, at=at)
    store.save([noted, *delivered], by=_for(one, by), at=at)


@transaction
def give_up(*, message_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """It never goes; whoever promised it owes the person a call instead. Nobody's act: a worker's."""
    one = store.lock(MESSAGES, message_id)
    store.save(message.give_up(one, why=why, at=at), by=_for(one, by), at=at)


@transaction_required
def _letter(one: Message, *, at: datetime) -> tuple[Letter, str]:
    """Where it goes as the record says now; or why it goes nowhere any more."""
    nowhere = Letter(one)
    if one.visit_id is not None:
        visit = store.peek(VISITS, one.visit_id)
        if visit.state != VisitState.ON_THE_WAY or message.key_on_the_way(visit) != one.id:
            return nowhere, message.OVERTAKEN
    if one.until_at <= at:
        return nowhere, message.NOBODY_TOOK_IT
    if one.kind == message.ANSWER_LINK:
        return _to_team(one, at=at)
    if one.service_id is not None:
        return _to_service(one, at=at)
    person = store.peek(PEOPLE, one.person_id) if one.person_id else None
    address = ringing.dialled(person.phone) if person else ""
    if not address:
        return nowhere, message.NO_ADDRESS
    if safe_to_text(person) != ringing.YES:
        return nowhere, message.NOT_SAFE
    return Letter(one, address, one.words), ""


@transaction_required
def _to_service(one: Message, *, at: datetime) -> tuple[Letter, str]:
    """A link goes while it opens: whoever made it may have taken it back meanwhile."""
    address = link_messages.to_service(store.peek(SERVICES, one.service_id), one.channel)
    if not address:
        return Letter(one), message.NO_ADDRESS
    link = store.peek(PLACES_LINKS, one.link_id)
    return _with_link(one, address, SAYS_PLACES, link, opens=link.opens(at=at))


@transaction_required
def _to_team(one: Message, *, at: datetime) -> tuple[Letter, str]:
    """A link goes while it opens what it was made for: an offer that waits, and of which nothing is kept."""
    link = store.peek(ANSWER_LINKS, one.link_id)
    own = store.find(SERVICES, team_id=link.team_id)
    address = link_messages.to_team(store.peek(TEAMS, link.team_id), own, one.channel)
    if not address:
        return Letter(one), message.NO_ADDRESS
    waits = store.peek(HANDOVERS, link.handover_id).state == HandoverState.OFFERED
    opens = link.opens(at=at) and waits
    opens = opens and not answer_links.is_sealed(store.peek(REFERRALS, link.referral_id))
    return _with_link(one, address, ANSWERS_AN_OFFER, link, opens=opens)


def _with_link(
    one: Message, address: str, kind: str, link: PlacesLink | AnswerLink, *, opens: bool
) -> tuple[Letter, str]:
    token = signed_links.again(kind, link.id, digest=link.digest) if opens else ""
    if not token:
        return Letter(one), message.LINK_OVER
    return Letter(one, address, link_messages.with_secret(one.words, token)), ""


@transaction_required
def _delivering(one: Message, *, at: datetime) -> Steps:
    """
    What a link that was taken away delivers: its offer. Nothing where it is known to be there already, or has
    its answer; nor in a demonstration, which sends nothing.
    """
    if one.kind != message.ANSWER_LINK or outbox.only_shows(one.channel):
        return ()
    try:
        held, offered = handovers.hold_offered(store.peek(ANSWER_LINKS, one.link_id).handover_id)
        stages = store.lock_where(STAGES, handover_id=offered.id)
        return stage.deliver_by_message(offered, referral=held.referral, stages=stages, at=at)
    except Refused:
        return ()


@transaction_required
def safe_to_text(person: Person | None) -> str:
    """
    Whether their own number may be texted: as every contact about it said, and never where it is the number
    of somebody whom the person does not want contacted.
    """
    if person is None:
        return ringing.NOT_ASKED
    never = circle.not_to_contact(store.find(CIRCLE, person_id=person.id))
    if person.phone_key and any(one.phone_key == person.phone_key for one in never):
        return ringing.DO_NOT_CONTACT
    about = [one for one in store.find(CONTACTS, person_id=person.id) if ringing.is_own(one, person.phone)]
    about.sort(key=lambda one: one.happened_at, reverse=True)
    return ringing.safe_now(one.safe_to_call for one in about)


@transaction_required
def _for(one: Message, by: Viewer) -> Viewer:
    """A worker belongs to no agency: the journal tells it in that of the team that promised the message."""
    return replace(by, agency_id=store.peek(TEAMS, one.team_id).agency_id)
