"""
A service as we publish it: whole, or as a line of a list; every part as Open Referral UK 3.0 asks for it.

What has no value is left out. A part that lacks what the standard requires of it is given what we can say for
sure (an id that stays the same, a country), and is left out where we cannot.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any
from uuid import UUID, uuid5

from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.openreferral import terms

CAPACITY = "nwd_capacity"
# Of a line in a list: what the standard has there.
LINE = (
    "id", "organization_id", "name", "description", "url", "email", "status", "fees", "accreditations",
    "minimum_age", "maximum_age", "assured_date", "assurer_email", "alert", "last_modified", "organization",
)  # fmt: skip
REQUIRED = {
    "organization": ("id", "name", "description"),
    "location": ("id", "location_type"),
    "addresses": (
        "id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    ),
    "taxonomy_term": ("id", "name", "description"),
    "phones": ("id", "number"),
    "organization_identifiers": ("id", "identifier_type", "identifier"),
}  # fmt: skip
FILLED = {
    "addresses": {"country": "GB", "address_type": "physical"},
    "location": {"location_type": "physical"},
    "organization_identifiers": {"identifier_type": "unknown"},
}
LISTS = frozenset({
    "addresses", "phones", "organization_identifiers", "schedules", "service_areas", "service_at_locations",
    "languages", "funding", "cost_options", "contacts", "attributes", "accessibility",
})  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """A service, who offers it where that is an agency of the place, and what it last said of its places."""

    service: Service
    agency_name: str = ""
    capacity: Capacity | None = None


def service(offered: Offered, *, at: datetime, on: date) -> dict[str, Any]:
    """All of it, with its organisation, places, times and terms."""
    one = offered.service
    told = {**one.record, "id": str(one.id), "name": one.name, "description": one.summary}
    told.setdefault("status", "active")
    if one.agency_id is not None:
        told["organization"] = {
            "id": str(one.agency_id), "name": offered.agency_name, "description": offered.agency_name,
        }  # fmt: skip
    if one.hours and not told.get("schedules"):
        told["schedules"] = [{"description": one.hours}]
    if one.phone and not told.get("contacts"):
        told["contacts"] = [{"name": one.name, "phones": [{"number": one.phone}]}]
    attributes = list(told.get("attributes", ()))
    named = terms.told_of(told, "needs", on=on)
    attributes += [terms.attribute(one.id, "needs", need, on=on) for need in one.needs if need not in named]
    told["attributes"] = attributes
    if isinstance(told.get("organization"), dict):
        organization = told["organization"]
        organization = {"description": organization.get("name", ""), **organization}
        told["organization"] = organization
    whole = _conformed(told, one.id)
    if organization_id := whole.get("organization", {}).get("id"):
        whole["organization_id"] = organization_id
    if offered.capacity is not None and at < offered.capacity.counts_until:
        whole[CAPACITY] = _capacity(offered.capacity)
    return whole


def line(whole: Mapping[str, Any]) -> dict[str, Any]:
    """The same as a line in a list."""
    told = {name: whole[name] for name in LINE if name in whole}
    if CAPACITY in whole:
        told[CAPACITY] = whole[CAPACITY]
    if "organization" in told:
        plain = {name: value for name, value in told["organization"].items() if isinstance(value, str)}
        told["organization"] = plain
    return told


def at_location(whole: Mapping[str, Any], number: int, *, full: bool) -> dict[str, Any]:
    """A service at one of its places."""
    place = dict(whole["service_at_locations"][number])
    if not full:
        place = {name: value for name, value in place.items() if not isinstance(value, list)}
        place["location"] = {
            name: value for name, value in place.get("location", {}).items() if not isinstance(value, list)
        }
    place["service"] = line(whole)
    return place


def envelope(contents: list[Any], *, total: int, page: int, per_page: int) -> dict[str, Any]:
    """A page of a list. One page beyond the last is an empty page."""
    pages = ceil(total / per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _capacity(said: Capacity) -> dict[str, Any]:
    told = {
        "state": said.state,
        "places": said.places,
        "said_at": said.said_at.isoformat(),
        "counts_until": said.counts_until.isoformat(),
        "opens_again_at": said.opens_again_at.isoformat() if said.opens_again_at else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _conformed(told: Mapping[str, Any], within: UUID) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in told.items():
        if isinstance(value, list) and (name in LISTS or any(isinstance(item, dict) for item in value)):
            parts = [
                _part(name, item, uuid5(within, f"{name}/{number}"))
                for number, item in enumerate(value)
                if isinstance(item, dict)
            ]
            value = [part for part in parts if part is not None]
        elif isinstance(value, dict):
            value = _part(name, value, uuid5(within, name))
        if value not in (None, "", [], {}):
            kept[name] = value
    return kept


def _part(name: str, told: Mapping[str, Any], key: UUID) -> dict[str, Any] | None:
    part = _conformed({"id": str(key), **FILLED.get(name, {}), **told}, key)
    return part if all(field in part for field in REQUIRED.get(name, ("id",))) else None
