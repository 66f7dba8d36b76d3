"""
How each address of the product is called: a table with a line for every name of the URL configuration.

An address that is missing from it fails the proof, as one that is missing from `site.doors` answers nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.console.prove.seeing.expected import LIVES
from nowrongdoor.console.prove.seeing.place import Life, Place

# A key and words that no form asks for: where they are in the journal afterwards, a field was taken that
# nobody offered.
PLANTED = UUID("99999999-0000-4000-8000-000000000bad")
PLANTED_WORDS = "planted in a field of no form"
NOT_ASKED = {
    **dict.fromkeys(
        (
            "team_id",
            "agency_id",
            "member_id",
            "from_team_id",
            "giver_team_id",
            "receiver_team_id",
            "owner_team_id",
            "owner_member_id",
            "triaged_by_id",
            "closed_by_id",
            "by_team_id",
        ),
        str(PLANTED),
    ),
    **dict.fromkeys(("state", "role", "standard", "family_key", "postcode_key"), PLANTED_WORDS),
    "version": "77",
    "hop": "77",
    "is_staff": "1",
    "closed_at": "2001-01-01",
    "until_at": "2001-01-01",
}


@dataclass(frozen=True)
class Ask:
    """
    One request. `life` and `item` are whom it names; `confirmed` a life of whom two things are said. `other`
    is the same about somebody there is none of, to be answered alike where this one may not be known of.
    `typed` are words that were sent, which a page may show again.
    """

    route: str
    path: str
    method: str = "GET"
    data: dict[str, Any] = field(default_factory=dict)
    life: str = ""
    item: str = ""
    is_record: bool = False
    confirmed: str = ""
    typed: tuple[str, ...] = ()
    other: Ask | None = None
    has_token: bool = True


Asks = Callable[[Place, str], Iterator[Ask]]
# Which keys of a life an address of that kind is called with, and what of the life each is.
RECORDS = {
    "person": (("person", "P"),),
    "referral": (("referral", "R"), ("referralF", "F"), ("referralS", "S")),
    "contact": (("contact", "C"), ("contactF", "F"), ("contactS", "S")),
    "handover": (("handover", "R"),),
    "promise": (("promise", "R"),),
    "clock": (("clock", "R"),),
    "statutory": (("statutory", "R"),),
    "visit": (("visit", "R"),),
    "attachment": (("attachment", "R"),),
}


def of_record(kind: str, *methods: str, key_in_address: bool = False, more: tuple[str, ...] = ()) -> Asks:
    """
    An address with the key of a record in it, and `more`: empty, filled in, as a head only, and without a
    token.
    """

    def asks(place: Place, route: str) -> Iterator[Ask]:
        nobody = _url(route, uuid4(), *more)
        for life in place.lives.values():
            for name, item in RECORDS[kind]:
                if name not in life.keys:
                    continue
                path = _url(route, life.keys[name], *more)
                for method, data, token in _ways(place, life, methods):
                    twin = Ask(route, nobody, method, data, has_token=token)
                    yield Ask(
                        route,
                        path,
                        method,
                        data,
                        life.name,
                        item,
                        is_record=True,
                        other=twin,
                        has_token=token,
                    )
        if key_in_address:
            yield from keys_in_address(place, route, path=_url(route, place.lives["holder"].keys[kind]))

    return asks


def keys_in_address(place: Place, route: str, *, path: str) -> Iterator[Ask]:
    """The key of another agency's record as the key of the form that would make it."""
    for life in place.lives.values():
        for name in ("referral", "contact"):
            other = Ask(route, f"{path}?key={uuid4()}")
            item = "R" if name == "referral" else "C"
            yield Ask(route, f"{path}?key={life.keys[name]}", life=life.name, item=item, other=other)


def plain(*methods: str, data: dict[str, Any] | None = None, queries: tuple[str, ...] = ("",)) -> Asks:
    """An address that names nobody."""

    def asks(place: Place, route: str) -> Iterator[Ask]:
        for query in queries:
            for method in methods:
                yield Ask(route, _url(route) + query, method, (data or {}) if method == "POST" else {})

    return asks


