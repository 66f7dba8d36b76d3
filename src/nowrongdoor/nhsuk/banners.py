"""Whom a page is about, in the words and the order of the person banner. Unknown is said, never blank."""

from datetime import datetime

from nowrongdoor.nhsuk import numbers, wording
from nowrongdoor.nhsuk.shapes import Banner
from nowrongdoor.rules.person import Person

NAMELESS = "Name not given"
WAITS = "Waiting for a second reader"


def person_banner(
    person: Person,
    *,
    safe: str,
    at: datetime,
    same_name: bool = False,
    url: str = "",
    needs: tuple[str, ...] = (),
) -> Banner:
    """
    The banner that is checked before anything is done for this person. `safe` is whether their number may
    be rung (`reading.safe_to_ring`): it stands right beside the number. `needs` is what they answered about
    how to speak with them.
    """
    where = ", ".join(part for part in (person.address, person.postcode) if part)
    return Banner(
        name=name_of(person),
        born=(
            wording.born(person.born_on, at=at)
            if person.born_on
            else wording.UNKNOWN[person.born_on_unknown or "not_known"]
        ),
        nhs_number=(
            wording.nhs_number(person.nhs_number)
            if person.nhs_number
            else wording.UNKNOWN[person.nhs_number_unknown or "not_known"]
        ),
        preferred=_called(person),
        address=where or wording.unknown_words("Address", person.address_unknown or "not_known"),
        phone=numbers.of(person.phone, safe).words
        if person.phone
        else wording.unknown_words("Phone", person.phone_unknown or "not_known"),
        communication=(*lines(person.access_needs), *needs) or _no_needs(person),
        alerts=alerts(person.know_first, person.know_waits),
        same_name=same_name,
        url=url,
    )


def _no_needs(person: Person) -> tuple[str, ...]:
    """Why nothing is said of what they need; nothing at all where this viewer may not see it."""
    code = person.access_needs_unknown
    return (wording.unknown_words("Communication and access needs", code),) if code else ()


def _called(person: Person) -> str:
    """`Iris (she/her)`; nothing where it is the name on record and no pronouns are known."""
    if not person.pronouns:
        return person.known_as
    name = person.known_as or person.given_names or person.family_name
    return f"{name} ({person.pronouns})".strip()


def name_of(person: Person | None) -> str:
    """`ALI, Maryam`; for someone without a record or a name, that in words."""
    if person is None:
        return NAMELESS
    if not (person.family_name or person.given_names):
        return wording.unknown_words("Name", person.name_unknown or "not_known")
    return wording.person_name(person.family_name, person.given_names)


def age_of(person: Person | None, *, at: datetime) -> str:
    """`81y`, or nothing where no date of birth is known."""
    return wording.age(person.born_on, at=at) if person and person.born_on else ""


def alerts(know_first: str, know_waits: str) -> tuple[str, ...]:
    """
    What staff know first; and at once, and as waiting, what a second person has still to read: it may be a
    wish that keeps somebody safe.
    """
    return (*lines(know_first), *(f"{WAITS}: “{one}”" for one in lines(know_waits)))


def lines(text: str) -> tuple[str, ...]:
    """One note a line, as they were typed."""
    return tuple(part.strip() for part in text.splitlines() if part.strip())
