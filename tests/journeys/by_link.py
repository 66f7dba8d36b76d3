"""Scenes of links by which a team in which nobody signs in answers one offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from nowrongdoor.data.handovers.facts import ANSWER_LINKS
from nowrongdoor.journeys import (
    agencies,
    answer_links,
    handovers,
    onward_links,
    places_links,
    services,
)
from nowrongdoor.rules import answer_link
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Team
from tests.journeys.acts import a_service, colleague, of_a_feed
from tests.journeys.scene import Given, Scene
from tests.worlds.small_place import SINCE, SmallPlace

LUNCH = "Lantern Lunch"
RECEIVED = (
    "member.entered",
    "membership.began",
    "answer_link.received",
    "stage.reached",
    "stage.awaited",
    "stage.reached",
    "stage.awaited",
)


def nobody_signs_in(place: SmallPlace) -> Team:
    """A charity in which nobody signs in."""
    charity = Agency(uuid4(), "Lantern House", "voluntary", "England")
    team = Team(uuid4(), charity.id, LUNCH, "A warm meal", "01632 960777", True, SINCE, None, None)
    agencies.enter(facts=[charity, team], by=place.viewers["Lou of Front door"], at=SINCE)
    place.teams[LUNCH] = team.id
    place.viewers[LUNCH] = answer_link.holder(
        "Jo Carter", team_id=team.id, team_name=LUNCH, agency_id=charity.id, agency_name=charity.name
    )
    return team


def making(place: SmallPlace) -> Given:
    nobody_signs_in(place)
    return {
        "link_id": uuid4(),
        "handover_id": place.an_offer(to=LUNCH),
        "digest": uuid4().hex,
        "by": place.amir,
    }


def to_who_signs_in(place: SmallPlace, given: Given) -> Given:
    return {"handover_id": place.an_offer()}


def a_link(place: SmallPlace) -> tuple[UUID, UUID]:
    given = making(place)
    answer_links.make(**given, at=place.later())
    return given["link_id"], given["handover_id"]


def opening(place: SmallPlace) -> Given:
    link_id, _ = a_link(place)
    who = {"name": "Jo Carter", "job": "Volunteer", "device": "one", "by": place.viewers[LUNCH]}
    return {"link_id": link_id, **who}


def opened(place: SmallPlace) -> UUID:
    given = opening(place)
    answer_links.receive(**given, at=place.later())
    key: UUID = given["link_id"]
    return key


def accepting(place: SmallPlace) -> Given:
    return {
        "link_id": opened(place),
        "read_back": "We ring her today.",
        "holding_id": uuid4(),
        "by": place.viewers[LUNCH],
        "seen": 1,
    }


def returning(place: SmallPlace) -> Given:
    return {
        "link_id": opened(place),
        "reason": "not_ours",
        "words": "",
        "next_team_id": place.teams["Crisis team"],
        "next_handover_id": uuid4(),
        "by": place.viewers[LUNCH],
        "seen": 1,
    }


def taking_back(place: SmallPlace) -> Given:
    return {"link_id": a_link(place)[0], "by": place.amir, "seen": 1}


def by_another_team(place: SmallPlace, given: Given) -> Given:
    return {"by": place.priya}


def under_another_name(place: SmallPlace, given: Given) -> Given:
    mine: Viewer = given["by"]
    about = {"team_id": mine.team_id, "team_name": mine.team_name}
    other = answer_link.holder("Kit Fox", **about, agency_id=mine.agency_id, agency_name=mine.agency_name)
    return {"by": other}


def once_over(place: SmallPlace, given: Given) -> Given:
    place.later(days=30)
    return {}


def once_taken_back(place: SmallPlace, given: Given) -> Given:
    version = store_version(given["link_id"])
    answer_links.withdraw(link_id=given["link_id"], by=place.amir, at=place.later(), seen=version)
    return {"seen": version + 1} if given["by"] == place.amir else {}


def store_version(link_id: UUID) -> int:
    return int(ANSWER_LINKS.model.objects.values_list("version", flat=True).get(pk=link_id))


def offer_of(given: Given) -> UUID:
    if "handover_id" in given:
        return UUID(str(given["handover_id"]))
    links = ANSWER_LINKS.model.objects.values_list("handover_id", flat=True)
    return UUID(str(links.get(pk=given["link_id"])))


def withdrawn_by_the_giver(place: SmallPlace, given: Given) -> Callable[..., None]:
    said = {"reason": "changed", "words": "", "by": colleague(place), "seen": 1}
    handover_id = offer_of(given)
    return lambda at: handovers.withdraw(handover_id=handover_id, **said, at=at)


def taken_back_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: answer_links.withdraw(**given | {"by": colleague(place)}, at=at)


def making_for_a_service(place: SmallPlace) -> Given:
    service = a_service(place)["services"][0]
    services.enter(services=[service], by=place.viewers["Lou of Front door"], at=place.later())
    return {"link_id": uuid4(), "service_id": service.id, "digest": uuid4().hex, "by": place.amir}


def gone_from_its_feed(place: SmallPlace, given: Given) -> Given:
    of_feed = of_a_feed(place)
    services.take_in(**of_feed, at=place.later())
    (service,) = of_feed["services"]
    services.miss(feed=service.feed, had=frozenset(), by=of_feed["by"], at=place.later())
    return {"service_id": service.id}


def a_service_link(place: SmallPlace) -> UUID:
    given = making_for_a_service(place)
    places_links.make(**given, at=place.later())
    key: UUID = given["link_id"]
    return key


def saying(place: SmallPlace) -> Given:
    link_id = a_service_link(place)
    by = replace(place.amir, member_id=uuid4(), member_name="The link of it", role=answer_link.ROLE)
    return {"link_id": link_id, "state": "few", "places": None, "counts_for": None, "by": by}


def taking_a_service_link_back(place: SmallPlace) -> Given:
    return {"link_id": a_service_link(place), "by": place.amir, "seen": 1}


def not_said_any_more(place: SmallPlace, given: Given) -> Given:
    places_links.withdraw(link_id=given["link_id"], by=place.amir, at=place.later(), seen=1)
    return {"seen": 2} if "seen" in given else {}


def service_link_taken_back(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: places_links.withdraw(**given | {"by": colleague(place)}, at=at)


def going_on(place: SmallPlace) -> Given:
    """The team accepted by its link, and has one by which it goes on, which nobody has opened yet."""
    onward_id = uuid4()
    answer_links.accept(
        **accepting(place), onward_id=onward_id, onward_digest=uuid4().hex, at=place.later()
    )
    who = {"name": "Jo Carter", "job": "Volunteer", "device": "one", "by": place.viewers[LUNCH]}
    return {"link_id": onward_id, **who}


def onward(place: SmallPlace) -> UUID:
    given = going_on(place)
    onward_links.receive(**given, at=place.later())
    key: UUID = given["link_id"]
    return key


def making_another(place: SmallPlace) -> Given:
    going_on(place)
    handover_id = ANSWER_LINKS.model.objects.values_list("handover_id", flat=True).filter(goes_on=True).get()
    return {"link_id": uuid4(), "handover_id": handover_id, "digest": uuid4().hex, "by": place.amir}


def seen_of(link_id: UUID) -> int:
    of = ANSWER_LINKS.model.objects.values_list("referral__version", flat=True)
    return int(of.get(pk=link_id))


def writing(place: SmallPlace, way: str = "telephone") -> Given:
    said = {"note_id": uuid4(), "way": way, "words": "She comes on Friday.", "happened_at": None}
    return {"link_id": onward(place), **said, "by": place.viewers[LUNCH]}


def closing(place: SmallPlace) -> Given:
    link_id = onward(place)
    said = {"outcome": "help_given", "told": "She knows the way.", "told_by": "us"}
    return {"link_id": link_id, **said, "by": place.viewers[LUNCH], "seen": seen_of(link_id)}


def handing_back(place: SmallPlace) -> Given:
    link_id = onward(place)
    said = {"handover_id": uuid4(), "words": "Our cook is ill."}
    return {"link_id": link_id, **said, "by": place.viewers[LUNCH], "seen": seen_of(link_id)}


def asking_to_be_rung(place: SmallPlace) -> Given:
    said = {"promise_id": uuid4(), "number": "01632 960555", "words": ""}
    return {"link_id": onward(place), **said, "by": place.viewers[LUNCH]}


def offered_and_not_accepted(place: SmallPlace, given: Given) -> Given:
    return {"handover_id": place.an_offer(to=LUNCH)}


def closed_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    """Somebody else of the team, who opened the same link, says what came of it."""
    mine: Viewer = given["by"]
    kit = answer_link.holder(
        "Kit Fox",
        team_id=mine.team_id,
        team_name=mine.team_name,
        agency_id=mine.agency_id,
        agency_name=mine.agency_name,
    )
    who = {"link_id": given["link_id"], "name": "Kit Fox", "job": "Co-ordinator", "device": "two", "by": kit}
    onward_links.receive(**who, at=place.later())
    said = {"outcome": "help_given", "told": "She knows.", "told_by": "us", "seen": seen_of(given["link_id"])}
    return lambda at: onward_links.close(link_id=given["link_id"], **said, by=kit, at=at)


SCENES = (
    Scene(
        "onward_links.make",
        making_another,
        ("onward_link.made",),
        (
            (offered_and_not_accepted, "They do not hold this person by this offer"),
            (by_another_team, "Only the team that made the offer can do this"),
        ),
        no_rival="a team may have several links",
    ),
    Scene(
        "onward_links.receive",
        going_on,
        ("onward_link.received",),
        (
            ({"name": " "}, "Say who you are"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
            (by_another_team, "Your role (team member) cannot do this"),
        ),
        no_rival="whoever opens it after somebody else reads the same",
    ),
    Scene(
        "onward_links.write",
        writing,
        (
            "care_contact.recorded",
            "stage.reached",
            "stage.reached",
            "referral.begun",
            "promise.kept",
            "promise.made",
        ),
        (
            ({"way": "", "words": " "}, "Write in a line how it goes"),
            ({"way": "by owl"}, "Say how you were in touch"),
            (under_another_name, "Open this first, under the name you answer with"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
        ),
        closed_by_a_colleague,
        told="referral_closed",
    ),
    Scene(
        "onward_links.close",
        closing,
        ("promise.kept", "referral.closed", "holding.ended"),
        (
            ({"outcome": ""}, "Choose"),
            ({"told": " "}, "Say what the person was told"),
            (under_another_name, "Open this first, under the name you answer with"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
        ),
        closed_by_a_colleague,
    ),
    Scene(
        "onward_links.hand_back",
        handing_back,
        ("handover.offered", "stage.awaited", "sharing.decided"),
        (
            ({"words": " "}, "Say why you cannot go on"),
            (under_another_name, "Open this first, under the name you answer with"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
        ),
        closed_by_a_colleague,
    ),
    Scene(
        "onward_links.ask_to_be_rung",
        asking_to_be_rung,
        ("promise.made",),
        (
            ({"number": " "}, "Write the number on which you can be rung"),
            (under_another_name, "Open this first, under the name you answer with"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
        ),
        closed_by_a_colleague,
        told="referral_closed",
    ),
    Scene(
        "places_links.make",
        making_for_a_service,
        ("places_link.made",),
        ((gone_from_its_feed, "no longer has it"),),
        no_rival="a service may have several links",
    ),
    Scene(
        "places_links.say",
        saying,
        ("places_link.said", "capacity.said"),
        (
            ({"state": "half full"}, "Choose one of the capacity states"),
            (not_said_any_more, "This link opens nothing now"),
        ),
        no_rival="whoever speaks last is believed",
    ),
    Scene(
        "places_links.withdraw",
        taking_a_service_link_back,
        ("places_link.withdrawn",),
        ((not_said_any_more, "This link has already been taken back"),),
        service_link_taken_back,
    ),
    Scene(
        "answer_links.make",
        making,
        ("answer_link.made",),
        (
            (to_who_signs_in, "A link would be a second way in"),
            (by_another_team, "Only the team that made the offer can do this"),
        ),
        withdrawn_by_the_giver,
        told="offer_over",
    ),
    Scene(
        "answer_links.receive",
        opening,
        RECEIVED,
        (
            ({"name": " "}, "Say who you are"),
            ({"job": ""}, "Say what you do there"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
            (by_another_team, "Your role (team member) cannot do this"),
        ),
        withdrawn_by_the_giver,
        told="offer_over",
    ),
    Scene(
        "answer_links.accept",
        accepting,
        (
            "handover.accepted",
            "holding.passed_on",
            "holding.began",
            "referral.accepted",
            "stage.awaited",
            "answer_link.answered",
            "promise.made",
        ),
        (
            ({"read_back": " "}, "In one line, say what you will do"),
            (under_another_name, "Open this first, under the name you answer with"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
        ),
        withdrawn_by_the_giver,
    ),
    Scene(
        "answer_links.send_back",
        returning,
        (
            "handover.returned",
            "handover.offered",
            "stage.awaited",
            "sharing.withdrawn",
            "answer_link.answered",
        ),
        (
            ({"next_team_id": None}, "Name the team to ask next"),
            (under_another_name, "Open this first, under the name you answer with"),
            (once_over, "The time of this link is over"),
            (once_taken_back, "This link was taken back"),
        ),
        withdrawn_by_the_giver,
    ),
    Scene(
        "answer_links.withdraw",
        taking_back,
        ("answer_link.withdrawn",),
        (
            (once_taken_back, "This link has already been taken back"),
            (by_another_team, "Only the team that made the offer can do this"),
        ),
        taken_back_by_a_colleague,
    ),
)
