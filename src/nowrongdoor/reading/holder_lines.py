"""Who was answerable for a referral, from when until when, and by which act each holding began."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from nowrongdoor.data.holdings.facts import HOLDINGS, RE_HOMINGS
from nowrongdoor.data.holdings.models import Holding as HoldingRow
from nowrongdoor.reading.clearing import cleared
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.holding import Holding, ReHoming


@dataclass(frozen=True)
class HeldTime:
    """
    One holding with the names of its holder; `words` and `by` say what the change rested on. Where it
    began by a re-homing, that is with it, and `accepted_by` is who has accepted it since.
    """

    holding: Holding
    team_name: str
    member_name: str
    words: str
    by_name: str
    re_homing: ReHoming | None = None
    accepted_by: str = ""

    @property
    def to_accept(self) -> bool:
        """It came by a re-homing, lasts, and nobody has accepted it yet."""
        lasts = self.holding.until_at is None
        return lasts and self.re_homing is not None and self.re_homing.accepted_at is None


class HeldInTurn:
    """What is held by one after another, first holder first: at most the last of them holds it now."""

    holds: tuple[HeldTime, ...]

    @property
    def held_now(self) -> HeldTime | None:
        return self.holds[-1] if self.holds and self.holds[-1].holding.until_at is None else None


def of(referral_ids: Iterable[UUID]) -> dict[UUID, tuple[HeldTime, ...]]:
    """The holdings of each referral, first holder first. One statement for all of them."""
    asked = list(referral_ids)
    rows = (
        HoldingRow.objects.filter(referral_id__in=asked)
        .order_by("referral_id", "from_at")
        .values_list(*under(HOLDINGS), *under(RE_HOMINGS, "re_homing"), *NAMES)
    )
    lines: dict[UUID, list[HeldTime]] = {one: [] for one in asked}
    for values in rows:
        cells = Cells(values)
        holding = cells.facts(HOLDINGS)
        re_homing = cells.facts_if_any(RE_HOMINGS)
        team, member, read_back, answered_by, moved_by, accepted_by = (cells.take() or "" for _ in NAMES)
        words = re_homing.words if re_homing else read_back
        lines[holding.referral_id].append(
            HeldTime(holding, team, member, words, answered_by or moved_by, re_homing, accepted_by)
        )
    return {one: tuple(line) for one, line in lines.items()}


def as_seen(holds: Iterable[HeldTime], sight: Sight) -> tuple[HeldTime, ...]:
    """The same for whoever has this sight of the referral: who held it when, and what was said."""
    return tuple(
        replace(
            one,
            words=one.words if sight.shows(Element.STORY) else "",
            re_homing=cleared(RE_HOMINGS, one.re_homing, sight) if one.re_homing else None,
        )
        for one in holds
    )


NAMES = (
    "team__name",
    "member__name",
    "handover__read_back",
    "handover__answered_by__name",
    "re_homing__re_homed_by__name",
    "re_homing__accepted_by__name",
)
