"""Our own code lists as taxonomies of Open Referral: a term has the same id in every place."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from nowrongdoor.rules import law

OURS = UUID("5b1c6c2e-6f0a-5a53-9d1c-0f3f5f8f2a10")
TAXONOMIES = {
    "needs": "What a service helps with",
    "service_kinds": "What kind of service it is",
    "ways_in": "How a service is asked",
    "access_needs": "How people get in and take part",
    "wishes": "How help is given",
    "genders_served": "Whom it is for, where it is not for everyone",
}
LACKS = "lacks"


def taxonomy(name: str) -> dict[str, Any]:
    words = TAXONOMIES[name]
    return {"id": str(uuid5(OURS, name)), "name": words, "description": f"{words}, as No Wrong Door has it."}


def term(name: str, code: str, *, on: date) -> dict[str, Any]:
    label = next((one.label for one in law.codes(name, on=on) if one.code == code), code)
    return {
        "id": str(uuid5(OURS, f"{name}/{code}")),
        "name": label,
        "description": label,
        "taxonomy": TAXONOMIES[name],
        "taxonomy_id": str(uuid5(OURS, name)),
        "term": code,
    }


def terms(*, on: date) -> Iterator[dict[str, Any]]:
    for name in TAXONOMIES:
        for one in law.codes(name, on=on):
            yield term(name, one.code, on=on)


def attribute(service_id: UUID, name: str, code: str, *, on: date, lacks: bool = False) -> dict[str, Any]:
    """An attribute of a service that names one of our terms."""
    link = LACKS if lacks else name
    return {
        "id": str(uuid5(service_id, f"{link}/{name}/{code}")),
        "link_id": str(service_id),
        "link_type": link,
        "taxonomy_term": term(name, code, on=on),
    }


@cache
def _ours(on: date) -> dict[str, tuple[str, str]]:
    found = {}
    for name in TAXONOMIES:
        for one in law.codes(name, on=on):
            found[str(uuid5(OURS, f"{name}/{one.code}"))] = name, one.code
    return found


def told_of(record: dict[str, Any], name: str, *, on: date, lacks: bool = False) -> frozenset[str]:
    """The codes of one of our lists that a record names; or, of access, those it says it lacks."""
    ours = _ours(on)
    found = set()
    for attribute in record.get("attributes", ()):
        named = ours.get(attribute.get("taxonomy_term", {}).get("id", ""))
        if named and named[0] == name and (attribute.get("link_type") == LACKS) is lacks:
            found.add(named[1])
    return frozenset(found)
