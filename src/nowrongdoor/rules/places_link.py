"""
A link by which a service says how many places it has, in one tap and without signing in.

It is of one service, lasts long, and opens nothing about anybody. What is said by it is said by the link, has
its age and author, and is unknown once its time has passed, as whatever else is said of places.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules.answer_link import ROLE
from nowrongdoor.rules.change import Refused, Step, began, changed
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.sight import Viewer

LASTS = "places_link"
SAYS_PLACES = "places"
"""What its secret is signed as."""


@dataclass(frozen=True)
class PlacesLink:
    """`team_id` is the team whose member made it, under which the journal tells what was said by it."""

    id: UUID
    service_id: UUID
    team_id: UUID
    digest: str
    made_at: datetime
    made_by_id: UUID
    until_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by_id: UUID | None
    last_said_at: datetime | None
    times: int
    version: int = 0

    def opens(self, *, at: datetime) -> bool:
        """Its time has not passed, and nobody has taken it back."""
        return self.withdrawn_at is None and self.made_at <= at < self.until_at


def author(service_name: str) -> str:
    """Who says so, as it stands beside what was said."""
    return f"the link of {service_name}"


def holder(
    link_id: UUID, team_id: UUID, *, service_name: str, team_name: str, agency_id: UUID
) -> Viewer:
    """Whoever has the link of a service: nobody's name, and a member of nothing."""
    key = uuid5(link_id, "holder")
    return Viewer(key, f"The link of {service_name}", ROLE, team_id, team_name, agency_id)


def make(service: Service, *, link_id: UUID, digest: str, team_id: UUID, by: UUID, at: datetime) -> Step:
    """A link for a service of the directory. Refuses one that its feed no longer has."""
    if service.missing_since is not None:
        raise Refused(
            "The feed this entry came from no longer has it. Ring them before you make a link.",
            code="service_missing",
            of=service,
        )
    return began(
        "places_link.made",
        PlacesLink(
            id=link_id,
            service_id=service.id,
            team_id=team_id,
            digest=digest,
            made_at=at,
            made_by_id=by,
            until_at=at + seeing.lasts(LASTS, at=at),
            withdrawn_at=None,
            withdrawn_by_id=None,
            last_said_at=None,
            times=0,
        ),
    )


def say(link: PlacesLink, *, at: datetime) -> Step:
    """Something was said by it. Refuses a link that was taken back or whose time is over."""
    if not link.opens(at=at):
        raise Refused("This link opens nothing now. Ask whoever sent it for a new one.", code="link_over")
    return changed(link, "places_link.said", last_said_at=at, times=link.times + 1)


def withdraw(link: PlacesLink, *, by: UUID, at: datetime) -> Step:
    """Taken back: nothing is said by it any more. What was said stays until its time."""
    if link.withdrawn_at is not None:
        raise Refused("This link has already been taken back.", code="link_withdrawn", of=link)
    return changed(link, "places_link.withdrawn", withdrawn_at=at, withdrawn_by_id=by)
