"""The parts everyone has in everyone's care, as the rows of a place in memory say."""

from collections.abc import Iterator
from uuid import UUID

from nowrongdoor.rules import participation
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.participation import Known, Participation
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.sim.rows import Rows


def of(rows: Rows) -> Iterator[Participation]:
    """One participation for each row that gives somebody a part, in the order of rows."""
    known = known_to(rows)
    for row in rows.everything():
        part = participation.of(row, known)
        if part is not None:
            yield part


def known_to(rows: Rows) -> Known:
    """What the rows of this place say of teams, referrals and contacts."""

    def person_of(referral_id: UUID | None, contact_id: UUID | None) -> UUID | None:
        about = rows.one(Referral, referral_id).person_id if referral_id else None
        if about is None and contact_id:
            return rows.one(Contact, contact_id).person_id
        return about

    return Known(
        {team.id: team.agency_id for team in rows.every(Team)},
        person_of,
        lambda promise_id: rows.one(Promise, promise_id),
    )
