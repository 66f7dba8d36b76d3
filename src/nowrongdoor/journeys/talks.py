"""How a network of volunteers is asked to ring somebody just to talk, and what comes of each call."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import AGENCIES, MEMBERSHIPS
from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.people.facts import CIRCLE
from nowrongdoor.data.promises.facts import PROMISES, TALKS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.journeys import contacts, records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agency, talk, talk_asking, talk_worry
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.talk import THE_NETWORK
from nowrongdoor.rules.talk_asking import About


@transaction
def ask(
    *,
    talk_id: UUID,
    promise_id: UUID,
    service_id: UUID,
    contact_id: UUID | None,
    referral_id: UUID | None,
    person_id: UUID | None,
    ask_for: str,
    number: str,
    safe_to_call: str,
    agreed: bool,
    suits_from: datetime | None,
    suits_until: datetime | None,
    words: str,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Ask a network to ring somebody, by the time that suits them. Whoever holds them holds them still.

    The network owes it to the person where they are known, so that no referral waits for it to close; to whom
    a contact was about, where nobody knows yet who they are.
    """
    access.need(by, "talk.ask", at=at)
    network = store.peek(SERVICES, service_id).team_id
    team, asked = records.own_team_and(network or by.team_id, by=by)
    agency.need_open(asked)
    service = store.steady(SERVICES, service_id)
    if contact_id is not None:
        person_id = store.steady(CONTACTS, contact_id).person_id
        standing.need_contact(contact_id, by=by, at=at)
    elif referral_id is not None:
        referred = store.steady(REFERRALS, referral_id)
        person_id, contact_id = referred.person_id, referred.contact_id
        standing.need_referral(referral_id, by=by, at=at)
    elif person_id is not None:
        standing.need_person(person_id, by=by, at=at)
    seals = standing.seals_on(person_id) if person_id else ()
    kept = talk_asking.is_kept(seals, About(service, contact_id, referral_id, person_id))
    steps = talk_asking.ask(
        talk_asking.owed_to(service, contact_id=contact_id, referral_id=referral_id, person_id=person_id),
        talk_id=talk_id,
        promise_id=promise_id,
        ask_for=ask_for,
        number=number,
        safe_to_call=safe_to_call,
        agreed=agreed,
        suits_from=suits_from,
        suits_until=suits_until,
        words=words,
        is_restricted=kept,
        team_id=team.id,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def take(*, talk_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
    """
    Say that one will ring. Two at once: one has it, the other is told who.

    Whether the number may be rung is looked at anew, in contacts that the volunteer is told nothing of.
    """
    records.own_team(by)
    owed = _owed(talk_id, seen=seen)
    access.need(by, "talk.take", at=at, team_id=owed.owner_team_id, team=THE_NETWORK)
    about = store.lock(TALKS, talk_id)
    since = _contacts(owed)
    circle = store.find(CIRCLE, person_id=owed.person_id) if owed.person_id else []
    safe = talk.safe_now(about, since=since, circle=circle)
    seals = standing.seals_on(owed.person_id) if owed.person_id else ()
    kept = any(one.is_restriction for one in seals)
    steps = talk.take(about, owed, safe_to_call=safe, is_restricted=kept, by=by.member_id, at=at)
    store.save(steps, by=by, at=at)


@transaction
def tell(
    *,
    talk_id: UUID,
    came_of: str,
    next_id: UUID,
    next_promise_id: UUID,
    next_at: datetime | None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Say what came of a call. No answer is tried again; after so many tries whoever asked has it again."""
    about = store.peek(TALKS, talk_id)
    _, team = records.own_team_and(records.answers_for(about.asked_team_id), by=by)
    works = store.steady_where(
        MEMBERSHIPS, member_id=about.asked_by_id, team_id=about.asked_team_id, until_at=None
    )
    still = about.asked_by_id if works and team.id == about.asked_team_id else None
    owed = _owed(talk_id, seen=seen)
    access.need(by, "talk.tell", at=at, team_id=owed.owner_team_id, team=THE_NETWORK)
    steps = talk.tell(
        store.lock(TALKS, talk_id),
        owed,
        came_of=came_of,
        next_id=next_id,
        next_promise_id=next_promise_id,
        next_at=next_at,
        back_to=(team.id, still),
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def withdraw(*, promise_id: UUID, why: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    Stop a call that was asked for, with a reason that the network reads. By anybody who may ask for one and
    has a part in what it is owed on: the person says stop to whoever they talk with.
    """
    access.need(by, "talk.ask", at=at)
    if not store.find(TALKS, promise_id=promise_id):
        raise Missing(TALKS.name)
    about = store.peek(PROMISES, promise_id)
    if about.person_id is not None:
        standing.need_person(about.person_id, by=by, at=at)
    elif about.contact_id is not None:
        standing.need_contact(about.contact_id, by=by, at=at)
    elif about.referral_id is not None:
        standing.need_referral(about.referral_id, by=by, at=at)
    owed = store.lock(PROMISES, promise_id, seen=seen)
    store.save(talk.withdraw(owed, why=why, by=by.member_id, at=at), by=by, at=at)


@transaction
def worry(
    *, talk_id: UUID, words: str, contact_id: UUID, callback_id: UUID, by: Viewer, at: datetime
) -> None:
    """
    Say what worries one about somebody one rang. Whoever holds them, or the front door that asked for the
    call, has a contact and a call back at once; the call is as it was. Takes no lock: it changes no row.
    """
    about = store.peek(TALKS, talk_id)
    owed = store.peek(PROMISES, about.promise_id)
    access.need(by, "talk.worry", at=at, team_id=owed.owner_team_id, team=THE_NETWORK)
    hears = talk_worry.who_hears(_holdings(owed), otherwise=records.answers_for(about.asked_team_id))
    _, told = records.own_team_and(hears, by=by)
    agency.need_open(told)
    if owed.person_id is not None:
        contacts.one_contact_at_a_time(owed.person_id)
    steps = talk_worry.worry(
        about,
        owed,
        words=words,
        contact_id=contact_id,
        callback_id=callback_id,
        to_team_id=told.id,
        name=by.member_name,
        agency=store.peek(AGENCIES, by.agency_id).name,
        by=by.member_id,
        at=at,
    )
    raised = contacts.raised(contact_id, owed.person_id, told.id, happened_at=at, at=at)
    store.save([*steps, *raised], by=by, at=at)


@transaction_required
def _owed(talk_id: UUID, *, seen: int) -> Promise:
    """The promise of a call, held still as it was seen."""
    return store.lock(PROMISES, store.peek(TALKS, talk_id).promise_id, seen=seen)


@transaction_required
def _contacts(owed: Promise) -> list[Contact]:
    of_person = store.find(CONTACTS, person_id=owed.person_id) if owed.person_id else []
    of_contact = store.find(CONTACTS, id=owed.contact_id) if owed.contact_id else []
    return [*of_person, *of_contact]


@transaction_required
def _holdings(owed: Promise) -> list[Holding]:
    """Who holds anything of the person, or of what came of the contact they were not known in."""
    about = (
        {"person_id": owed.person_id}
        if owed.person_id
        else {"contact_id": owed.contact_id}
        if owed.contact_id
        else {"id": owed.referral_id}
    )
    theirs = [one.id for one in store.find(REFERRALS, **about)]
    return store.find(HOLDINGS, referral_id__in=theirs, until_at=None)
