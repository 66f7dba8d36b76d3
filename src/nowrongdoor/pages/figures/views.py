"""How holding people stands in an agency: numbers, no small one, and about nobody."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers
from nowrongdoor.reading import holding_figures as reading
from nowrongdoor.reading.holding_figures import TeamFigures
from nowrongdoor.rules import figures


@require_safe
def holding(request: HttpRequest) -> HttpResponse:
    """Team by team, and the whole agency."""
    found, at = reading.of_agency(viewer=request.viewer, at=request.at), request.at
    every = TeamFigures(
        "Every team",
        sum(one.held for one in found),
        sum(one.by_desk for one in found),
        sum(one.on_duty for one in found),
        sum(one.accepted for one in found),
        max((one.most_by_one for one in found), default=0),
        sum(one.without_holder_s for one in found),
    )
    context = {
        "rows": [_row(one, at=at) for one in (*found, every)],
        "days": reading.LOOKED_BACK.days,
    }
    return answers.page(request, "figures/holding.jinja", context)


def _row(one: TeamFigures, *, at: datetime) -> dict[str, str]:
    return {
        "team": one.team,
        "held": figures.shown(one.held, at=at),
        "by_desk": figures.share(one.by_desk, one.held, at=at),
        "on_duty": figures.share(one.on_duty, one.held, at=at),
        "accepted": figures.share(one.accepted, one.held, at=at),
        "most": figures.shown(one.most_by_one, at=at),
        "without": f"{one.without_holder_s:,.0f}",
    }
