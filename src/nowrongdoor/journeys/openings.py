"""A record is opened without a part in the person's care: by saying why, or by breaking the glass."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.sharing.facts import OPENINGS, SEALS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, opening, review
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.opening import OpeningKind
from nowrongdoor.rules.review import ReviewKind


@transaction
def claim(*, opening_id: UUID, person_id: UUID, reason: str, words: str, by: Viewer, at: datetime) -> None:
    """
    Open a record for a while by saying why. Of a restricted person it is answered that there is none.
    """
    access.need(by, "access.claim", at=at)
    team = records.own_team(by)
    store.peek(PEOPLE, person_id)
    if store.find(SEALS, person_id=person_id, referral_id=None, contact_id=None, lifted_at=None):
        raise Missing(PEOPLE.name)
    claimed = opening.claim(
        opening_id=opening_id,
        person_id=person_id,
        member_id=by.member_id,
        team_id=team.id,
        purpose=access.purpose(by, at=at),
        reason=reason,
        words=words,
        at=at,
    )
    store.save([claimed], by=by, at=at)


@transaction
def break_glass(
    *, opening_id: UUID, review_id: UUID, person_id: UUID, reason: str, words: str, by: Viewer, at: datetime
) -> None:
    """
    Open what is closed for a while, and ask in the same act that somebody look into it.

    The agency of whoever broke the glass reviews it. Two at once by one member are counted one by one. Of a
    person whom a seal keeps safe from the viewer it is answered that there is none.
    """
    access.need(by, "access.break_glass", at=at)
    store.one_at_a_time(f"break_glass:{by.member_id}")
    team = records.own_team(by)
    store.peek(PEOPLE, person_id)
    standing.need_not_against(person_id, by=by, at=at)
    broken = opening.break_glass(
        opening_id=opening_id,
        person_id=person_id,
        member_id=by.member_id,
        team_id=team.id,
        purpose=access.purpose(by, at=at),
        reason=reason,
        words=words,
        lately=store.find(OPENINGS, member_id=by.member_id, kind=OpeningKind.BREAK_GLASS.value),
        at=at,
    )
    asked = review.ask(
        review_id=review_id,
        kind=ReviewKind.BREAK_GLASS,
        subject_id=opening_id,
        person_id=person_id,
        member_id=by.member_id,
        agency_id=team.agency_id,
        words=words.strip(),
        at=at,
    )
    store.save([broken, asked], by=by, at=at)
