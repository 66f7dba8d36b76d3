"""What is said about a person, heading by heading, is written down as it was said."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.people.facts import ABOUT, PEOPLE
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import about_me, access
from nowrongdoor.rules.about_me import Said


@transaction
def answer(
    *, answer_id: UUID, person_id: UUID, said: Said, replaces_id: UUID | None, by: Viewer, at: datetime
) -> None:
    """
    Write down an answer about a person, by whoever may see them. `replaces_id` is the one that was seen.

    Two who answer one heading wait for each other, and the second must read the first: both answers stay.
    """
    access.need(by, "about_me.answer", at=at)
    store.one_at_a_time(f"about:{person_id}:{said.heading}")
    team = records.own_team(by)
    store.peek(PEOPLE, person_id)
    standing.need_person(person_id, by=by, at=at)
    earlier = store.find(ABOUT, person_id=person_id, heading=said.heading)
    answered = about_me.answer(
        said,
        answer_id=answer_id,
        person_id=person_id,
        replaces_id=replaces_id,
        earlier=[one for one in earlier if one.id != answer_id],
        team_id=team.id,
        by=by.member_id,
        at=at,
    )
    store.save([answered], by=by, at=at)
