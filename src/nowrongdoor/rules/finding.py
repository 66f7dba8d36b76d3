"""
Finding: how likely a record is that of whoever is spoken of, weighed by the weights in force.

What is said comes in any mixture and any order; it is read in the few ways in which it may be meant, and
the reading and the name on record that fit best count. A score never opens a record: `identity` says when two
identifiers agree.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from nowrongdoor.rules import identity
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.identifiers import key, listed, nhs_digits, phone_key
from nowrongdoor.rules.identity import Asked, Match
from nowrongdoor.rules.matching import keys, saying, short_forms
from nowrongdoor.rules.matching.kinds import name, whole_name
from nowrongdoor.rules.matching.model import Evidence, Model, odds, probability
from nowrongdoor.rules.person import Person

# Where more words than this were said, the rest is read as it stands.
CUTS = 4
# A record is shown for what agrees wholly, or when all that was said makes it so many doublings likelier.
LIKELIER = 3.0
# How a name begins, while it is being typed: it speaks for a record, a little.
BEGINS = 3.0
OTHER = 7
NAMED = ("given", "family")
GOES_BY = "the name they like to be called by"
ELSEWHERE = "a name they have had, or have elsewhere"
# So many signs of an NHS number, a telephone number and a postcode before they are compared.
WHOLE = {3: 10, 4: 9, 5: 3}


@dataclass(frozen=True)
class Told:
    """What was asked, in the ways it may be meant: each the values of the parts that are weighed."""

    asked: Asked
    readings: tuple[tuple[str, ...], ...]


def told(asked: Asked) -> Told:
    """How what was said may be meant: where the given names end is not always heard."""
    born = f"{asked.born_on:%Y%m%d}" if asked.born_on else asked.born_partly
    rest = (
        born, nhs_digits(asked.nhs_number), phone_key(asked.phone), key(asked.postcode), name(asked.address),
        key(asked.other_number),
    )  # fmt: skip
    names = _names(asked.name)
    return Told(asked, tuple(_as_can_be_compared((given, family, *rest)) for given, family in names))


def keys_of(asked: Asked, *, model: Model) -> dict[str, tuple[int, ...]]:
    """By what records are looked for that may be nearly right."""
    words = tuple(dict.fromkeys(name(asked.name).split()))
    by_name = short_forms.by_name(model.short_forms)
    forms = {form for word in words for form in by_name.get(word, ())}
    number, phone, other = nhs_digits(asked.nhs_number), phone_key(asked.phone), key(asked.other_number)
    return keys.of_asked(
        keys.Values(
            names=words,
            born=f"{asked.born_on:%Y%m%d}" if asked.born_on else asked.born_partly,
            numbers=tuple(one for one in (number, other) if one),
            phones=(phone,) if phone else (),
            postcode=key(asked.postcode),
            address=name(asked.address),
        ),
        sorted(forms - set(words)),
    )


def weigh(said: Told, person: Person, *, model: Model, near: str = "") -> Match:
    """
    A record with the reasons it may be this person, how likely that is, and what speaks against it. `near` is
    whose number was given, where it is of somebody who matters to them: `daughter`.
    """
    match = identity.why_it_matches(said.asked, person)
    if near and person.phone_key != phone_key(said.asked.phone):
        return _by_somebody_near(weigh(said, replace(person, phone_key=""), model=model), near, model)
    begins = next((reason for reason in match.reasons if reason.startswith("name begins")), "")
    records = list(_on_record(person, said.readings[0]))
    ways = [(how, record, reading) for how, record in records for reading in said.readings]
    scores = [(model.score(reading, record), how, reading) for how, record, reading in ways]
    best, how, reading = max(scores, key=lambda one: one[0].bits)
    if how:
        own = model.score(reading, records[0][1])
        best = replace(best, evidence=_by_another_name(best.evidence, own.evidence, how))
    if begins:
        # A name that is still being typed may end as this one does.
        typing = model.score(("", "", *said.readings[0][2:]), records[0][1])
        if typing.bits + BEGINS > best.bits:
            told = (*typing.evidence, Evidence("name", begins, BEGINS))
            best = replace(typing, bits=typing.bits + BEGINS, evidence=told)
    return replace(match, bits=best.bits, evidence=best.evidence)


def _by_somebody_near(match: Match, near: str, model: Model) -> Match:
    """
    Whoever rings from the number of somebody who matters to them may speak of them, or of anybody they know:
    it speaks for the record half as much as their own number would, in doublings. It is no identifier.
    """
    own = ("", "", "", "", "01632960000", "", "", "")
    bits = sum(one.bits for one in model.score(own, own).evidence) / 2
    told = (*match.evidence, Evidence("phone", _of_whom(near), bits))
    return replace(match, bits=match.bits + bits, evidence=told)


def _of_whom(near: str) -> str:
    """`phone is that of their daughter`."""
    return f"phone is that of their {near}"


def may_be(match: Match, *, blindly: float) -> bool:
    """It is worth showing: something agrees wholly, or all of it makes it far likelier than `blindly`."""
    return bool(match.reasons) or match.bits >= blindly + LIKELIER


def blindly(model: Model) -> float:
    """Doublings of the odds before anything was said."""
    return odds(model.prior)


def in_words(match: Match) -> str:
    """What speaks for it: `same birth date and postcode; surname one letter off`."""
    return saying.said([one for one in match.evidence if not _speaks_against(one)])


def otherwise(match: Match) -> tuple[str, ...]:
    """What the record says otherwise, the weightiest first: `another first name`."""
    against = saying.named_once(list(filter(_speaks_against, match.evidence)), saying.ANOTHER)
    against = sorted(against, key=lambda one: one.bits)
    return tuple(one.words for one in against)


def _speaks_against(one: Evidence) -> bool:
    return one.words.startswith(saying.ANOTHER)


def as_one(matches: Iterable[Match], stands: Mapping[UUID, Person]) -> list[Match]:
    """
    Of several records of one person the one that stands for them, by whichever fits best. `stands` says of a
    record that is read through another, through which, where the viewer may know of that one.
    """
    best: dict[UUID, Match] = {}
    for one in matches:
        person = stands.get(one.person.id, one.person)
        known = best.get(person.id)
        if known is None or (one.identifiers, one.bits) > (known.identifiers, known.bits):
            best[person.id] = one if person is one.person else _elsewhere(one, person)
    return list(best.values())


def _elsewhere(match: Match, person: Person) -> Match:
    """What was said fits another record of theirs: that is told, and nothing of what stands there."""
    told = Evidence("record", "by another record of theirs", 0.0)
    return replace(
        match, person=person, evidence=(*match.evidence, told), reasons=(*match.reasons, told.words)
    )


def alike(one: Person, other: Person, *, model: Model) -> Match:
    """How well a record fits what another says: the same score as of a register, and the same words."""
    said = Asked(
        name=f"{one.family_name}, {one.given_names}" if one.family_name and one.given_names
        else one.family_name or one.given_names,
        born_on=one.born_on,
        nhs_number=one.nhs_number or "",
        phone=one.phone,
        postcode=one.postcode,
        address=one.address,
        other_number=next(iter(listed(one.other_numbers)), ""),
    )  # fmt: skip
    return weigh(told(said), other, model=model)


def of_entry(entry: Entry) -> Asked:
    """What a partner's register says of somebody, as it is asked for in a call: in one reading alone."""
    return Asked(
        name=f"{entry.family_name}, {entry.given_names}" if entry.family_name or entry.given_names else "",
        born_on=entry.born_on,
        nhs_number=entry.nhs_number,
        phone=entry.phone,
        postcode=entry.postcode,
        address=entry.address,
        other_number=entry.number,
    )


