"""
All that whoever triages needs before them: the referral with its story, what else is open about the
person, and the teams that could be asked. Seven statements, whatever the length of the story.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import open_teams, referral_record
from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.reading.referral_record import ReferralRecord
from nowrongdoor.rules import access
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.handover import REFUSALS as OFFER_REFUSALS
from nowrongdoor.rules.referral import MOVES, REFUSALS
from nowrongdoor.rules.words import HandoverState, ReferralState

MOST = 20


@dataclass(frozen=True)
class Involved:
    """Another referral about the same person that someone holds now."""

    referral_id: UUID
    needs: tuple[str, ...]
    request: str
    state: str
    received_at: datetime
    team: str
    agency: str
    member: str


@dataclass(frozen=True)
class Case:
    """`why_not` says why this viewer cannot decide now, and is empty when they can."""

    record: ReferralRecord
    involved: tuple[Involved, ...]
    teams: tuple[OpenTeam, ...]
    why_not: str


def of(referral_id: UUID, *, viewer: Viewer, at: datetime) -> Case:
    """Raises `Missing` when there is no such referral."""
    record = referral_record.of(referral_id, viewer=viewer, at=at)
    held = record.held_now
    teams = open_teams.with_services(but_not=held.holding.team_id if held else None)
    person_id = record.about.referral.person_id
    involved = _involved(person_id, but_not=referral_id) if person_id else ()
    return Case(record, involved, teams, _why_not(record, viewer=viewer, at=at))


def _why_not(record: ReferralRecord, *, viewer: Viewer, at: datetime) -> str:
    referral, held, live = record.about.referral, record.held_now, record.live
    if held is None:
        return REFUSALS[ReferralState.CLOSED]
    try:
        access.need(viewer, "triage.decide", at=at, team_id=held.holding.team_id, team=held.team_name)
    except Refused as refusal:
        return refusal.words
    if live is not None:
        return f"{OFFER_REFUSALS[HandoverState.OFFERED]} {live.receiver_team} was asked."
    if referral.state not in MOVES["accept_here"]:
        return REFUSALS[ReferralState(referral.state)]
    return ""


def _involved(person_id: UUID, *, but_not: UUID) -> tuple[Involved, ...]:
    with connection.cursor() as cursor:
        cursor.execute(INVOLVED, {"person": person_id, "this": but_not, "most": MOST})
        rows = cursor.fetchall()
    return tuple(Involved(row[0], tuple(row[1]), *row[2:7], row[7] or "") for row in rows)


INVOLVED = """
    SELECT r.id, r.needs, coalesce(nullif(r.request, ''), r.words), r.state, r.received_at,
           t.name, a.name, m.name
    FROM referrals_referral r
    JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
    JOIN agencies_team t ON t.id = h.team_id
    JOIN agencies_agency a ON a.id = t.agency_id
    LEFT JOIN agencies_member m ON m.id = h.member_id
    WHERE r.person_id = %(person)s AND r.state <> 'closed' AND r.id <> %(this)s
    ORDER BY r.received_at DESC
    LIMIT %(most)s
"""
