"""Crews beside one's own, in words: who is free or out, by team, and to which visit a team can be asked."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.urls import reverse

from nowrongdoor.nhsuk import code_words, whom, wording
from nowrongdoor.reading.beside import CrewBeside
from nowrongdoor.reading.rapid_board import VisitLine
from nowrongdoor.rules.words import VisitState

SHOWN = 20
# Of a visit on which a crew is, or will be: once it has left there is nothing to come along to.
GOES_ON = frozenset({
    VisitState.ASKED, VisitState.PLANNED, VisitState.TOLD, VisitState.ON_THE_WAY, VisitState.THERE,
    VisitState.WITH_PERSON,
})  # fmt: skip


def teams(
    found: Sequence[CrewBeside], visits: Iterable[VisitLine], *, at: datetime
) -> list[dict[str, object]]:
    """Each team with its crews, and the visits to which it can be asked along, soonest due first."""
    asked = [one for one in visits if one.visit.joint_with_id is None and one.visit.state in GOES_ON]
    by_team = groupby(found, key=lambda one: (one.crew.team_id, one.team_name, one.agency_name))
    return [
        {
            "key": team_id,
            "name": name,
            "agency": agency,
            "crews": [_crew(one, at=at) for one in crews],
            "visits": [
                {"name": whom.name(one.whom), "url": f"{_ask_url(one)}?team={team_id}"}
                for one in asked[:SHOWN]
            ],
            "more": len(asked) > SHOWN,
        }
        for (team_id, name, agency), crews in by_team
    ]


def _crew(one: CrewBeside, *, at: datetime) -> dict[str, object]:
    return {
        "name": one.crew.name,
        "people": [f"{name}, {_role(seat.role, at=at)}" for seat, name in one.seats],
        "free": _free(one, at=at),
        "until": wording.local_when(one.crew.until_at, at=at),
    }


def _ask_url(one: VisitLine) -> str:
    return reverse("visit_ask_along", args=[one.visit.id])


def _free(one: CrewBeside, *, at: datetime) -> str:
    if one.is_over_time:
        return "Out for longer than was planned"
    return f"Free from {wording.local_when(one.out_until, at=at)}" if one.out_until else "Free"


def _role(code: str, *, at: datetime) -> str:
    return code_words.mid_sentence(code_words.words_of("crew_roles", code, at=at))
