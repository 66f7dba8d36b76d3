"""A person lets a carer read some of their record, or no longer. Written down by whoever they said it to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.people.facts import CIRCLE, PEOPLE
from nowrongdoor.data.sharing.facts import PERMISSIONS, SEALS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, circle, permission


@transaction
def give(
    *,
    permission_id: UUID,
    person_id: UUID,
    carer_name: str,
    carer_is: str,
    elements: Sequence[str],
    how: str,
    words: str,
    until_at: datetime | None,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Let a carer read what the person chose. By a team that takes part; not while the whole is sealed, and
    nobody whom the person does not want contacted.
    """
    access.need(by, "permission.give", at=at)
    store.one_at_a_time(f"circle:{person_id}")
    team = records.own_team(by)
    store.peek(PEOPLE, person_id)
    permission.need_part(standing.need_person(person_id, by=by, at=at))
    seals = store.find(SEALS, person_id=person_id, referral_id=None, contact_id=None, lifted_at=None)
    permission.need_no_seal(is_restricted=bool(seals))
    known = store.find(CIRCLE, person_id=person_id)
    circle.need_may_be_told(known, name=carer_name, field="carer_name")
    given = permission.give(
        permission_id=permission_id,
        person_id=person_id,
        carer_name=carer_name,
        carer_is=carer_is,
        elements=elements,
        how=how,
        words=words,
        until_at=until_at,
        team_id=team.id,
        by=by.member_id,
        at=at,
    )
    store.save([given], by=by, at=at)


@transaction
def withdraw(*, permission_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Take it back: the carer's view closes with this act. By anybody who may see the person."""
    access.need(by, "permission.withdraw", at=at)
    records.own_team(by)
    standing.need_person(store.peek(PERMISSIONS, permission_id).person_id, by=by, at=at)
    given = store.lock(PERMISSIONS, permission_id, seen=seen)
    store.save([permission.withdraw(given, words=words, by=by.member_id, at=at)], by=by, at=at)
