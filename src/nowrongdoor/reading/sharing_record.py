"""
Who may look at a person's record and why: the parts that teams have in their care, what was decided to be
shared, what is sealed, who opened it, and which agreements cover it. Seven statements.

A sealed referral or contact that the viewer may not know of is told of by none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from psycopg import sql

from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.data.sharing.facts import DECISIONS, OPENINGS
from nowrongdoor.data.sharing.models import Opening as OpeningRow
from nowrongdoor.data.sharing.models import SharingDecision as DecisionRow
from nowrongdoor.reading import oversight, person_record, seal_lines
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.oversight import AgreementLine
from nowrongdoor.reading.seal_lines import SealLine
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import access, sealing, sharing
from nowrongdoor.rules.access import BLIND, CLOSE, Element, Relationship, Sealed, Standing, Viewer
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.opening import Opening
from nowrongdoor.rules.participation import Participation
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.sharing import SharingDecision

MOST_PAST = 50


@dataclass(frozen=True)
class TeamSight:
    """
    A team that may see something of the person now: by which parts, what of it, until when at the latest
    (none where nobody knows), and which member alone, where it is one member's own.
    """

    agency_name: str
    team_id: UUID
    team_name: str
    member_name: str
    tie: Relationship
    parts: tuple[Participation, ...]
    elements: frozenset[str]

    @property
    def since(self) -> datetime:
        return min(one.from_at for one in self.parts)

    @property
    def until(self) -> datetime | None:
        ends = [one.until_at for one in self.parts]
        return None if None in ends else max(one for one in ends if one)


@dataclass(frozen=True)
class DecisionLine:
    """
    A decision to share with the names it needs; `holds`: they have a part of their own as well. Who may not
    see the referral it goes with is told of it, and does not end it.
    """

    decision: SharingDecision
    to_team: str
    to_agency: str
    by_team: str
    decided_by: str
    withdrawn_by: str
    holds: bool = False
    shows_item: bool = True


@dataclass(frozen=True)
class OpeningLine:
    opening: Opening
    member_name: str
    team_name: str


@dataclass(frozen=True)
class Item:
    """A referral or a contact of the person that the viewer takes part in and may seal."""

    kind: str
    id: UUID
    received_at: datetime
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SharingRecord:
    """`decisions` are those that stand, `past` those that were withdrawn, the latest first."""

    person: Person
    has_twin: bool
    teams: tuple[TeamSight, ...]
    decisions: tuple[DecisionLine, ...]
    past: tuple[DecisionLine, ...]
    seals: tuple[SealLine, ...]
    openings: tuple[OpeningLine, ...]
    agreements: tuple[AgreementLine, ...]


def of(person_id: UUID, *, seen: Vantage) -> SharingRecord:
    """Everything the page shows to this viewer. Raises `Missing` when there is no such person."""
    person, has_twin = person_record.known(person_id, seen=seen)
    kept, seals = seal_lines.kept_from(seen), seal_lines.standing_on(person_id)
    teams, agencies = _teams(person_id, kept, seals, seen=seen)
    decisions = _decisions(person_id, kept, teams, seen=seen)
    return SharingRecord(
        person,
        has_twin,
        teams,
        tuple(one for one in decisions if sharing.stands(one.decision, at=seen.at)),
        tuple(one for one in decisions if not sharing.stands(one.decision, at=seen.at))[:MOST_PAST],
        tuple(
            seal_lines.told(one, seen.viewer)
            for one in seals
            if not {one.seal.referral_id, one.seal.contact_id} & kept
        ),
        _openings(person_id),
        oversight.agreements(sorted(agencies), on=local_date(seen.at)) if agencies else (),
    )


def decision(decision_id: UUID, *, seen: Vantage) -> DecisionLine:
    """
    One decision about this person. Raises `Missing` for another's, for one that is kept from view, and for
    what another team decided where this viewer may not read what is shared.
    """
    found = _decisions(
        seen.person_id,
        seal_lines.kept_from(seen),
        _teams(seen.person_id, set(), seal_lines.standing_on(seen.person_id), seen=seen)[0],
        seen=seen,
    )
    line = next((one for one in found if one.decision.id == decision_id), None)
    reads = seen.of_person().shows(Element.ACCESS)
    if line is None or not (reads or line.decision.by_team_id == seen.viewer.team_id):
        raise Missing(DECISIONS.name)
    return line


def may_seal(person_id: UUID, *, seen: Vantage) -> tuple[Item, ...]:
    """The referrals and contacts of the person that the viewer takes part in and nobody has sealed."""
    referrals = ReferralRow.objects.filter(person_id=person_id).order_by("-received_at")
    contacts = ContactRow.objects.filter(person_id=person_id).order_by("-received_at")
    items = [
        Item("referral", key, received_at, tuple(needs))
        for key, received_at, needs in referrals.values_list("pk", "received_at", "needs")[:MOST_PAST]
    ]
    items += [
        Item("contact", key, received_at, (channel,))
        for key, received_at, channel in contacts.values_list("pk", "received_at", "channel")[:MOST_PAST]
    ]
    return tuple(one for one in items if _may_seal(one, seen))


def _may_seal(one: Item, seen: Vantage) -> bool:
    key = {f"{one.kind}_id": one.id}
    return not seen.is_sealed(**key) and seen.of_item(**key).relationship in sealing.MAY_SEAL


def _teams(
    person_id: UUID | None, kept: set[UUID | None], seals: Iterable[SealLine], *, seen: Vantage
) -> tuple[tuple[TeamSight, ...], set[UUID]]:
    """Every team that may look at this instant, the closest tie first; and their agencies."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, {"person": person_id})
        rows = cursor.fetchall()
    found: dict[tuple[UUID, UUID | None], list[tuple[Participation, list[str], tuple[str, ...]]]] = {}
    for row in rows:
        part = Participation(*row[: len(COLUMNS)])
        if not {part.referral_id, part.contact_id} & kept - {None}:
            names, roles = tuple(row[len(COLUMNS) : -1]), row[-1] or []
            found.setdefault((part.team_id, part.member_id), []).append((part, roles, names))
    stands = tuple(sealing.kept(one.seal) for one in seals)
    lines = [line for group in found.values() if (line := _team(group, stands, seen=seen)) is not None]
    agencies = {part.agency_id for group in found.values() for part, _, _ in group}
    order = list(Relationship)
    ordered = sorted(lines, key=lambda one: (order.index(one.tie), one.agency_name, one.team_name))
    return tuple(ordered), agencies


