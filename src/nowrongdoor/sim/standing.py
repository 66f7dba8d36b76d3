"""
How whoever acts stands to what they act on, in a place in memory: the mirror of `journeys.standing`.

Found by the rows of one person, referral or contact alone, so that a large place answers as quickly as a
small one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from nowrongdoor.rules import access, participation, sealing
from nowrongdoor.rules.access import BLIND, Sealed, Sight, Standing, Viewer
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.opening import Opening
from nowrongdoor.rules.participation import Known, Participation
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.sim.rows import Rows


def need_person(rows: Rows, person_id: UUID, *, by: Viewer, at: datetime) -> Sight:
    """What this viewer may see of a person; `Missing` where that is nothing."""
    standing = Standing(_parts(rows, _of_person(rows, person_id)), _seals(rows, person_id))
    sight = access.sight_of_person(by, _own(standing, by), at=at)
    return _shown(sight, Person)


def need_referral(rows: Rows, referral_id: UUID, *, by: Viewer, at: datetime) -> Sight:
    """What this viewer may see of a referral; `Missing` where that is nothing."""
    person_id = rows.one(Referral, referral_id).person_id
    about = [*_of_referral(rows, referral_id), *_of_person(rows, person_id)]
    standing = Standing(_parts(rows, about), _seals(rows, referral_id, person_id))
    sight = access.sight_of_item(by, _own(standing, by), referral_id=referral_id, at=at)
    return _shown(sight, Referral)


def need_contact(rows: Rows, contact_id: UUID, *, by: Viewer, at: datetime) -> Sight:
    """What this viewer may see of a contact; `Missing` where that is nothing."""
    person_id = rows.one(Contact, contact_id).person_id
    parts = _parts(rows, [*_of_contact(rows, contact_id), *_of_person(rows, person_id)])
    seals = _seals(rows, contact_id, person_id)
    # Whoever takes part in a referral that came of it takes part in the contact, unless that is sealed.
    if not any(one.contact_id == contact_id for one in seals):
        for referral_id in rows.indexes.referrals_from.get(contact_id, ()):
            came_of_it = _parts(rows, _of_referral(rows, referral_id))
            parts += tuple(replace(one, contact_id=contact_id) for one in came_of_it)
    standing = Standing(parts, seals)
    sight = access.sight_of_item(by, _own(standing, by), contact_id=contact_id, at=at)
    return _shown(sight, Contact)


def need_not_restricted(rows: Rows, person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Nobody but those with a tie learns that a restricted person is known here."""
    rows.one(Person, person_id)
    if any(one.is_restriction for one in _seals(rows, person_id)):
        need_person(rows, person_id, by=by, at=at)


def is_kept(
    rows: Rows, person_id: UUID, *, by: Viewer, at: datetime, by_own_seal: bool = False
) -> bool:
    """A restricted person of whom this viewer may not know; `by_own_seal`, for a seal on this very record."""
    seals = _seals(rows, person_id, own=by_own_seal)
    if not any(one.is_restriction for one in seals):
        return False
    standing = Standing(_parts(rows, _of_person(rows, person_id)), seals)
    return access.sight_of_person(by, _own(standing, by), at=at) is BLIND


def gives_way(
    rows: Rows,
    *,
    person_id: UUID | None,
    referral_id: UUID | None,
    contact_id: UUID | None,
    by: Viewer,
    at: datetime,
) -> bool:
    """A seal against this viewer gives way: their team answers for the item, or for anything of theirs."""
    if referral_id is not None:
        about = _of_referral(rows, referral_id)
    else:
        about = _of_contact(rows, contact_id) if contact_id is not None else _of_person(rows, person_id)
    return access.gives_way(by, _parts(rows, about), at=at)


def need_not_against(rows: Rows, person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """`Missing` where a seal keeps the person safe from this viewer."""
    against = any(one.is_restriction and access.is_against(by, one) for one in _seals(rows, person_id))
    if against and not gives_way(rows, person_id=person_id, referral_id=None, contact_id=None, by=by, at=at):
        raise Missing(Person.__name__)


def seals_on(rows: Rows, person_id: UUID) -> tuple[Sealed, ...]:
    """The seals that stand on a person and on whatever is theirs."""
    return _seals(rows, person_id)


def _shown(sight: Sight, kind: type) -> Sight:
    if sight is BLIND:
        raise Missing(kind.__name__)
    return sight


def _own(standing: Standing, by: Viewer) -> Standing:
    return Standing(tuple(one for one in standing.parts if one.agency_id == by.agency_id), standing.seals)


def _parts(rows: Rows, about: Iterable[Any]) -> tuple[Participation, ...]:
    def person_of(referral_id: UUID | None, contact_id: UUID | None) -> UUID | None:
        found = rows.one(Referral, referral_id).person_id if referral_id else None
        return rows.one(Contact, contact_id).person_id if found is None and contact_id else found

    known = Known(rows.indexes.agency_of, person_of, lambda promise_id: rows.one(Promise, promise_id))
    parts = (participation.of(row, known) for row in about)
    return tuple(part for part in parts if part is not None)


def _of_person(rows: Rows, person_id: UUID | None) -> Iterator[Any]:
    if person_id is None:
        return
    indexes = rows.indexes
    for referral_id in indexes.referrals_about.of(person_id):
        yield from _of_referral(rows, referral_id)
    for contact_id in indexes.contacts_about.of(person_id):
        yield from _of_contact(rows, contact_id)
    yield from _promised(rows, person_id)
    yield from rows.several(SharingDecision, indexes.decisions_about.get(person_id, ()))
    yield from rows.several(Opening, indexes.openings_of.get(person_id, ()))


def _of_referral(rows: Rows, referral_id: UUID) -> Iterator[Any]:
    indexes = rows.indexes
    yield rows.one(Referral, referral_id)
    yield from rows.several(Holding, indexes.holdings_of.get(referral_id, ()))
    yield from rows.several(Handover, indexes.handovers_of.get(referral_id, ()))
    yield from _promised(rows, referral_id)
    yield from rows.several(SharingDecision, indexes.decisions_about.get(referral_id, ()))


def _of_contact(rows: Rows, contact_id: UUID) -> Iterator[Any]:
    yield rows.one(Contact, contact_id)
    yield from _promised(rows, contact_id)


def _promised(rows: Rows, about: UUID) -> Iterator[Any]:
    """What is owed about somebody or something, and to whom it was raised."""
    for promise_id in rows.indexes.promises_about.get(about, ()):
        yield rows.one(Promise, promise_id)
        yield from rows.several(Escalation, rows.indexes.escalations_of.get(promise_id, ()))


def _seals(rows: Rows, *about: UUID | None, own: bool = False) -> tuple[Sealed, ...]:
    keys = {key: None for one in about if one is not None for key in rows.indexes.seals_on.of(one)}
    found = rows.several(Seal, keys)
    return tuple(sealing.kept(one) for one in found if not (own and one.carried_from_id))
