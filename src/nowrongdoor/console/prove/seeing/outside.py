"""
Whoever comes from outside: a person to their own record, a carer to what was permitted, and a carer from whom
it was taken back. Each in every life that somebody has, and each is asked for every address there is. Written
down by hand, as `expected` is.
"""

from __future__ import annotations

from collections.abc import Iterator

from nowrongdoor.console.prove.seeing import borrowed
from nowrongdoor.console.prove.seeing.calls import Ask
from nowrongdoor.console.prove.seeing.canaries import Canary
from nowrongdoor.console.prove.seeing.expected import NAMES, RESTRICTED
from nowrongdoor.console.prove.seeing.place import Place

OTHER = "holder"
"""The life of whoever asks about somebody else's."""
PERSON, CARER, NO_MORE = "the person", "a carer", "a carer no more"
OWN_PAGES = ("own_record", "own_looks")
# What of their own record each reads: a person who and where they are, a carer who they are.
READS: dict[str, dict[str, set[tuple[str, str]]]] = {
    PERSON: {"own_record": {("P", "identity"), ("P", "whereabouts"), ("P", "area"), ("P", "response")}},
    CARER: {"own_record": {("P", "identity")}},
    NO_MORE: {},
}
BY_LINK = {"answer_by_link", "go_on_by_link", "places_by_link"}


def named(kind: str, life: str) -> str:
    """Whoever comes from outside to the record of that life."""
    return f"{kind}, {life}"


def kind(role: str) -> str:
    """What they are, whosever record it is; a role of staff as it is."""
    return role.partition(", ")[0]


def whose(role: str) -> str:
    return role.partition(", ")[2]


def is_outside(role: str) -> bool:
    return kind(role) in READS


def lives(place: Place) -> list[str]:
    """The lives of somebody who is known, and so can read their record."""
    return [life.name for life in place.lives.values() if "person" in life.keys]


def sessions(place: Place) -> dict[str, dict[str, str]]:
    """What the session of each browser says."""
    said = {}
    for name in lives(place):
        life = place.lives[name]
        said[named(PERSON, name)] = {"own": str(life.keys["person"])}
        said[named(CARER, name)] = {"carer": str(life.permitted)}
        said[named(NO_MORE, name)] = {"carer": str(life.taken_back)}
    return said


def asking(place: Place, one: Ask, *, number: int) -> Iterator[str]:
    """
    Who asks it: of a life those to whom it belongs, and those of another; of nobody's life those of each in
    turn; and for their own pages everybody.
    """
    every = lives(place)
    if one.route in OWN_PAGES:
        chosen = every
    elif one.life in every:
        chosen = list(dict.fromkeys((one.life, OTHER)))
    else:
        chosen = [every[number % len(every)]]
    yield from (named(each, name) for name in chosen for each in READS)


def reads(role: str) -> dict[str, set[tuple[str, str]]]:
    """What of their own record they read. Of somebody who is restricted no carer reads anything."""
    return READS[NO_MORE if _is_shut_out(role) else kind(role)]


def may_read(role: str, route: str, what: Canary) -> bool:
    """Whether that column may stand in this answer."""
    if what.subject != whose(role):
        return False
    # At the head of every page, one that answers "there is no such page" too, stands who has signed in.
    if kind(role) == PERSON and what.item == "P" and what.column in NAMES:
        return True
    return (what.item, what.element) in reads(role).get(route, set())


def statuses(role: str, one: Ask) -> set[int] | None:
    """With what it must be answered; none where that says nothing of them."""
    door = borrowed.doors()[one.route]
    if door == "open" or not one.has_token or one.method == "HEAD":
        return None
    if one.route in BY_LINK:
        return {302, 303, 403, 404}  # whoever they are: no link leads there
    if _is_shut_out(role):
        return {302, 303} if one.method == "GET" else {302, 303, 403}
    if one.route in OWN_PAGES:
        return {200} if one.route == "own_record" or kind(role) == PERSON else {404}
    return {404}


def _is_shut_out(role: str) -> bool:
    return kind(role) == NO_MORE or (kind(role) == CARER and whose(role) in RESTRICTED)
