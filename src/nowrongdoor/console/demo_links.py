"""
A charity of the demonstration in which nobody signs in, and two people it is asked about by a link: one it
has taken on, and one that waits for its answer. Acted after the history, as people would.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.journeys import agencies, answer_links, people, places_links, referrals, services, triage
from nowrongdoor.kernel import signed_links
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import viewers
from nowrongdoor.rules import answer_link, places_link
from nowrongdoor.rules.agency import Agency, Team
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.triage import Decision
from nowrongdoor.sim.county import TEAMS

SPACE = UUID("5d1c9a52-6b0e-5f7b-9f1e-0d4a7c2b9e61")
CHARITY, TEAM = "Lantern House", "Lantern Lunch Club"
ASKS = next(one.name for one in TEAMS if one.key == "asc")
IDA = Message(
    "Routine: within a week.",
    "Ida lives alone since her sister died and has not been out since August.",
    "Talked with her twice; she would like company and is able to walk there.",
    "Please ring her and invite her to a lunch.",
    "Ring us if she does not answer for two days.",
    "She knows that somebody of Lantern House rings her, and looks forward to it.",
    "consent",
)
TOM = Message(
    "Soon: within three days.",
    "Tom looks after his wife, eats little himself and has nobody to talk to.",
    "His GP knows. A carers' assessment is asked for.",
    "Please find a place at a table for him, on a day when his daughter is there.",
    "Ring us if he sounds low, or if the daughter cannot come.",
    "He knows that you may ring; mornings are best.",
    "consent",
)


def act(*, until: datetime) -> None:
    """Nothing where nobody works in the team that asks."""
    entering = _who("team_lead", at=until)
    asking = _who("council_practitioner", at=until) or entering
    if entering is None or asking is None:
        return
    team = _enter(entering, at=until - timedelta(hours=4))
    given = {"asking": asking, "team_id": team.id}
    ida = Details(family_name="Marsh", given_names="Ida", phone="01632 960812")
    offer, link = _asked("Ida", ida, IDA, **given, at=until - timedelta(hours=3))
    _accepted(offer, link, team, at=until - timedelta(minutes=160))
    tom = Details(family_name="Alder", given_names="Tom", phone="01632 960377")
    _asked("Tom", tom, TOM, **given, at=until - timedelta(minutes=25))


def _who(role: str, *, at: datetime) -> Viewer | None:
    """Somebody of the team that asks, in that role."""
    found = (one for one in viewers.personas(at=at) if one.team_name == ASKS)
    one = next((one for one in found if one.role == role), None)
    return viewers.at_work(membership_id=one.membership_id) if one else None


def _enter(entering: Viewer, *, at: datetime) -> Team:
    charity = Agency(_key("agency"), CHARITY, "voluntary", "England")
    team = Team(
        _key("team"), charity.id, TEAM, "Lunch and company, Tuesdays and Fridays", "01632 960640", True, at,
        None, None,
    )  # fmt: skip
    lunch = Service(
        _key("service"), charity.id, team.id, "Lunch at the Lantern",
        "A warm meal and company at a long table", ("loneliness",), "Tue and Fri, 12–2", "01632 960640",
    )  # fmt: skip
    agencies.enter(facts=[charity, team], by=entering, at=at)
    services.enter(services=[lunch], by=entering, at=at)
    _says_its_places(lunch, entering, at=at + timedelta(minutes=5))
    return team


def _says_its_places(service: Service, by: Viewer, *, at: datetime) -> None:
    """A link is made for the service, and somebody there pressed *A few*."""
    link_id, made = _key("places"), signed_links.fresh("places")
    given = {"link_id": link_id, "service_id": service.id, "digest": made.digest}
    places_links.make(**given, by=by, at=at)
    about = {"service_name": service.name, "team_name": by.team_name, "agency_id": by.agency_id}
    holder = places_link.holder(link_id, by.team_id, **about)
    said = {"link_id": link_id, "state": "few", "places": None, "counts_for": None}
    places_links.say(**said, by=holder, at=at + timedelta(minutes=50))


def _asked(
    name: str, who: Details, message: Message, *, asking: Viewer, team_id: UUID, at: datetime
) -> tuple[UUID, UUID]:
    """Registered, referred, decided, offered, and a link made for the charity."""
    person_id, referral_id = _key(name, "person"), _key(name, "referral")
    offer, link = _key(name, "offer"), _key(name, "link")
    people.register(person_id=person_id, details=who, looked_at=[], by=asking, at=at)
    referrals.refer(
        referral_id=referral_id,
        holding_id=_key(name, "holding"),
        person_id=person_id,
        contact_id=None,
        needs=["loneliness"],
        request=message.ask,
        words="",
        by=asking,
        at=at + timedelta(minutes=2),
    )
    triage.hand_on(
        referral_id=referral_id,
        decision=Decision("routine", ("loneliness",), message.summary),
        handover_id=offer,
        to_team_id=team_id,
        message=message,
        by=asking,
        at=at + timedelta(minutes=6),
        seen=1,
    )
    made = signed_links.fresh("answer")
    answer_links.make(
        link_id=link, handover_id=offer, digest=made.digest, by=asking, at=at + timedelta(minutes=8)
    )
    return offer, link


def _accepted(offer: UUID, link: UUID, team: Team, *, at: datetime) -> None:
    jo = answer_link.holder(
        "Jo Carter", team_id=team.id, team_name=team.name, agency_id=team.agency_id, agency_name=CHARITY
    )
    who = {"name": "Jo Carter", "job": "Volunteer", "device": "a phone"}
    answer_links.receive(link_id=link, **who, by=jo, at=at)
    answer_links.accept(
        link_id=link,
        read_back="I ring Ida this afternoon and fetch her on Friday.",
        holding_id=uuid5(offer, "held"),
        by=jo,
        at=at + timedelta(seconds=84),
        seen=1,
    )


def _key(*what: str) -> UUID:
    return uuid5(SPACE, " ".join(what))
