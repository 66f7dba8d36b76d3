"""Crews on shift: a team puts one on, and ends its shift early where it cannot go on."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERSHIPS
from nowrongdoor.data.visits.facts import CREWS, SEATS, VISITS
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, crew
from nowrongdoor.rules.change import AlreadyRecorded
from nowrongdoor.rules.crew import Seating

OWN = "the team of this crew"


@transaction
def put_on(
    *,
    crew_id: UUID,
    name: str,
    base: str,
    travel: str,
    device: str,
    from_at: datetime,
    until_at: datetime,
    seatings: Sequence[Seating],
    by: Viewer,
    at: datetime,
) -> None:
    """
    A crew of the viewer's team goes on shift, with these people in it.

    Their places in the team are held, so that nobody leaves meanwhile.
    """
    access.need(by, "crew.put_on", at=at)
    team = records.own_team(by)
    # Before the rule, which would say that they are in another crew already: in this very one.
    if store.find(CREWS, id=crew_id):
        raise AlreadyRecorded(crew_id)
    named = [one.member_id for one in seatings]
    works = store.steady_where(MEMBERSHIPS, member_id__in=named, team_id=team.id, until_at=None)
    steps = crew.put_on(
        crew_id=crew_id,
        team_id=team.id,
        name=name,
        base=base,
        travel=travel,
        device=device,
        from_at=from_at,
        until_at=until_at,
        seatings=seatings,
        members={one.member_id for one in works},
        others=store.find(SEATS, member_id__in=named, until_at__after=at),
        lent={one.member_id: one.lent_until_at for one in works if one.lent_until_at is not None},
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def end(*, crew_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    The shift of a crew ends now; nobody waits for it then.

    Holds the crew, so that nobody gives it a visit meanwhile: whoever comes second is told.
    """
    one = store.lock(CREWS, crew_id, seen=seen)
    access.need(by, "crew.end", at=at, team_id=one.team_id, team=OWN)
    waiting = store.find(VISITS, crew_id=crew_id, ended_at=None)
    seats = store.lock_where(SEATS, crew_id=crew_id)
    steps = crew.end(one, seats=seats, waiting=waiting, words=words, by=by.member_id, at=at)
    store.save(steps, by=by, at=at)
