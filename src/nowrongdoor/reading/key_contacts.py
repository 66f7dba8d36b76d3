"""
Whom one can ring about a person: the teams that hold them or have been asked, they themselves, and those
who rang about them. Made of what their record shows to this viewer already; one statement more.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q

from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.handovers.models import Handover as HandoverRow
from nowrongdoor.reading.person_record import PersonRecord
from nowrongdoor.rules import ringing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.ringing import digits, is_own

SHOWN = 10


@dataclass(frozen=True)
class TeamToRing:
    """A team and its number. `answer_by` is when it answers, where it has been asked and holds nobody yet."""

    team_name: str
    phone: str
    member_name: str
    answer_by: datetime | None


@dataclass(frozen=True)
class CallerToRing:
    """Someone who left a number, when they did so last, and whether it may be rung."""

    name: str
    kind: str
    agency: str
    number: str
    safe: str
    happened_at: datetime


@dataclass(frozen=True)
class KeyContacts:
    """
    `said_at` is when it was last said whether the person's own number may be rung; `hides_callers` that
    somebody rang whose number, if they gave one, this viewer is not shown.
    """

    teams: tuple[TeamToRing, ...]
    number: str
    safe: str
    said_at: datetime | None
    callers: tuple[CallerToRing, ...]
    hides_callers: bool


def of(record: PersonRecord) -> KeyContacts:
    """The key contacts of somebody, from their record as this viewer sees it. One statement."""
    contacts = sorted((one.contact for one in record.contacts), key=lambda one: one.happened_at, reverse=True)
    own = [one for one in contacts if is_own(one, record.person.phone)]
    said = [one for one in own if one.safe_to_call != ringing.NOT_ASKED]
    return KeyContacts(
        _teams(record),
        record.person.phone,
        ringing.safe_now(one.safe_to_call for one in own),
        said[0].happened_at if said else None,
        _callers(contacts, record.person.phone),
        any(not one.shows_number for one in record.contacts),
    )


def _callers(contacts: list[Contact], phone: str) -> tuple[CallerToRing, ...]:
    by_number: dict[str, list[Contact]] = {}
    for one in contacts:
        if one.callback_number and not is_own(one, phone):
            by_number.setdefault(digits(one.callback_number) or one.callback_number, []).append(one)
    return tuple(_caller(rang) for rang in list(by_number.values())[:SHOWN])


def _caller(rang: list[Contact]) -> CallerToRing:
    """Latest first: the last name, kind and agency that were given with the number."""
    last = rang[0]
    return CallerToRing(
        next((one.caller_name for one in rang if one.caller_name), ""),
        next((one.caller_kind for one in rang if one.caller_kind), ""),
        next((one.caller_agency for one in rang if one.caller_agency), ""),
        last.callback_number,
        ringing.safe_now(one.safe_to_call for one in rang),
        last.happened_at,
    )


def _teams(record: PersonRecord) -> tuple[TeamToRing, ...]:
    held = {one.held_now.holding.team_id: one.held_now for one in record.open if one.held_now}
    offers = {one.offer.handover_id: one.offer for one in record.open if one.offer}
    if not held:
        return ()
    asked = HandoverRow.objects.filter(pk__in=list(offers))
    rows = (
        TeamRow.objects.filter(Q(pk__in=list(held)) | Q(pk__in=asked.values("receiver_team_id")))
        .annotate(asked=ArraySubquery(asked.filter(receiver_team=OuterRef("pk")).values("pk")))
        .order_by("name", "pk")
    )
    holding, waiting = [], []
    team_id: UUID
    for team_id, name, phone, asked_ids in rows.values_list("pk", "name", "phone", "asked"):
        if team_id in held:
            holding.append(TeamToRing(name, phone, held[team_id].member_name or "", None))
        if asked_ids:
            answer_by = min(offers[key].answer_by for key in asked_ids)
            waiting.append(TeamToRing(name, phone, "", answer_by))
    return (*holding, *waiting)
