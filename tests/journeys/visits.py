"""Crews and visits, as scenes need them: one on shift, one asked for, given, on its way, there and over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from nowrongdoor.data.visits.facts import CREWS, VISITS
from nowrongdoor.journeys import crews, visits
from nowrongdoor.kernel import store
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.visit_record import Asked
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

SEE_HER = Asked("Please see her at home and sort out her tablets.", "1 Mill Lane", "millbrook")
TWO_GO = Asked("See her at home.", "1 Mill Lane", "millbrook", pair_rules=("entry_hazard",))
DONE = {"outcome": "seen", "next_step": "plan", "words": "Made tea and a plan: we ring at ten."}


def putting_on(place: SmallPlace) -> Given:
    """A nurse and a support worker of the front door, from now until the evening."""
    return {
        "crew_id": uuid4(),
        "name": "Crew 1",
        "base": "averley_market",
        "travel": "car",
        "device": "Alarm 4",
        "from_at": place.at,
        "until_at": place.at + timedelta(hours=9),
        "seatings": [
            Seating(place.amir.member_id, "mental_health_nurse", ("crisis_assessment",), "man"),
            Seating(place.viewers["Priya of Front door"].member_id, "support_worker", (), "woman", ("pa",)),
        ],
        "by": place.amir,
    }


def a_crew(place: SmallPlace) -> UUID:
    given = putting_on(place)
    crews.put_on(**given, at=place.later())
    key: UUID = given["crew_id"]
    return key


def another_crew(place: SmallPlace) -> UUID:
    """Lou alone."""
    seats = [Seating(_lead(place).member_id, "nurse")]
    given = putting_on(place) | {"name": "Crew 2", "seatings": seats}
    crews.put_on(**given, at=place.later())
    key: UUID = given["crew_id"]
    return key


def ending_shift(place: SmallPlace) -> Given:
    return {"crew_id": a_crew(place), "words": "The car will not start.", "by": place.amir, "seen": 1}


def asking(place: SmallPlace, asked: Asked = SEE_HER) -> Given:
    return {"visit_id": uuid4(), "referral_id": place.a_referral(), "asked": asked, "by": place.amir}


def a_visit(place: SmallPlace, asked: Asked = SEE_HER) -> UUID:
    given = asking(place, asked)
    visits.ask(**given, at=place.later())
    key: UUID = given["visit_id"]
    return key


def assigning(place: SmallPlace, asked: Asked = SEE_HER) -> Given:
    crew_id, visit_id = a_crew(place), a_visit(place, asked)
    said = {"leaves_at": place.at, "words": "", "by": place.amir, "seen": 1}
    return {"visit_id": visit_id, "crew_id": crew_id, **said}


def a_given_visit(place: SmallPlace, asked: Asked = SEE_HER) -> UUID:
    given = assigning(place, asked)
    visits.assign(**given, at=place.later())
    key: UUID = given["visit_id"]
    return key


def gone_on(place: SmallPlace, *steps: str, asked: Asked = SEE_HER) -> Given:
    """A visit given to the crew and so far on; what comes next has its version."""
    visit_id = a_given_visit(place, asked)
    for n, step in enumerate(steps, start=2):
        visits.go_on(visit_id=visit_id, step=step, by=place.amir, at=place.later(), seen=n)
    return {"visit_id": visit_id, "by": place.amir, "seen": 2 + len(steps)}


def going_on(place: SmallPlace) -> Given:
    return gone_on(place, "set_off", "arrive") | {"step": "meet"}


def saying_safe(place: SmallPlace) -> Given:
    return gone_on(place, "set_off", "arrive")


def finishing(place: SmallPlace) -> Given:
    return gone_on(place, "set_off", "arrive", "meet") | DONE


def taking_back(place: SmallPlace) -> Given:
    return gone_on(place, "tell") | {"words": "The road is closed."}


def standing_down(place: SmallPlace) -> Given:
    return gone_on(place, "tell") | {"words": "Her GP went, and she is well."}


def asking_along(place: SmallPlace) -> Given:
    """Another agency's team is asked to see to her leg meanwhile."""
    said = {"team_id": place.sam.team_id, "need": "See to her leg while we talk.", "meet_at": None}
    return {"visit_id": a_visit(place), "half_id": uuid4(), **said, "by": place.amir, "seen": 1}


def coming_along(place: SmallPlace) -> Given:
    given = asking_along(place)
    visits.ask_along(**given, at=place.later())
    return {"visit_id": given["half_id"], "by": place.sam, "seen": 1}


def a_joint_visit(place: SmallPlace) -> Given:
    """Both go to her; what comes next has the version of the half of whoever asked."""
    given = asking_along(place)
    visits.ask_along(**given, at=place.later())
    visits.come_along(visit_id=given["half_id"], by=place.sam, at=place.later(), seen=1)
    return {"visit_id": given["visit_id"], "by": place.amir, "seen": 1}


