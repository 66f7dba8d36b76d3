"""The downtime pack of the viewer's team: to print, and as a locked file."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, hidden
from nowrongdoor.nhsuk import downtime as words
from nowrongdoor.nhsuk.due import SHOWS
from nowrongdoor.pages.downtime import forms
from nowrongdoor.reading import downtime as reading
from nowrongdoor.reading import paper as paper_reading
from nowrongdoor.reading.paper import PaperLine
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


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """Key in what happened on paper, line by line: each beside what was recorded of it meanwhile."""
    form = forms.Line(request.GET if "code" in request.GET else None, at=request.at)
    found: list[PaperLine] | None = None
    if form.is_bound and form.is_valid():
        made_at = form.happened_at() or request.at - downtime.lasts("pack_kept", at=request.at)
        found = paper_reading.by_code(
            form.cleaned_data["code"], viewer=request.viewer, made_at=made_at, at=request.at
        )
        answers.lists(request, [Seen(one.person_id, one.referral_id, one.contact_id, SHOWS) for one in found])
    context = {
        "form": form,
        "found": None if found is None else [words.paper_line(one, at=request.at) for one in found],
        "contact_url": hidden.fresh(reverse("contact_new"))
        if access.may_do(request.viewer, "contact.receive", at=request.at)
        else "",
    }
    return answers.page(request, "downtime/paper.jinja", context, status=422 if form.errors else 200)


def _packed(request: HttpRequest) -> words.Printed:
    """The pack of the viewer's team, with who is on it on record as looked at."""
    fits = access.sees(request.viewer, at=request.at)
    tells = fits is not None and Element.WHEREABOUTS in fits.elements
    found = reading.of(viewer=request.viewer, shows_whereabouts=tells, at=request.at)
    answers.lists(request, words.listed(found))
    return words.printed(found, team=request.viewer.team_name, at=request.at, tells=tells)


def _phrase(request: HttpRequest) -> str:
    return downtime.phrase(settings.NWD_DOWNTIME_KEY, request.viewer.team_id)