def as_weighed(entry: Entry) -> tuple[str, ...]:
    """The parts of an entry, written as they are compared."""
    return told(of_entry(entry)).readings[0]


def every_way(person: Person) -> Iterator[tuple[str, ...]]:
    """The parts of a record under each name it has, with each number a partner knows them by."""
    numbers = dict.fromkeys(["", *map(key, listed(person.other_numbers))])
    for number in numbers:
        asked = ("",) * OTHER + (number,)
        yield from (record for _, record in _on_record(person, asked))


def likely(match: Match, beside: Iterable[Match] = ()) -> float:
    """
    The probability that the record is this person's, and none of those `beside` it: of two namesakes that
    fit alike neither is likelier than not.
    """
    others = sum(2.0 ** min(one.bits, 1000.0) for one in beside if one.person.id != match.person.id)
    return probability(match.bits - math.log2(1.0 + others))


def born_together(matches: Iterable[Match]) -> frozenset[UUID]:
    """
    Records of twins, as far as can be told: born on one day, with one surname and two first names. Either is
    easily taken for the other.
    """
    by_day: dict[tuple[str, date], list[Person]] = {}
    for match in matches:
        one = match.person
        if one.born_on and one.family_key and one.given_key:
            by_day.setdefault((one.family_key, one.born_on), []).append(one)
    return frozenset(
        one.id for those in by_day.values() if len({one.given_key for one in those}) > 1 for one in those
    )


