"""
Looking for a person's record by what was said of them: one statement, whatever was asked.

Each thing asked is a branch of its own over its own index, none longer than a bound, so that a
common name costs no more than a rare one. What was found is then explained by the rules: why each
record matches, and how many identifiers agree.

A restricted person is found by nobody but those with a part in their care that stands before the seal:
not by name, not by number and not by place, nor do they count among those who share a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from psycopg import sql

from nowrongdoor.data.participations.scopes import CLOSE, UNSEALS, kept_safe_from, tied_to
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.data.sharing.models import Seal as SealRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.rules import identity
from nowrongdoor.rules.access import Element, Relationship, Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.identifiers import name_keys, nhs_digits, phone_key, postcode_key
from nowrongdoor.rules.identity import Asked, Match
from nowrongdoor.rules.person import Details, Person

SHOWN = 20
# Keys are kept in the order of their bytes: nothing that begins with a key lies after key + LAST.
LAST = "\U0010ffff"
# Names of more parts than this are split no further: "Maria del Carmen Garcia Lopez y Vega".
PARTS = 6
NO_PLACES = Sight(Relationship.NONE, frozenset({Element.IDENTITY.value, Element.RESPONSE.value}), "")


@dataclass(frozen=True)
class Found:
    """Candidate records, best first. `more` says that others match too; `twins` share a name with another."""

    asked: Asked
    matches: tuple[Match, ...]
    more: bool
    twins: frozenset[UUID]


def search(asked: Asked, *, viewer: Viewer, at: datetime) -> Found:
    """At most twenty records that what was said could mean. Without anything asked, none."""
    parts, values = _branches(asked)
    if not parts:
        return Found(asked, (), False, frozenset())
    people = _people(parts, values)
    restricted = {one.id for one, is_restricted in people if is_restricted}
    seen = _as_seen([one for one, _ in people], restricted, viewer=viewer, at=at)
    matches = [match for match in (identity.why_it_matches(asked, one) for one in seen) if match.reasons]
    ranked = identity.ranked(matches)
    return Found(asked, tuple(ranked[:SHOWN]), len(ranked) > SHOWN, _twins(ranked))


def match_of(asked: Asked, *, person_id: UUID, viewer: Viewer, at: datetime) -> Match:
    """
    How well one record fits what was said. Raises `Missing` when there is no such record, and just so
    of a restricted person in whose care the viewer has no part.
    """
    found = _as_seen([person(person_id)], _restricted([person_id]), viewer=viewer, at=at)
    if not found:
        raise Missing(PEOPLE.name)
    return identity.why_it_matches(asked, found[0])


def the_one(asked: Asked) -> Person | None:
    """
    The one person with whom two things that were said agree, restricted or not; None for nobody, and for
    several. For whoever breaks the glass, who is told the same in either case.
    """
    parts, values = _branches(asked)
    if not parts:
        return None
    fits = [one for one, _ in _people(parts, values) if identity.why_it_matches(asked, one).may_open]
    return fits[0] if len(fits) == 1 else None


def person(person_id: UUID) -> Person:
    """One person's record. Raises `Missing` when there is none."""
    values = PersonRow.objects.filter(pk=person_id).values_list(*PEOPLE.columns).first()
    if values is None:
        raise Missing(PEOPLE.name)
    return PEOPLE.of(values)


def could_be(details: Details, *, viewer: Viewer, at: datetime) -> tuple[Person, ...]:
    """
    Every record that registering these details would ask about: the same NHS number, or the same
    name and not another date of birth. None of them may be passed over, however many there are, but
    for those who are restricted and not the viewer's to see.
    """
    keys = identity.keys_of(details)
    about = Q(nhs_number=keys.number) if keys.number else Q(pk=None)
    if keys.has_name:
        about |= Q(family_key=keys.family, given_key=keys.given)
    rows = PersonRow.objects.filter(about).order_by("registered_at").values_list(*PEOPLE.columns)
    alike = [one for one in map(PEOPLE.of, rows) if identity.could_be(one, details)]
    return tuple(_as_seen(alike, _restricted([one.id for one in alike]), viewer=viewer, at=at))


def _people(parts: list[sql.Composable], values: dict[str, Any]) -> list[tuple[Person, bool]]:
    """Each record once, and whether the person is restricted."""
    # UNION ALL and not UNION: the same record may come by two branches and is told apart here.
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(parts), values)
        found = [(PEOPLE.of(row[:-1]), row[-1]) for row in cursor.fetchall()]
    return list({one.id: (one, is_restricted) for one, is_restricted in found}.values())


