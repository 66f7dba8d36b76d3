"""
What a team needs on paper when nothing else answers: who holds whom, what is due, and how to reach them.

The same whom the team's own lists show. Paper goes further than a screen, so it tells less: where a
restricted person is stays off it, and so does what is sealed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import about_person, due, safe_to_ring
from nowrongdoor.reading.about_person import AboutLine
from nowrongdoor.reading.due import DueLine
from nowrongdoor.reading.whom import Whom, whom
from nowrongdoor.rules.about_me import HOW_TO_SPEAK
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.escalation import Clock
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise_kinds import GIVES_NO_PART

MOST = 5_000
RESTRICTED, SEALED, ON_THE_LIST = "restricted", "sealed", "on_the_list"


@dataclass(frozen=True)
class Number:
    """A number, whose it is, and the answer to whether it is safe to ring."""

    whose: str
    said: str
    safe: str


@dataclass(frozen=True)
class PackLine:
    """
    One line of a pack. `clock` is what is due, none where somebody is held and nothing is; `holder` is who
    holds the person now; `kept` says why something is not on paper: restricted, sealed, on the list of calls
    alone; or nothing.
    """

    id: UUID
    clock: Clock | None
    referral_id: UUID | None
    contact_id: UUID | None
    person_id: UUID | None
    whom: Whom
    words: str
    owed_by: str
    holder: str
    numbers: tuple[Number, ...]
    address: str
    kept: str
    spoken: tuple[AboutLine, ...] = ()
    """How to speak with them, as they or others answered it."""


@dataclass(frozen=True)
class Pack:
    """Every line of a team at one instant; `more` when even so many do not hold all."""

    lines: tuple[PackLine, ...]
    more: bool
    swept_at: datetime | None


@dataclass(frozen=True)
class PackedTeam:
    """A team that packs are made for."""

    id: UUID
    name: str
    agency_id: UUID
    agency_name: str


def teams() -> list[PackedTeam]:
    """Every team that is open."""
    return [PackedTeam(*row) for row in _rows(TEAMS, {})]


def of(*, viewer: Viewer, shows_whereabouts: bool, at: datetime) -> Pack:
    """
    What the viewer's team holds and owes now: what is escalated first, then soonest due, then who is held
    and waits for nothing. The same number of statements whatever its length.
    """
    found = due.all_running(viewer=viewer, limit=MOST)
    held = _rows(HELD, {"team": viewer.team_id, "limit": MOST + 1})
    lines = [_due_line(one) for one in found.lines] + [_held_line(row) for row in held[:MOST]]
    return Pack(
        _filled(lines, shows_whereabouts=shows_whereabouts, on=local_date(at)),
        found.more or len(held) > MOST,
        found.swept_at,
    )


def _due_line(one: DueLine) -> dict[str, Any]:
    clock = one.clock
    line = {
        "id": clock.id,
        "clock": clock,
        "referral_id": clock.referral_id,
        "contact_id": clock.contact_id,
        "person_id": clock.person_id,
        "whom": one.whom,
        "words": one.words,
        "owed_by": one.member,
    }
    return line | {"kept": ON_THE_LIST} if clock.kind in GIVES_NO_PART else line


def _held_line(row: tuple[Any, ...]) -> dict[str, Any]:
    referral_id, contact_id, person_id, words, *person, about = row
    return {
        "id": referral_id,
        "clock": None,
        "referral_id": referral_id,
        "contact_id": contact_id,
        "person_id": person_id,
        "whom": whom(tuple(person), about),
        "words": words,
        "owed_by": "",
    }


def _filled(lines: list[dict[str, Any]], *, shows_whereabouts: bool, on: date) -> tuple[PackLine, ...]:
    """The lines with who holds each now, how to reach them, and without what is kept from paper."""
    keys = {
        name: list({one[f"{name}_id"] for one in lines if one[f"{name}_id"]})
        for name in ("person", "referral", "contact")
    }
    sealed = {key for row in _rows(SEALED_NOW, keys) for key in row if key}
    holders = dict(_rows(HOLDERS, keys))
    people = _people(keys["person"]) if shows_whereabouts else {}
    safe = safe_to_ring.of(people.values())
    rang = {key: Number(*number) for key, *number in _rows(RANG, keys)} if shows_whereabouts else {}
    spoken = about_person.of_several(keys["person"], HOW_TO_SPEAK, on=on)
    return tuple(
        replace(_packed(one, sealed, holders, people, safe, rang), spoken=spoken.get(one["person_id"], ()))
        for one in lines
    )


def _packed(
    one: dict[str, Any],
    sealed: set[UUID],
    holders: dict[UUID, str],
    people: dict[UUID, Person],
    safe: dict[UUID, str],
    rang: dict[UUID, Number],
) -> PackLine:
    kept = one.get("kept", "")
    if one["person_id"] in sealed:
        kept = RESTRICTED
    elif one["referral_id"] in sealed or one["contact_id"] in sealed:
        kept = SEALED
    person = None if kept == RESTRICTED else people.get(one["person_id"])
    numbers = [Number("", person.phone, safe[person.id])] if person and person.phone else []
    caller = None if kept else rang.get(one["contact_id"])
    if caller and caller.said not in {number.said for number in numbers}:
        numbers.append(caller)
    return PackLine(
        **{**one, "words": "" if kept else one["words"], "kept": kept},
        holder=holders.get(one["referral_id"], ""),
        numbers=tuple(numbers),
        address=f"{person.address} {person.postcode}".strip() if person else "",
    )


def _people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    rows = PEOPLE.model.objects.filter(pk__in=list(ids)).values_list(*PEOPLE.columns)
    return {one.id: one for one in map(PEOPLE.of, rows)}


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


TEAMS = """
    SELECT t.id, t.name, a.id, a.name FROM agencies_team t JOIN agencies_agency a ON a.id = t.agency_id
    WHERE t.closed_at IS NULL ORDER BY a.name, t.name, t.id
