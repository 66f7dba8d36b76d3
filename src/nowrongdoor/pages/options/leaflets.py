"""A leaflet of some options, to print for the person, large if they wish, or to paste into a message."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers
from nowrongdoor.nhsuk.frame import HELP_NOW
from nowrongdoor.reading import options
from nowrongdoor.rules import leaflet
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.leaflet import Leaf

MOST = 12
LARGE = "large"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The leaflet as a page. Its address has services in it, and never anything of a person."""
    chosen = _chosen(request)
    if not chosen or len(chosen) > MOST:
        context = {"most": MOST, "problem": True}
        return answers.page(request, "options/no_leaflet.jinja", context, status=422)
    kept = "&".join(f"service={one}" for one in chosen)
    context = {
        "leaves": _leaves(request, chosen),
        "large": request.GET.get("print") == LARGE,
        "kept": kept,
        "about_this": leaflet.ABOUT_THIS,
        "help_now": HELP_NOW,
    }
    return answers.page(request, "options/leaflet.jinja", context)


@require_safe
def text(request: HttpRequest) -> HttpResponse:
    """The same as lines alone."""
    chosen = _chosen(request)
    if not chosen or len(chosen) > MOST:
        raise Missing
    lines = [f"{one.who}: {one.number}. {one.when}" for one in HELP_NOW]
    told = leaflet.in_text(_leaves(request, chosen), help_lines=lines, on=local_date(request.at))
    return answers.shown(request, HttpResponse(told, content_type="text/plain; charset=utf-8"))


def _leaves(request: HttpRequest, chosen: list[UUID]) -> list[Leaf]:
    on = local_date(request.at)
    found = [leaflet.of(one, offered_by=by, on=on) for one, by in options.several(chosen)]
    if not found:
        raise Missing
    return found


def _chosen(request: HttpRequest) -> list[UUID]:
    """In the order they stood in; what is no key of anything is passed over."""
    found = []
    for one in request.GET.getlist("service"):
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
