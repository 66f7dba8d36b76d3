"""
The scripts of a handover as the messages that pass in them, each with its minute; and a place to play them.

A message is whatever goes from one side to the other: an offer, its delivery, that it was opened, an answer,
a chase, a contact with the person. Its keys are its own, so that a message that comes twice is the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules import answer_link
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.triage import Decision
from nowrongdoor.sim.world import PureWorld

BEGINS = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
"""Half an hour before the hour that comes twice on the wall."""
SPACE = UUID("0b1d0b3c-6e0c-5c3e-8d2a-5b0a5d1f1c11")
ASK = Message("Has not slept.", "Rang us at night.", "", "Please see them.", "", "", "consent")
TEAMS = ("giver", "asked", "next", "other")
BY_LINK = "by link"
"""A team in which nobody signs in."""
Send = Callable[["Setting", datetime], None]


@dataclass(frozen=True)
class Post:
    """One message: its name, the minute it is sent, and what it does on arrival."""

    name: str
    minute: float
    send: Send


@dataclass(frozen=True)
class Script:
    name: str
    posts: tuple[Post, ...]


class Setting:
    """A small place with one referral that the giver holds. Nothing of it has been triaged yet."""

    def __init__(self, world: PureWorld) -> None:
        self.world = world
        self.referral_id = key("referral")
        agencies = [Agency(key(f"{name} agency"), name, "nhs", "England") for name in TEAMS]
        teams = [
            Team(key(name), of.id, name, "", "", True, BEGINS, None, None)
            for name, of in zip(TEAMS, agencies, strict=True)
        ]
        charity = Agency(key("charity"), "charity", "voluntary", "England")
        lunch = Team(key(BY_LINK), charity.id, BY_LINK, "", "", True, BEGINS, None, None)
        members = [Member(key(f"{name} member"), name, "Nurse") for name in TEAMS]
        works = [
            Membership(key(f"{name} works"), one.id, team.id, "team_lead", BEGINS, None)
            for name, one, team in zip(TEAMS, members, teams, strict=True)
        ]
        self.who = {
            name: Viewer(one.id, name, "team_lead", team.id, name, team.agency_id)
            for name, one, team in zip(TEAMS, members, teams, strict=True)
        }
        about = {"team_id": lunch.id, "team_name": lunch.name, "agency_id": charity.id}
        for name in ("Jo", "Kit"):
            self.who[name] = answer_link.holder(name, **about, agency_name=charity.name)
        world.agencies.enter(
            facts=[*agencies, charity, *teams, lunch, *members, *works], by=self.who["giver"], at=BEGINS
        )
        world.referrals.refer(
            referral_id=self.referral_id,
            holding_id=key("first holding"),
            person_id=None,
            contact_id=None,
            needs=("mental",),
            request="Please help.",
            words="",
            by=self.who["giver"],
            at=BEGINS + timedelta(seconds=1),
        )

    @property
    def version(self) -> int:
        return self.world.case(self.referral_id).referral.version

    def offer(self, name: str) -> Handover | None:
        found: Handover | None = self.world.rows.tables[Handover].get(key(name))
        return found


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


def handing_on(to: str, offer: str) -> Send:
    def send(place: Setting, at: datetime) -> None:
        place.world.triage.hand_on(
            referral_id=place.referral_id, decision=Decision("very_urgent", ("mental",), "Has not slept."),
            handover_id=key(offer), to_team_id=key(to), message=ASK, by=place.who["giver"], at=at,
            seen=place.version,
        )  # fmt: skip

    return send


def offering(to: str, offer: str) -> Send:
    def send(place: Setting, at: datetime) -> None:
        place.world.handovers.offer(
            referral_id=place.referral_id, handover_id=key(offer), to_team_id=key(to), message=ASK,
            by=place.who["giver"], at=at, seen=place.version,
        )  # fmt: skip

    return send


def delivered(offer: str) -> Send:
    return lambda place, at: place.world.handovers.deliver(handover_id=key(offer), by=NOBODY, at=at)


def opened(by: str, offer: str) -> Send:
    return lambda place, at: place.world.handovers.receive(handover_id=key(offer), by=place.who[by], at=at)


def accepted(by: str, offer: str) -> Send:
    return lambda place, at: place.world.handovers.accept(
        handover_id=key(offer), read_back="We ring now.", holding_id=key(f"{offer} held by {by}"),
        by=place.who[by], at=at, seen=1,
    )  # fmt: skip


def returned(by: str, offer: str, following: str, to: str) -> Send:
    return lambda place, at: place.world.handovers.send_back(
        handover_id=key(offer), reason="not_ours", words="", next_team_id=key(to),
        next_handover_id=key(following), by=place.who[by], at=at, seen=1,
    )  # fmt: skip


def withdrawn(offer: str) -> Send:
    return lambda place, at: place.world.handovers.withdraw(
        handover_id=key(offer), reason="changed", words="", by=place.who["giver"], at=at, seen=1
    )


def chased(offer: str) -> Send:
    return lambda place, at: place.world.handovers.chase(
        handover_id=key(offer), chase_id=key(f"{offer} chased"), how="phone", words="Rang; they look now.",
        by=place.who["giver"], at=at, seen=1,
    )  # fmt: skip


def seen(by: str, way: str) -> Send:
    return lambda place, at: place.world.care_contacts.record(
        care_contact_id=key(f"{way} by {by}"), referral_id=place.referral_id, way=way, words="",
        happened_at=None, by=place.who[by], at=at,
    )  # fmt: skip


def closed(team: str, successor: str) -> Send:
    return lambda place, at: place.world.agencies.close_team(
        team_id=key(team), successor_id=key(successor), words="Merged.", by=place.who[team], at=at, seen=1
    )


SCRIPTS = (
    Script(
        "accepted by the team that was asked",
        (
            Post("decided", 1, handing_on("asked", "one")),
            Post("delivered", 1.1, delivered("one")),
            Post("opened", 6, opened("asked", "one")),
            Post("accepted", 12, accepted("asked", "one")),
            Post("rang the person", 20, seen("asked", "telephone")),
            Post("saw the person", 90, seen("asked", "face_to_face")),
        ),
    ),
    Script(
        "returned, and accepted by the next",
        (
            Post("decided", 1, handing_on("asked", "one")),
            Post("delivered", 1.1, delivered("one")),
            Post("opened", 4, opened("asked", "one")),
            Post("chased", 8, chased("one")),
            Post("returned", 10, returned("asked", "one", "two", "next")),
            Post("delivered next", 10.1, delivered("two")),
            Post("opened next", 14, opened("next", "two")),
            Post("accepted next", 18, accepted("next", "two")),
            Post("rang the person", 25, seen("next", "telephone")),
        ),
    ),
    Script(
        "taken back, and offered to another",
        (
            Post("offered", 1, offering("asked", "one")),
            Post("delivered", 1.1, delivered("one")),
            Post("opened", 5, opened("asked", "one")),
            Post("accepted", 11, accepted("asked", "one")),
            Post("taken back", 10, withdrawn("one")),
            Post("offered another", 13, offering("other", "two")),
            Post("delivered another", 13.1, delivered("two")),
            Post("opened another", 18, opened("other", "two")),
            Post("accepted another", 22, accepted("other", "two")),
            Post("saw the person", 60, seen("other", "face_to_face")),
        ),
    ),
    Script(
        "the team that was asked closes, and its successor is asked",
        (
            Post("decided", 1, handing_on("asked", "one")),
            Post("delivered", 1.1, delivered("one")),
            Post("closed", 6, closed("asked", "next")),
            Post("accepted by who is gone", 7, accepted("asked", "one")),
            Post("offered again", 9, offering("next", "two")),
            Post("delivered again", 9.1, delivered("two")),
            Post("opened again", 12, opened("next", "two")),
            Post("accepted again", 16, accepted("next", "two")),
            Post("rang the person", 30, seen("next", "telephone")),
        ),
    ),
)