"""
# Whom the team holds and owes nothing by a time: help is under way, and somebody may still have to be told.
HELD = """
    SELECT r.id, r.contact_id, r.person_id, r.request,
           p.family_name, p.given_names, p.born_on, p.born_on_unknown, p.postcode, p.access_needs,
           p.know_first, p.know_waits,
           CASE WHEN p.id IS NULL THEN (SELECT a.about FROM contacts_contact a WHERE a.id = r.contact_id) END
    FROM holdings_holding h
    JOIN referrals_referral r ON r.id = h.referral_id
    LEFT JOIN people_person p ON p.id = r.person_id
    WHERE h.team_id = %(team)s AND h.until_at IS NULL AND NOT EXISTS (
        SELECT FROM clocks_clock c
        WHERE c.referral_id = r.id AND c.team_id = h.team_id AND c.is_running)
    ORDER BY p.family_name, p.given_names, r.id LIMIT %(limit)s
"""
HOLDERS = """
    SELECT h.referral_id, t.name || coalesce(', ' || m.name, '')
           || coalesce(', ring ' || nullif(t.phone, ''), '')
    FROM holdings_holding h JOIN agencies_team t ON t.id = h.team_id
    LEFT JOIN agencies_member m ON m.id = h.member_id
    WHERE h.referral_id = ANY(%(referral)s) AND h.until_at IS NULL
"""
RANG = """
    SELECT id, caller_name, callback_number, may_ring(person_id, callback_number, safe_to_call)
    FROM contacts_contact
    WHERE id = ANY(%(contact)s) AND callback_number <> ''
"""
# Of a restriction the person; of a seal on one item that item alone.
SEALED_NOW = """
    SELECT CASE WHEN referral_id IS NULL AND contact_id IS NULL THEN person_id END, referral_id, contact_id
    FROM sharing_seal WHERE lifted_at IS NULL AND (person_id = ANY(%(person)s)
        OR referral_id = ANY(%(referral)s) OR contact_id = ANY(%(contact)s))
"""
