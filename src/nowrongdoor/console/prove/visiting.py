"""Races for a visit: who is sent, whether anybody is, and whether the crew is still there to be sent."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from nowrongdoor.console.prove.pairs import Act, Pair
from nowrongdoor.console.prove.place import Place
from nowrongdoor.journeys import crews, visits
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.visit_record import Asked

SHIFT = timedelta(hours=8)
SEE_HER = Asked("Please see her at home.", "1 Mill Lane", "millbrook")


def one_visit_to_two_crews(place: Place) -> Pair:
    """Two people give one visit to two crews at once: one goes."""
    begins = place.later(hours=9)
    one, other = a_crew(place, "Amir", begins), a_crew(place, "Bethan", begins)
    referral_id, visit_id = a_visit(place)
    return Pair(
        assigning(place, "Amir", visit_id, one), assigning(place, "Bethan", visit_id, other), (referral_id,)
    )


def one_crew_to_two_visits(place: Place) -> Pair:
    """Two people send one crew to two visits for the same time: it is at one of them."""
    crew_id = a_crew(place, "Amir", place.later(hours=9))
    first, one = a_visit(place)
    second, other = a_visit(place)
    leaves_at = place.later(minutes=30)
    return Pair(
        assigning(place, "Amir", one, crew_id, leaves_at=leaves_at),
        assigning(place, "Bethan", other, crew_id, leaves_at=leaves_at),
        (first, second),
    )


def assign_and_stand_down(place: Place) -> Pair:
    """One gives the visit to a crew while another decides that nobody goes."""
    crew_id = a_crew(place, "Amir", place.later(hours=9))
    referral_id, visit_id = a_visit(place)
    by, at = place["Bethan"], place.later()
    stood_down = Act(
        "stand down",
        lambda: visits.stand_down(visit_id=visit_id, words="Her GP went.", by=by, at=at, seen=1),
        by,
        at,
    )
    return Pair(assigning(place, "Amir", visit_id, crew_id), stood_down, (referral_id,))


def end_and_assign(place: Place) -> Pair:
    """A crew goes home while somebody gives it a visit: nobody waits for a crew that has gone."""
    crew_id = a_crew(place, "Amir", place.later(hours=9))
    referral_id, visit_id = a_visit(place)
    by, at = place["Bethan"], place.later()
    ended = Act(
        "end the shift",
        lambda: crews.end(crew_id=crew_id, words="The car will not start.", by=by, at=at, seen=1),
        by,
        at,
    )
    return Pair(assigning(place, "Amir", visit_id, crew_id), ended, (referral_id,))


def come_along_and_say_no(place: Place) -> Pair:
    """Of the team that was asked along, one says yes and a colleague no: whoever asked hears one of them."""
    referral_id, visit_id = a_visit(place)
    half_id = uuid4()
    visits.ask_along(
        visit_id=visit_id,
        half_id=half_id,
        team_id=place.teams["Social care"],
        need="Look at the bed with us.",
        meet_at=None,
        by=place["Amir"],
        at=place.later(),
        seen=1,
    )
    yes, no = (place["Sam"], place.later()), (place["Nia"], place.later())
    return Pair(
        Act("come along", lambda: visits.come_along(visit_id=half_id, by=yes[0], at=yes[1], seen=1), *yes),
        Act(
            "say no",
            lambda: visits.stand_down(visit_id=half_id, words="Nobody is free.", by=no[0], at=no[1], seen=1),
            *no,
        ),
        (referral_id,),
    )


def a_crew(place: Place, who: str, begins: datetime) -> UUID:
    """One of the front door alone, for a shift of its own: the next pair begins after it."""
    crew_id = uuid4()
    crews.put_on(
        crew_id=crew_id,
        name=f"Crew of {who}",
        base="averley_market",
        travel="car",
        device="",
        from_at=begins,
        until_at=begins + SHIFT,
        seatings=[Seating(place[who].member_id, "nurse")],
        by=place[who],
        at=place.later(),
    )
    return crew_id


def a_visit(place: Place) -> tuple[UUID, UUID]:
    """A referral the front door holds, and the visit that was asked for."""
    referral_id, visit_id = place.a_referral(), uuid4()
    visits.ask(
        visit_id=visit_id, referral_id=referral_id, asked=SEE_HER, by=place["Amir"], at=place.later()
    )
    return referral_id, visit_id


def assigning(
    place: Place, who: str, visit_id: UUID, crew_id: UUID, *, leaves_at: datetime | None = None
) -> Act:
    by, at = place[who], place.later()
    return Act(
        f"assign by {by.member_name}",
        lambda: visits.assign(
            visit_id=visit_id, crew_id=crew_id, leaves_at=leaves_at or at, words="", by=by, at=at, seen=1
        ),
        by,
        at,
    )
