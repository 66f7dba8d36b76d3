"""One handover as both sides see it: the message, the answer, who holds meanwhile, what came before it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Q, When

from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.sharing.facts import DECISIONS
from nowrongdoor.data.sharing.models import SharingDecision as DecisionRow
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import clearing, handover_lines, holder_lines, referral_record
from nowrongdoor.reading.handover_lines import AttachmentLine, HandoverLine
from nowrongdoor.reading.holder_lines import HeldInTurn, HeldTime
from nowrongdoor.reading.referral_record import About
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import access
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.rules.stage import StageKind
from nowrongdoor.rules.words import HandoverState


@dataclass(frozen=True)
class HandoverRecord(HeldInTurn):
    """
    `others` are the other handovers of the same referral; `why_not` as on a referral; `shared` is what was
    decided about sharing with the team that was asked, where it is of another agency.
    """

    asked: HandoverLine
    about: About
    holds: tuple[HeldTime, ...]
    others: tuple[HandoverLine, ...]
    why_not: dict[str, str]
    files: tuple[AttachmentLine, ...] = ()
    shared: SharingDecision | None = None
    hidden: tuple[str, ...] = ()
    """What was written and is not this viewer's to read: an empty box would read as nothing written."""

    @property
    def to_receive(self) -> bool:
        """It waits, nobody of the team that was asked has opened it, and this viewer is one of them."""
        kinds = {one.kind for one in self.asked.stages if one.reached_at is not None}
        return self.waits and StageKind.RECEIVED not in kinds and "receive" not in self.why_not

    @property
    def goes_on_by_link(self) -> bool:
        """A team in which nobody signs in holds by its acceptance of this offer still."""
        held = self.held_now
        theirs = held is not None and held.holding.handover_id == self.asked.handover.id
        return theirs and not self.asked.receiver_signs_in

    @property
    def waits(self) -> bool:
        return self.asked.handover.state == HandoverState.OFFERED


def of(handover_id: UUID, *, seen: Vantage) -> HandoverRecord:
    """
    Everything the page of a handover shows. Raises `Missing` when there is no such handover, or it is not
    of the referral whose page was asked for.
    """
    referral_id = seen.referral_id
    sight = seen.of_item(referral_id=referral_id)
    every = handover_lines.of(referral_id, sight=sight) if referral_id else ()
    asked = next((one for one in every if one.handover.id == handover_id), None)
    if referral_id is None or asked is None:
        raise Missing(HANDOVERS.name)
    return HandoverRecord(
        asked,
        referral_record.about(referral_id, seen=seen),
        holder_lines.as_seen(holder_lines.of([referral_id])[referral_id], sight),
        tuple(one for one in every if one is not asked),
        _why_not(asked, viewer=seen.viewer, at=seen.at),
        handover_lines.files_of(asked, every),
        _shared(asked.handover, seen.person_id),
        clearing.hidden(HANDOVERS, sight),
    )


def _shared(asked: Handover, person_id: UUID | None) -> SharingDecision | None:
    """What this offer decided; else what stood with its receiver already."""
    about = Q(referral_id=asked.referral_id)
    if person_id is not None:
        about |= Q(person_id=person_id)
    rows = DecisionRow.objects.filter(about, to_team_id=asked.receiver_team_id).filter(
        Q(handover_id=asked.id) | Q(withdrawn_at=None)
    )
    own_first = Case(When(handover_id=asked.id, then=0), default=1)
    values = rows.order_by(own_first, "-decided_at").values_list(*DECISIONS.columns).first()
    return DECISIONS.of(values) if values else None


def _why_not(asked: HandoverLine, *, viewer: Viewer, at: datetime) -> dict[str, str]:
    receiver, giver = asked.handover.receiver_team_id, asked.handover.giver_team_id
    refusals = {}
    for verb, act, team_id, team in (
        ("receive", "handover.receive", receiver, asked.receiver_team),
        ("accept", "handover.accept", receiver, asked.receiver_team),
        ("send_back", "handover.send_back", receiver, asked.receiver_team),
        ("withdraw", "handover.withdraw", giver, asked.giver_team),
        ("chase", "handover.chase", giver, asked.giver_team),
    ):
        try:
            access.need(viewer, act, at=at, team_id=team_id, team=team)
        except Refused as refusal:
            refusals[verb] = refusal.words
    return refusals
