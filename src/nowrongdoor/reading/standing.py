"""
How a viewer stands to what they ask for: whose it is, by which tie they may see it, and what of it.

Asked once at the door of every page about a person, a referral, a contact, a handover or a promise, in
one statement. What may not be seen answers exactly as what is not there. `Vantage` then goes down with the
viewer, so that a page which shows several things asks the same rule of each.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import sql

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access
from nowrongdoor.rules.access import BLIND, Element, Sealed, Sight, Standing
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.participation import Participation


@dataclass(frozen=True)
class Vantage:
    """Whom a page is about, and how the viewer stands to them. `sight` is of what was asked for."""

    viewer: Viewer
    at: datetime
    person_id: UUID | None
    referral_id: UUID | None
    contact_id: UUID | None
    standing: Standing
    sight: Sight

    def of_person(self) -> Sight:
        """What may be seen of the person as a whole."""
        return access.sight_of_person(self.viewer, self.standing, at=self.at)

    def of_item(self, *, referral_id: UUID | None = None, contact_id: UUID | None = None) -> Sight:
        """What may be seen of one of their referrals or contacts."""
        return access.sight_of_item(
            self.viewer, self.standing, referral_id=referral_id, contact_id=contact_id, at=self.at
        )

    def is_sealed(self, *, referral_id: UUID | None = None, contact_id: UUID | None = None) -> bool:
        """A seal stands on this very item: whoever may not see it may not know that it is there."""
        return any(
            (referral_id is not None and one.referral_id == referral_id)
            or (contact_id is not None and one.contact_id == contact_id)
            for one in self.standing.seals
        )

    @property
    def is_kept(self) -> bool:
        """A seal stands on the person, or on the referral that was asked for."""
        return self.standing.is_restricted or self.is_sealed(referral_id=self.referral_id)

    def may_see_contact(self, contact_id: UUID, of_referral: Sight) -> bool:
        """Whoever may see a referral may see the contact it came from, unless that contact is sealed."""
        if not self.is_sealed(contact_id=contact_id):
            return of_referral is not BLIND
        return self.of_item(contact_id=contact_id) is not BLIND

    @property
    def shows_whereabouts(self) -> bool:
        return self.sight.shows(Element.WHEREABOUTS)

    @property
    def shows_story(self) -> bool:
        return self.sight.shows(Element.STORY)


def of(what: str, key: UUID, *, viewer: Viewer, at: datetime) -> Vantage:
    """
    How the viewer stands to a `person`, `referral`, `contact`, `handover`, `promise`, `clock` or
    `attachment`.

    Raises `Missing` when there is none, and just so when the viewer may not see it.
    """
    seen = asked(what, key, viewer=viewer, at=at)
    if seen is None or seen.sight is BLIND:
        raise Missing(what)
    return seen


def asked(what: str, key: UUID, *, viewer: Viewer, at: datetime) -> Vantage | None:
    """The same without refusing: for a page that says how to ask. None when there is nothing there."""
    with connection.cursor() as cursor:
        asks = {"key": key, "agency": viewer.agency_id, "member": viewer.member_id}
        cursor.execute(STANDING[what], asks)
        row = cursor.fetchone()
    if row is None:
        return None
    person_id, referral_id, contact_id, parts, seals = row
    standing = Standing(
        tuple(_part(one) for one in _listed(parts)), tuple(_seal(one, viewer) for one in _listed(seals))
    )
    if referral_id is None and contact_id is None:
        sight = access.sight_of_person(viewer, standing, at=at)
    else:
        sight = access.sight_of_item(
            viewer, standing, referral_id=referral_id, contact_id=None if referral_id else contact_id, at=at
        )
    return Vantage(viewer, at, person_id, referral_id, contact_id, standing, sight)


def may_know(what: str, key: UUID, *, viewer: Viewer, at: datetime) -> bool:
    """There is such a record, and the viewer may know of it."""
    seen = asked(what, key, viewer=viewer, at=at)
    return seen is not None and seen.sight is not BLIND


def _listed(found: Any) -> list[Mapping[str, Any]]:
    """JSON as the driver gives it: read already, or as text."""
    return json.loads(found) if isinstance(found, str) else found or []


def _part(one: Mapping[str, Any]) -> Participation:
    return Participation(
        id=UUID(one["id"]),
        part=one["part"],
        agency_id=UUID(one["agency_id"]),
        team_id=UUID(one["team_id"]),
        member_id=_key(one["member_id"]),
        person_id=_key(one["person_id"]),
        referral_id=_key(one["referral_id"]),
        contact_id=_key(one["contact_id"]),
        from_at=datetime.fromisoformat(one["from_at"]),
        until_at=datetime.fromisoformat(one["until_at"]) if one["until_at"] else None,
        purpose=one["purpose"],
    )


def _seal(one: Mapping[str, Any], viewer: Viewer) -> Sealed:
    """A seal as it is to this viewer: whom else it is against, no page of theirs is told here."""
    against = viewer.agency_id if one["is_against"] else None
    return Sealed(_key(one["person_id"]), _key(one["referral_id"]), _key(one["contact_id"]), against)


def _key(text: str | None) -> UUID | None:
    return UUID(text) if text else None


# Whose it is. A contact is also seen by whoever takes part in a referral that came of it.
ABOUT = {
    "person": "SELECT id AS person_id, NULL::uuid AS referral_id, NULL::uuid AS contact_id"
    " FROM people_person WHERE id = %(key)s",
    "referral": "SELECT person_id, id AS referral_id, NULL::uuid AS contact_id"
    " FROM referrals_referral WHERE id = %(key)s",
    "contact": "SELECT person_id, NULL::uuid AS referral_id, id AS contact_id"
    " FROM contacts_contact WHERE id = %(key)s",
    "handover": "SELECT r.person_id, r.id AS referral_id, NULL::uuid AS contact_id"
    " FROM handovers_handover h JOIN referrals_referral r ON r.id = h.referral_id WHERE h.id = %(key)s",
    "promise": "SELECT COALESCE(p.person_id, r.person_id, c.person_id) AS person_id,"
    " p.referral_id, p.contact_id"
    " FROM promises_promise p LEFT JOIN referrals_referral r ON r.id = p.referral_id"
    " LEFT JOIN contacts_contact c ON c.id = p.contact_id WHERE p.id = %(key)s",
    "visit": "SELECT r.person_id, r.id AS referral_id, NULL::uuid AS contact_id"
    " FROM visits_visit v JOIN referrals_referral r ON r.id = v.referral_id WHERE v.id = %(key)s",
    "clock": "SELECT person_id, referral_id, contact_id FROM clocks_clock WHERE id = %(key)s",
    "attachment": "SELECT r.person_id, r.id AS referral_id, NULL::uuid AS contact_id"
    " FROM attachments_attachment a JOIN handovers_handover h ON h.id = a.handover_id"
    " JOIN referrals_referral r ON r.id = h.referral_id WHERE a.id = %(key)s",
}
PARTS = """
    SELECT p.id, p.part, p.agency_id, p.team_id, p.member_id, p.person_id, p.referral_id, p.contact_id,
        p.from_at, p.until_at, p.purpose
    FROM participations_participation p
    WHERE p.agency_id = %(agency)s AND p.person_id = about.person_id
    UNION
    SELECT p.id, p.part, p.agency_id, p.team_id, p.member_id, p.person_id, p.referral_id, p.contact_id,
        p.from_at, p.until_at, p.purpose
    FROM participations_participation p
    WHERE p.agency_id = %(agency)s AND p.referral_id = about.referral_id
    UNION
    SELECT p.id, p.part, p.agency_id, p.team_id, p.member_id, p.person_id, p.referral_id, p.contact_id,
        p.from_at, p.until_at, p.purpose
    FROM participations_participation p
    WHERE p.agency_id = %(agency)s AND p.contact_id = about.contact_id
    UNION
    SELECT p.id, p.part, p.agency_id, p.team_id, p.member_id, p.person_id, p.referral_id, about.contact_id,
        p.from_at, p.until_at, p.purpose
    FROM referrals_referral r JOIN participations_participation p ON p.referral_id = r.id
    WHERE about.contact_id IS NOT NULL AND about.referral_id IS NULL
        AND r.contact_id = about.contact_id AND p.agency_id = %(agency)s
        AND NOT EXISTS (
            SELECT FROM sharing_seal s WHERE s.contact_id = about.contact_id AND s.lifted_at IS NULL)
"""
SEALS = """
    SELECT person_id, referral_id, contact_id, seal_is_against(id, %(agency)s, %(member)s) AS is_against
    FROM sharing_seal
    WHERE lifted_at IS NULL AND (person_id = about.person_id OR referral_id = about.referral_id
        OR contact_id = about.contact_id)
"""
STANDING = {
    what: sql.SQL(
        "SELECT about.person_id, about.referral_id, about.contact_id,"
        " (SELECT json_agg(own) FROM ({parts}) own), (SELECT json_agg(kept) FROM ({seals}) kept)"
        " FROM ({about}) about"
    ).format(parts=sql.SQL(PARTS), seals=sql.SQL(SEALS), about=sql.SQL(about))
    for what, about in ABOUT.items()
}
