"""A second look at a decision, as scenes need it: one that was drawn, and one that was not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import count
from uuid import UUID, uuid4, uuid5

from nowrongdoor.data.guidance.facts import ADVICE
from nowrongdoor.journeys import contacts, ratings, triage, vignettes
from nowrongdoor.kernel import store
from nowrongdoor.rules import consistency
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.intake import NewReferral
from tests.journeys.scene import Given
from tests.worlds.small_place import NINE, SOON, SmallPlace

CASE = "stairs_at_night@2015-01-01"


def a_decision(place: SmallPlace, *, sampled: bool = True) -> UUID:
    """The stored advice of a decision which is, or is not, one of those to be looked at again."""
    found = (uuid5(place.amir.member_id, f"{place.at} {number}") for number in count())
    referral_id = next(
        one
        for one in found
        if consistency.is_sampled(uuid5(one, "response_time 2"), decided_at=NINE) == sampled
    )
    contacts.receive(
        contact_id=uuid4(),
        said=Said(channel="telephone", answers={"in_danger": "no"}),
        outcome="handed_over",
        callback_id=uuid4(),
        referral=NewReferral(referral_id, uuid4(), ["mental"], "Help him"),
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    triage.accept_here(referral_id=referral_id, decision=SOON, by=place.amir, at=place.later(), seen=1)
    (kept,) = store.find(ADVICE, referral_id=referral_id)
    return kept.id


def rating(place: SmallPlace) -> Given:
    by = place.viewers["Lou of Front door"]
    return {"rating_id": uuid4(), "advice_id": a_decision(place), "urgency": "soon", "by": by}


def rated_by_another(place: SmallPlace, given: Given) -> partial[None]:
    by = replace(place.viewers["Priya of Front door"], role="team_lead")
    return partial(ratings.give, rating_id=uuid4(), advice_id=given["advice_id"], urgency="urgent", by=by)


def not_drawn(place: SmallPlace, _: Given) -> Given:
    return {"advice_id": a_decision(place, sampled=False)}


def by_who_decided(place: SmallPlace, _: Given) -> Given:
    return {"by": place.amir}


def a_case(place: SmallPlace) -> Given:
    return {"rating_id": uuid4(), "vignette": CASE, "urgency": "soon", "by": place.amir}


def rated_already(place: SmallPlace, given: Given) -> Given:
    vignettes.rate(**given | {"rating_id": uuid4(), "urgency": "urgent"}, at=place.later())
    return {}
