"""How holding people stands in an agency and in the whole place: numbers, no small one, and about nobody."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers
from nowrongdoor.reading import holding_figures as reading
from nowrongdoor.reading.holding_figures import Holds
from nowrongdoor.rules import figures


@require_safe
def holding(request: HttpRequest) -> HttpResponse:
    """The viewer's agency team by team, and the place agency by agency."""
    found, at = reading.of_place(at=request.at), request.at
    ours = [one for one in found if one.agency_id == request.viewer.agency_id]
    every_team, everybody = (reading.together(one.holds for one in each) for each in (ours, found))
    context = {
        "teams": [
            *(_row(one.team, one.holds, at=at) for one in ours),
            _row("Every team", every_team, at=at, count=figures.total),
        ],
        "agencies": [
            # What an agency holds is what its teams come to: one number, told one way in both tables.
            *(_row(one, holds, at=at, count=figures.total) for one, holds in reading.by_agency(found)),
            _row("The whole place", everybody, at=at, count=figures.total),
        ],
        "days": reading.LOOKED_BACK.days,
    }
    return answers.page(request, "figures/holding.jinja", context)


def _row(name: str, one: Holds, *, at: datetime, count: Callable[..., str] = figures.shown) -> dict[str, str]:
    return {
        "name": name,
        "held": count(one.held, at=at),
        "by_desk": figures.share(one.by_desk, one.held, at=at),
        "on_duty": figures.share(one.on_duty, one.held, at=at),
        "accepted": figures.share(one.accepted, one.held, at=at),
        "most": figures.shown(one.most_by_one, at=at),
        "without": f"{one.without_holder_s:,.0f}",
    }