def moving_the_meeting(place: SmallPlace) -> Given:
    return a_joint_visit(place) | {"meet_at": place.at + timedelta(hours=1)}


def noting_others(place: SmallPlace) -> Given:
    words = "Ambulance control, Jo at 10:20: they come at about 11:00."
    return {"visit_id": a_visit(place), "words": words, "by": place.amir, "seen": 1}


def with_nobody_along(place: SmallPlace, _: Given) -> Given:
    return {"visit_id": a_visit(place)}


# --- what has happened already, and what somebody else does first ---------------------------------------


def on_another_crew(place: SmallPlace, _: Given) -> Given:
    a_crew(place)
    return {}


def with_somebody_else(place: SmallPlace, _: Given) -> Given:
    return {"seatings": [Seating(place.sam.member_id, "nurse")]}


def with_a_visit(place: SmallPlace, given: Given) -> Given:
    visit_id = a_visit(place)
    visits.assign(
        visit_id=visit_id, crew_id=given["crew_id"], leaves_at=place.at, words="", by=place.amir,
        at=place.later(), seen=1,
    )  # fmt: skip
    return {}


def with_one_alone(place: SmallPlace, _: Given) -> Given:
    return {"crew_id": another_crew(place), "visit_id": a_visit(place, TWO_GO)}


def with_a_wish(place: SmallPlace, _: Given) -> Given:
    return {"visit_id": a_visit(place, Asked("See her.", "1 Mill Lane", "millbrook", wish_language="bsl"))}


def out_on_another(place: SmallPlace, given: Given) -> Given:
    """The same people are on the way to somebody else."""
    one = store.peek(VISITS, given["visit_id"])
    other = a_visit(place)
    visits.assign(
        visit_id=other, crew_id=one.crew_id, leaves_at=one.free_at, words="They asked for us.",
        by=place.amir, at=place.later(), seen=1,
    )  # fmt: skip
    return {"visit_id": other, "step": "set_off", "seen": 2}


def two_who_go(place: SmallPlace, _: Given) -> Given:
    """Nobody is alone there, and so nobody waits for that word."""
    return {"visit_id": a_visit(place, TWO_GO), "seen": 1}


def before_anybody_met_them(place: SmallPlace, _: Given) -> Given:
    return gone_on_with_another(place, "set_off", "arrive")


def gone_on_with_another(place: SmallPlace, *steps: str) -> Given:
    crew_id, visit_id = another_crew(place), a_visit(place)
    visits.assign(
        visit_id=visit_id, crew_id=crew_id, leaves_at=place.at, words="", by=place.amir,
        at=place.later(), seen=1,
    )  # fmt: skip
    for n, step in enumerate(steps, start=2):
        visits.go_on(visit_id=visit_id, step=step, by=place.amir, at=place.later(), seen=n)
    return {"visit_id": visit_id, "seen": 2 + len(steps)}


def ended_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return partial(crews.end, crew_id=given["crew_id"], words="Ill.", by=_lead(place), seen=1)


def in_another_crew_by(place: SmallPlace, given: Given) -> Callable[..., None]:
    return partial(crews.put_on, **given | {"crew_id": uuid4(), "by": _lead(place)})


def given_to_another_visit(place: SmallPlace, given: Given) -> Callable[..., None]:
    """Somebody gives this crew another visit for that time."""
    other = a_visit(place)
    said = {"leaves_at": given["leaves_at"], "words": "", "by": _lead(place), "seen": 1}
    return partial(visits.assign, visit_id=other, crew_id=given["crew_id"], **said)


def stood_down_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    said = {"words": "Her GP went.", "by": _lead(place), "seen": given["seen"]}
    return partial(visits.stand_down, visit_id=given["visit_id"], **said)


def no_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    """A colleague of the team that was asked says no."""
    said = {"words": "All of us are out.", "by": place.viewers["Lou of Social care"], "seen": given["seen"]}
    return partial(visits.stand_down, visit_id=given["visit_id"], **said)


def asked_of_the_same(place: SmallPlace, given: Given) -> Given:
    visits.ask_along(**given | {"half_id": uuid4()}, at=place.later())
    return {}


def by_who_asked(place: SmallPlace, _: Given) -> Given:
    return {"by": place.amir}


def left_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    said = {"step": "leave", "by": _lead(place), "seen": given["seen"]}
    return partial(visits.go_on, visit_id=given["visit_id"], **said)


def asked_and_over(place: SmallPlace, given: Given) -> Given:
    """The crew of this one is off shift by now."""
    crews.end(
        crew_id=given["crew_id"], words="The car will not start.", by=place.amir, at=place.later(),
        seen=store.peek(CREWS, given["crew_id"]).version,
    )  # fmt: skip
    return {}


def _lead(place: SmallPlace) -> Viewer:
    return place.viewers["Lou of Front door"]
