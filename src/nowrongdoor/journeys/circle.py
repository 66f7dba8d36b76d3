"""Who matters to a person is written down, changed, and taken out again; and who must not be contacted."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.people.facts import CIRCLE, PEOPLE
from nowrongdoor.data.sharing.facts import PERMISSIONS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, circle
from nowrongdoor.rules.circle import Somebody


@transaction
def enter(*, entry_id: UUID, person_id: UUID, told: Somebody, by: Viewer, at: datetime) -> None:
    """
    Write down somebody who matters to the person, by whoever may see the person.

    A permission to read given at the same moment waits for this, or this for it: nobody is let read who must
    not be contacted.
    """
    access.need(by, "circle.enter", at=at)
    store.one_at_a_time(f"circle:{person_id}")
    team = records.own_team(by)
    store.peek(PEOPLE, person_id)
    standing.need_person(person_id, by=by, at=at)
    entered = circle.enter(
        told,
        entry_id=entry_id,
        person_id=person_id,
        permitted=store.find(PERMISSIONS, person_id=person_id),
        team_id=team.id,
        by=by.member_id,
        at=at,
    )
    store.save([entered], by=by, at=at)


@transaction
def correct(*, entry_id: UUID, told: Somebody, why: str, by: Viewer, at: datetime, seen: int) -> None:
    """What is known of them changes; what was believed before stays in the journal."""
    access.need(by, "circle.correct", at=at)
    person_id = store.peek(CIRCLE, entry_id).person_id
    store.one_at_a_time(f"circle:{person_id}")
    records.own_team(by)
    standing.need_person(person_id, by=by, at=at)
    entry = store.lock(CIRCLE, entry_id, seen=seen)
    permitted = store.find(PERMISSIONS, person_id=person_id)
    store.save([circle.correct(entry, told, why=why, permitted=permitted, at=at)], by=by, at=at)


@transaction
def withdraw(*, entry_id: UUID, why: str, by: Viewer, at: datetime, seen: int) -> None:
    """Take somebody out of the circle: they do not belong there any more, or never did."""
    access.need(by, "circle.withdraw", at=at)
    person_id = store.peek(CIRCLE, entry_id).person_id
    records.own_team(by)
    standing.need_person(person_id, by=by, at=at)
    entry = store.lock(CIRCLE, entry_id, seen=seen)
    store.save([circle.withdraw(entry, why=why, by=by.member_id, at=at)], by=by, at=at)
