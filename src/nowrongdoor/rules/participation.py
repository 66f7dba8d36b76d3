"""
Participation: the part a team has in someone's care, as the rows themselves say.

Nobody keeps a list of who may look. A team has a part in a person's care because it holds them, was
offered them, took them in, answered them or owes them something; because something late was raised to
it; because somebody decided to share
with its agency; or because a member said why they had to look. Each row of those kinds gives exactly
one participation, with the row's own id and period: here for any place in memory, and by triggers in
PostgreSQL (`data/participations`). A parity test holds the two equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.opening import Opening, OpeningKind
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.promise_kinds import ASKS_ALONG, GIVES_NO_PART
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sharing import SharingDecision, is_override


class Part(StrEnum):
    """In what way a team, an agency or a member takes part."""

    HOLDS = "holds"
    OFFERED = "offered"
    TOOK_IN = "took_in"
    ANSWERED = "answered"
    OWES = "owes"
    RAISED = "raised"
    SHARED = "shared"
    CLAIMED = "claimed"
    BROKE_GLASS = "broke_glass"


@dataclass(frozen=True)
class Participation:
    """
    One part in one person's care, half-open in time. `id` is the id of the row it follows from.

    `member_id` is only known where the part is one member's own and not their team's; `purpose` only
    where it was given for one purpose alone.
    """

    id: UUID
    part: str
    agency_id: UUID
    team_id: UUID
    member_id: UUID | None
    person_id: UUID | None
    referral_id: UUID | None
    contact_id: UUID | None
    from_at: datetime
    until_at: datetime | None
    purpose: str = ""


@dataclass(frozen=True)
class Known:
    """What a row does not say of itself: a team's agency, and whom a referral or contact is about."""

    agency_of: Mapping[UUID, UUID]
    person_of: Callable[[UUID | None, UUID | None], UUID | None]
    """Asked with a referral's id and a contact's id, either of which may be none."""
    promise_of: Callable[[UUID], Promise]
    """What was promised, for whatever was raised about it."""


def of(row: Any, known: Known) -> Participation | None:
    """The part that this row gives somebody, or none when rows of its kind give none."""
    promised = known.promise_of(row.promise_id) if isinstance(row, Escalation) else row
    if isinstance(promised, Promise) and promised.kind in GIVES_NO_PART:
        # A volunteer is told a name and a number, and whoever hears that they are late no more than that.
        return None
    tells = TELLS.get(type(row))
    return tells(row, known) if tells else None


def _of_holding(row: Holding, known: Known) -> Participation:
    return _part(
        row.id, Part.HOLDS, row.team_id, known, referral_id=row.referral_id, when=(row.from_at, row.until_at)
    )


def _of_handover(row: Handover, known: Known) -> Participation:
    return _part(
        row.id, Part.OFFERED, row.receiver_team_id, known,
        referral_id=row.referral_id, when=(row.offered_at, row.answered_at),
    )  # fmt: skip


def _of_referral(row: Referral, known: Known) -> Participation:
    return _part(
        row.id, Part.TOOK_IN, row.from_team_id, known,
        referral_id=row.id, when=(row.received_at, row.closed_at), person_id=row.person_id,
    )  # fmt: skip


def _of_contact(row: Contact, known: Known) -> Participation:
    return _part(
        row.id, Part.ANSWERED, row.team_id, known,
        contact_id=row.id, when=(row.received_at, row.closed_at), person_id=row.person_id,
    )  # fmt: skip


def _of_promise(row: Promise, known: Known) -> Participation:
    # Asked along is asked, as an offer asks: a no lets that team look for no longer than one to an offer.
    part = Part.OFFERED if row.kind in ASKS_ALONG else Part.OWES
    return _part(
        row.id, part, row.owner_team_id, known,
        referral_id=row.referral_id, contact_id=row.contact_id, when=(row.made_at, row.ended_at),
        person_id=row.person_id,
    )  # fmt: skip


def _of_escalation(row: Escalation, known: Known) -> Participation:
    """Whoever something late was raised to must be able to look into it, until it is settled."""
    late = known.promise_of(row.promise_id)
    return _part(
        row.id, Part.RAISED, row.to_team_id, known,
        referral_id=late.referral_id, contact_id=late.contact_id,
        when=(row.escalated_at, late.ended_at), person_id=late.person_id,
    )  # fmt: skip


def _of_decision(row: SharingDecision, known: Known) -> Participation:
    # To keep someone safe it is told to everyone of that team, whatever their role usually looks for.
    purpose = "" if is_override(row.confidentiality_basis) else row.purpose
    return _part(
        row.id, Part.SHARED, row.to_team_id, known,
        referral_id=row.referral_id, when=(row.decided_at, row.withdrawn_at), person_id=row.person_id,
        purpose=purpose,
    )  # fmt: skip


def _of_opening(row: Opening, known: Known) -> Participation:
    part = Part.CLAIMED if row.kind == OpeningKind.CLAIM else Part.BROKE_GLASS
    return _part(
        row.id, part, row.team_id, known,
        when=(row.opened_at, row.until_at), person_id=row.person_id, member_id=row.member_id,
    )  # fmt: skip


def _part(
    key: UUID,
    part: Part,
    team_id: UUID,
    known: Known,
    *,
    when: tuple[datetime, datetime | None],
    referral_id: UUID | None = None,
    contact_id: UUID | None = None,
    person_id: UUID | None = None,
    member_id: UUID | None = None,
    purpose: str = "",
) -> Participation:
    return Participation(
        id=key,
        part=part,
        agency_id=known.agency_of[team_id],
        team_id=team_id,
        member_id=member_id,
        person_id=person_id or known.person_of(referral_id, contact_id),
        referral_id=referral_id,
        contact_id=contact_id,
        from_at=when[0],
        until_at=when[1],
        purpose=purpose,
    )


TELLS: dict[type, Callable[[Any, Known], Participation]] = {
    Holding: _of_holding,
    Handover: _of_handover,
    Referral: _of_referral,
    Contact: _of_contact,
    Promise: _of_promise,
    Escalation: _of_escalation,
    SharingDecision: _of_decision,
    Opening: _of_opening,
}
