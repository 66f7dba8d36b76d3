"""
How whole the records are: per agency what is missing, alike or contradicts itself, and how often decisions
about two records agreed with the weights. Numbers alone; nobody who is restricted is counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from nowrongdoor.rules import law, merging, stewarding
from nowrongdoor.rules.matching.model import probability


@dataclass(frozen=True)
class AgencyQuality:
    """Of the people an agency has or had a part in: how many miss what, and of these were never asked."""

    agency_id: UUID
    agency_name: str
    people: int
    no_number: int
    number_not_asked: int
    no_birth: int
    birth_not_asked: int
    no_name: int
    no_phone: int
    phone_not_asked: int
    no_address: int
    address_not_asked: int
    alike: int
    conflicting: int


@dataclass(frozen=True)
class BandLine:
    """
    Of the pairs that were called so likely: how many wait, and of those decided how many were one person's.
    `expected` is how many the weights would have them be: far from it, the weights have drifted.
    """

    band: str
    label: str
    waiting: int
    one_person: int
    two_people: int
    expected: float

    @property
    def decided(self) -> int:
        return self.one_person + self.two_people


def by_agency() -> list[AgencyQuality]:
    """Each agency with a part in somebody's care, by name. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(BY_AGENCY)
        return [AgencyQuality(*row) for row in cursor.fetchall()]


def agreement(*, on: date) -> list[BandLine]:
    """How the decisions compare with the weights, band by band. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS)
        rows = cursor.fetchall()
    bands = {one.code: one.label for one in law.codes(merging.BANDS, on=on)}
    return [_agreed(band, label, rows, on=on) for band, label in bands.items()]


def _agreed(band: str, label: str, rows: Iterable[tuple[float, str]], *, on: date) -> BandLine:
    theirs = [(bits, state) for bits, state in rows if stewarding.band(merging.BANDS, bits, on=on) == band]
    decided = [(bits, state) for bits, state in theirs if state != "proposed"]
    return BandLine(
        band,
        label,
        len(theirs) - len(decided),
        sum(state == "merged" for _, state in decided),
        sum(state != "merged" for _, state in decided),
        sum(probability(bits) for bits, _ in decided),
    )


BY_AGENCY = """
    SELECT a.id, a.name, q.people, q.no_number, q.number_not_asked, q.no_birth, q.birth_not_asked, q.no_name,
        q.no_phone, q.phone_not_asked, q.no_address, q.address_not_asked, q.alike, q.conflicting
    FROM quality_of_records() q JOIN agencies_agency a ON a.id = q.agency_id ORDER BY a.name, a.id
"""
PAIRS = """
    SELECT m.bits, m.state FROM merges_merge m WHERE NOT EXISTS (
        SELECT FROM sharing_seal s WHERE s.person_id IN (m.one_id, m.other_id) AND s.lifted_at IS NULL
            AND s.referral_id IS NULL AND s.contact_id IS NULL)
"""
