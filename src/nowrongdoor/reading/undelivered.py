"""
Offers that stand on the list of the team that was asked, and of which nobody has written down that they do.

For the worker that writes it. An offer is on a list when it waits, when the team has a part in the care by
it, and when somebody works in the team: it is found where the team's pages find it; nothing is taken as sent.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef

from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.participations.models import Participation as PartRow
from nowrongdoor.data.stages.models import Stage as StageRow
from nowrongdoor.rules import answer_link
from nowrongdoor.rules.stage import StageKind
from nowrongdoor.rules.words import HandoverState


def offers(*, limit: int) -> list[UUID]:
    """Which offers have reached their list since anybody looked, the longest awaited first."""
    receiver = OuterRef("handover__receiver_team_id")
    works = MembershipRow.objects.filter(team_id=receiver, until_at=None).exclude(role=answer_link.ROLE)
    part = PartRow.objects.filter(referral_id=OuterRef("referral_id"), team_id=receiver, until_at=None)
    rows = StageRow.objects.filter(
        Exists(works),
        Exists(part),
        kind=StageKind.SENT.value,
        reached_at=None,
        handover__state=HandoverState.OFFERED,
        handover__receiver_team__closed_at=None,
    )
    return [key for key in rows.order_by("started_at").values_list("handover_id", flat=True)[:limit] if key]
