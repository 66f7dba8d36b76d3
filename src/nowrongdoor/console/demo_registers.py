"""A partner's register in the demonstration: entries written a little otherwise, some of them decided."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from uuid import UUID, uuid4

from nowrongdoor.journeys import registers
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import registers as reading
from nowrongdoor.reading import viewers
from nowrongdoor.rules import entry_matches
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.register import Batch, key_of

ENTRIES = 14
LINKED = ("Their key worker named the same daughter.", "Both have the same hospital letter.")
APART = "Twins with names alike: their key worker knows both."
REFUSED, ALONE = 3, 25


def read(*, by: Viewer, at: datetime) -> None:
    """Another agency's register is read for this steward; two of its entries are linked, one kept apart."""
    agency_id = _a_partner(by, at=at)
    model = reading.model(at=at)
    people = islice((one for one in reading.everybody() if one.family_name and one.born_on), ENTRIES)
    entries = [(_entry(at_, one), one) for at_, one in enumerate(people)]
    alike = [one for entry, who in entries for one in entry_matches.alike(entry, [who], model, {}, at=at)]
    reading_id = uuid4()
    registers.begin(reading_id=reading_id, agency_id=agency_id, digest="demonstration", by=by, at=at)
    rows = len(alike) + REFUSED + ALONE
    batch = Batch(place=0, rows=rows, refused=REFUSED, known=0, alone=ALONE, is_last=True)
    registers.take(reading_id=reading_id, batch=batch, found=alike, by=by, at=at)
    keys = [key_of(agency_id, one.entry.number, one.person_id) for one in alike]
    for key, words in zip(keys, LINKED, strict=False):
        registers.link(link_id=key, words=words, by=by, at=at, seen=1)
    for key in keys[len(LINKED) : len(LINKED) + 1]:
        registers.keep_apart(link_id=key, words=APART, by=by, at=at, seen=1)


def _a_partner(by: Viewer, *, at: datetime) -> UUID:
    names = sorted({one.agency_name for one in viewers.personas(at=at)} - {by.agency_name})
    return reading.agency_named(names[0]) or by.agency_id if names else by.agency_id


def _entry(at: int, one: Person) -> Entry:
    """The same person as a partner has them: now a letter is missing, now the telephone, now the address."""
    born, given = one.born_on, one.given_names
    assert born is not None, "those without are not taken"
    if at % 4 == 1 and born.day <= 12:
        born = born.replace(month=born.day, day=born.month)
    return Entry(
        row=at + 2,
        number=f"SC-{4100 + 7 * at}",
        given_names=given[:-1] if at % 3 == 2 and len(given) > 3 else given,
        family_name=one.family_name,
        born_on=born,
        nhs_number="",
        phone="" if at % 5 == 3 else one.phone,
        postcode=one.postcode,
        address="" if at % 2 else one.address,
    )
