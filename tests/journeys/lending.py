"""Loans, as scenes need them: crews that may be lent by agreement, a member who is lent, and had back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from nowrongdoor.journeys import agreements, crews, loans, visits
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Seating
from tests.journeys import looking
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace


def agreed(place: SmallPlace, purpose: str = "crews_lent") -> Agreement:
    """Health and the council lend each other their crews, from yesterday on."""
    today = local_date(place.at)
    facts = Agreement(
        uuid4(), place.amir.agency_id, place.sam.agency_id, purpose, "Who goes out, by day and by night.",
        "Care Act 2014, section 3", today - timedelta(days=1), today + timedelta(days=90),
        today + timedelta(days=365),
    )  # fmt: skip
    agreements.enter(facts=facts, by=looking.agreeing(place)["by"], at=place.later())
    return facts


def lead(place: SmallPlace, team: str = "Social care") -> Viewer:
    return place.viewers[f"Lou of {team}"]


def lending(place: SmallPlace) -> Given:
    """Sam, of the council, to the front door of the health trust, until the evening."""
    agreed(place)
    return to_lend(place)


def to_lend(place: SmallPlace, **other: object) -> Given:
    return {
        "membership_id": uuid4(),
        "member_id": place.sam.member_id,
        "to_team_id": place.teams["Front door"],
        "role": "rapid_responder",
        "until_at": place.at + timedelta(hours=9),
        "by": lead(place),
        **other,
    }


def lent(place: SmallPlace, **other: object) -> UUID:
    """Sam is lent; the agreement is there already."""
    given = to_lend(place, **other)
    loans.lend(**given, at=place.later())
    key: UUID = given["membership_id"]
    return key


def as_lent(place: SmallPlace) -> Viewer:
    """Sam, at work for the front door."""
    host = place.amir
    return replace(
        place.sam, role="rapid_responder", team_id=host.team_id, team_name=host.team_name,
        agency_id=host.agency_id, agency_name=host.agency_name, lent_by_agency_id=place.sam.agency_id,
    )  # fmt: skip


def ending(place: SmallPlace) -> Given:
    agreed(place)
    return {"membership_id": lent(place), "words": "The night is quiet.", "by": lead(place), "seen": 1}


def a_crew_with_them(place: SmallPlace, *, hours: int = 6) -> UUID:
    """Amir and Sam go together, for the front door."""
    crews.put_on(
        crew_id=(key := uuid4()), name="Crew 1", base="averley_market", travel="car", device="",
        from_at=place.at, until_at=place.at + timedelta(hours=hours),
        seatings=[Seating(place.amir.member_id, "nurse"), Seating(place.sam.member_id, "social_worker")],
        by=place.amir, at=place.later(),
    )  # fmt: skip
    return key


def with_a_visit(place: SmallPlace, _: Given) -> Given:
    from tests.journeys import visits as visiting

    crew_id = a_crew_with_them(place)
    asked = visiting.asking(place)
    visits.ask(**asked, at=place.later())
    visits.assign(
        visit_id=asked["visit_id"], crew_id=crew_id, leaves_at=place.at, words="They know her.",
        by=place.amir, at=place.later(), seen=1,
    )  # fmt: skip
    return {}


def without_an_agreement(place: SmallPlace, _: Given) -> Given:
    """To a team of a third agency, with which nobody agreed."""
    from nowrongdoor.journeys import agencies
    from nowrongdoor.rules.agency import Agency, Team
    from tests.worlds.small_place import SINCE

    third = Agency(uuid4(), "Mind the Gap", "voluntary", "England")
    team = Team(uuid4(), third.id, "Listening Ear", "", "", True, SINCE, None, None)
    agencies.enter(facts=[third, team], by=lead(place), at=place.later())
    return {"to_team_id": team.id}


def lent_before(place: SmallPlace, given: Given) -> Given:
    loans.lend(**given, at=place.later())
    return {"membership_id": uuid4()}


def lent_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    """A colleague who leads as well lends the same member there."""
    by = replace(place.viewers["Amir of Social care"], role="team_lead")
    return partial(loans.lend, **given | {"membership_id": uuid4(), "by": by})


def ended_before(place: SmallPlace, given: Given) -> Given:
    loans.end(**given, at=place.later())
    return {"seen": 2}


def ended_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    """The lead of the team that borrowed them."""
    return partial(loans.end, **given | {"by": lead(place, "Front door")})
