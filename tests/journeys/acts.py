"""
What each scene is given, and what somebody else does to the same rows first.

A name ending in "ing" or beginning with "a_" or "on_" gives the arguments of a verb; one that says what
has happened already makes it so and gives what changes; one that says by whom is a rival.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.holdings.facts import HOLDINGS, RE_HOMINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import (
    agencies,
    clocks,
    contacts,
    drafts,
    handovers,
    holdings,
    people,
    promises,
    referrals,
    services,
    triage,
)
from nowrongdoor.kernel import store
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.gaps import Sitting
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.words import PromiseState
from tests.journeys.scene import Changed, Given, Rival
from tests.worlds.small_place import ASK, SOON, SmallPlace


def lead(place: SmallPlace, team: str) -> Viewer:
    return place.viewers[f"Lou of {team}"]


def colleague(place: SmallPlace) -> Viewer:
    """Another member of the front door."""
    return place.viewers["Priya of Front door"]


# --- contacts ------------------------------------------------------------------------------------------


def received(place: SmallPlace) -> Given:
    return {
        "contact_id": uuid4(),
        "said": Said(channel="telephone", caller_kind="carer", words="Mum has not slept."),
        "outcome": "caller_lost",
        "callback_id": uuid4(),
        "happened_at": place.at,
        "referral": NewReferral(uuid4(), uuid4(), ["mental"], "Help her to sleep."),
        "offer": NewOffer(uuid4(), place.teams["Crisis team"], ASK),
        "by": place.amir,
    }


def closing(team: str, *, successor: str, by: str = "") -> Rival:
    """The team's lead, or another's, closes it."""
    return lambda place, _: (
        lambda at: agencies.close_team(
            team_id=place.teams[team],
            successor_id=place.teams[successor],
            words="Merged.",
            by=lead(place, by or team),
            at=at,
            seen=1,
        )
    )


def a_lost_caller(place: SmallPlace, *, rung_back: bool) -> Given:
    contact = received(place) | {"referral": None, "offer": None}
    contacts.receive(**contact, at=place.later())
    if rung_back:
        promises.keep(
            promise_id=contact["callback_id"],
            words="Rang, all well.",
            by=place.amir,
            at=place.later(),
            seen=1,
        )
    return {
        "contact_id": contact["contact_id"],
        "outcome": "advice_given",
        "words": "Advised to rest.",
        "by": place.amir,
        "seen": 1,
    }


def linking(place: SmallPlace) -> Given:
    contact_id, _ = place.a_contact()
    return {"contact_id": contact_id, "person_id": place.a_person(), "by": place.amir, "seen": 1}


def linked_already(place: SmallPlace, given: Given) -> Given:
    contacts.link(**given, at=place.later())
    return {"seen": 2}


def linked_to_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    other = place.a_person(family_name="Pugh", given_names="Nia")
    return lambda at: contacts.link(
        contact_id=given["contact_id"], person_id=other, by=colleague(place), at=at, seen=1
    )


# --- people --------------------------------------------------------------------------------------------

MARYAM = Details(family_name="Ali", given_names="Maryam", nhs_number="999 000 0018")


def registered_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: people.register(
        person_id=uuid4(), details=given["details"], looked_at=[], by=place.priya, at=at
    )


def corrected_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    place.a_claim(given["person_id"], by=colleague(place))
    return lambda at: people.correct(
        person_id=given["person_id"],
        details=Details(family_name="Ali", given_names="Maryam", phone="07700 900002"),
        by=colleague(place),
        at=at,
        seen=1,
    )


# --- referrals and triage ------------------------------------------------------------------------------


def referred(place: SmallPlace) -> Given:
    return {
        "referral_id": uuid4(),
        "holding_id": uuid4(),
        "person_id": place.a_person(),
        "contact_id": place.a_contact(referred=False)[0],
        "needs": ["mental", "social"],
        "request": "Please help her to sleep.",
        "words": "There are voices.",
        "by": place.amir,
    }


def on_a_referral(**more: Any) -> Callable[[SmallPlace], Given]:
    return lambda place: {"referral_id": place.a_referral(), **more, "by": place.amir, "seen": 1}


def on_an_accepted_referral(place: SmallPlace) -> Given:
    given = {"referral_id": place.a_referral(), "by": place.amir, "seen": 1}
    triage.accept_here(**given, decision=SOON, at=place.later())
    return given | {"seen": 2}


ENDED = {"outcome": "help_given", "told": "We rang her and she is well.", "told_by": "us"}


def on_a_closed_referral(place: SmallPlace) -> Given:
    given = {"referral_id": place.a_referral(), "by": place.amir, "seen": 1}
    referrals.close(**given, **ENDED, at=place.later())
    return given | {"holding_id": uuid4(), "why": "She rang again.", "seen": 2}


def kept_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: triage.accept_here(
        referral_id=given["referral_id"], decision=SOON, by=colleague(place), at=at, seen=given["seen"]
    )


def closed_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    closed = {"referral_id": given["referral_id"], "by": lead(place, "Front door"), "seen": given["seen"]}
    return lambda at: referrals.close(**closed, **ENDED, at=at)


def reopened_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: referrals.reopen(**given | {"holding_id": uuid4(), "by": colleague(place)}, at=at)


def offered_already(place: SmallPlace, given: Given) -> Given:
    """As it is now, with an offer that waits for its answer."""
    place.an_offer(referral_id=given["referral_id"])
    return {"seen": 2}


def asked_already(place: SmallPlace, given: Given) -> Given:
    triage.ask(**asking(place) | {"referral_id": given["referral_id"]}, at=place.later())
    return {"seen": 2}


def closed_already(place: SmallPlace, given: Given) -> Given:
    referrals.close(
        referral_id=given["referral_id"], **ENDED, by=place.amir, at=place.later(), seen=given["seen"]
    )
    return {"seen": given["seen"] + 1}


def asking(place: SmallPlace) -> Given:
    return {
        "referral_id": place.a_referral(),
        "promise_id": uuid4(),
        "asked_of": "Her GP",
        "words": "Which tablets does she take?",
        "due_at": None,
        "by": place.amir,
        "seen": 1,
    }


def handing_on(place: SmallPlace) -> Given:
    return {
        "referral_id": place.a_referral(),
        "decision": SOON,
        "handover_id": uuid4(),
        "to_team_id": place.teams["Crisis team"],
        "message": ASK,
        "by": place.amir,
        "seen": 1,
    }


def advising(place: SmallPlace) -> Given:
    advice = {"decision": SOON, "told": "Rest, and ring us any time.", "told_by": "us"}
    return {"referral_id": place.a_referral(), **advice, "by": place.amir, "seen": 1}


def duplicating(place: SmallPlace) -> Given:
    person_id = place.a_person()
    return {
        "referral_id": place.a_referral(person_id=person_id),
        "other_id": place.a_referral(person_id=person_id),
        "told": "We have your first call and are on it.",
        "told_by": "us",
        "by": place.amir,
        "seen": 1,
    }


def other_closed(place: SmallPlace, given: Given) -> Given:
    closed_already(place, {"referral_id": given["other_id"], "seen": 1})
    return {}


def unclear(**decision: Any) -> Given:
    return {"decision": replace(SOON, **decision)}


def in_another_team(place: SmallPlace, _: Given) -> Given:
    return {"by": place.sam}


def to_a_closed_team(place: SmallPlace, _: Given) -> Given:
    closing("Crisis team", successor="Social care")(place, {})(at=place.later())
    return {}


NO_DECISION: tuple[tuple[Changed, str], ...] = (
    (unclear(why="  "), "Say why"),
    (unclear(needs=()), "Choose at least one need"),
    (in_another_team, "Only the team that holds this can do this"),
)


# --- handovers and holdings ----------------------------------------------------------------------------


def offering(place: SmallPlace) -> Given:
    return {
        "referral_id": place.a_referral(),
        "handover_id": uuid4(),
        "to_team_id": place.teams["Crisis team"],
        "message": ASK,
        "by": place.amir,
        "seen": 1,
    }


def for_a_service_of_nobody_here(place: SmallPlace, given: Given) -> Given:
    known = a_service(place)
    services.enter(**known, at=place.later())
    return {"service_id": known["services"][0].id}


def offered_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    other = {"handover_id": uuid4(), "to_team_id": place.teams["Social care"], "by": colleague(place)}
    return lambda at: handovers.offer(**given | other, at=at)


def accepting(place: SmallPlace) -> Given:
    return {
        "handover_id": place.an_offer(),
        "read_back": "We see her at ten.",
        "holding_id": uuid4(),
        "by": place.priya,
        "seen": 1,
    }


def returning(place: SmallPlace) -> Given:
    return {
        "handover_id": place.an_offer(),
        "reason": "not_ours",
        "words": "She is under 18.",
        "next_team_id": place.teams["Social care"],
        "next_handover_id": uuid4(),
        "by": place.priya,
        "seen": 1,
    }


def withdrawing(place: SmallPlace) -> Given:
    return {
        "handover_id": place.an_offer(), "reason": "changed", "words": "", "by": place.amir, "seen": 1
    }  # fmt: skip


def a_chosen_file(place: SmallPlace) -> Given:
    files = [NewFile(uuid4(), "letter.txt", b"Dear all", 8)]
    return {"draft_id": uuid4(), "member_id": place.amir.member_id, "files": files, "taken_out": []}


def six_files(place: SmallPlace, given: Given) -> Given:
    return {"files": [NewFile(uuid4(), f"{number}.txt", b"Dear all", 8) for number in range(6)]}


def with_a_page_that_is_no_letter(place: SmallPlace, given: Given) -> Given:
    return {"attachments": [NewFile(uuid4(), "letter.pdf", b"<html><script>alert(1)</script>", 31)]}


def chasing(place: SmallPlace) -> Given:
    return {
        "handover_id": place.an_offer(), "chase_id": uuid4(), "how": "phone",
        "words": "Left word with the duty nurse.", "by": place.amir, "seen": 1,
    }  # fmt: skip


def delivered_already(place: SmallPlace, given: Given) -> Given:
    handovers.deliver(**given, at=place.later())
    return {}


def opened_already(place: SmallPlace, given: Given) -> Given:
    handovers.receive(**given, at=place.later())
    return {}


def being_in_touch(place: SmallPlace) -> Given:
    """The crisis team has accepted somebody who was triaged, and goes to see them."""
    offer = accepting(place)
    handovers.accept(**offer, at=place.later())
    return {
        "care_contact_id": uuid4(),
        "referral_id": store.peek(HANDOVERS, offer["handover_id"]).referral_id,
        "way": "face_to_face",
        "words": "Saw her at home.",
        "happened_at": None,
        "by": place.priya,
    }


def closed_by_the_holder(place: SmallPlace, given: Given) -> Given:
    closed = {"referral_id": given["referral_id"], **ENDED, "by": given["by"]}
    referrals.close(**closed, at=place.later(), seen=store.peek(REFERRALS, given["referral_id"]).version)
    return {}


def withdrawn_by_the_giver(place: SmallPlace, given: Given) -> Callable[..., None]:
    offer = withdrawing(place) | {"handover_id": given["handover_id"]}
    return lambda at: handovers.withdraw(**offer, at=at)


def accepted_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    offer = {"handover_id": given["handover_id"], "by": lead(place, "Crisis team"), "seen": 1}
    return lambda at: handovers.accept(**offer, read_back="We ring her now.", holding_id=uuid4(), at=at)


def taken_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: holdings.take(**given | {"by": lead(place, "Front door")}, at=at)


def re_homed(place: SmallPlace) -> UUID:
    """Amir has left, and what he held by name is with his team, which has not accepted it yet."""
    referral_id = place.a_referral()
    agencies.leave(**leaving(place), at=place.later())
    return referral_id


def accepting_re_homed(place: SmallPlace) -> Given:
    (held,) = store.find(HOLDINGS, referral_id=re_homed(place), until_at=None)
    return {
        "re_homing_id": held.re_homing_id,
        "read_back": "I ring her now, and we see her at ten.",
        "by": colleague(place),
        "seen": 1,
    }


def offered_on(place: SmallPlace, given: Given) -> Given:
    """The team has asked another team to take on what was re-homed to it."""
    referral_id = store.peek(RE_HOMINGS, given["re_homing_id"]).referral_id
    on = {"referral_id": referral_id, "to_team_id": place.teams["Crisis team"], "by": colleague(place)}
    handovers.offer(**on, handover_id=uuid4(), message=ASK, at=place.later(), seen=1)
    return {}


def re_homed_again(place: SmallPlace, given: Given) -> Given:
    """The team that had it by that re-homing has closed meanwhile, and its successor answers."""
    closing("Front door", successor="Social care")(place, {})(at=place.later())
    return {"by": place.sam}


def accepted_before(place: SmallPlace, given: Given) -> Given:
    holdings.accept_re_homed(**given, at=place.later())
    return {"seen": 2}


def re_homed_accepted_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    other = {"by": lead(place, "Front door"), "read_back": "We hold her, and I ring her mum."}
    return lambda at: holdings.accept_re_homed(**given | other, at=at)


# --- promises ------------------------------------------------------------------------------------------


def a_passed_clock(place: SmallPlace) -> Given:
    """A call back whose time has passed while nobody swept."""
    on_a_promise(place)
    return {"ours": place.later(hours=5) + timedelta(seconds=90), "by": NOBODY}


def replying(place: SmallPlace) -> Given:
    """A call back that was escalated."""
    owed = on_a_promise(place)
    at = place.later(hours=5)
    clocks.sweep(ours=at, by=NOBODY, at=at)
    return {
        "clock_id": owed["promise_id"],
        "reply_id": uuid4(),
        "step": store.peek(CLOCKS, owed["promise_id"]).step,
        "decision": "Lou rings now.",
        "dissent": "",
        "told": "She knows.",
        "rests_until": None,
        "by": place.amir,
    }


def replied_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    said = given | {"reply_id": uuid4(), "by": colleague(place)}
    return lambda at: clocks.reply(**said, at=at)


def promising(place: SmallPlace) -> Given:
    return {
        "promise_id": uuid4(),
        "kind": "callback",
        "words": "Ring her at six.",
        "due_at": place.at + timedelta(hours=9),
        "contact_id": None,
        "referral_id": place.a_referral(),
        "person_id": None,
        "by": colleague(place),
    }


def on_a_promise(place: SmallPlace) -> Given:
    """Information that a referral waits for."""
    asked = asking(place)
    triage.ask(**asked, at=place.later())
    return {"promise_id": asked["promise_id"], "words": "Two tablets.", "by": place.amir, "seen": 1}


def on_a_late_promise(place: SmallPlace) -> Given:
    owed = on_a_promise(place) | {"escalation_id": uuid4(), "to_team_id": place.teams["Crisis team"]}
    return owed | {"words": "Nobody has rung.", "by": lead(place, "Front door")}


def on_a_promise_for_later(place: SmallPlace, _: Given) -> Given:
    promise = promising(place) | {"due_at": place.at + timedelta(days=90)}
    promises.make(**promise, at=place.later())
    return {"promise_id": promise["promise_id"]}


def on_a_re_homing(place: SmallPlace, _: Given) -> Given:
    """What is owed on a re-homing that nobody has accepted."""
    (owed,) = store.find(PROMISES, referral_id=re_homed(place), state=PromiseState.OPEN)
    return {"promise_id": owed.id, "by": colleague(place)}


def kept_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    kept = {"promise_id": given["promise_id"], "words": "Rang her GP.", "by": colleague(place), "seen": 1}
    return lambda at: promises.keep(**kept, at=at)


def left(member: Callable[[SmallPlace], UUID], team: str) -> Rival:
    """The team's lead records that a member has left."""
    return lambda place, _: (
        lambda at: agencies.leave(member_id=member(place), words="Moved away.", by=lead(place, team), at=at)
    )


