"""
One offer, answered by whoever has its link and signs in nowhere. Looking at the address changes nothing and
shows nobody, so that what looks at links in mail reads nothing and answers nothing: whoever opens it says who
they are first, and everything that follows is sent.
"""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nowrongdoor.journeys import answer_links
from nowrongdoor.kernel import signed_links
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import about_words, by_link, drafts
from nowrongdoor.pages.handovers import files_by_link, link_forms, link_wording
from nowrongdoor.reading import handover_record, open_teams, standing
from nowrongdoor.reading.link_holders import Led
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused

GOES_ON, FILE = "onward", "file"
TYPED = ("read_back", "words")
OPEN_FIRST = "Say who you are and open it here first. What you had typed stands below, to be copied."


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Who are you; what you are asked; and your answer. Once it has one, that, without the person."""
    led: Led = request.led
    if not led.waits:
        return _over(request, led)
    if request.method != "POST":
        return _gate(request, link_forms.Who())
    form = link_forms.Who(request.POST)
    act = request.POST.get("act")
    if act in (*ANSWERS, FILE) and not _is_open_here(request, led):
        return _gate(request, form, said=OPEN_FIRST, status=422)
    if act in ANSWERS:
        return ANSWERS[act](request, led)
    if not form.is_valid():
        return _gate(request, form, status=422)
    return _receive(request, led, form, shows=files_by_link.hand_out if act == FILE else _offer)


def _is_open_here(request: HttpRequest, led: Led) -> bool:
    """This browser has opened the link, and so is on record: no answer comes round that."""
    return signed_links.mark_of_device(by_link.device(request), link=led.link.id) in led.link.devices


def _receive(
    request: HttpRequest, led: Led, form: link_forms.Who, *, shows: Callable[..., HttpResponse]
) -> HttpResponse:
    """They said who they are: it is on record that they opened it, and they have what they asked for."""
    by = led.holder(form.cleaned_data["name"])
    device = by_link.device(request)
    said = {
        "link_id": led.link.id,
        **form.cleaned_data,
        "device": signed_links.mark_of_device(device, link=led.link.id),
    }
    try:
        try:
            answer_links.receive(**said, by=by, at=request.at)
        except AlreadyRecorded:  # two under one name at once: whoever comes second finds a known name
            answer_links.receive(**said, by=by, at=request.at)
    except Refused as refusal:
        return _refused(request, led, form, refusal)
    response = shows(request, led, by)
    by_link.remember(response, device, path=request.path)
    return response


def _accept(request: HttpRequest, led: Led) -> HttpResponse:
    form = link_forms.Accept(request.POST)
    if not form.is_valid():
        return _again(request, led, form)
    typed = form.cleaned_data
    by = led.holder(typed["name"])
    answered = {name: typed[name] for name in ("read_back", "holding_id", "seen")}
    onward = signed_links.fresh(GOES_ON)
    made = {"onward_id": uuid4(), "onward_digest": onward.digest}
    try:
        answer_links.accept(link_id=led.link.id, **answered, **made, by=by, at=request.at)
    except Refused as refusal:
        return _refused(request, led, form, refusal)
    # Straight to the link by which they go on: its address stands in the browser, this once.
    return _onward(request, to=reverse("go_on_by_link", args=[onward.token]) + "?done=accept")


def _return(request: HttpRequest, led: Led) -> HttpResponse:
    form = _return_form(request, led, sent=True)
    if not form.is_valid():
        return _again(request, led, form)
    typed = form.cleaned_data
    by = led.holder(typed["name"])
    answered = {name: typed[name] for name in ("reason", "words", "next_handover_id", "seen")}
    try:
        answer_links.send_back(link_id=led.link.id, **answered, **form.next(), by=by, at=request.at)
    except Missing:
        form.add_error("next_team", "That team is not here any more. Choose another.")
        return _again(request, led, form)
    except Refused as refusal:
        return _refused(request, led, form, refusal)
    return _onward(request)


def _onward(request: HttpRequest, *, to: str = "") -> HttpResponse:
    """To the page that says what was answered: going back or loading again sends nothing anew."""
    response = HttpResponseRedirect(to or request.path)
    response.status_code = 303
    response.headers["Referrer-Policy"] = by_link.REFERRER
    return response


def _refused(request: HttpRequest, led: Led, form: link_forms.Who, refusal: Refused) -> HttpResponse:
    """Somebody was first, or a rule says no: how it stands now, or the form with what was typed and why."""
    if refusal.code in {"offer_over", "changed_meanwhile", "already_recorded"}:
        return _onward(request)
    if refusal.code in {"link_over", "link_withdrawn"}:
        return by_link.gone(request)
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.words)
    if isinstance(form, link_forms.Accept | link_forms.Return) and refusal.code != "not_received":
        return _again(request, led, form)
    return _gate(request, link_forms.Who(request.POST), said=refusal.words, status=422)


def _again(request: HttpRequest, led: Led, form: link_forms.Accept | link_forms.Return) -> HttpResponse:
    """The offer with the answer as it was typed: only for whoever has opened it under that name."""
    name = form.cleaned_data.get("name", "")
    if not name or not form.cleaned_data.get("job"):
        return _gate(request, link_forms.Who(request.POST), status=422)
    return _offer(request, led, led.holder(name), form=form, status=422)


def _offer(
    request: HttpRequest,
    led: Led,
    by: Viewer,
    *,
    form: link_forms.Accept | link_forms.Return | None = None,
    status: int = 200,
) -> HttpResponse:
    """The package, and both answers beneath it, behind the second wall and on record as a look."""
    seen = standing.of("handover", led.link.handover_id, viewer=by, at=request.at)
    record = handover_record.of(led.link.handover_id, seen=seen)
    version = record.asked.handover.version
    who = {name: request.POST.get(name, "") for name in ("name", "job")}
    if not isinstance(form, link_forms.Accept):
        accepting = link_forms.Accept(initial={**who, "seen": version, "holding_id": uuid4()})
    else:
        accepting = form
    context = {
        **link_wording.round_it(led, at=request.at),
        **link_wording.offered(record, at=request.at),
        "about_them": about_words.read_first(record.about.person, seen=seen, at=request.at),
        "who": who,
        "accept": accepting,
        "back": form if isinstance(form, link_forms.Return) else _return_form(request, led, version=version),
        "form": form or accepting,
        "says_no": isinstance(form, link_forms.Return),
    }
    return by_link.shows(request, "handovers/by_link.jinja", context, seen=seen, by=by, status=status)


def _return_form(
    request: HttpRequest, led: Led, *, sent: bool = False, version: int = 0
) -> link_forms.Return:
    teams = open_teams.with_services(but_not=led.link.team_id)
    initial = {"seen": version, "next_handover_id": uuid4()}
    return link_forms.Return(request.POST if sent else None, at=request.at, teams=teams, initial=initial)


def _gate(
    request: HttpRequest, form: link_forms.Who, *, said: str = "", status: int = 200
) -> HttpResponse:
    """Who is there? Nothing of the person stands here."""
    typed = drafts.readable(request.POST, only=TYPED) if said else []
    round_it = link_wording.round_it(request.led, at=request.at)
    context = {**round_it, "form": form, "said": said, "typed": typed}
    return by_link.page(request, "handovers/by_link_who.jinja", context, status=status)


def _over(request: HttpRequest, led: Led) -> HttpResponse:
    context = {**link_wording.round_it(led, at=request.at), **link_wording.over(led, at=request.at)}
    status = 200 if request.method in {"GET", "HEAD"} else 409
    return by_link.page(request, "handovers/by_link_over.jinja", context, status=status)


ANSWERS = {"accept": _accept, "return": _return}
