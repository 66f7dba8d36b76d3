"""
Patterns of looking that somebody should look into. None of them says that anyone did wrong.

Five are known: a record of the member's own name; one of their family name at the address of such a record;
a colleague's; a restricted or sealed one; and many records in a short time. Members and people are two
kinds of rows, so "own" and "colleague" rest on a name alone: a namesake is a false alarm, and a member who
is registered under another name is not seen. Where the team holds the person, was asked, or takes part, a
colleague's or a sealed record is its work; one's own and one's household's never are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from nowrongdoor.rules import review
from nowrongdoor.rules.access import CLOSE
from nowrongdoor.rules.change import Step
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identifiers import key
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.review import ReviewKind

# Names the reviews that are asked for, so that one pattern of a day is asked about once.
REVIEWS = UUID("5a0f7c1e-6d0a-5d55-9a57-3f4f0c1b8e11")


class Pattern(StrEnum):
    OWN_RECORD = "own_record"
    HOUSEHOLD = "household"
    COLLEAGUE = "colleague"
    FLAGGED = "flagged"
    BURST = "burst"


WORDS = {
    Pattern.OWN_RECORD: "Opened a record of their own name.",
    Pattern.HOUSEHOLD: "Opened a record of their family name, at the address of a record of their own name.",
    Pattern.COLLEAGUE: "Opened a record of the name of somebody who works for the same agency.",
    Pattern.FLAGGED: "Opened a record that is restricted, or of which something is sealed.",
    Pattern.BURST: "Opened more records within the time that counts than anyone should need.",
}


@dataclass(frozen=True)
class Looked:
    """One look that opened somebody's record; what a search or a list showed is none."""

    id: UUID
    member_id: UUID
    agency_id: UUID
    person_id: UUID
    relationship: str
    looked_at: datetime


@dataclass(frozen=True)
class Watched:
    """What there is to compare of a person's record. `is_flagged`: restricted, or something is sealed."""

    id: UUID
    name: str
    family_name: str
    address: str
    is_flagged: bool = False


@dataclass(frozen=True)
class Suspicion:
    """A pattern that was found, by its first look; without a person for many records at once."""

    pattern: Pattern
    first: Looked
    person_id: UUID | None

    @property
    def review_id(self) -> UUID:
        """One for each pattern, member, person and day."""
        day: date = local_date(self.first.looked_at)
        return uuid5(REVIEWS, f"{self.pattern}/{self.first.member_id}/{self.person_id or ''}/{day}")


def found(
    looks: Sequence[Looked],
    *,
    people: Mapping[UUID, Watched],
    workers: Mapping[UUID, Mapping[UUID, str]],
    of_workers_names: Iterable[Watched],
    at: datetime,
) -> list[Suspicion]:
    """
    Every pattern among these looks, once for each day. `workers` are the members of each agency by name,
    `of_workers_names` the records that bear the name of one of those who looked.
    """
    own: dict[str, list[Watched]] = defaultdict(list)
    for known in of_workers_names:
        own[key(known.name)].append(known)
    names = {agency: _by_name(members) for agency, members in workers.items()}
    suspected: dict[UUID, Suspicion] = {}
    for look in sorted(looks, key=lambda one: (one.looked_at, one.id)):
        person = people.get(look.person_id)
        if person is None:
            continue
        called = key(workers.get(look.agency_id, {}).get(look.member_id, ""))
        for pattern in _of_one(look, person, called, own, names.get(look.agency_id, {})):
            one = Suspicion(pattern, look, person.id)
            suspected.setdefault(one.review_id, one)
    for one in _bursts(looks, at=at):
        suspected.setdefault(one.review_id, one)
    return list(suspected.values())


def ask(one: Suspicion, *, at: datetime) -> Step:
    """The review that this pattern asks for."""
    return review.ask(
        review_id=one.review_id,
        kind=ReviewKind.PATTERN,
        pattern=one.pattern,
        subject_id=one.first.id,
        person_id=one.person_id,
        member_id=one.first.member_id,
        agency_id=one.first.agency_id,
        words=WORDS[one.pattern],
        at=at,
    )


def _of_one(
    look: Looked,
    person: Watched,
    called: str,
    own: Mapping[str, Sequence[Watched]],
    colleagues: Mapping[str, frozenset[UUID]],
) -> Iterable[Pattern]:
    name = key(person.name)
    if called and name == called:
        yield Pattern.OWN_RECORD
    elif called and any(_lives_with(person, one) for one in own.get(called, ())):
        yield Pattern.HOUSEHOLD
    if look.relationship in CLOSE:
        return
    if name and colleagues.get(name, frozenset()) - {look.member_id}:
        yield Pattern.COLLEAGUE
    if person.is_flagged:
        yield Pattern.FLAGGED


def _lives_with(person: Watched, one: Watched) -> bool:
    home = key(person.address)
    return (
        person.id != one.id
        and bool(home)
        and home == key(one.address)
        and bool(key(person.family_name))
        and key(person.family_name) == key(one.family_name)
    )


def _by_name(members: Mapping[UUID, str]) -> dict[str, frozenset[UUID]]:
    by: dict[str, set[UUID]] = defaultdict(set)
    for member_id, name in members.items():
        by[key(name)].add(member_id)
    return {name: frozenset(ids) for name, ids in by.items()}


def _bursts(looks: Iterable[Looked], *, at: datetime) -> Iterable[Suspicion]:
    most, within = seeing.most("burst", at=at), seeing.lasts("burst_window", at=at)
    by_member: dict[tuple[UUID, UUID], list[Looked]] = defaultdict(list)
    for look in looks:
        by_member[look.member_id, look.agency_id].append(look)
    for theirs in by_member.values():
        theirs.sort(key=lambda one: (one.looked_at, one.id))
        first, seen = 0, defaultdict[UUID, int](int)
        for look in theirs:
            seen[look.person_id] += 1
            while look.looked_at - theirs[first].looked_at >= within:
                gone = theirs[first].person_id
                seen[gone] -= 1
                if not seen[gone]:
                    del seen[gone]
                first += 1
            if len(seen) > most:
                yield Suspicion(Pattern.BURST, theirs[first], None)
