"""
Registers: a partner's own list of people, and which of its entries are of people known here.

An entry opens nothing and changes nothing by itself. What looks alike is put before a records steward, with
what speaks for it; a yes gives the record the number by which the partner knows the person, a no is kept and
not asked again, and either can be undone. What a reading of a register came to is kept batch by batch, so
that one that was stopped goes on where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from nowrongdoor.rules import stewarding
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, began, changed, moved, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.identifiers import key


class LinkState(StrEnum):
    """Where an entry and a record stand: alike, one person's, two people's, or linked and parted again."""

    PROPOSED = "proposed"
    LINKED = "linked"
    APART = "apart"
    UNDONE = "undone"


PROPOSED, LINKED, APART, UNDONE = LinkState
MOVES: Moves = {
    "propose": {None: PROPOSED},
    "link": {PROPOSED: LINKED, APART: LINKED, UNDONE: LINKED},
    "keep_apart": {PROPOSED: APART},
    "unlink": {LINKED: UNDONE},
}
REFUSALS: Refusals = {
    PROPOSED: "Nobody has decided about this entry yet.",
    LINKED: "This entry is linked with the record already.",
    APART: "Somebody decided already that these are two people.",
    UNDONE: "This link was undone already.",
}
BANDS = "register_bands"
BEING_READ = "This file is being read already: go on with that reading."


@dataclass(frozen=True)
class RegisterLink:
    """
    An entry of an agency's register and a record of ours: what the entry said when it was read, what spoke
    for its being this person's, and what was decided. `number_added` says that the record has the
    number by this link, and loses it with the link.
    """

    id: UUID
    agency_id: UUID
    person_id: UUID
    number: str
    number_key: str
    given_names: str
    family_name: str
    born_on: date | None
    nhs_number: str
    phone: str
    postcode: str
    address: str
    bits: float
    evidence: str
    proposed_at: datetime
    proposed_by_id: UUID
    state: str
    number_added: bool
    decided_at: datetime | None
    decided_by_id: UUID | None
    words: str
    undone_at: datetime | None
    undone_by_id: UUID | None
    undoing_words: str
    version: int = 0


@dataclass(frozen=True)
class Alike:
    """An entry and the record it is alike, and why."""

    entry: Entry
    person_id: UUID
    bits: float
    evidence: str


@dataclass(frozen=True)
class RegisterReading:
    """
    A reading of one file of an agency's register: how many batches of it are done, and what its rows came to.
    `refused` could not be read, `known` were linked already, `alone` were like nobody here.
    """

    id: UUID
    agency_id: UUID
    digest: str
    batches: int
    rows: int
    refused: int
    known: int
    proposed: int
    to_look_at: int
    alone: int
    began_at: datetime
    began_by_id: UUID
    ended_at: datetime | None
    version: int = 0


@dataclass(frozen=True)
class Batch:
    """
    The next rows of a file: its place among the batches, from 0, and how many of its rows were read, refused,
    linked already, and like nobody here.
    """

    place: int
    rows: int
    refused: int
    known: int
    alone: int
    is_last: bool


def key_of(agency_id: UUID, number: str, person_id: UUID) -> UUID:
    """The key of what is known of an entry and a record: whoever proposes them again finds the same."""
    return uuid5(person_id, f"{agency_id}:{key(number)}")


def begin(
    *, reading_id: UUID, agency_id: UUID, digest: str, is_being_read: bool, by: UUID, at: datetime
) -> Step:
    """A file of an agency's register is begun to be read. Refuses one that is being read: that goes on."""
    if not digest:
        raise Refused("Say which file is read.", code="no_file")
    if is_being_read:
        raise Refused(BEING_READ, code="register_being_read")
    return began(
        "register_reading.began",
        RegisterReading(reading_id, agency_id, digest, 0, 0, 0, 0, 0, 0, 0, at, by, None),
    )