def _restricted(ids: Iterable[UUID]) -> list[UUID]:
    """Those of these people who are restricted now."""
    asked = list(ids)
    if not asked:
        return []
    stands = SealRow.objects.filter(person_id__in=asked, referral=None, contact=None, lifted_at=None)
    return list(stands.values_list("person_id", flat=True))


def _as_seen(
    people: Iterable[Person], restricted: Iterable[UUID], *, viewer: Viewer, at: datetime
) -> list[Person]:
    """
    These people without the restricted ones in whose care the viewer has no part that stands before the
    seal; and where the others are only for whoever is answerable for something now.
    """
    asked = set(restricted)
    if not asked:
        return list(people)
    placeless = asked - tied_to(asked, viewer=viewer, at=at, among=CLOSE, own_team=True)
    against = kept_safe_from(asked, viewer=viewer) & placeless
    hidden = against | (asked - tied_to(asked, viewer=viewer, at=at, among=UNSEALS))
    return [
        cleared(PEOPLE, one, NO_PLACES) if one.id in placeless else one
        for one in people
        if one.id not in hidden
    ]


def _branches(asked: Asked) -> tuple[list[sql.Composable], dict[str, Any]]:
    values: dict[str, Any] = {
        "nhs_number": nhs_digits(asked.nhs_number),
        "phone": phone_key(asked.phone),
        "postcode": postcode_key(asked.postcode),
        "born_on": asked.born_on,
    }
    conditions = [condition for name, condition in EXACT.items() if values[name]]
    for number, (family, given) in enumerate(_names(name_keys(asked.name))):
        conditions.append(_by_name(number, family, given))
        values |= {f"family_{number}": family, f"family_{number}_end": family + LAST,
                   f"given_{number}": given, f"given_{number}_end": given + LAST}  # fmt: skip
    return [_branch(condition) for condition in conditions], values


def _branch(condition: sql.Composable) -> sql.Composable:
    columns = sql.SQL(", ").join(map(sql.Identifier, PEOPLE.columns))
    return sql.SQL("(SELECT {columns}, {restricted} FROM people_person p WHERE {condition})").format(
        columns=columns, restricted=IS_RESTRICTED, condition=condition
    )


def _names(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """
    The ways a name as said may be family and given name, each by how it begins; "" is any.

    One word, or all of them together ("ap Rhys"), may be either. Of several, where the given names
    end is not heard, nor which came first.
    """
    if not keys:
        return []
    whole = "".join(keys)
    cut_at = range(1, min(len(keys), PARTS))
    halves = [("".join(keys[:cut]), "".join(keys[cut:])) for cut in cut_at] + [(keys[0], keys[-1])]
    ways = [way for first, last in halves for way in ((last, first), (first, last))] if keys[1:] else []
    return list(dict.fromkeys([(whole, ""), ("", whole), *ways]))


def _by_name(number: int, family: str, given: str) -> sql.Composable:
    shape = NAMED if family and given else FAMILY if family else GIVEN
    return shape.format(
        **{
            part: sql.Placeholder(
                f"{part.replace('_end', '')}_{number}{'_end' if part.endswith('_end') else ''}"
            )
            for part in ("family", "family_end", "given", "given_end")
        }
    )


def _twins(matches: list[Match]) -> frozenset[UUID]:
    by_name: dict[tuple[str, str], list[UUID]] = {}
    for match in matches:
        key = (match.person.family_key, match.person.given_key)
        by_name.setdefault(key, []).append(match.person.id)
    return frozenset(one for ids in by_name.values() if len(ids) > 1 for one in ids)


IS_RESTRICTED = sql.SQL(
    "EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = p.id AND s.lifted_at IS NULL"
    " AND s.referral_id IS NULL AND s.contact_id IS NULL)"
)
EXACT = {
    "nhs_number": sql.SQL("nhs_number = %(nhs_number)s"),
    "born_on": sql.SQL("born_on = %(born_on)s LIMIT 200"),
    "phone": sql.SQL("phone_key <> '' AND phone_key = %(phone)s LIMIT 50"),
    "postcode": sql.SQL("postcode_key <> '' AND postcode_key = %(postcode)s LIMIT 500"),
}
NAMED = sql.SQL(
    "family_key >= {family} AND family_key < {family_end}"
    " AND given_key >= {given} AND given_key < {given_end}"
    " ORDER BY family_key, given_key, id LIMIT 50"
)
FAMILY = sql.SQL(
    "family_key >= {family} AND family_key < {family_end} ORDER BY family_key, given_key, id LIMIT 50"
)
GIVEN = sql.SQL(
    "given_key >= {given} AND given_key < {given_end} ORDER BY given_key, family_key, id LIMIT 50"
)
