"""Who is at work on this browser: in a demonstration an invented member, in a click; elsewhere an account."""

from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from nowrongdoor.nhsuk import answers, sessions
from nowrongdoor.pages.sign_in import with_account
from nowrongdoor.pages.sign_in.wording import DOES
from nowrongdoor.reading import own_record, viewers


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first page: invented members to choose from in a demonstration, an account anywhere else."""
    if not settings.NWD_DEMO:
        if {"as", "own", "carer"} & set(request.POST):
            raise Http404  # a persona: there is no such thing here
        return with_account.sign_in(request)
    if request.method == "POST":
        if "carer" in request.POST:
            return _as_carer(request)
        return _as_person(request) if "own" in request.POST else _as_persona(request)
    everyone = viewers.personas(at=request.at)
    context = {
        "roles": [_busiest(list(of_role)) for _, of_role in groupby(everyone, key=lambda one: one.role)],
        "agencies": _by_agency(everyone),
        "does": DOES,
        "person": own_record.offered() if everyone else None,
        "carer": own_record.offered_carer(at=request.at),
        "next": request.GET.get("next", ""),
        "kept": "kept" in request.GET,
    }
    return answers.page(request, "sign_in/choose.jinja", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends; whatever was typed and kept waits for its member."""
    sessions.sign_out(request)
    return redirect("sign_in")


@require_http_methods(["GET", "POST"])
def switch_team(request: HttpRequest) -> HttpResponse:
    """A member who works for several teams acts for one of them at a time."""
    mine = viewers.personas(at=request.at, member_id=request.viewer.member_id)
    if request.method == "POST":
        chosen = _chosen(request)
        if chosen not in {one.membership_id for one in mine}:
            raise Http404
        sessions.change_team(request, membership_id=chosen, at=request.at)
        return _back(request)
    return answers.page(request, "sign_in/team.jinja", {"mine": mine})


def _as_persona(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    if viewers.at_work(membership_id=chosen) is None:
        raise Http404
    sessions.sign_in(request, membership_id=chosen, at=request.at)
    return _back(request)


def _as_person(request: HttpRequest) -> HttpResponse:
    """An invented person, at their own record."""
    person_id = _chosen(request, "own")
    if own_record.reader(person_id) is None:
        raise Http404
    sessions.sign_in_own(request, person_id=person_id, at=request.at)
    return redirect("own_record")


def _as_carer(request: HttpRequest) -> HttpResponse:
    """An invented carer, at what a person lets them read."""
    permission_id = _chosen(request, "carer")
    if own_record.carer(permission_id, at=request.at) is None:
        raise Http404
    sessions.sign_in_carer(request, permission_id=permission_id, at=request.at)
    return redirect("own_record")


def _back(request: HttpRequest) -> HttpResponse:
    """On to where the member was, if that is an address of ours."""
    back = request.POST.get("next", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else "my_work")


def _chosen(request: HttpRequest, field: str = "as") -> UUID:
    try:
        return UUID(request.POST.get(field, ""))
    except ValueError:
        raise Http404 from None


def _busiest(of_role: list[viewers.Persona]) -> viewers.Persona:
    """Whoever goes on most visits, or whose team has most to answer: whoever looks has something to see."""
    return max(of_role, key=lambda one: one.busy)


def _by_agency(everyone: list[viewers.Persona]) -> list[tuple[str, list[viewers.Persona]]]:
    ordered = sorted(everyone, key=lambda one: (one.agency_name, one.team_name, one.name))
    return [(name, list(of_agency)) for name, of_agency in groupby(ordered, key=lambda one: one.agency_name)]