# --- agencies and services -----------------------------------------------------------------------------


def entering(place: SmallPlace) -> Given:
    return {
        "facts": [Agency(uuid4(), "Averley Housing", "housing", "England")],
        "by": lead(place, "Front door"),
    }


def entered(place: SmallPlace, given: Given) -> Given:
    agencies.enter(**given, at=place.later())
    return {}


def closing_the_front_door(place: SmallPlace) -> Given:
    place.a_referral()
    return {
        "team_id": place.teams["Front door"],
        "successor_id": place.teams["Social care"],
        "words": "Merged into social care.",
        "by": lead(place, "Front door"),
        "seen": 1,
    }


def closed_team(place: SmallPlace, given: Given) -> Given:
    agencies.close_team(**given, at=place.later())
    return {"seen": 2}


def leaving(place: SmallPlace) -> Given:
    place.a_referral()
    return {"member_id": place.amir.member_id, "words": "Moved away.", "by": lead(place, "Front door")}


def left_already(place: SmallPlace, given: Given) -> Given:
    agencies.leave(**given, at=place.later())
    return {}


def a_service(place: SmallPlace) -> Given:
    averley = place.amir.agency_id
    service = Service(
        uuid4(), averley, None, "Night line", "A voice at night", ("talk",), "20–8", "01632 960002"
    )
    return {"services": [service], "by": lead(place, "Front door")}


