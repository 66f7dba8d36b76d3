"""The downtime pack of the viewer's team: to print, and as a locked file."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers
from nowrongdoor.nhsuk import downtime as words
from nowrongdoor.reading import downtime as reading
from nowrongdoor.rules import access, downtime
from nowrongdoor.rules.access import Element


@require_safe
def pack(request: HttpRequest) -> HttpResponse:
    """Who holds whom, what is due and how to reach them, as of now: to print, with what opens its files."""
    shown = _packed(request)
    may_open = bool(settings.NWD_DOWNTIME_KEY) and access.may_do(
        request.viewer, "pack.unlock", at=request.at
    )
    context = {
        "pack": shown,
        "has_file": bool(settings.NWD_DOWNTIME_KEY),
        "folder_each": downtime.lasts("pack_each", at=request.at) if settings.NWD_DOWNTIME_FOLDER else None,
        "phrase": _phrase(request) if may_open else "",
    }
    return answers.page(request, "downtime/pack.jinja", context)


@require_safe
def locked_file(request: HttpRequest) -> HttpResponse:
    """The same as a file that opens with the team's phrase alone, in any browser."""
    if not settings.NWD_DOWNTIME_KEY:
        return answers.missing(request)
    document = words.document(_packed(request), phrase=_phrase(request))
    name = downtime.file_name(request.viewer.team_name, request.viewer.team_id, at=request.at)
    response = HttpResponse(document, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "no-store"
    return answers.shown(request, response)


def _packed(request: HttpRequest) -> words.Printed:
    """The pack of the viewer's team, with who is on it on record as looked at."""
    fits = access.sees(request.viewer, at=request.at)
    tells = fits is not None and Element.WHEREABOUTS in fits.elements
    found = reading.of(viewer=request.viewer, shows_whereabouts=tells)
    answers.lists(request, words.listed(found))
    return words.printed(found, team=request.viewer.team_name, at=request.at, tells=tells)


def _phrase(request: HttpRequest) -> str:
    return downtime.phrase(settings.NWD_DOWNTIME_KEY, request.viewer.team_id)
