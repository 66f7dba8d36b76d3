"""The links of an offer, for the team that made them: who made each, until when, opened when and by whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.data.agencies.models import Team as TeamRow
from nowrongdoor.data.handovers.facts import ANSWER_LINKS
from nowrongdoor.data.handovers.models import AnswerLink as AnswerLinkRow
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.kernel import outbox
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.rules import answer_link, link_messages
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.message import CHANNELS

LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True)
class LinkLine:
    """One link with the names of who made it, who opened it last and who took it back."""

    link: AnswerLink
    made_by: str
    last_received_by: str
    withdrawn_by: str


def of(handover_id: UUID) -> tuple[LinkLine, ...]:
    """Every link of an offer, the newest first. One statement."""
    names = ("made_by__name", "last_received_by__name", "withdrawn_by__name")
    rows = AnswerLinkRow.objects.filter(handover_id=handover_id).order_by("-made_at", "pk")
    found = []
    for values in rows.values_list(*under(ANSWER_LINKS), *names):
        cells = Cells(values)
        found.append(LinkLine(cells.facts(ANSWER_LINKS), *(cells.take() or "" for _ in names)))
    return tuple(found)


def signs_in(team_id: UUID) -> bool:
    """Somebody of the team works here with an account. One statement."""
    works = MembershipRow.objects.filter(team_id=team_id, until_at=None)
    return works.exclude(role=answer_link.ROLE).exists()


def sends_to(team_id: UUID) -> dict[str, str]:
    """By channel that somebody carries from here, where the team is reached; nothing where neither is so."""
    carried = [one for one in CHANNELS if outbox.sender(one)]
    if not carried:
        return {}
    team = TEAMS.of(TeamRow.objects.filter(pk=team_id).values_list(*TEAMS.columns).get())
    rows = ServiceRow.objects.filter(team_id=team_id).values_list(*SERVICES.columns)
    own = [SERVICES.of(values) for values in rows]
    found = {one: link_messages.to_team(team, own, one) for one in carried}
    return {channel: address for channel, address in found.items() if address}


def efforts(team_id: UUID, *, at: datetime) -> tuple[int, int] | None:
    """How often a team answered by link lately, and in how many seconds usually: no answer, no figure."""
    rows = AnswerLinkRow.objects.filter(
        team_id=team_id, answered_at__gte=at - LOOKED_BACK, answered_at__lte=at
    )
    spent = [
        (answered - opened).total_seconds()
        for answered, opened in rows.values_list("answered_at", "last_received_at")
        if opened is not None
    ]
    return (len(spent), round(median(spent))) if spent else None
