"""What came of it, service by service: of an agency's own services, and of all of them for commissioners."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers, wording
from nowrongdoor.pages.gaps import months
from nowrongdoor.reading import service_endings
from nowrongdoor.rules import access, gap_figures
from nowrongdoor.rules.service_endings import Ended


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The same figures whoever reads them; an agency reads those of its own services alone."""
    period, at, viewer = months.asked(request), request.at, request.viewer
    reads_all = access.may_do(viewer, "endings.read_all", at=at)
    ended = [
        one for one in service_endings.of(period, at=at) if reads_all or one.agency_id == viewer.agency_id
    ]
    shown = [one for one in ended if one.lines]
    context = {
        "period": period,
        "months": gap_figures.months(at=at),
        "reads_all": reads_all,
        "rows": [(_name(one), _by(one), one.lines) for one in shown],
        "left_out": len(ended) - len(shown),
        "may_see_unmet": access.may_do(viewer, "gaps.read", at=at),
    }
    return answers.page(request, "gaps/services.jinja", context)


def _name(one: Ended) -> str:
    names = wording.listed(each.name for each in one.services)
    return f"{names}, together" if len(one.services) > 1 else names


def _by(one: Ended) -> str:
    by = one.services[0].offered_by
    return "" if len(one.services) == 1 and by == one.services[0].name else by
