"""
What may keep help from somebody is read by a second person, who says what becomes of it; and what staff wrote
before is looked through for it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.promises.facts import ESCALATIONS, PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.journeys import standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal import latest
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, looking_through, withholding
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Missing, Refused, Step
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.looking_through import About, Written
from nowrongdoor.rules.referral import CLOSED, Referral
from nowrongdoor.rules.words import PromiseKind


@transaction
def answer(
    *, promise_id: UUID, how: str, words: str, reason: str, by: Viewer, at: datetime, seen: int
) -> None:
    """
    Agree that it stands, write it otherwise, or set it aside, with why; never whoever wrote it. Anybody who
    may, and takes part in the person's care, of whichever team.
    """
    access.need(by, "second_reading.answer", at=at)
    asked = store.peek(PROMISES, promise_id)
    if asked.person_id is None:
        raise Missing(PROMISES.name)
    standing.need_person(asked.person_id, by=by, at=at)
    # Where it is kept in a record, whoever may not see that one does not say whether it holds.
    if asked.referral_id is not None:
        standing.need_referral(asked.referral_id, by=by, at=at)
    if asked.contact_id is not None:
        standing.need_contact(asked.contact_id, by=by, at=at)
    person = store.lock(PEOPLE, asked.person_id)
    waiting = store.lock(PROMISES, promise_id, seen=seen)
    steps = withholding.answer(
        waiting, person, how=how, words=words, reason=reason, by=by.member_id, at=at
    )
    store.save(steps, by=by, at=at)


@transaction
def look_through(*, entry_id: UUID, by: Viewer, at: datetime) -> int:
    """
    Look through what one entry of the journal says was written, however long ago: how much of it somebody is
    now asked to read. Done again it asks for nothing more. Nothing is asked about whom nobody knows yet, or
    where no open team answers for it; nor about what is closed and sealed, of which no other record tells.
    """
    entry = latest.entry(entry_id)
    if entry is None:
        raise Refused("The journal has no such entry to look through.", code="no_entry")
    if entry.by_member_id is None:
        return 0
    was, became = ({name: both[side] for name, both in entry.changes.items()} for side in (0, 1))
    written = Written(entry.subject, entry.subject_id, entry.kind, was, became, entry.by_member_id)
    contact, referral, person_id = _about(entry)
    if person_id is None:
        return 0
    team = _answers(entry.by_team_id, referral, person_id)
    if team is None:
        return 0
    steps = _steps(written, contact, referral, person_id, team, at=at)
    store.save(steps, by=replace(by, agency_id=team.agency_id), at=at)
    return sum(isinstance(one.change.after, looking_through.Promise) for one in steps)


@transaction_required
def _steps(
    written: Written,
    contact: Contact | None,
    referral: Referral | None,
    person_id: UUID,
    team: Team,
    *,
    at: datetime,
) -> list[Step]:
    known = store.lock(PEOPLE, person_id)
    # Held, so that neither is closed while something is still owed on it.
    contact = store.lock(CONTACTS, contact.id) if contact else None
    referral = store.lock(REFERRALS, referral.id) if referral else None
    open_contact, open_referral = _still_open(contact), _still_open(referral)
    if (contact and not open_contact and _is_sealed(contact_id=contact.id)) or (
        referral and not open_referral and _is_sealed(referral_id=referral.id)
    ):
        return []
    about = About(person_id, open_referral, open_contact, team.id)
    read = store.find(PROMISES, person_id=person_id, kind=PromiseKind.SECOND_READING)
    raised = looking_through.in_record(written, about=about, at=at)
    there = {one.id for one in store.find(PROMISES, id__in=[one.change.after.id for one in raised])}
    stood = looking_through.stood_before(written, known, read=read, team_id=team.id, at=at)
    return [*stood, *(one for one in raised if one.change.after.id not in there)]


@transaction_required
def _about(entry: Entry) -> tuple[Contact | None, Referral | None, UUID | None]:
    """The contact or the referral it is kept in, and the person, as far as they are known now."""
    contact_id, referral_id, person_id = None, entry.referral_id, entry.person_id
    if entry.subject == CONTACTS.name:
        contact_id = entry.subject_id
    elif entry.subject in (PROMISES.name, ESCALATIONS.name):
        is_promise = entry.subject == PROMISES.name
        key = entry.subject_id if is_promise else store.peek(ESCALATIONS, entry.subject_id).promise_id
        owed = store.peek(PROMISES, key)
        contact_id, referral_id, person_id = owed.contact_id, owed.referral_id, owed.person_id
    contact = store.peek(CONTACTS, contact_id) if contact_id else None
    referral = store.peek(REFERRALS, referral_id) if referral_id else None
    whose = next((one.person_id for one in (referral, contact) if one and one.person_id), person_id)
    return contact, referral, whose


@transaction_required
def _answers(wrote_for: UUID | None, referral: Referral | None, person_id: UUID) -> Team | None:
    """The team of whoever wrote it; where that has closed, the one that holds the referral, or the person."""
    theirs = [one.id for one in store.find(REFERRALS, person_id=person_id)]
    held = store.find(HOLDINGS, referral_id__in=theirs, until_at=None) if theirs else []
    held.sort(key=lambda one: referral is None or one.referral_id != referral.id)
    asked = [*([wrote_for] if wrote_for else []), *(one.team_id for one in held)]
    teams = {one.id: one for one in store.steady_where(TEAMS, id__in=asked)} if asked else {}
    return next((teams[key] for key in asked if key in teams and teams[key].closed_at is None), None)


def _still_open(one: Any) -> UUID | None:
    return one.id if one is not None and one.state != CLOSED else None


def _is_sealed(**item: UUID) -> bool:
    return bool(store.find(SEALS, lifted_at=None, **item))
