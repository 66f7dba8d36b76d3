"""
What a team in which nobody signs in writes once it has accepted by a link, by another link. As with that one,
looking at the address changes nothing and shows nobody: whoever opens it says who they are first.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import onward_links
from nowrongdoor.kernel import signed_links
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import about_words, by_link, drafts
from nowrongdoor.pages.handovers import files_by_link, link_forms, link_wording, onward_wording
from nowrongdoor.reading import handover_record, service_kinds, stage_lines, standing
from nowrongdoor.reading.link_holders import Led
from nowrongdoor.rules.change import AlreadyRecorded, Refused

TYPED = ("words", "told", "number")
OPEN_FIRST = "Say who you are and open it here first. What you had typed stands below, to be copied."
SENT_BEFORE = "Something was sent from this page before, and is written down. If this is new, send it again."
OVER = {"not_theirs", "referral_closed"}
FORMS = {
    "write": link_forms.Write,
    "close": link_forms.CloseByLink,
    "back": link_forms.HandBack,
    "ring": link_forms.RingMe,
}
NAMES = {"ring": "ring_me"}  # beside the number to ring
FILE = "file"
KEYS = {"write": "note_id", "back": "handover_id", "ring": "promise_id"}


@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """Who are you; whom your team holds; and what you write of it. Once they are held no more, only that."""
    led: Led = request.led
    if not led.holds:
        return _over(request, led)
    if request.method != "POST":
        return _gate(request, link_forms.Who())
    form = link_forms.Who(request.POST)
    act = request.POST.get("act", "")
    if act in (*FORMS, FILE) and not _is_open_here(request, led):
        return _gate(request, form, said=OPEN_FIRST, status=422)
    if not form.is_valid():
        return _gate(request, form, status=422)
    by = led.holder(form.cleaned_data["name"])
    if act in FORMS:
        return _act(request, led, by, act)
    return _receive(request, led, by, form, shows=files_by_link.hand_out if act == FILE else _page)


def _is_open_here(request: HttpRequest, led: Led) -> bool:
    """This browser has opened the link, and so is on record: nothing is written round that."""
    return signed_links.mark_of_device(by_link.device(request), link=led.link.id) in led.link.devices


def _receive(
    request: HttpRequest,
    led: Led,
    by: Viewer,
    form: link_forms.Who,
    *,
    shows: Callable[..., HttpResponse],
) -> HttpResponse:
    """They said who they are: it is on record that they opened it, and they have what they asked for."""
    device = by_link.device(request)
    said = {
        "link_id": led.link.id,
        **form.cleaned_data,
        "device": signed_links.mark_of_device(device, link=led.link.id),
    }
    try:
        try:
            onward_links.receive(**said, by=by, at=request.at)
        except AlreadyRecorded:  # two under one name at once: whoever comes second finds a known name
            onward_links.receive(**said, by=by, at=request.at)
    except Refused as refusal:
        if refusal.code in OVER:
            return _done(request, "")
        form.add_error(None, refusal.words)
        return _gate(request, form, said=refusal.words, status=422)
    response = shows(request, led, by)
    by_link.remember(response, device, path=request.path)
    return response


def _act(request: HttpRequest, led: Led, by: Viewer, act: str) -> HttpResponse:
    form = _form(led, act, request.POST, at=request.at)
    if not form.is_valid():
        return _page(request, led, by, act=act, form=form, status=422)
    given = {name: value for name, value in form.cleaned_data.items() if name not in ("name", "job")}
    try:
        ACTS[act](form, link_id=led.link.id, **given, by=by, at=request.at)
    except AlreadyRecorded:
        anew = request.POST.copy()
        anew[KEYS[act]] = str(uuid4())
        form = _form(led, act, anew, at=request.at)
        form.add_error(None, SENT_BEFORE)
        return _page(request, led, by, act=act, form=form, status=409)
    except Refused as refusal:
        return _refused(request, led, by, act, form, refusal)
    return _done(request, act)


def _form(led: Led, act: str, typed: Any = None, *, at: datetime, **options: Any) -> Any:
    """The form of an act; a closing offers what is of the kinds of service that this team has."""
    if act == "close":
        options["kinds"] = service_kinds.of_team(led.link.team_id, at=at)
    return FORMS[act](typed, at=at, **options)


def _write(form: link_forms.Write, **given: Any) -> None:
    """When it was is of a contact alone: a note is written now."""
    for part in ("happened_time", "happened_day"):
        given.pop(part)
    if given["way"] == link_forms.NOTE:
        given["way"] = ""
    happened_at = form.happened_at() if given["way"] else None
    onward_links.write(**given, happened_at=happened_at)


def _refused(
    request: HttpRequest, led: Led, by: Viewer, act: str, form: link_forms.Who, refusal: Refused
) -> HttpResponse:
    """It is over since, or a rule says no: how it stands now, or the form with what was typed and why."""
    if refusal.code in OVER:
        return _done(request, "")
    if refusal.code in {"link_over", "link_withdrawn"}:
        return by_link.gone(request)
    if refusal.code == "not_received":
        return _gate(request, link_forms.Who(request.POST), said=refusal.words, status=422)
    field = "happened_time" if refusal.field == "happened_at" else refusal.field
    status = 409 if refusal.code == "changed_meanwhile" else 422
    form.add_error(field if field in form.fields else None, onward_wording.refusal(refusal))
    return _page(request, led, by, act=act, form=form, status=status)


def _done(request: HttpRequest, act: str) -> HttpResponse:
    """To a page that says what was written: going back or loading again sends nothing anew."""
    response = HttpResponseRedirect(f"{request.path}?done={act}" if act else request.path)
    response.status_code = 303
    response.headers["Referrer-Policy"] = by_link.REFERRER
    return response


def _page(
    request: HttpRequest,
    led: Led,
    by: Viewer,
    *,
    act: str = "",
    form: Any = None,
    status: int = 200,
) -> HttpResponse:
    """Whom they hold, what they were told, and the forms; behind the second wall and on record as a look."""
    seen = standing.of("handover", led.link.handover_id, viewer=by, at=request.at)
    record = handover_record.of(led.link.handover_id, seen=seen)
    who = {name: request.POST.get(name, "") for name in ("name", "job")}
    initial = {**who, "seen": record.about.referral.version}
    initial |= {key: uuid4() for key in KEYS.values()}
    forms = {one: _form(led, one, at=request.at, initial=initial) for one in FORMS}
    context = {
        **link_wording.round_it(led, at=request.at),
        **link_wording.offered(record, at=request.at),
        **onward_wording.held(record, stage_lines.of(led.link.referral_id, seen=seen), led, at=request.at),
        "about_them": about_words.read_first(record.about.person, seen=seen, at=request.at),
        "who": who,
        **{NAMES.get(one, one): forms[one] if one != act else form for one in FORMS},
        "act": act,
        "form": form or forms["write"],
    }
    return by_link.shows(request, "handovers/go_on.jinja", context, seen=seen, by=by, status=status)


def _gate(request: HttpRequest, form: link_forms.Who, *, said: str = "", status: int = 200) -> HttpResponse:
    """Who is there? Nothing of the person stands here; only what was just done."""
    context = {
        **link_wording.round_it(request.led, at=request.at),
        "form": form,
        "said": said,
        "typed": drafts.readable(request.POST, only=TYPED) if said else [],
        "done": onward_wording.done(request.GET.get("done", ""), request.led),
    }
    return by_link.page(request, "handovers/go_on_who.jinja", context, status=status)


def _over(request: HttpRequest, led: Led) -> HttpResponse:
    context = {
        **link_wording.round_it(led, at=request.at),
        "done": onward_wording.done(request.GET.get("done", ""), led),
    }
    status = 200 if request.method in {"GET", "HEAD"} else 409
    return by_link.page(request, "handovers/go_on_over.jinja", context, status=status)


ACTS = {
    "write": _write,
    "close": lambda _form, **given: onward_links.close(**given),
    "back": lambda _form, **given: onward_links.hand_back(**given),
    "ring": lambda _form, **given: onward_links.ask_to_be_rung(**given),
}
