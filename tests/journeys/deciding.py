"""Scenes of what others may know: decided, withdrawn, sealed and opened again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from nowrongdoor.journeys import permissions, seals, sharing
from nowrongdoor.rules.sharing import Grounds
from tests.journeys.acts import colleague, lead
from tests.journeys.scene import Given
from tests.worlds.small_place import SmallPlace

AGREED = Grounds("consent", "She asked us to tell them.", "yes")


def held(place: SmallPlace, **known: str) -> UUID:
    """Somebody the front door holds."""
    person_id = place.a_person(**known)
    place.a_referral(person_id=person_id)
    return person_id


def sharing_it(place: SmallPlace) -> Given:
    return {
        "decision_id": uuid4(),
        "person_id": held(place),
        "to_team_id": place.teams["Social care"],
        "purpose": "direct_care",
        "grounds": AGREED,
        "by": place.amir,
    }


def overriding(place: SmallPlace) -> Given:
    return {
        "decision_id": uuid4(),
        "person_id": held(place),
        "to_team_id": place.teams["Social care"],
        "words": "Her brother has a knife and knows where she sleeps.",
        "told": "would_harm",
        "by": place.amir,
    }


def shared_before(place: SmallPlace, given: Given) -> Given:
    sharing.decide(**given | {"decision_id": uuid4()}, at=place.later())
    return {}


def withdrawing_it(place: SmallPlace) -> Given:
    given = sharing_it(place)
    sharing.decide(**given, at=place.later())
    return {
        "decision_id": given["decision_id"],
        "words": "She does not want this any more.",
        "by": place.amir,
        "seen": 1,
    }


def withdrawn_before(place: SmallPlace, given: Given) -> Given:
    sharing.withdraw(**given, at=place.later())
    return {"seen": 2}


def withdrawn_by_another(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: sharing.withdraw(**given | {"by": colleague(place)}, at=at)


def a_seal(place: SmallPlace) -> Given:
    return {
        "seal_id": uuid4(),
        "person_id": None,
        "referral_id": place.a_referral(person_id=place.a_person()),
        "contact_id": None,
        "why": "in_danger",
        "words": "Nobody else may know that she asked.",
        "by": place.amir,
    }


def sealed_before(place: SmallPlace, given: Given) -> Given:
    seals.put(**given | {"seal_id": uuid4()}, at=place.later())
    return {}


def by_one_who_only_looks(place: SmallPlace, given: Given) -> Given:
    person_id = held(place, family_name="Pugh", given_names="Nia")
    shared = {
        "decision_id": uuid4(),
        "person_id": person_id,
        "to_team_id": place.teams["Crisis team"],
        "purpose": "direct_care",
        "grounds": AGREED,
        "by": place.amir,
    }
    sharing.decide(**shared, at=place.later())
    return {"referral_id": None, "person_id": person_id, "by": place.priya}


def lifting(place: SmallPlace) -> Given:
    given = a_seal(place)
    seals.put(**given, at=place.later())
    lifted = {"words": "He has moved away.", "by": lead(place, "Front door"), "seen": 1}
    return {"seal_id": given["seal_id"], **lifted}


def lifted_before(place: SmallPlace, given: Given) -> Given:
    seals.lift(**given, at=place.later())
    return {"seen": 2}


def lifted_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    other = replace(colleague(place), role="team_lead")
    return lambda at: seals.lift(**given | {"by": other}, at=at)


def permitting(place: SmallPlace) -> Given:
    return {
        "permission_id": uuid4(),
        "person_id": held(place),
        "carer_name": "Rosa Ali",
        "carer_is": "Sister",
        "elements": ["answerable", "response"],
        "how": "told_us",
        "words": "My sister may read who is coming.",
        "until_at": None,
        "by": place.amir,
    }


def by_one_who_only_looks_at_a_person(place: SmallPlace, given: Given) -> Given:
    looks = by_one_who_only_looks(place, given)
    return {"person_id": looks["person_id"], "by": looks["by"]}


def while_all_is_sealed(place: SmallPlace, given: Given) -> Given:
    about = {"person_id": given["person_id"], "referral_id": None, "contact_id": None}
    seals.put(seal_id=uuid4(), **about, why="asked", words="", by=place.amir, at=place.later())
    return {}


def taking_it_back(place: SmallPlace) -> Given:
    given = permitting(place)
    permissions.give(**given, at=place.later())
    taken = {"words": "She does not want it any more.", "by": place.amir, "seen": 1}
    return {"permission_id": given["permission_id"], **taken}


def taken_back_before(place: SmallPlace, given: Given) -> Given:
    permissions.withdraw(**given, at=place.later())
    return {"seen": 2}


def taken_back_by_a_colleague(place: SmallPlace, given: Given) -> Callable[..., None]:
    return lambda at: permissions.withdraw(**given | {"by": colleague(place)}, at=at)
