"""
What is sealed of a person: who put each seal and why, and from whom it keeps somebody safe.

A seal on a referral or contact that the viewer may not know of is told of by none of these.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.data.sharing.facts import SEALS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import sealing
from nowrongdoor.rules.access import BLIND
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.sealing import Seal


@dataclass(frozen=True)
class SealLine:
    """A seal, who put it, and the agency or the member it keeps somebody safe from, where one is named."""

    seal: Seal
    team_name: str
    sealed_by: str
    against: str = ""


def kept_from(seen: Vantage) -> set[UUID | None]:
    """The sealed referrals and contacts that this viewer may not know of."""
    return {
        one.referral_id or one.contact_id
        for one in seen.standing.seals
        if not one.is_restriction
        and seen.of_item(referral_id=one.referral_id, contact_id=one.contact_id) is BLIND
    }


def seal(seal_id: UUID, *, seen: Vantage) -> SealLine:
    """One seal on this person or what is theirs. Raises `Missing` likewise."""
    kept = kept_from(seen)
    for one in standing_on(seen.person_id):
        if one.seal.id == seal_id and not {one.seal.referral_id, one.seal.contact_id} & kept:
            return told(one, seen.viewer)
    raise Missing(SEALS.name)


def told(one: SealLine, viewer: Viewer) -> SealLine:
    """Whoever is themselves meant, and sees it because their team holds the person, is not told so."""
    return replace(one, against="") if one.seal.against_member_id == viewer.member_id else one


def whole_seal(person_id: UUID, *, seen: Vantage) -> SealLine | None:
    """The seal on the whole record, where one stands: sharing does not open what it keeps. One statement."""
    if not seen.standing.is_restricted:
        return None
    return next((one for one in standing_on(person_id) if sealing.kept(one.seal).is_restriction), None)


def opens_nothing(person_id: UUID, *, to_team_id: UUID) -> bool:
    """The whole record is sealed against the agency of that team: what is shared with it reaches nobody."""
    with connection.cursor() as cursor:
        cursor.execute(SEALED_AGAINST_THE_AGENCY, {"person": person_id, "team": to_team_id})
        return bool(cursor.fetchone()[0])


def is_sealed(seal_id: str, *, seen: Vantage) -> bool:
    """The form that makes this seal was sent before."""
    return any(str(one.seal.id) == seal_id for one in standing_on(seen.person_id))


def standing_on(person_id: UUID | None) -> list[SealLine]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING_SEALS, {"person": person_id})
        rows = cursor.fetchall()
    return [SealLine(SEALS.of(row[:-3]), *row[-3:]) for row in rows]


SEALED_AGAINST_THE_AGENCY = """
    SELECT EXISTS (
        SELECT FROM seals_in_care_of(%(person)s) s JOIN agencies_team t ON t.agency_id = s.against_agency_id
        WHERE s.lifted_at IS NULL AND s.referral_id IS NULL AND s.contact_id IS NULL AND t.id = %(team)s)
"""
STANDING_SEALS = sql.SQL("""
    SELECT {columns}, t.name, m.name, coalesce(g.name, w.name, '') FROM seals_in_care_of(%(person)s) s
    JOIN agencies_team t ON t.id = s.team_id JOIN agencies_member m ON m.id = s.sealed_by_id
    LEFT JOIN agencies_agency g ON g.id = s.against_agency_id
    LEFT JOIN agencies_member w ON w.id = s.against_member_id
    WHERE s.lifted_at IS NULL ORDER BY s.sealed_at DESC, s.id
""").format(columns=sql.SQL(", ").join(sql.Identifier("s", name) for name in SEALS.columns))
