"""
A person, as we know them: names they use, how to reach them, what staff should know first.

Anything may be unknown, and each unknown says which kind it is: not asked, declined, or not
known. Search comes before registering: a record that was not looked at may be the same person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from nowrongdoor.rules import identifiers
from nowrongdoor.rules.change import Refused, Step, began, changed
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.matching import keys, kinds
from nowrongdoor.rules.words import Unknown

# What of a record is found by keys.
FINDS = (
    "family_name", "given_names", "known_as", "other_names", "other_numbers", "phone", "born_on", "postcode",
    "address",
)  # fmt: skip
MAY_BE_UNKNOWN = (
    "name", "born_on", "nhs_number", "phone", "address", "pronouns", "access_needs", "know_first",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    id: UUID
    family_name: str
    given_names: str
    known_as: str
    pronouns: str
    born_on: date | None
    nhs_number: str | None
    number_in_doubt: bool
    phone: str
    address: str
    postcode: str
    other_names: str
    other_numbers: str
    access_needs: str
    know_first: str
    know_waits: str
    name_unknown: str
    born_on_unknown: str
    nhs_number_unknown: str
    phone_unknown: str
    address_unknown: str
    pronouns_unknown: str
    access_needs_unknown: str
    know_first_unknown: str
    family_key: str
    given_key: str
    phone_key: str
    postcode_key: str
    find_keys: tuple[int, ...]
    registered_at: datetime
    version: int = 0

    @property
    def name(self) -> str:
        """The name as people say it, or words for not having one."""
        return " ".join(part for part in (self.given_names, self.family_name) if part) or "Name not known"


@dataclass(frozen=True)
class Details:
    """What is known of a person, and for what is not known, which kind of not knowing."""

    family_name: str = ""
    given_names: str = ""
    known_as: str = ""
    pronouns: str = ""
    born_on: date | None = None
    nhs_number: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    other_names: str = ""
    other_numbers: str = ""
    access_needs: str = ""
    know_first: str = ""
    name_unknown: str = ""
    born_on_unknown: str = ""
    nhs_number_unknown: str = ""
    phone_unknown: str = ""
    address_unknown: str = ""
    pronouns_unknown: str = ""
    access_needs_unknown: str = ""
    know_first_unknown: str = ""


def register(
    details: Details,
    *,
    person_id: UUID,
    candidates: Sequence[Person],
    looked_at: Sequence[UUID],
    number_in_doubt: bool = False,
    waits: Sequence[str] = (),
    at: datetime,
) -> Step:
    """
    A person is registered, with what is unknown said in words.

    `candidates` are the records that could be this person now; `looked_at` those the member was
    shown and said were someone else. Refuses while a candidate has not been looked at, and always
    when one has the same NHS number: that is the same person.

    `number_in_doubt` says that somebody has this number of whom the member may not know. They are answered
    as if there were nobody, since a refusal would tell them; which of the two it belongs to is looked into.
    `waits` is what staff should know too, line by line, and a second person has still to read.
    """
    known = _known(details, at=at)
    for other in candidates:
        if known["nhs_number"] and other.nhs_number == known["nhs_number"]:
            raise Refused(
                f"{other.name} is already registered with this NHS number. Use that record.",
                code="nhs_number_taken",
                field="nhs_number",
                of=other,
            )
        if other.id not in looked_at:
            raise Refused(
                f"There is a record of {other.name} that could be the same person. "
                "Look at it, then say if this is someone else.",
                code="candidate_not_looked_at",
                of=other,
            )
    known |= {"know_waits": beside("", waits)}
    facts = Person(id=person_id, registered_at=at, number_in_doubt=number_in_doubt, **known)
    return began("person.registered", facts)


def correct(
    person: Person,
    details: Details,
    *,
    nhs_number_holder: Person | None,
    number_in_doubt: bool = False,
    waits: Sequence[str] = (),
    at: datetime,
) -> Step:
    """
    What we know of a person changes; the journal keeps what was believed before. A number is in doubt as in
    `register`, and lines that wait are shown beside those that wait already.
    """
    known = _known(details, at=at)
    if nhs_number_holder is not None and nhs_number_holder.id != person.id:
        raise Refused(
            "Somebody else is registered with this NHS number. Look for them by it.",
            code="nhs_number_taken",
            field="nhs_number",
            of=nhs_number_holder,
        )
    known |= {"know_waits": beside(person.know_waits, waits)}
    if all(getattr(person, name) == value for name, value in known.items()):
        raise Refused("Nothing was changed.", code="nothing_changed")
    return changed(person, "person.corrected", number_in_doubt=number_in_doubt, **known)


def beside(shown: str, waits: Sequence[str]) -> str:
    """What is shown as waiting for a second reader already, and these lines."""
    return "\n".join(dict.fromkeys((*shown.splitlines(), *waits)))


def supersede(person: Person, *, number: str, number_in_doubt: bool = False) -> Step:
    """
    The NHS gave this person another number in place of the one on record. The new one stands; by the old one
    they are still found. Refuses where there is none to replace, and a number that is no NHS number.
    """
    new = identifiers.check_nhs_number(number)
    old = person.nhs_number
    if not new or old is None:
        raise Refused("Say which NHS number replaces the one on record.", code="nothing_to_supersede")
    if new == old:
        raise Refused("This record has that NHS number already.", code="number_stands", of=person)
    others = dict.fromkeys([*identifiers.listed(person.other_numbers), old])
    known = replace(person, other_numbers="\n".join(others), nhs_number=new)
    found_by = find_keys(Details(**{name: getattr(known, name) for name in FINDS}), nhs_number=new)
    return changed(
        person,
        "person.number_superseded",
        nhs_number=new,
        number_in_doubt=number_in_doubt,
        other_numbers=known.other_numbers,
        find_keys=found_by,
    )


def know_by(person: Person, number: str) -> Step:
    """A partner knows this person by a number of its own: by that they are found too."""
    others = dict.fromkeys([*identifiers.listed(person.other_numbers), number])
    return _numbered(person, "person.partner_number_added", others)


def know_no_more_by(person: Person, number: str) -> Step:
    """A number was a partner's for somebody else: by that this person is found no more."""
    others = [one for one in identifiers.listed(person.other_numbers) if one != number]
    return _numbered(person, "person.partner_number_removed", others)