def with_key(key: Callable[[Place], Iterator[Any]], *methods: str) -> Asks:
    """An address with a key in it that is no record of anybody: a member, a review, a draft."""

    def asks(place: Place, route: str) -> Iterator[Ask]:
        for one in key(place):
            for method in methods:
                data = filled(place, next(iter(place.lives.values()))) if method == "POST" else {}
                yield Ask(route, _url(route, one), method, data)

    return asks


def of_nothing(keys: int, *methods: str) -> Asks:
    """An address with several keys in it, each of nothing."""

    def asks(place: Place, route: str) -> Iterator[Ask]:
        for method in methods:
            yield Ask(route, _url(route, *(uuid4() for _ in range(keys))), method)

    return asks


def _ways(place: Place, life: Life, methods: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any], bool]]:
    for method in methods:
        if method != "POST":
            yield method, {}, True
            if life.name in ("none", "holder"):
                yield "HEAD", {}, True
            continue
        yield "POST", {}, True
        yield "POST", filled(place, life), True
        if life.name in ("none", "holder"):
            yield "POST", {}, False


def filled(place: Place, life: Life) -> dict[str, Any]:
    """Something for every box of every form of ours, and what none of them asks for."""
    return {
        **NOT_ASKED,
        "seen": "1",
        "words": "Said so.",
        "read_back": "We go at ten.",
        "why": "Needed again.",
        "told": "All of it.",
        "told_by": "us",
        "outcome": "help_given",
        "needs": "mental",
        "request": "Please help.",
        "kind": "callback",
        "reason": "changed",
        "how": "phone",
        "decision": "accept",
        "urgency": "urgent",
        "ask": "Please go.",
        "to_team": str(place.teams["Far"]),
        "next_team": str(place.teams["Away"]),
        "sharing_basis": "consent",
        "family_name": "Somebody",
        "given_names": "Else",
        "channel": "telephone",
        "due_in": "60",
        "successor": str(place.teams["Beside"]),
        "people": "1",
        "asked_of": "Somebody",
    }


def _url(route: str, *keys: Any) -> str:
    from django.urls import reverse

    return reverse(route, args=keys)


def hidden_lives() -> Iterator[str]:
    """Lives of which at least somebody may not know."""
    yield from (name for name, seen in LIVES.items() if "care" not in seen)


def of_person_and(rows: str) -> Asks:
    """
    An address with the key of a person and of a row about them: with their own, and with a row of somebody
    else in the place of theirs, which must answer as if there were none.
    """

    def asks(place: Place, route: str) -> Iterator[Ask]:
        ours = place.lives["holder"].keys["person"]
        for life in place.lives.values():
            for key, item in _rows_of(rows, life):
                person = life.keys["person"]
                for method, data, token in _ways(place, life, ("GET", "POST")):
                    yield Ask(
                        route,
                        _url(route, person, key),
                        method,
                        data,
                        life.name,
                        item,
                        is_record=True,
                        other=Ask(route, _url(route, uuid4(), key), method, data, has_token=token),
                        has_token=token,
                    )
                    if life.name != "holder":
                        yield Ask(
                            route,
                            _url(route, ours, key),
                            method,
                            data,
                            life.name,
                            NEVER,
                            is_record=True,
                            other=Ask(route, _url(route, ours, uuid4()), method, data, has_token=token),
                            has_token=token,
                        )

    return asks


# Which item of a life a row is about, where it is not about the person.
ABOUT_ITEM = {
    "sharing_seal": "coalesce(referral_id, contact_id)",
    "sharing_sharingdecision": "referral_id",
}
NEVER = "-"
"""An item that nobody sees: a key that does not go with the other key beside it."""


def _rows_of(rows: str, life: Life) -> list[tuple[Any, str]]:
    """The keys of the rows about a life, each with the item it is about."""
    from django.db import connection
    from psycopg import sql

    items = {life.keys.get(name): item for names in RECORDS.values() for name, item in names}
    asked = sql.SQL("SELECT id, {about} FROM {rows} WHERE person_id = %s ORDER BY id").format(
        about=sql.SQL(ABOUT_ITEM.get(rows, "NULL::uuid")),
        rows=sql.Identifier(rows),
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, [life.keys.get("person")])
        found = [(key, items.get(about, "P")) for key, about in cursor.fetchall()]
    if "seal" in rows or life.name == "sealed":
        return found
    # That something was shared is told with the person; of what is sealed, nothing.
    return [(key, item if item == "S" else "P") for key, item in found]
