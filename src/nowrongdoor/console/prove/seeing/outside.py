"""
Whoever comes from outside: a person to their own record, a carer to what was permitted, and a carer from whom
it was taken back. Each is asked for every address there is. Written down by hand, as `expected` is.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from nowrongdoor.console.prove.seeing import borrowed
from nowrongdoor.console.prove.seeing.calls import Ask
from nowrongdoor.console.prove.seeing.canaries import Canary
from nowrongdoor.console.prove.seeing.expected import NAMES
from nowrongdoor.console.prove.seeing.place import Place
from nowrongdoor.journeys import permissions

WHOSE = "holder"
"""Whose record it is; everybody else's is closed to them."""
PERSON, CARER, NO_MORE = "the person", "a carer", "a carer no more"
OWN_PAGES = ("own_record", "own_looks")
PERMITTED = ("answerable", "identity")
# What of their own record each reads: a person who and where they are, a carer who they are.
READS: dict[str, dict[str, set[tuple[str, str]]]] = {
    PERSON: {"own_record": {("P", "identity"), ("P", "whereabouts"), ("P", "area"), ("P", "response")}},
    CARER: {"own_record": {("P", "identity")}},
    NO_MORE: {},
}


def sessions(place: Place) -> dict[str, dict[str, str]]:
    """What the session of each browser says, once the person has permitted two carers and taken one back."""
    stands, taken_back = _permitted(place), _permitted(place)
    permissions.withdraw(permission_id=taken_back, words="No more.", by=place.ours, at=place.later(), seen=1)
    return {
        PERSON: {"own": str(place.lives[WHOSE].keys["person"])},
        CARER: {"carer": str(stands)},
        NO_MORE: {"carer": str(taken_back)},
    }


def _permitted(place: Place) -> Any:
    key = uuid4()
    permissions.give(
        permission_id=key,
        person_id=place.lives[WHOSE].keys["person"],
        carer_name="Somebody near",
        carer_is="Sister",
        elements=PERMITTED,
        how="told_us",
        words="They may read it.",
        until_at=None,
        by=place.ours,
        at=place.later(),
    )
    return key


def may_read(role: str, route: str, what: Canary) -> bool:
    """Whether that column may stand in this answer."""
    if what.subject != WHOSE:
        return False
    # At the head of every page, one that answers "there is no such page" too, stands who has signed in.
    if role == PERSON and what.item == "P" and what.column in NAMES:
        return True
    return (what.item, what.element) in READS[role].get(route, set())


def statuses(role: str, one: Ask) -> set[int] | None:
    """With what it must be answered; none where that says nothing of them."""
    door = borrowed.doors()[one.route]
    if door == "open" or not one.has_token or one.method == "HEAD":
        return None
    if role == NO_MORE:
        return {302, 303} if one.method == "GET" else {302, 303, 403}
    if one.route in OWN_PAGES:
        reads = one.route == "own_record" or role == PERSON
        return {200} if reads else {404}
    return {404}