def is_known_by(person: Person, number: str) -> bool:
    """Whether a number stands on the record already, however it is written."""
    return identifiers.key(number) in map(identifiers.key, identifiers.listed(person.other_numbers))


def _numbered(person: Person, kind: str, numbers: Iterable[str]) -> Step:
    known = replace(person, other_numbers="\n".join(numbers))
    told = Details(**{name: getattr(known, name) for name in FINDS})
    found_by = find_keys(told, nhs_number=known.nhs_number or "")
    return changed(person, kind, other_numbers=known.other_numbers, find_keys=found_by)


def _known(details: Details, *, at: datetime) -> dict[str, Any]:
    if details.born_on is not None and details.born_on > local_date(at):
        raise Refused("A date of birth cannot be in the future.", code="born_in_future", field="born_on")
    if details.born_on is not None and details.born_on.year < at.year - 130:
        raise Refused(
            "Check the year of birth: it is more than 130 years ago.", code="born_long_ago", field="born_on"
        )
    number = identifiers.check_nhs_number(details.nhs_number) or None
    postcode = identifiers.check_postcode(details.postcode)
    tidy = replace(details, postcode=postcode)
    columns: dict[str, Any] = {**vars(tidy), "nhs_number": number}
    given = {
        "name": bool(tidy.family_name.strip() or tidy.given_names.strip()),
        "born_on": tidy.born_on is not None,
        "nhs_number": number is not None,
        "phone": bool(tidy.phone.strip()),
        "address": bool(tidy.address.strip() or postcode),
        "pronouns": bool(tidy.pronouns.strip()),
        "access_needs": bool(tidy.access_needs.strip()),
        "know_first": bool(tidy.know_first.strip()),
    }
    for part in MAY_BE_UNKNOWN:
        # Not asked is the honest default; an answer makes any unknown void.
        said = getattr(details, f"{part}_unknown") or Unknown.NOT_ASKED
        columns[f"{part}_unknown"] = "" if given[part] else str(Unknown(said))
    return {
        **columns,
        "family_key": identifiers.key(tidy.family_name),
        "given_key": identifiers.key(tidy.given_names),
        "phone_key": identifiers.phone_key(tidy.phone),
        "postcode_key": identifiers.postcode_key(postcode),
        "find_keys": find_keys(tidy, nhs_number=number or ""),
    }


def find_keys(known: Details, *, nhs_number: str) -> tuple[int, ...]:
    """By what somebody is found when what is said of them is not quite right."""
    words = (known.given_names, known.family_name, known.known_as, *identifiers.listed(known.other_names))
    numbers = (nhs_number, *map(identifiers.key, identifiers.listed(known.other_numbers)))
    phone = identifiers.phone_key(known.phone)
    return keys.of_record(
        keys.Values(
            names=tuple(dict.fromkeys(word for one in words for word in kinds.name(one).split())),
            born=f"{known.born_on:%Y%m%d}" if known.born_on else "",
            numbers=tuple(one for one in numbers if one),
            phones=(phone,) if phone else (),
            postcode=identifiers.key(known.postcode),
            address=kinds.name(known.address),
        )
    )
