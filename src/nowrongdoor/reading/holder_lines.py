"""Who was answerable for a referral, from when until when, and by which act each holding began."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.holdings.models import Holding as HoldingRow
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules.holding import Holding


@dataclass(frozen=True)
class HeldTime:
    """One holding with the names of its holder; `words` and `by` say what the change rested on."""

    holding: Holding
    team_name: str
    member_name: str
    words: str
    by_name: str


def of(referral_ids: Iterable[UUID]) -> dict[UUID, tuple[HeldTime, ...]]:
    """The holdings of each referral, first holder first. One statement for all of them."""
    asked = list(referral_ids)
    rows = (
        HoldingRow.objects.filter(referral_id__in=asked)
        .order_by("referral_id", "from_at")
        .values_list(*under(HOLDINGS), *NAMES)
    )
    lines: dict[UUID, list[HeldTime]] = {one: [] for one in asked}
    for values in rows:
        cells = Cells(values)
        holding = cells.facts(HOLDINGS)
        team, member, read_back, accepted_by, moved, moved_by = (cells.take() or "" for _ in NAMES)
        lines[holding.referral_id].append(
            HeldTime(holding, team, member, read_back or moved, accepted_by or moved_by)
        )
    return {one: tuple(line) for one, line in lines.items()}


NAMES = (
    "team__name",
    "member__name",
    "handover__read_back",
    "handover__answered_by__name",
    "re_homing__words",
    "re_homing__re_homed_by__name",
)