def _team(
    group: list[tuple[Participation, list[str], tuple[str, ...]]], seals: tuple[Sealed, ...], *, seen: Vantage
) -> TeamSight | None:
    """What a team may see now, by asking the rule for each role that works there; none where nothing."""
    parts = tuple(part for part, _, _ in group)
    first, (_, roles, (agency_name, team_name, member_name)) = parts[0], group[0]
    sights = []
    for role in roles:
        viewer = Viewer(first.member_id or first.id, "", role, first.team_id, "", first.agency_id)
        standing = Standing(parts, seals)
        sights.append(access.sight_of_person(viewer, standing, at=seen.at))
    sights = [one for one in sights if one is not BLIND]
    if not sights:
        return None
    tie = min((one.relationship for one in sights), key=list(Relationship).index)
    counted = tuple(one for one in parts if _counts(one, tie, at=seen.at))
    elements = frozenset[str]().union(*(one.elements for one in sights))
    return TeamSight(agency_name, first.team_id, team_name, member_name, tie, counted, elements)


def _counts(part: Participation, tie: Relationship, *, at: datetime) -> bool:
    lasts = part.from_at <= at and (part.until_at is None or at < part.until_at)
    return lasts if tie is not Relationship.LATELY else part.until_at is not None


def _decisions(
    person_id: UUID | None, kept: set[UUID | None], teams: Iterable[TeamSight], *, seen: Vantage
) -> list[DecisionLine]:
    names = ("to_team__name", "to_team__agency__name", "by_team__name", "decided_by__name")
    theirs = ReferralRow.objects.filter(person_id=person_id).values("pk")
    rows = DecisionRow.objects.filter(Q(person_id=person_id) | Q(referral_id__in=theirs))
    ordered = rows.order_by("-decided_at", "id").values_list(*under(DECISIONS), *names, "withdrawn_by__name")
    own = {one.team_id for one in teams if one.tie in CLOSE}
    found = []
    for values in ordered:
        cells = Cells(values)
        facts = cells.facts(DECISIONS)
        shows_item = not facts.referral_id or seen.of_item(referral_id=facts.referral_id) is not BLIND
        if not shows_item:
            # That it was shared is told; the words are about a referral this viewer may not see.
            facts = replace(facts, words="", withdrawal_words="")
        if facts.referral_id is None or facts.referral_id not in kept:
            said = [str(cells.take() or "") for _ in range(5)]
            found.append(DecisionLine(facts, *said, facts.to_team_id in own, shows_item))
    return found


def _openings(person_id: UUID) -> tuple[OpeningLine, ...]:
    rows = OpeningRow.objects.filter(person_id=person_id).order_by("-opened_at", "id")[:MOST_PAST]
    found = []
    for values in rows.values_list(*under(OPENINGS), "member__name", "team__name"):
        cells = Cells(values)
        found.append(OpeningLine(cells.facts(OPENINGS), cells.take(), cells.take()))
    return tuple(found)


COLUMNS = tuple(Participation.__dataclass_fields__)
PARTS = sql.SQL("""
    SELECT {columns}, a.name, t.name, coalesce(m.name, ''),
        (SELECT array_agg(DISTINCT w.role ORDER BY w.role) FROM agencies_membership w
          WHERE w.team_id = p.team_id AND w.until_at IS NULL
            AND (p.member_id IS NULL OR w.member_id = p.member_id))
    FROM parts_in_care_of(%(person)s) p
    JOIN agencies_team t ON t.id = p.team_id
    JOIN agencies_agency a ON a.id = p.agency_id
    LEFT JOIN agencies_member m ON m.id = p.member_id
    ORDER BY p.from_at, p.id
""").format(columns=sql.SQL(", ").join(sql.Identifier("p", name) for name in COLUMNS))
