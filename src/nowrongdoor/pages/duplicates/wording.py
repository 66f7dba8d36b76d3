"""Two records in words: what stands on each, how it agrees, and what was decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.duplicates import PairLine, PairRecord, Side
from nowrongdoor.rules import law, merging, stewarding
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identity import Match
from nowrongdoor.rules.merging import Merge, MergeState
from nowrongdoor.rules.person import Person

STATES = {
    MergeState.PROPOSED: "Nobody has decided yet",
    MergeState.MERGED: "Merged: one person",
    MergeState.APART: "Two people",
    MergeState.UNDONE: "Merge undone: two people",
}
# What of a record is compared, and the parts of the evidence that speak of it.
ROWS = (
    ("Name", ("name", "given", "family")),
    ("Likes to be called", ()),
    ("Other names", ()),
    ("Born", ("born",)),
    ("NHS number", ("number",)),
    ("Phone", ("phone",)),
    ("Address", ("address",)),
    ("Postcode", ("postcode",)),
    ("Numbers of partners", ("other",)),
    ("On record since", ()),
)
SAME, DIFFERS, ONE_SIDED = "same", "differs", "on one record only"


def line(one: PairLine, *, at: datetime) -> dict[str, Any]:
    """A row of either list."""
    known = one.known
    return {
        "url": reverse("duplicate", args=[known.id]),
        "names": f"{wording.person_name(*one.one)} and {wording.person_name(*one.other)}",
        "evidence": known.evidence,
        "likely": likely(known.bits, at=at),
        "found": code_words.words_of("duplicates_found_by", known.found_by, at=at),
        "since": wording.local_when(known.proposed_at, at=at),
        "state": STATES[MergeState(known.state)],
        "by": one.decided_by,
        "when": wording.local_when(_decided(known), at=at),
    }


def likely(bits: float, *, at: datetime) -> str:
    """How likely they were one person's when they were found, by the list of the place."""
    return likely_by(merging.BANDS, bits, at=at)


def likely_by(codes: str, bits: float, *, at: datetime) -> str:
    """How likely it is that they are one person's, in the words of a list of the place."""
    on = local_date(at)
    labels = {one.code: one.label for one in law.codes(codes, on=on)}
    return labels.get(stewarding.band(codes, bits, on=on), "Not likely by what stands there")


def sides(pair: PairRecord) -> list[tuple[str, str]]:
    """The two records by name, as answers to which of them stands."""
    return [
        (str(pair.known.one_id), f"One record: {name(pair.one)}"),
        (str(pair.known.other_id), f"The other: {name(pair.other)}"),
    ]


def name(side: Side | None) -> str:
    if side is None:
        return "A record that is sealed from you"
    return wording.person_name(side.person.family_name, side.person.given_names)


def rows(pair: PairRecord, *, at: datetime) -> list[dict[str, str]]:
    """What stands on each record, beside the other, and how the two agree; not what stands on neither."""
    left, right = (cells(one.person) if one else {} for one in (pair.one, pair.other))
    return beside(left, right, pair.match)


def beside(left: dict[str, str], right: dict[str, str], match: Match | None) -> list[dict[str, str]]:
    """What stands on either side, line by line, and how the two agree."""
    told = []
    for label, parts in ROWS:
        one, other = left.get(label, ""), right.get(label, "")
        if one or other:
            how = _how(one, other, parts, match)
            told.append({"label": label, "one": one, "other": other, "how": how})
    return told


def _how(one: str, other: str, parts: tuple[str, ...], match: Match | None) -> str:
    if match is None or not parts:
        return ""
    if not (one and other):
        return ONE_SIDED
    found = [each.words for each in match.evidence if each.part in parts]
    return wording.listed(found) if found else SAME if one == other else DIFFERS


def cells(person: Person) -> dict[str, str]:
    """What stands on a record, by the line it is shown in."""
    since = person.registered_at  # empty where the role that compares may not see it
    return {
        "Name": wording.person_name(person.family_name, person.given_names),
        "Likes to be called": person.known_as,
        "Other names": ", ".join(person.other_names.split("\n")),
        "Born": wording.local_date(person.born_on) if person.born_on else "",
        "NHS number": wording.nhs_number(person.nhs_number or ""),
        "Phone": person.phone,
        "Address": person.address,
        "Postcode": person.postcode,
        "Numbers of partners": ", ".join(person.other_numbers.split("\n")),
        "On record since": wording.local_date(since) if since else "",
    }


def story(pair: PairRecord, *, at: datetime) -> list[tuple[str, str]]:
    """Who found them, decided and undid it, and how they knew."""
    known = pair.known
    found = code_words.words_of("duplicates_found_by", known.found_by, at=at)
    told = [
        ("Found", f"{wording.local_datetime(known.proposed_at)}, {pair.proposed_by}: {found}"),
        ("What spoke for it", known.evidence),
    ]
    if known.decided_at is not None:
        words = f"{wording.local_datetime(known.decided_at)} by {pair.decided_by}: “{known.words}”"
        told.append(("Decided", words))
    if known.undone_at is not None:
        words = f"{wording.local_datetime(known.undone_at)} by {pair.undone_by}: “{known.undoing_words}”"
        told.append(("Undone", words))
    return told


def stands(pair: PairRecord) -> str:
    """Which record stands for both, where they are merged."""
    by_key: dict[UUID, Side | None] = {pair.known.one_id: pair.one, pair.known.other_id: pair.other}
    return name(by_key[pair.stands]) if pair.stands in by_key else ""


def _decided(known: Merge) -> datetime:
    return known.undone_at or known.decided_at or known.proposed_at
