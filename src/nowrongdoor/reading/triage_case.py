"""
All that whoever triages needs before them: the referral with its story, who is involved with the person,
what changed since they were last in touch, and the teams that could be asked. Seven statements, whatever
the length of the story.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from nowrongdoor.data.guidance.facts import VERSIONS
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import open_teams, referral_record, triage_changes
from nowrongdoor.reading.columns import of_json
from nowrongdoor.reading.handover_lines import HandoverLine
from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.reading.referral_record import ReferralRecord
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.reading.triage_changes import Changes
from nowrongdoor.rules import access, local_guidance
from nowrongdoor.rules.access import BLIND
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance_versions import Version
from nowrongdoor.rules.handover import REFUSALS as OFFER_REFUSALS
from nowrongdoor.rules.referral import MOVES, REFUSALS
from nowrongdoor.rules.response_advice import Standing
from nowrongdoor.rules.words import HandoverState, ReferralState

MOST = 20


@dataclass(frozen=True)
class Involved:
    """
    Another referral about the same person that someone holds now, and the number to ring them on; without
    its key where this viewer may know who holds it and no more.
    """

    referral_id: UUID | None
    needs: tuple[str, ...]
    request: str
    state: str
    received_at: datetime
    team: str
    phone: str
    agency: str
    member: str


@dataclass(frozen=True)
class Colleague:
    """A member of the viewer's team now, with the discipline on record, if any."""

    member_id: UUID
    name: str
    role: str
    discipline: str


@dataclass(frozen=True)
class Case:
    """
    `why_not` says why this viewer cannot decide now, and is empty when they can. `offer` is the offer of
    this referral that waits for the viewer's own team: then the answer to it is what is to be decided.
    """

    record: ReferralRecord
    offer: HandoverLine | None
    involved: tuple[Involved, ...]
    colleagues: tuple[Colleague, ...]
    teams: tuple[OpenTeam, ...]
    changes: Changes
    why_not: str
    guidance: Standing

    def discipline_of(self, member_id: UUID) -> str:
        return next((one.discipline for one in self.colleagues if one.member_id == member_id), "")


def of(referral_id: UUID, *, seen: Vantage) -> Case:
    """Raises `Missing` when there is no such referral."""
    viewer, at = seen.viewer, seen.at
    record = referral_record.of(referral_id, seen=seen)
    live = record.live
    offer = live if live is not None and live.handover.receiver_team_id == viewer.team_id else None
    involved, colleagues, versions = _who(record, seen=seen)
    return Case(
        record,
        offer,
        involved,
        colleagues,
        open_teams.with_services(but_not=offer.handover.giver_team_id if offer else _holder(record)),
        triage_changes.of(record.about, seen=seen),
        _why_not(record, offer, viewer=viewer, at=at),
        local_guidance.stands(versions, agency_id=viewer.agency_id, on=local_date(at)),
    )


def _holder(record: ReferralRecord) -> UUID | None:
    return record.held_now.holding.team_id if record.held_now else None


def _why_not(record: ReferralRecord, offer: HandoverLine | None, *, viewer: Viewer, at: datetime) -> str:
    referral, held, live = record.about.referral, record.held_now, record.live
    if held is None:
        return REFUSALS[ReferralState.CLOSED]
    try:
        if offer is not None:
            access.need(viewer, "handover.accept", at=at)
            return ""
        access.need(viewer, "triage.decide", at=at, team_id=held.holding.team_id, team=held.team_name)
    except Refused as refusal:
        return refusal.words
    if live is not None:
        return f"{OFFER_REFUSALS[HandoverState.OFFERED]} {live.receiver_team} was asked."
    if referral.state not in MOVES["accept_here"]:
        return REFUSALS[ReferralState(referral.state)]
    return ""


def _who(
    record: ReferralRecord, *, seen: Vantage
) -> tuple[tuple[Involved, ...], tuple[Colleague, ...], list[Version]]:
    referral = record.about.referral
    asked = {"person": referral.person_id, "this": referral.id, "team": seen.viewer.team_id, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(WHO, asked)
        rows = cursor.fetchall()
    versions = [of_json(VERSIONS, json.loads(row[2])) for row in rows if row[1] == GUIDANCE]
    rows = [row for row in rows if row[1] != GUIDANCE]
    involved = [one for row in rows if row[4] is not None for one in _involved(row, seen=seen)]
    colleagues = [Colleague(row[0], row[8], row[3], row[2]) for row in rows if row[4] is None]
    return tuple(involved), tuple(colleagues), versions


def _involved(row: tuple[Any, ...], *, seen: Vantage) -> Iterator[Involved]:
    """Of a sealed referral nothing, of one that is not the viewer's to see only who holds it."""
    if seen.of_item(referral_id=row[0]) is not BLIND:
        yield Involved(row[0], tuple(row[1]), *row[2:8], row[8] or "")
    elif not seen.is_sealed(referral_id=row[0]):
        yield Involved(None, (), "", *row[3:8], row[8] or "")


# What marks a row of the third list, which no referral's needs can be.
GUIDANCE = ["guidance version"]
# Three lists in one: those who hold something else about the person, those who work in the viewer's team, and
# the versions of guidance that have stood here.
WHO = """
    (SELECT r.id, r.needs, r.request, r.state, r.received_at,
            t.name, t.phone, a.name, m.name
     FROM referrals_referral r
     JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
     JOIN agencies_team t ON t.id = h.team_id
     JOIN agencies_agency a ON a.id = t.agency_id
     LEFT JOIN agencies_member m ON m.id = h.member_id
     WHERE r.person_id = %(person)s AND r.state <> 'closed' AND r.id <> %(this)s
     ORDER BY r.received_at DESC
     LIMIT %(most)s)
    UNION ALL
    (SELECT m.id, NULL, m.discipline, s.role, NULL, NULL, NULL, NULL, m.name
     FROM agencies_membership s
     JOIN agencies_member m ON m.id = s.member_id
     WHERE s.team_id = %(team)s AND s.until_at IS NULL
     ORDER BY m.name, m.id)
    UNION ALL
    (SELECT v.id, ARRAY['guidance version'], to_jsonb(v)::text, NULL, NULL, NULL, NULL, NULL, NULL
     FROM guidance_version v
     WHERE v.live_from IS NOT NULL)
"""
