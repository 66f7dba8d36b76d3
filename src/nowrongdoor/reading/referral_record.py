"""
One referral: its clock, its holder now and before, every handover of it, what is owed, and what this
viewer may do about it. Four statements.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Exists

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.kernel.live.sharing import NOBODY
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import circle_of, handover_lines, holder_lines, owed
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.handover_lines import HandoverLine
from nowrongdoor.reading.holder_lines import HeldInTurn, HeldTime
from nowrongdoor.reading.owed import Owed
from nowrongdoor.reading.person_record import twins_of
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import access, handover, holding, law, re_homing, referral
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import HandoverState, PromiseState


@dataclass(frozen=True)
class About:
    """A referral with what is joined to it: whom it is about, where it came from, who decided."""

    referral: Referral
    person: Person | None
    has_twin: bool
    contact: Contact | None
    from_team: str
    triaged_by: str
    closed_by: str
    triaged_by_title: str


@dataclass(frozen=True)
class ReferralRecord(HeldInTurn):
    """`why_not` says of each act why this viewer may not do it now; an act that is not in it may be done."""

    about: About
    holds: tuple[HeldTime, ...]
    handovers: tuple[HandoverLine, ...]
    owed: tuple[Owed, ...]
    why_not: dict[str, str]

    @property
    def live(self) -> HandoverLine | None:
        return next((one for one in self.handovers if one.handover.state == HandoverState.OFFERED), None)


def of(referral_id: UUID, *, seen: Vantage) -> ReferralRecord:
    """Everything the referral's page shows. Raises `Missing` when there is no such referral."""
    known = about(referral_id, seen=seen)
    sight = seen.of_item(referral_id=referral_id)
    holds = holder_lines.as_seen(holder_lines.of([referral_id])[referral_id], sight)
    asked = handover_lines.of(referral_id, sight=sight)
    promised = owed.as_seen(owed.of_referral(referral_id), sight)
    record = ReferralRecord(known, holds, asked, promised, {})
    return replace(record, why_not=_why_not(record, viewer=seen.viewer, at=seen.at))


def received_at(referral_id: UUID) -> datetime | None:
    """When a referral was taken in; none while it was not."""
    return ReferralRow.objects.filter(pk=referral_id).values_list("received_at", flat=True).first()


def about(referral_id: UUID, *, seen: Vantage) -> About:
    """The referral, the person and the contact it came from as this viewer may see them, by one statement."""
    rows = ReferralRow.objects.filter(pk=referral_id).annotate(
        twin=Exists(twins_of("person_id", "person__family_key", "person__given_key"))
    )
    columns = (
        *under(REFERRALS), *under(PEOPLE, "person"), "twin", *under(CONTACTS, "contact"),
        "from_team__name", "triaged_by__name", "closed_by__name", "triaged_by__job_title",
        circle_of.may_ring("contact__"),
    )  # fmt: skip
    values = rows.values_list(*columns).first()
    if values is None:
        raise Missing(REFERRALS.name)
    cells = Cells(values)
    referral, person, twin, contact = (
        cells.facts(REFERRALS),
        cells.facts_if_any(PEOPLE),
        cells.take(),
        cells.facts_if_any(CONTACTS),
    )
    contact = contact and replace(contact, safe_to_call=values[-1])
    sight = seen.of_item(referral_id=referral_id)
    return About(
        cleared(REFERRALS, referral, sight),
        cleared(PEOPLE, person, sight) if person else None,
        twin,
        cleared(CONTACTS, contact, sight) if contact and seen.may_see_contact(contact.id, sight) else None,
        *(cells.take() or "" for _ in range(4)),
    )


def _why_not(record: ReferralRecord, *, viewer: Viewer, at: datetime) -> dict[str, str]:
    """Each act is tried as it would be done, and thrown away: the rule itself says why it may not be."""
    refusals = {}
    for verb, try_it in ACTS.items():
        try:
            try_it(record, viewer, at)
        except Refused as refusal:
            refusals[verb] = refusal.words
    return refusals


def _as_holder(record: ReferralRecord, viewer: Viewer, act: str, at: datetime) -> holding.Holding:
    held = record.held_now
    if held is None:
        raise Refused(referral.REFUSALS[referral.CLOSED], code="referral_closed")
    access.need(viewer, act, at=at, team_id=held.holding.team_id, team=held.team_name)
    return held.holding


def _take(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    held = _as_holder(record, viewer, "holding.take", at)
    holding.take(held, open_promises=(), member_id=viewer.member_id, at=at)


def _accept_re_homed(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    held = _as_holder(record, viewer, "holding.accept_re_homed", at)
    moved = record.held_now.re_homing if record.held_now else None
    if moved is None:
        raise Refused("This did not come to your team by a re-homing.", code="nothing_re_homed")
    re_homing.accept_re_homed(
        moved,
        held=held,
        live_offer=record.live.handover if record.live else None,
        open_promises=(),
        read_back="anything",
        by=viewer.member_id,
        at=at,
    )


def _be_in_touch(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    _as_holder(record, viewer, "care_contact.record", at)


def _statutory(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    _as_holder(record, viewer, "statutory.begin", at)


def _visit(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    _as_holder(record, viewer, "visit.ask", at)


def _police(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    _as_holder(record, viewer, "police.decide", at)


def _begin(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    _as_holder(record, viewer, "referral.begin", at)
    referral.begin(record.about.referral, at=at)


def _offer(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    handover.offer(
        record.about.referral,
        held=_as_holder(record, viewer, "handover.offer", at),
        live_offer=record.live.handover if record.live else None,
        handover_id=NOBODY,
        to=ANY_TEAM,
        message=Message("", "", "", "anything", "", "", ""),
        hop=1,
        by=viewer.member_id,
        at=at,
    )


def _close(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    referral.close(
        record.about.referral,
        held=_as_holder(record, viewer, "referral.close", at),
        offer_waits=record.live is not None,
        open_promises=[one.promise for one in record.owed if one.promise.state == PromiseState.OPEN],
        outcome=law.codes("close_outcomes", on=local_date(at))[0].code,
        told="anything",
        told_by=law.codes("told_by", on=local_date(at))[0].code,
        by=viewer.member_id,
        at=at,
    )


def _reopen(record: ReferralRecord, viewer: Viewer, at: datetime) -> None:
    access.need(viewer, "referral.reopen", at=at)
    referral.reopen(
        record.about.referral,
        holding_id=NOBODY,
        team_id=viewer.team_id,
        member_id=viewer.member_id,
        why="anything",
        at=at,
    )


ANY_TEAM = Team(NOBODY, NOBODY, "another team", "", "", True, datetime.min.replace(tzinfo=UTC), None, None)
ACTS: dict[str, Callable[[ReferralRecord, Viewer, datetime], None]] = {
    "take": _take,
    "accept_re_homed": _accept_re_homed,
    "be_in_touch": _be_in_touch,
    "begin": _begin,
    "statutory": _statutory,
    "police": _police,
    "visit": _visit,
    "offer": _offer,
    "close": _close,
    "reopen": _reopen,
}