def _names(said: str) -> list[tuple[str, str]]:
    if "," in said:
        return [whole_name(said)]
    words = name(said).split()
    if len(words) < 3:
        return [whole_name(said)]
    cuts = dict.fromkeys((len(words) - 1, *range(1, min(len(words), CUTS))))
    return [(" ".join(words[:at]), " ".join(words[at:])) for at in cuts]


def _by_another_name(
    evidence: Sequence[Evidence], own: Sequence[Evidence], how: str
) -> tuple[Evidence, ...]:
    """
    Names in one: which name of before it is, is for whoever asked to know, and for no screen to tell. What
    does not agree by that name is told of the record's own; and all is, where no part agrees better by it.
    """
    mine = {one.part: one for one in own if one.part in NAMED}
    agree = [one for one in evidence if one.part in NAMED and one.bits > 0]
    if not any(one.part not in mine or one.bits > mine[one.part].bits for one in agree):
        return tuple(own)
    rest = [one for one in evidence if one.part not in NAMED]
    agreed = {one.part for one in agree}
    left = [one for part, one in mine.items() if part not in agreed]
    return (Evidence("name", how, sum(one.bits for one in agree)), *left, *rest)


def _on_record(person: Person, asked: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """
    A record under each name it has, and in words which that is: its own, the one the person goes by, and
    those of before or elsewhere.
    """
    given, family = name(person.given_names), name(person.family_name)
    others = [key(one) for one in listed(person.other_numbers)]
    rest = (
        f"{person.born_on:%Y%m%d}" if person.born_on else "", person.nhs_number or "", person.phone_key,
        key(person.postcode), name(person.address), _nearest(asked[OTHER], others),
    )  # fmt: skip
    yield "", (given, family, *rest)
    if known := name(person.known_as):
        yield GOES_BY, (known, family, *rest)
    for one in listed(person.other_names):
        before_given, before_family = whole_name(one)
        yield ELSEWHERE, (before_given or given, before_family, *rest)


def _nearest(asked: str, others: Sequence[str]) -> str:
    """The number that a partner may have meant; another partner's number is not held against anybody."""
    return asked if asked in others else ""


def _as_can_be_compared(reading: tuple[str, ...]) -> tuple[str, ...]:
    """Half a number is none: while it is typed it agrees with nobody's, and speaks against nobody."""
    return tuple("" if len(value) < WHOLE.get(place, 0) else value for place, value in enumerate(reading))