def a_search(place: SmallPlace) -> Given:
    found = Sitting(
        uuid4(), local_date(place.at), 9, ("talk",), ("talk",), "17", "ZZ1", "age", 3, {"age": 1}, {}
    )
    return {"found": found, "next_key": uuid4(), "by": place.amir}


def service_entered(place: SmallPlace, given: Given) -> Given:
    services.enter(**given, at=place.later())
    return {}


def of_a_feed(place: SmallPlace) -> Given:
    service = Service(
        uuid4(), None, None, "Befriending", "Somebody calls round", ("loneliness",), "", "",
        record={"status": "active", "organization": {"id": str(uuid4()), "name": "Neighbours"}},
        feed="https://feed.example/oruk",
    )  # fmt: skip
    return {"services": [service], "by": NOBODY}


def of_no_feed(place: SmallPlace, given: Given) -> Given:
    return {"services": [replace(one, feed="") for one in given["services"]]}


def no_longer_in_its_feed(place: SmallPlace) -> Given:
    given = of_a_feed(place)
    services.take_in(**given, at=place.later())
    return {"feed": "https://feed.example/oruk", "had": frozenset(), "by": NOBODY}


def saying_places(place: SmallPlace) -> Given:
    given = a_service(place)
    services.enter(**given, at=place.later())
    return {
        "service_id": given["services"][0].id, "state": "full", "places": None,
        "said_by": "Jo at the night line",
        "counts_for": None, "opens_again_at": None, "by": place.amir,
    }  # fmt: skip


def a_state_nobody_knows(place: SmallPlace, given: Given) -> Given:
    return {"state": "amber"}


def a_draft(place: SmallPlace) -> Given:
    return {
        "draft_id": uuid4(),
        "member_id": place.amir.member_id,
        "form": "contact",
        "fields": {"words": ["I can't sl"]},
    }


def an_old_draft(place: SmallPlace) -> Given:
    drafts.keep(**a_draft(place), at=place.later())
    place.later(days=31)
    return {}


def a_kept_draft(place: SmallPlace) -> Given:
    draft = a_draft(place)
    drafts.keep(**draft, at=place.later())
    return {"draft_id": draft["draft_id"], "member_id": draft["member_id"]}