def take(known: RegisterReading, batch: Batch, found: Sequence[Alike], *, at: datetime) -> Step:
    """
    A batch of its rows is done. Refuses one that is done already, one whose turn it is not, and any once the
    reading has ended: however often it is stopped and begun again, each row is counted once.
    """
    if known.ended_at is not None:
        raise Refused("This file was read to its end already.", code="register_ended", of=known)
    if batch.place != known.batches:
        raise Refused("These rows were taken already, or others come first.", code="not_next", of=known)
    bands = [stewarding.band(BANDS, one.bits, on=local_date(at)) for one in found]
    return changed(
        known,
        "register_reading.went_on",
        batches=known.batches + 1,
        rows=known.rows + batch.rows,
        refused=known.refused + batch.refused,
        known=known.known + batch.known,
        proposed=known.proposed + bands.count("proposed"),
        to_look_at=known.to_look_at + len(bands) - bands.count("proposed"),
        alone=known.alone + batch.alone,
        ended_at=max(at, known.began_at) if batch.is_last else None,
    )


def propose(found: Alike, *, agency_id: UUID, by: UUID, at: datetime) -> Step:
    """An entry may be of somebody known here: for a steward to decide. Refuses no number and no reason."""
    entry = found.entry
    if not key(entry.number):
        raise Refused("Say by which number the partner knows them.", code="no_number", field="number")
    need_words(found.evidence, field="evidence", ask="Say what speaks for their being one person.")
    return began(
        "register_link.proposed",
        RegisterLink(
            id=key_of(agency_id, entry.number, found.person_id),
            agency_id=agency_id,
            person_id=found.person_id,
            number=entry.number.strip(),
            number_key=key(entry.number),
            given_names=entry.given_names,
            family_name=entry.family_name,
            born_on=entry.born_on,
            nhs_number=entry.nhs_number,
            phone=entry.phone,
            postcode=entry.postcode,
            address=entry.address,
            bits=round(found.bits, 3),
            evidence=found.evidence.strip(),
            proposed_at=at,
            proposed_by_id=by,
            state=MOVES["propose"][None],
            number_added=False,
            decided_at=None,
            decided_by_id=None,
            words="",
            undone_at=None,
            undone_by_id=None,
            undoing_words="",
        ),
    )


def link(
    known: RegisterLink, *, is_elsewhere: bool, number_added: bool, words: str, by: UUID, at: datetime
) -> Step:
    """
    The entry is this person's: by its number they are found from now on. `is_elsewhere` says that the number
    stands for another record the member may know of: one of the two is wrong, and is undone first.
    """
    state = moved(MOVES, "link", known, refusals=REFUSALS)
    need_words(words, field="words", ask=stewarding.ONE_PERSON)
    if is_elsewhere:
        raise Refused(
            "This number of theirs is linked with another record already. Undo that link first, or merge the "
            "two records.",
            code="number_elsewhere",
            of=known,
        )
    return stewarding.decided(
        known,
        "register_link.linked",
        words=words,
        by=by,
        at=at,
        state=state,
        number_added=number_added,
        undone_at=None,
        undone_by_id=None,
        undoing_words="",
    )


def keep_apart(known: RegisterLink, *, words: str, by: UUID, at: datetime) -> Step:
    """They are two people, however alike: nobody is asked about this entry and this record again."""
    state = moved(MOVES, "keep_apart", known, refusals=REFUSALS)
    need_words(words, field="words", ask=stewarding.TWO_PEOPLE)
    return stewarding.decided(known, "register_link.kept_apart", words=words, by=by, at=at, state=state)


def unlink(known: RegisterLink, *, words: str, by: UUID, at: datetime) -> Step:
    """They are two people after all: the record loses the number that the link gave it."""
    state = moved(MOVES, "unlink", known, refusals=REFUSALS)
    need_words(words, field="words", ask=stewarding.TWO_PEOPLE)
    return stewarding.undone(
        known, "register_link.undone", words=words, by=by, at=at, state=state, number_added=False
    )


def entry_of(known: RegisterLink) -> Entry:
    """What the partner's register said, as it was read."""
    return Entry(
        0, known.number, known.given_names, known.family_name, known.born_on, known.nhs_number, known.phone,
        known.postcode, known.address,
    )  # fmt: skip
