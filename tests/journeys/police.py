"""What is decided with the police, as scenes need it: one decision, what follows it, and somebody else's."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID, uuid4

from nowrongdoor.data.police.facts import POLICE
from nowrongdoor.journeys import agencies, police, police_paths
from nowrongdoor.kernel import store
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.contact import Said as ContactSaid
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.police_advice import Told
from nowrongdoor.rules.police_decision import PoliceCall
from nowrongdoor.rules.police_path import Said
from nowrongdoor.rules.police_review import Found
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

NEITHER = {
    "crime_now": "no", "serious_harm": "no", "happening_now": "no", "taken_or_hurt": "no",
    "whereabouts_known": "yes", "out_of_character": "no", "duty_or_power": "no", "refuses": "no",
    "checks_done": "yes", "has_capacity": "yes",
}  # fmt: skip
KNOWN = Told("averley", "concern_for_welfare", "health", 44, NEITHER)
NO = PoliceCall(
    KNOWN,
    "not_attending",
    "neither_limb",
    accepted_by="Amir",
    going="Amir and a colleague",
    arrives_minutes=40,
    safe_minutes=60,
    told="told",
    call_back_when="If he leaves the house.",
)
OPEN = PoliceCall(KNOWN, "unknown", "no_answer", told="not_reached", call_back_when="If he leaves the house.")
TABLETS = {"taken_or_hurt": "yes", "serious_harm": "yes", "happening_now": "yes"}
VIEWS = {
    "our_view": "He is alone with what he needs for it.",
    "police_view": "Nobody is in danger at this moment.",
    "our_rank": "on_call_manager",
    "police_rank": "duty_inspector",
}

NOT_ON_IT = {"nothing": Said("done")}
NO_REASON = {"rung": Said("not_needed")}
FOUND = Found(
    "Control room supervisor",
    "Neither side knew what the other did.",
    "something_changes",
    "One number for both.",
    "Lou",
    date(2030, 1, 1),
)


def deciding(place: SmallPlace) -> Given:
    said = {"call": NO, "follows_id": None, "by": place.amir}
    return {"decision_id": uuid4(), "referral_id": place.a_referral(), **said}


def a_decision(place: SmallPlace, call: PoliceCall = NO) -> UUID:
    given = deciding(place) | {"call": call}
    police.decide(**given, at=place.later())
    key: UUID = given["decision_id"]
    return key


MESSAGE = Message("", "Not seen for days.", "The police were asked.", "See him.", "", "", "safeguarding")


def taking_in(place: SmallPlace) -> Given:
    words = {"words": "He has not been seen.", "about": "Man, about 40"}
    return {
        "contact_id": uuid4(),
        "said": ContactSaid("telephone", caller_kind="anonymous", **words),
        "callback_id": uuid4(),
        "happened_at": place.at,
        "referral": NewReferral(uuid4(), uuid4(), (), "Go and see him."),
        "offer": None,
        "decision_id": uuid4(),
        "call": NO,
        "by": place.amir,
    }


def a_police_team(place: SmallPlace) -> Viewer:
    """A control room that signs in, and somebody at work there."""
    agency = Agency(uuid4(), "Averley Police", "police", "England and Wales")
    team = Team(uuid4(), agency.id, "Control room", "", "01632 960200", True, place.at, None, None)
    member = Member(uuid4(), "Robin Grey", "Control room officer")
    works = Membership(uuid4(), member.id, team.id, "police_control", place.at, None)
    agencies.enter(facts=[agency, team, member, works], by=colleague(place), at=place.later())
    place.teams["Control room"] = team.id
    return Viewer(member.id, member.name, works.role, team.id, team.name, agency.id)


def with_police_and_nobody_else(place: SmallPlace, given: Given) -> Given:
    return {"by": a_police_team(place)}


def asking_the_police_themselves(place: SmallPlace, given: Given) -> Given:
    by = a_police_team(place)
    other = Team(uuid4(), by.agency_id, "Neighbourhoods", "", "01632 960201", True, place.at, None, None)
    agencies.enter(facts=[other], by=colleague(place), at=place.later())
    return {"by": by, "offer": NewOffer(uuid4(), other.id, MESSAGE)}


def learning(place: SmallPlace) -> Given:
    key = a_decision(place)
    return {
        "decision_id": uuid4(),
        "holding_id": uuid4(),
        "referral_id": store.peek(POLICE, key).referral_id,
        "fact": "He has taken tablets.",
        "answers": TABLETS,
        "follows_id": key,
        "by": place.amir,
    }


def seeing(place: SmallPlace) -> Given:
    said = {"seen_as": "not_well", "words": "Pale.", "seen_at": None, "by": place.amir, "seen": 1}
    return {"decision_id": a_decision(place), **said}


def disputing(place: SmallPlace) -> Given:
    return {"decision_id": a_decision(place), **VIEWS, "by": place.amir, "seen": 1}


def decided_by_another(place: SmallPlace, given: Given) -> partial[None]:
    about = {"referral_id": given["referral_id"], "follows_id": given["follows_id"]}
    return partial(police.decide, decision_id=uuid4(), **about, call=OPEN, by=colleague(place))


def seen_by_another(place: SmallPlace, given: Given) -> partial[None]:
    said = {"seen_as": "awake", "words": "", "seen_at": None, "seen": 1}
    return partial(police.see, decision_id=given["decision_id"], **said, by=colleague(place))


def seen_already(place: SmallPlace, given: Given) -> Given:
    seen_by_another(place, given)(at=place.later())
    return {"seen": store.peek(POLICE, given["decision_id"]).version}


def disputed_already(place: SmallPlace, given: Given) -> Given:
    police.dispute(
        decision_id=given["decision_id"], **VIEWS, by=colleague(place), at=place.later(), seen=given["seen"]
    )
    return {"seen": store.peek(POLICE, given["decision_id"]).version}


def colleague(place: SmallPlace) -> Viewer:
    return place.viewers["Lou of Front door"]


def reviewing(place: SmallPlace) -> Given:
    given = disputing(place)
    police.dispute(**given, at=place.later())
    said = {"level": "bronze", "found": FOUND, "by": colleague(place), "seen": 2}
    return {"review_id": uuid4(), "decision_id": given["decision_id"], **said}


def never_disputed(place: SmallPlace, given: Given) -> Given:
    return {"decision_id": a_decision(place), "seen": 1}


def reviewed_by_another(place: SmallPlace, given: Given) -> partial[None]:
    return partial(police.review, **{**given, "review_id": uuid4(), "by": place.amir})


def reviewed_already(place: SmallPlace, given: Given) -> Given:
    reviewed_by_another(place, given)(at=place.later())
    return {"seen": store.peek(POLICE, given["decision_id"]).version}


def choosing_a_path(place: SmallPlace) -> Given:
    said = {"path": "awol", "words": "From the ward.", "by": place.amir}
    return {"path_id": uuid4(), "referral_id": place.a_referral(), **said}


def chosen_by_another(place: SmallPlace, given: Given) -> partial[None]:
    return partial(police_paths.begin, **{**given, "path_id": uuid4(), "by": colleague(place)})


def chosen_already(place: SmallPlace, given: Given) -> Given:
    chosen_by_another(place, given)(at=place.later())
    return {}


def answering_a_path(place: SmallPlace) -> Given:
    given = choosing_a_path(place)
    police_paths.begin(**given, at=place.later())
    return {"path_id": given["path_id"], "said": {"rung": Said("done", "Amir")}, "by": place.amir, "seen": 1}


def answered_by_another(place: SmallPlace, given: Given) -> partial[None]:
    said = {"searched": Said("under_way", "Security")}
    return partial(police_paths.answer, **{**given, "said": said, "by": colleague(place)})
