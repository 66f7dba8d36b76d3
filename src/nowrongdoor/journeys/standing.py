"""
How whoever acts stands to what they act on: an act on a record one may not see is answered as one on a
record that is not there, whichever door it came by.

The pages ask the same before (`reading.standing`); here it holds for every door, and in the same
transaction as the act.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.participations.models import Participation as PartRow
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.kernel.wall import engine
from nowrongdoor.rules import access, sealing
from nowrongdoor.rules.access import BLIND, Sealed, Sight, Standing
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.participation import Participation

COLUMNS = tuple(Participation.__dataclass_fields__)


@transaction_required
def need_person(person_id: UUID, *, by: Viewer, at: datetime) -> Sight:
    """What this viewer may see of a person. Raises `Missing` where that is nothing, as for nobody."""
    parts = _parts(by, Q(person_id=person_id))
    sight = access.sight_of_person(by, Standing(parts, _seals(person_id=person_id)), at=at)
    if sight is BLIND:
        raise Missing(PEOPLE.name)
    return sight


@transaction_required
def need_referral(referral_id: UUID, *, by: Viewer, at: datetime) -> Sight:
    """What this viewer may see of a referral. Raises `Missing` where that is nothing, or there is none."""
    person_id = store.peek(REFERRALS, referral_id).person_id
    parts = _parts(by, Q(referral_id=referral_id) | _about(person_id))
    seals = _seals(referral_id=referral_id) + _seals(person_id=person_id)
    sight = access.sight_of_item(by, Standing(parts, seals), referral_id=referral_id, at=at)
    if sight is BLIND:
        raise Missing(REFERRALS.name)
    return sight


@transaction_required
def need_contact(contact_id: UUID, *, by: Viewer, at: datetime) -> Sight:
    """
    What this viewer may see of a contact. Raises `Missing` where that is nothing, or there is none.

    Whoever takes part in a referral that came of it takes part in the contact, unless that is sealed.
    """
    person_id = store.peek(CONTACTS, contact_id).person_id
    parts = _parts(by, Q(contact_id=contact_id) | _about(person_id))
    kept = _seals(contact_id=contact_id)
    if not kept:
        came_of_it = REFERRALS.model.objects.filter(contact_id=contact_id).values("pk")
        parts += _parts(by, Q(referral_id__in=came_of_it), contact_id=contact_id)
    seals = kept + _seals(person_id=person_id)
    sight = access.sight_of_item(by, Standing(parts, seals), contact_id=contact_id, at=at)
    if sight is BLIND:
        raise Missing(CONTACTS.name)
    return sight


@transaction_required
def need_not_restricted(person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """
    For what is written about someone whom two identifiers named, without a tie to them: nobody but those
    with a tie learns that a restricted person is known here.
    """
    store.peek(PEOPLE, person_id)
    if any(one.is_restriction for one in _seals(person_id=person_id)):
        need_person(person_id, by=by, at=at)


@transaction_required
def is_kept(person_id: UUID, *, by: Viewer, at: datetime, by_own_seal: bool = False) -> bool:
    """
    A restricted person of whom this viewer may not know. `by_own_seal`: whatever seal was put on this very
    record, and not for another record of the same person.
    """
    seals = _seals(person_id=person_id, own=by_own_seal)
    if not any(one.is_restriction for one in seals):
        return False
    parts = _parts(by, Q(person_id=person_id))
    return access.sight_of_person(by, Standing(parts, seals), at=at) is BLIND


@transaction_required
def gives_way(
    *, person_id: UUID | None, referral_id: UUID | None, contact_id: UUID | None, by: Viewer, at: datetime
) -> bool:
    """A seal against this viewer gives way: their team answers for the item, or for anything of theirs."""
    named = {"referral_id": referral_id, "contact_id": contact_id}
    item = {name: key for name, key in named.items() if key is not None}
    return access.gives_way(by, _parts(by, Q(**(item or {"person_id": person_id}))), at=at)


@transaction_required
def need_not_against(person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Raises `Missing` where a seal keeps the person safe from this viewer, as if there were nobody."""
    against = any(one.is_restriction and access.is_against(by, one) for one in seals_on(person_id))
    if against and not gives_way(person_id=person_id, referral_id=None, contact_id=None, by=by, at=at):
        raise Missing(PEOPLE.name)


@transaction_required
def seals_on(person_id: UUID) -> tuple[Sealed, ...]:
    """The seals that stand on a person and on whatever is theirs."""
    return _seals(person_id=person_id)


def _parts(by: Viewer, about: Q, **other: Any) -> tuple[Participation, ...]:
    """Parts of the viewer's agency; `other` says what else they are about, as `reading.standing` does."""
    rows = PartRow.objects.using(engine()).filter(about, agency_id=by.agency_id).values(*COLUMNS)
    return tuple(Participation(**row | other) for row in rows)


def _about(person_id: UUID | None) -> Q:
    return Q(person_id=person_id) if person_id is not None else Q(pk__in=[])


def _seals(*, own: bool = False, **about: UUID | None) -> tuple[Sealed, ...]:
    """The seals that stand on a person and whatever is theirs, or on one item."""
    if None in about.values():
        return ()
    found = store.find(SEALS, **about, lifted_at=None)
    return tuple(sealing.kept(one) for one in found if not (own and one.carried_from_id))
