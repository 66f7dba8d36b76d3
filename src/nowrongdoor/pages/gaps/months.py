"""Which month of figures is asked for."""

from django.http import HttpRequest

from nowrongdoor.rules import gap_figures
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.gap_figures import Months


def asked(request: HttpRequest) -> Months:
    """The month that is asked for, or the latest. Raises `Missing` for any other: no other may be read."""
    known = gap_figures.months(at=request.at)
    name = request.GET.get("month", "")
    if not name:
        return known[0]
    for one in known:
        if one.name == name:
            return one
    raise Missing
