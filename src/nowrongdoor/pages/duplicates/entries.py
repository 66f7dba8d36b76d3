"""An entry of a partner's register in words: what it said, beside the record, and what was decided."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from nowrongdoor.nhsuk import wording
from nowrongdoor.pages.duplicates.wording import beside, cells, likely_by
from nowrongdoor.reading.registers import EntryLine, EntryRecord, RegisterQuality
from nowrongdoor.rules import register
from nowrongdoor.rules.register import LinkState, RegisterLink

STATES = {
    LinkState.PROPOSED: "Nobody has decided yet",
    LinkState.LINKED: "Linked: this person",
    LinkState.APART: "Two people",
    LinkState.UNDONE: "Link undone: two people",
}


def line(one: EntryLine, *, at: datetime) -> dict[str, Any]:
    """A row of either list."""
    known = one.known
    return {
        "url": reverse("register_entry", args=[known.id]),
        "entry": wording.person_name(known.family_name, known.given_names),
        "whose": one.agency_name,
        "person": wording.person_name(*one.person),
        "evidence": known.evidence,
        "likely": likely(known.bits, at=at),
        "since": wording.local_when(known.proposed_at, at=at),
        "state": STATES[LinkState(known.state)],
        "by": one.decided_by,
        "when": wording.local_when(known.undone_at or known.decided_at or known.proposed_at, at=at),
    }


def likely(bits: float, *, at: datetime) -> str:
    """How likely it was this person's when it was found, by the list of the place."""
    return likely_by(register.BANDS, bits, at=at)


def rows(record: EntryRecord) -> list[dict[str, str]]:
    """What the entry says, beside what stands on the record, and how the two agree."""
    return beside(_said(record.known), cells(record.side.person), record.match)


def story(record: EntryRecord) -> list[tuple[str, str]]:
    """Who read the register, decided and undid it, and how they knew."""
    known = record.known
    told = [
        ("Register", f"{record.agency_name}, read {wording.local_datetime(known.proposed_at)} for "
                     f"{record.proposed_by}"),
        ("Their number", known.number),
        ("What spoke for it", known.evidence),
    ]  # fmt: skip
    if known.decided_at is not None:
        words = f"{wording.local_datetime(known.decided_at)} by {record.decided_by}: “{known.words}”"
        told.append(("Decided", words))
    if known.undone_at is not None:
        words = f"{wording.local_datetime(known.undone_at)} by {record.undone_by}: “{known.undoing_words}”"
        told.append(("Undone", words))
    return told


def quality(one: RegisterQuality, *, at: datetime) -> dict[str, Any]:
    """A partner's register in numbers."""
    share = f" ({round(100 * one.refused / one.rows)} in 100)" if one.refused else ""
    return {
        "name": one.agency_name,
        "rows": f"{one.rows:,}",
        "refused": f"{one.refused:,}{share}",
        "linked": f"{one.linked:,}",
        "waiting": f"{one.waiting:,}",
        "apart": f"{one.apart:,}",
        "conflicting": f"{one.conflicting:,}",
        "read": wording.local_when(one.read_at, at=at) if one.read_at else "Not yet",
    }


def _said(known: RegisterLink) -> dict[str, str]:
    return {
        "Name": wording.person_name(known.family_name, known.given_names),
        "Born": wording.local_date(known.born_on) if known.born_on else "",
        "NHS number": wording.nhs_number(known.nhs_number),
        "Phone": known.phone,
        "Address": known.address,
        "Postcode": known.postcode,
        "Numbers of partners": known.number,
    }
