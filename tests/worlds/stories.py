"""
A small place as pages see it: signed-in browsers, and lives that went on up to a moment ago.

Pages read the real clock, so what happened before is told relative to it.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from nowrongdoor.kernel.now import now
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.directory import Service
from tests.worlds.small_place import ASK, SINCE, SmallPlace

# Invented people only: the 999 range is never issued.
NHS_NUMBER = "9990000018"
OTHER_NHS_NUMBER = "9990000026"


def a_place() -> SmallPlace:
    """The small place, three hours ago, with a service for each team."""
    from nowrongdoor.journeys import services

    place = SmallPlace.begin()
    place.at = now() - timedelta(hours=3)
    crisis, social = place.teams["Crisis team"], place.teams["Social care"]
    home = ("Home treatment", "Visits at home, day and night.", ("mental",), "Every day, all hours")
    care = ("Adult social care", "Care and support at home.", ("social", "carer"), "Weekdays 9 to 5")
    services.enter(
        services=[
            Service(uuid4(), place.amir.agency_id, crisis, *home, "01632 960002"),
            Service(uuid4(), place.sam.agency_id, social, *care, "01632 960003"),
        ],
        by=place.viewers["Lou of Front door"],
        at=place.at,
    )
    return place


def browser(viewer: Viewer, **options: Any) -> Client:
    """A browser in which this member has signed in for this team."""
    from nowrongdoor.data.agencies.models import Membership

    membership = Membership.objects.get(member_id=viewer.member_id, team_id=viewer.team_id, until_at=None)
    client = Client(**options)
    session = client.session
    session["membership"] = str(membership.id)
    session["seen_at"] = now().isoformat()
    session.save()
    return client


def as_role(place: SmallPlace, role: str) -> Client:
    """A browser of somebody new at the council who works as this."""
    from nowrongdoor.journeys import agencies

    member = Member(uuid4(), f"Noor, {role}", role)
    works = Membership(uuid4(), member.id, place.sam.team_id, role, SINCE, None)
    agencies.enter(facts=[member, works], by=place.viewers["Lou of Front door"], at=SINCE)
    return browser(replace(place.sam, member_id=member.id, member_name=member.name, role=role))


def maryam(place: SmallPlace, **known: Any) -> UUID:
    """Someone we know well enough to find."""
    from datetime import date

    return place.a_person(
        **{
            "born_on": date(1984, 3, 7),
            "nhs_number": NHS_NUMBER,
            "phone": "01632 960114",
            "address": "14 Saltmarsh Row",
            "postcode": "ZZ7 2AB",
            "know_first": "Dog at address",
            "access_needs": "Text first",
            **known,
        }
    )


def a_call_owed(place: SmallPlace, *, number: str = "01632 960114") -> tuple[UUID, UUID]:
    """A caller was lost: the contact is open and a call back is owed by the front door's Amir."""
    from nowrongdoor.journeys import contacts

    contact_id, callback_id = uuid4(), uuid4()
    contacts.receive(
        contact_id=contact_id,
        said=Said(channel="telephone", words="I can't go on like", callback_number=number),
        outcome="caller_lost",
        callback_id=callback_id,
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    return contact_id, callback_id


def accepted(place: SmallPlace, handover_id: UUID, *, by: Viewer, words: str = "We see her at ten.") -> None:
    """The team that was asked has taken the person on."""
    from nowrongdoor.journeys import handovers

    handovers.accept(
        handover_id=handover_id, read_back=words, holding_id=uuid4(), by=by, at=place.later(), seen=1
    )


def offered_again(place: SmallPlace, referral_id: UUID, *, to: str, by: Viewer, seen: int) -> UUID:
    """The team that holds it now asks another."""
    from nowrongdoor.journeys import handovers

    handover_id = uuid4()
    handovers.offer(
        referral_id=referral_id, handover_id=handover_id, to_team_id=place.teams[to], message=ASK,
        by=by, at=place.later(), seen=seen,
    )  # fmt: skip
    return handover_id
