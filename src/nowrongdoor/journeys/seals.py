"""A referral, a contact or a whole person is kept from all but those who take part in it; or no longer."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.journeys import merges, records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, sealing
from nowrongdoor.rules.access import Sight
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against


@transaction
def put(
    *,
    seal_id: UUID,
    person_id: UUID | None,
    referral_id: UUID | None,
    contact_id: UUID | None,
    why: str,
    words: str,
    against: Against = NOBODY_NAMED,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Seal a referral or a contact, or restrict a whole person. By a team that takes part in it, which goes on
    seeing it; nobody else learns from then on that it is there. `against` names from whom somebody is kept
    safe: them no sharing reaches, and no breaking of the glass.
    """
    access.need(by, "seal.put", at=at)
    _one_at_a_time(referral_id or contact_id)
    team = records.own_team(by)
    sealing.need_one(person_id=person_id, referral_id=referral_id, contact_id=contact_id)
    named = {"person_id": person_id, "referral_id": referral_id, "contact_id": contact_id}
    sight, person_id = _whose(person_id, referral_id, contact_id, by=by, at=at)
    sealing.need_part(sight)
    records.need_there(against)
    put_on = sealing.seal(
        seal_id=seal_id,
        person_id=person_id,
        referral_id=referral_id,
        contact_id=contact_id,
        why=why,
        words=words,
        team_id=team.id,
        against=against,
        by=by.member_id,
        at=at,
    )
    gives_way = standing.gives_way(**named, by=by, at=at)
    sealing.need_still_seen(sealing.kept(put_on.change.after), by=by, gives_way=gives_way)
    # One of two who seal it at once is told so by the database (`data/sharing/facts.py`).
    store.save([put_on, *merges.sealed_as_one(put_on.change.after, by=by, at=at)], by=by, at=at)


@transaction
def lift(*, seal_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Others may see it again, as far as they could before. By somebody who may see what is sealed."""
    access.need(by, "seal.lift", at=at)
    records.own_team(by)
    found = store.peek(SEALS, seal_id)
    _one_at_a_time(found.referral_id or found.contact_id)
    person_id = None if found.referral_id or found.contact_id else found.person_id
    _whose(person_id, found.referral_id, found.contact_id, by=by, at=at)
    sealed = store.lock(SEALS, seal_id, seen=seen)
    lifted = sealing.lift(sealed, words=words, by=by.member_id, at=at)
    store.save([lifted, *merges.sealed_as_one(lifted.change.after, by=by, at=at)], by=by, at=at)


def _one_at_a_time(item: UUID | None) -> None:
    """A seal on a whole person holds on every record of theirs: not while these become one, or two."""
    if item is None:
        store.one_at_a_time(merges.ONE_AT_A_TIME)


def _whose(
    person_id: UUID | None, referral_id: UUID | None, contact_id: UUID | None, *, by: Viewer, at: datetime
) -> tuple[Sight, UUID | None]:
    """What the viewer sees of what is named, and whose it is; `Missing` where they may not see it."""
    if referral_id is not None:
        sight = standing.need_referral(referral_id, by=by, at=at)
        return sight, store.peek(REFERRALS, referral_id).person_id
    if contact_id is not None:
        sight = standing.need_contact(contact_id, by=by, at=at)
        return sight, store.peek(CONTACTS, contact_id).person_id
    assert person_id is not None, "a seal is on something"
    store.peek(PEOPLE, person_id)
    return standing.need_person(person_id, by=by, at=at), person_id
