"""Scenes of who may look: records opened, what is looked into, and what agencies agreed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid4

from nowrongdoor.journeys import agencies, agreements, openings, reviews
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.snooping import Looked, Pattern, Suspicion
from tests.journeys.acts import lead
from tests.journeys.scene import Given
from tests.worlds.small_place import SINCE, SmallPlace


def a_governance_lead(place: SmallPlace, *, team: str, name: str) -> Viewer:
    """Somebody new, who looks into what others opened."""
    of = lead(place, team)
    member = Member(uuid4(), name, "Information governance lead")
    works = Membership(uuid4(), member.id, of.team_id, "governance_lead", SINCE, None)
    agencies.enter(facts=[member, works], by=of, at=place.later())
    return replace(of, member_id=member.id, member_name=name, role="governance_lead")


def claiming(place: SmallPlace) -> Given:
    return {
        "opening_id": uuid4(),
        "person_id": place.a_person(),
        "reason": "in_contact",
        "words": "",
        "by": place.sam,
    }


def claimed_before(place: SmallPlace, given: Given) -> Given:
    openings.claim(**given, at=place.later())
    return {}


def breaking_glass(place: SmallPlace) -> Given:
    return {
        "opening_id": uuid4(),
        "review_id": uuid4(),
        "person_id": place.a_person(),
        "reason": "danger_now",
        "words": "She rang from a bridge.",
        "by": place.sam,
    }


def broken_too_often(place: SmallPlace, given: Given) -> Given:
    for _ in range(5):
        again = {"opening_id": uuid4(), "review_id": uuid4()}
        openings.break_glass(**given | again, at=place.later())
    return {}


def reviewing(place: SmallPlace) -> Given:
    """What a member of social care opened, before the governance lead of the council."""
    broken = breaking_glass(place)
    openings.break_glass(**broken, at=place.later())
    return {
        "review_id": broken["review_id"],
        "outcome": "right",
        "words": "She was found and is safe.",
        "by": a_governance_lead(place, team="Social care", name="Ffion Rees"),
        "seen": 1,
    }


def by_whoever_acted(place: SmallPlace, given: Given) -> Given:
    return {"by": replace(place.sam, role="governance_lead")}


def by_another_agency(place: SmallPlace, given: Given) -> Given:
    return {"by": a_governance_lead(place, team="Crisis team", name="Owen Shah")}


def reviewed_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    other = a_governance_lead(place, team="Social care", name="Tom Adeyemi")
    return lambda at: reviews.decide(**given | {"by": other, "outcome": "talked"}, at=at)


def suspecting(place: SmallPlace) -> Given:
    """A colleague's record, opened by a member of social care."""
    person_id = place.a_person()
    look = Looked(uuid4(), place.sam.member_id, place.sam.agency_id, person_id, "claimed", place.at)
    return {
        "suspected": [Suspicion(Pattern.COLLEAGUE, look, person_id)],
        "by": replace(lead(place, "Social care"), role="governance_lead"),
    }


def by_one_who_may_not(place: SmallPlace, given: Given) -> Given:
    return {"by": lead(place, "Social care")}


def agreeing(place: SmallPlace) -> Given:
    return {
        "facts": Agreement(
            uuid4(),
            place.amir.agency_id,
            place.sam.agency_id,
            "direct_care",
            "What is needed to care for someone both know.",
            "Health and Social Care Act 2012, section 251B",
            date(2026, 1, 1),
            date(2026, 12, 1),
            date(2027, 1, 1),
        ),
        "by": replace(lead(place, "Front door"), role="governance_lead"),
    }


def agreed_before(place: SmallPlace, given: Given) -> Given:
    agreements.enter(**given, at=place.later())
    return {}


def with_itself(place: SmallPlace, given: Given) -> Given:
    return {"facts": replace(given["facts"], other_agency_id=place.amir.agency_id)}
