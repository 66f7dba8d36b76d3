"""
Looking for a person's record by what was said of them: one statement, whatever was asked.

Each thing asked is a branch of its own over its own index, none longer than a bound, so that a
common name costs no more than a rare one; and so are the keys by which a record is found when something is
not quite right. Those who have the most telling things in common are then weighed by the rules: how likely
each record is this person's, why, and how many identifiers agree.

A restricted person is found by nobody but those with a part in their care that stands before the seal:
not by name, not by number and not by place, nor do they count among those who share a name. Whether there
is one changes neither what is asked of the database nor how often.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.data.participations.scopes import CLOSE, UNSEALS, tie_params
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.people_statements import (
    ALIKE_BY_NAME,
    ALIKE_BY_NUMBER,
    CLOSE_TIE,
    OF_ONE_PERSON,
    ONE,
    READ,
    branches,
    likeliest,
)
from nowrongdoor.rules import finding, identity, law
from nowrongdoor.rules.access import Element, Relationship, Sight
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identity import Asked, Match
from nowrongdoor.rules.matching import weights
from nowrongdoor.rules.person import Details, Person

SHOWN = 20
# A place in which nobody has counted yet is not therefore empty.
LEAST_PEOPLE = 100
NO_PLACES = Sight(Relationship.NONE, frozenset({Element.IDENTITY.value, Element.RESPONSE.value}), "")


@dataclass(frozen=True)
class Found:
    """
    Candidate records, best first. `more` says that others match too; `twins` share a name with another,
    `born_together` a surname and a birth date. Not `looked`: what was asked is too little to look by, as a
    year of birth alone.
    """

    asked: Asked
    matches: tuple[Match, ...]
    more: bool
    twins: frozenset[UUID]
    born_together: frozenset[UUID] = frozenset()
    looked: bool = True


@dataclass(frozen=True)
class HowRestricted:
    """
    A restricted person: whether from this viewer altogether, or only where they are; and whether the seal is
    against the viewer, who then learns of them by no door.
    """

    hidden: bool
    placeless: bool
    against: bool


UNRESTRICTED = HowRestricted(hidden=False, placeless=False, against=False)


@dataclass(frozen=True)
class _Rows:
    """
    Records as they were read, who of them is restricted, which stands for which, how many people there are;
    and to whom the number that was asked is near: the relation, as the code list has it, and whether it is of
    somebody who must not be contacted.
    """

    people: tuple[Person, ...]
    restricted: Mapping[UUID, HowRestricted]
    size: int
    stands: Mapping[UUID, UUID]
    near: Mapping[UUID, str]


def search(asked: Asked, *, viewer: Viewer, at: datetime) -> Found:
    """At most twenty records that what was said could mean. Without anything asked, none."""
    model = weights.standing(on=local_date(at))
    parts, values = branches(asked, model=model.model)
    if not parts:
        return Found(asked, (), False, frozenset(), looked=False)
    read = _read(likeliest(parts), values, viewer=viewer, at=at)
    among = model.among(max(read.size, LEAST_PEOPLE))
    said = finding.told(asked)
    seen = _as_seen(read.people, read.restricted)
    words = _near(read, seen, at=at)
    weighed = [finding.weigh(said, one, model=among, near=words.get(one.id, "")) for one in seen]
    matches = finding.as_one(weighed, _standing(seen, read.stands))
    blindly = finding.blindly(among)
    ranked = identity.ranked([one for one in matches if finding.may_be(one, blindly=blindly)])
    return Found(
        asked, tuple(ranked[:SHOWN]), len(ranked) > SHOWN, _twins(ranked), finding.born_together(matches)
    )


def match_of(asked: Asked, *, person_id: UUID, viewer: Viewer, at: datetime) -> Match:
    """
    How well one record fits what was said, or another that is merged with it. Raises `Missing` when there is
    no such record, and just so of a restricted person in whose care the viewer has no part.
    """
    read = _read(OF_ONE_PERSON, {"person": person_id}, viewer=viewer, at=at)
    found = _as_seen(read.people, read.restricted)
    own = next((one for one in found if one.id == person_id), None)
    if own is None:
        raise Missing(PEOPLE.name)
    among = weights.standing(on=local_date(at)).among(max(read.size, LEAST_PEOPLE))
    weighed = [finding.weigh(finding.told(asked), one, model=among) for one in found]
    return finding.as_one(weighed, {one.id: own for one in found})[0]


def the_one(asked: Asked, *, viewer: Viewer, at: datetime) -> Person | None:
    """
    The one person with whom two things that were said agree, restricted or not; None for nobody, and for
    several. For whoever breaks the glass or looks into looking, who is told the same in either case: and so
    of whom a seal keeps safe from them, who is nobody here.
    """
    parts, values = branches(asked, model=weights.standing(on=local_date(at)).model)
    if not parts:
        return None
    read = _read(likeliest(parts), values, viewer=viewer, at=at)
    known = _not_against(read)
    fits = [identity.why_it_matches(asked, one) for one in known]
    one_each = finding.as_one((one for one in fits if one.may_open), _standing(known, read.stands))
    return one_each[0].person if len(one_each) == 1 else None


def looked_at(person_id: UUID, *, viewer: Viewer, at: datetime) -> Person | None:
    """
    The person of this key for whoever looks into looking, restricted or not; None where there is none, and
    just so for whom a seal keeps safe from them. One statement.
    """
    return next(iter(_not_against(_read(ONE, {"person": person_id}, viewer=viewer, at=at))), None)


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
    sought = identity.keys_of(details)
    values = {"number": sought.number, "family": sought.family, "given": sought.given}
    ways = ((ALIKE_BY_NUMBER, sought.number), (ALIKE_BY_NAME, sought.has_name))
    parts = [way for way, asked in ways if asked]
    if not parts:
        return ()
    read = _read(sql.SQL(" UNION ").join(parts), values, viewer=viewer, at=at)
    alike = sorted(
        (one for one in read.people if identity.could_be(one, details)), key=lambda one: one.registered_at
    )
    return tuple(_as_seen(alike, read.restricted))


def _read(
    which: sql.Composable, values: Mapping[str, Any], *, viewer: Viewer, at: datetime
) -> _Rows:
    """The records of the ids that `which` selects, each once."""
    statement = READ.format(
        columns=sql.SQL(", ").join(sql.Identifier("p", name) for name in PEOPLE.columns), which=which
    )
    close = {CLOSE_TIE[name]: told for name, told in tie_params(viewer, at=at, among=CLOSE).items()
             if name in CLOSE_TIE}  # fmt: skip
    asked = {"phone": "", **tie_params(viewer, at=at, among=UNSEALS), **close, **values}
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows = cursor.fetchall()
    people = tuple(PEOPLE.of(row[:-7]) for row in rows)
    restricted = {
        one.id: HowRestricted(hidden, placeless, against)
        for one, (*_, is_restricted, hidden, placeless, against, _, _, _) in zip(people, rows, strict=True)
        if is_restricted
    }
    stands = {one.id: row[-3] for one, row in zip(people, rows, strict=True)}
    near = {one.id: row[-2] for one, row in zip(people, rows, strict=True) if row[-2]}
    return _Rows(people, restricted, int(rows[0][-1]) if rows else 0, stands, near)


def _near(read: _Rows, seen: Iterable[Person], *, at: datetime) -> dict[UUID, str]:
    """
    Whose number it is, in words, for those whose own numbers the viewer may see: `daughter`, or
    `former partner, who must not be contacted`.
    """
    placeless = {key for key, how in read.restricted.items() if how.placeless}
    labels = {one.code: one.label for one in law.codes("relations", on=local_date(at))}
    found = {}
    for one in seen:
        code, _, never = read.near.get(one.id, "").partition(" ")
        if code and one.id not in placeless:
            label = labels.get(code, code.replace("_", " "))
            label = label if label[:2].isupper() else label[:1].lower() + label[1:]
            found[one.id] = f"{label}, who must not be contacted" if never else label
    return found


def _standing(people: Iterable[Person], stands: Mapping[UUID, UUID]) -> dict[UUID, Person]:
    """Of these records, those that are read through another of these, each with that one."""
    known = {one.id: one for one in people}
    return {key: known[stands[key]] for key in known if stands[key] != key and stands[key] in known}


def _as_seen(people: Iterable[Person], restricted: Mapping[UUID, HowRestricted]) -> list[Person]:
    """
    These people without the restricted ones in whose care the viewer has no part that stands before the
    seal; and where the others are only for whoever is answerable for something now.
    """
    kept = [(one, restricted.get(one.id, UNRESTRICTED)) for one in people]
    return [
        cleared(PEOPLE, one, NO_PLACES) if how.placeless else one for one, how in kept if not how.hidden
    ]


def _not_against(read: _Rows) -> list[Person]:
    """These people without those whom a seal keeps safe from the viewer."""
    return [one for one in read.people if not read.restricted.get(one.id, UNRESTRICTED).against]


def _twins(matches: list[Match]) -> frozenset[UUID]:
    by_name: dict[tuple[str, str], list[UUID]] = {}
    for match in matches:
        key = (match.person.family_key, match.person.given_key)
        by_name.setdefault(key, []).append(match.person.id)
    return frozenset(one for ids in by_name.values() if len(ids) > 1 for one in ids)
