"""
Messages that carry a link: of a service, to say its places; of an offer, to answer it.

Nothing of anybody is in them. The secret of the link is put into the words as they are sent and kept nowhere.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.change import Refused, Step
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.message import ANSWER_LINK, CHANNELS, PLACES_LINK, TEXT, promised
from nowrongdoor.rules.places_link import PlacesLink
from nowrongdoor.rules.ringing import dialled, takes_texts

SECRET = "\N{BULLET}"
"""Where in the words of a link its secret goes. It is put there when they are sent, and is kept nowhere."""
ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\"]+")


def to_service(service: Service, channel: str) -> str:
    """Where its entry says that a message reaches it; empty where it does not say."""
    if channel == TEXT:
        return dialled(service.phone) if takes_texts(service.phone) else ""
    said = service.record.get("email", "")
    return said.strip() if isinstance(said, str) and ADDRESS.fullmatch(said.strip()) else ""


def places_link(
    link: PlacesLink, service: Service, *, channel: str, address: str, team_name: str, at: datetime
) -> Step:
    """
    A service is sent its link, as its entry says that it is reached. `address` is where the link leads, with
    `SECRET` where its secret goes.

    Refuses where the entry does not say.
    """
    if channel not in CHANNELS or not to_service(service, channel):
        raise Refused(
            f"The entry of {service.name} says nowhere to send it to. Give them the link yourself.",
            code="no_address",
        )
    words = (
        f"How many places has {service.name} now? {team_name} asks. Open this and press; it needs no signing "
        f"in, and opens nothing about anybody. {address}"
    )
    about = {"service_id": service.id, "link_id": link.id, "team_id": link.team_id}
    return promised(
        PLACES_LINK, channel, words, key=uuid5(link.id, channel), **about, by=link.made_by_id, at=at
    )


def to_team(team: Team, services: Iterable[Service], channel: str) -> str:
    """Where a team is reached: a text on its own number, a letter as its entry in the directory says."""
    if channel == TEXT:
        return dialled(team.phone) if takes_texts(team.phone) else ""
    own = sorted((one for one in services if one.team_id == team.id), key=lambda one: (one.name, one.id))
    return next((found for one in own if (found := to_service(one, channel))), "")


def answer_link(
    link: AnswerLink,
    *,
    to: Team,
    services: Iterable[Service],
    channel: str,
    address: str,
    team_id: UUID,
    team_name: str,
    at: datetime,
) -> Step:
    """
    A team in which nobody signs in is sent the link by which it answers one offer. Refuses where nothing says
    how it is reached. Nothing of the person is in it.
    """
    if channel not in CHANNELS or not to_team(to, services, channel):
        raise Refused(
            f"Nothing says where to send it to {to.name}. Give them the link yourself.", code="no_address"
        )
    words = (
        f"{team_name} asks {to.name} to take somebody on, and waits for your answer. Open this, say who you "
        f"are and read it there. Pass it to nobody who does not answer for you. {address}"
    )
    about = {"referral_id": link.referral_id, "link_id": link.id, "team_id": team_id}
    return promised(
        ANSWER_LINK, channel, words, key=uuid5(link.id, channel), **about, by=link.made_by_id, at=at
    )


def with_secret(words: str, token: str) -> str:
    """The words with the secret of their link at the end of them, as they are sent and never kept."""
    before, _, after = words.rpartition(SECRET)
    return f"{before}{token}{after}"
