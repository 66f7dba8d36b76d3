"""
Identity: which record is this person's, and how sure may we be.

The rules here are simple and explained: exact keys made from what was said, the reasons a record
matches in words, and two identifiers before a record opens. How likely it is this person's is weighed by
`rules.finding`, which ranks; it never opens one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from nowrongdoor.rules.identifiers import key, listed, name_keys, nhs_digits, phone_key, postcode_key
from nowrongdoor.rules.matching.model import Evidence
from nowrongdoor.rules.person import Details, Person


@dataclass(frozen=True)
class Asked:
    """What the caller told us about who this is; any part may be empty."""

    name: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    phone: str = ""
    postcode: str = ""
    born_partly: str = ""  # yyyymmdd with 00 for what is not known, where the whole date is not
    address: str = ""
    other_number: str = ""  # by which a partner knows them

    @property
    def is_empty(self) -> bool:
        return not (
            any(name_keys(self.name))
            or self.born_on
            or nhs_digits(self.nhs_number)
            or phone_key(self.phone)
            or postcode_key(self.postcode)
            or self.born_partly
            or key(self.address)
            or key(self.other_number)
        )


@dataclass(frozen=True)
class Keys:
    """What two records of one person would have in common: the NHS number, or both parts of the name."""

    number: str
    family: str
    given: str

    @property
    def has_name(self) -> bool:
        """A person without a name is like nobody else without one."""
        return bool(self.family or self.given)


def keys_of(details: Details) -> Keys:
    """By what the records that could be this person's are found."""
    return Keys(nhs_digits(details.nhs_number), key(details.family_name), key(details.given_names))


def could_be(person: Person, details: Details) -> bool:
    """
    Who this could be: the same NHS number, or the same name and not another date of birth.

    Asked before anybody is registered, and the same of the screen, of the act and of a simulated place.
    """
    keys = keys_of(details)
    if keys.number and person.nhs_number == keys.number:
        return True
    if not keys.has_name or (person.family_key, person.given_key) != (keys.family, keys.given):
        return False
    return person.born_on is None or details.born_on is None or person.born_on == details.born_on


def holder(people: Iterable[Person], *, but_not: UUID) -> Person | None:
    """Whose number it is: of several records with one number, the one of which nobody doubts it."""
    return next((one for one in people if one.id != but_not and not one.number_in_doubt), None)


def taken_by(visible: Sequence[Person], *, number: str, known: Person) -> Person | None:
    """
    Who stands in the way of this number for a record, of the others that have it and that the member may know
    of. Where the number is new to the record any of them does, in doubt or not: if a doubted one let it pass,
    that would tell of whoever it is doubted for.
    """
    if known.nhs_number != number:
        return next(iter(visible), None)
    return holder(visible, but_not=known.id)


@dataclass(frozen=True)
class Match:
    """
    A candidate record, the reasons it may be the person, and how many identifiers agree.

    `bits` are the doublings of the odds that it is this person's, `evidence` what speaks for it and against
    it; both are weighed by `rules.finding`.
    """

    person: Person
    reasons: tuple[str, ...]
    identifiers: int
    bits: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    @property
    def may_open(self) -> bool:
        """Two identifiers agree; one alone never opens a record."""
        return self.identifiers >= 2


AGREES = ("same name", "same name, written the other way round", "same surname", "same first name")


def why_it_matches(asked: Asked, person: Person) -> Match:
    """The reasons a record may be this person, in words, and the number of identifiers that agree."""
    reasons: list[str] = []
    identifiers = 0
    if asked.nhs_number and nhs_digits(asked.nhs_number) == person.nhs_number:
        reasons.append("same NHS number")
        identifiers += 1
    named = _name_reason(name_keys(asked.name), person)
    if named:
        reasons.append(named)
        # How a name begins is a reason to look at a record, and no proof of whose it is.
        identifiers += named in AGREES
    if asked.born_on and asked.born_on == person.born_on:
        reasons.append("same date of birth")
        identifiers += 1
    if asked.phone and person.phone_key and phone_key(asked.phone) == person.phone_key:
        reasons.append("same phone number")
        identifiers += 1
    if asked.postcode and person.postcode_key and postcode_key(asked.postcode) == person.postcode_key:
        reasons.append("same postcode")
        identifiers += 1
    if key(asked.other_number) and key(asked.other_number) in map(key, listed(person.other_numbers)):
        reasons.append("same number of a partner")
        identifiers += 1
    return Match(person, tuple(reasons), identifiers)


def why_it_differs(asked: Asked, person: Person) -> tuple[str, ...]:
    """What was said that this record says otherwise: a relative or a twin agrees in much, not in all."""
    said_and_known = (
        ("another name", bool(name_keys(asked.name)) and bool(person.family_key or person.given_key),
         bool(_name_reason(name_keys(asked.name), person))),
        ("another date of birth", bool(asked.born_on and person.born_on), asked.born_on == person.born_on),
        ("another NHS number", bool(asked.nhs_number and person.nhs_number),
         nhs_digits(asked.nhs_number) == person.nhs_number),
    )  # fmt: skip
    return tuple(words for words, both, agree in said_and_known if both and not agree)


def ranked(matches: list[Match]) -> list[Match]:
    """The likeliest first, then most identifiers, then by name: the order candidates are shown in."""
    return sorted(
        matches,
        key=lambda match: (
            -match.bits,
            -match.identifiers,
            match.person.family_key,
            match.person.given_key,
        ),
    )


def _name_reason(keys: tuple[str, ...], person: Person) -> str:
    if not keys:
        return ""
    family, given, known = person.family_key, person.given_key, key(person.known_as)
    # One part of a name may itself be of several words: "ap Rhys", "da Silva", "Mary Ann".
    whole = "".join(keys)
    if whole in {family, given, known}:
        return _part_of_name(whole, family, given)
    if family.startswith(whole) or given.startswith(whole):
        return "name begins the same"
    if len(keys) == 1:
        return ""
    # Where the given names end is not heard: "Siân ap Rhys", "Mary Ann Evans".
    splits = {("".join(keys[:cut]), "".join(keys[cut:])) for cut in range(1, len(keys))}
    if (given, family) in splits or (known and (known, family) in splits):
        return "same name"
    if (family, given) in splits:
        return "same name, written the other way round"
    if family.startswith(keys[-1]) and given.startswith(keys[0]):
        return "name begins the same"
    if family.startswith(keys[0]) and given.startswith(keys[-1]):
        return "name begins the same, written the other way round"
    return ""


def _part_of_name(whole: str, family: str, given: str) -> str:
    """Many people share a part of a name: what agrees is said, and a whole name only of a whole name."""
    if not (family and given):
        return "same name"
    return "same surname" if whole == family else "same first name"
