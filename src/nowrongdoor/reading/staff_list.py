"""Who works here, for whoever opens accounts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from nowrongdoor.data.agencies.models import Membership
from nowrongdoor.rules import answer_link


@dataclass(frozen=True)
class AtWork:
    """A member and the open teams they work for."""

    member_id: UUID
    name: str
    job_title: str
    teams: tuple[str, ...]


def at_work() -> Iterator[AtWork]:
    """Everyone who works for an open team, by name."""
    works = Membership.objects.filter(until_at=None, team__closed_at=None).exclude(role=answer_link.ROLE)
    rows = works.order_by("member__name", "member_id", "team__name")
    of_each = rows.values_list("member_id", "member__name", "member__job_title", "team__name")
    for (member_id, name, title), found in groupby(of_each, key=lambda row: row[:3]):
        yield AtWork(member_id, name, title, tuple(team for *_, team in found))


def works_here(member_id: UUID) -> bool:
    """Whether a member works for anyone now."""
    works = Membership.objects.filter(member_id=member_id, until_at=None)
    return works.exclude(role=answer_link.ROLE).exists()
