"""
A service: an entry in the directory of what could help; and what it says of its places.

An entry is entered by an agency of the place, or taken in from a feed of Open Referral UK. One that came from
a feed belongs to that feed: what the feed says anew is taken in, and what it no longer has is marked, never
taken away. What a service says of its places counts until a time and is then unknown.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.law import directory as counting


@dataclass(frozen=True)
class Service:
    """
    What somebody offers, who for, and when; a service without a team is reached by telephone.

    Without an agency it is of an organisation outside, named in `record`: what the entry says besides, in the
    terms of Open Referral UK 3.0.
    """

    id: UUID
    agency_id: UUID | None
    team_id: UUID | None
    name: str
    summary: str
    needs: tuple[str, ...]
    hours: str
    phone: str
    record: dict[str, Any] = field(default_factory=dict)
    feed: str = ""
    missing_since: datetime | None = None
    hides_address: bool = False
    version: int = 0


@dataclass(frozen=True)
class Capacity:
    """What a service last said of its places: who said it, when, and until when it counts."""

    id: UUID
    service_id: UUID
    state: str
    places: int | None
    said_by: str
    said_at: datetime
    counts_until: datetime
    opens_again_at: datetime | None = None
    version: int = 0


# What a feed cannot know, and what is our own account of it.
OURS = frozenset({"id", "version", "feed", "missing_since", "hides_address"})


def need_feed(feed: str) -> None:
    """What was entered here belongs to no feed, and no feed may change it or call it gone."""
    need_words(feed, field="feed", ask="Say which feed this is.")


def take_in(before: Service | None, found: Service) -> Step | None:
    """An entry as its feed has it now: new, changed, back again, or as it was, which is nothing."""
    if before is None:
        return began("service.entered", found)
    if before.feed != found.feed:
        raise Refused(
            "Another feed, or an agency here, keeps this entry; it is left as it is.",
            code="kept_by_another",
        )
    new = {
        one.name: getattr(found, one.name)
        for one in fields(Service)
        if one.name not in OURS and getattr(found, one.name) != getattr(before, one.name)
    }
    if before.missing_since is not None:
        new["missing_since"] = None
    return changed(before, "service.taken_in", **new) if new else None


def miss(before: Service, *, at: datetime) -> Step | None:
    """Its feed no longer has it: it stands last from now on, says so, and stays."""
    return changed(before, "service.missed", missing_since=at) if before.missing_since is None else None


def say_places(
    before: Capacity | None,
    *,
    service_id: UUID,
    state: str,
    places: int | None,
    said_by: str,
    counts_for: timedelta | None,
    opens_again_at: datetime | None,
    at: datetime,
) -> Step:
    """What a service says of its places from now on."""
    law.code("capacity_states", state, at=at, field="state")
    need_words(said_by, field="said_by", ask="Say who says so.")
    usual = counting.counts_for("capacity", at=at)
    least, most = counting.counts_for("capacity_least", at=at), counting.longest("capacity", at=at)
    counts = usual if counts_for is None else counts_for
    if not least <= counts <= most:
        raise Refused(
            f"What is said of places can count for {least // timedelta(minutes=1)} minutes at least and "
            f"{most // timedelta(hours=1)} hours at most.",
            code="counts_for_out_of_bounds",
            field="counts_for",
        )
    if places is not None and not 0 <= places <= 10_000:
        raise Refused("Say how many places there are as a number from 0.", code="places", field="places")
    if opens_again_at is not None and opens_again_at <= at:
        raise Refused(
            "Say a time to come for when people are taken on again.",
            code="opens_past",
            field="opens_again_at",
        )
    told = Capacity(
        id=service_id,
        service_id=service_id,
        state=state,
        places=places,
        said_by=said_by.strip(),
        said_at=at,
        counts_until=at + counts,
        opens_again_at=opens_again_at,
    )
    if before is None:
        return began("capacity.said", told)
    new = vars(replace(told, version=before.version))
    return changed(before, "capacity.said", **{name: new[name] for name in new if name != "version"})
