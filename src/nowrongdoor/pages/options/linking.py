"""Links by which a service says how many places it has: made and shown once, taken back, and said by."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from nowrongdoor.journeys import places_links
from nowrongdoor.kernel import outbox, signed_links
from nowrongdoor.nhsuk import answers, by_link, message_words, wording
from nowrongdoor.pages.options import forms
from nowrongdoor.reading import messages_of, options
from nowrongdoor.reading import places_links as reading
from nowrongdoor.reading.link_holders import LedToService
from nowrongdoor.reading.places_links import PlacesLinkLine
from nowrongdoor.rules import fitting_words, link_messages
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.directory import Capacity
from nowrongdoor.rules.fitting import Said
from nowrongdoor.rules.link_messages import SECRET
from nowrongdoor.rules.message import CHANNELS, EMAIL, TEXT, Message
from nowrongdoor.rules.places_link import SAYS_PLACES

SENDS = ((TEXT, "Make a link and text it to"), (EMAIL, "Make a link and e-mail it to"))


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """The links of a service; a POST makes one and shows it, this once."""
    form = forms.MakeLink(request.POST if request.method == "POST" else None, initial={"link_id": uuid4()})
    if request.method == "GET" or not form.is_valid():
        return _page(request, service_id, form)
    key, channel = form.cleaned_data["link_id"], request.POST.get("send", "")
    fresh = signed_links.fresh_for(SAYS_PLACES, key) if channel else signed_links.fresh(SAYS_PLACES)
    try:
        places_links.make(
            link_id=key,
            service_id=service_id,
            digest=fresh.digest,
            channel=channel,
            address=_leads_to(request, SECRET),
            by=request.viewer,
            at=request.at,
        )
    except AlreadyRecorded:
        form.add_error(None, by_link.MADE_BEFORE)
        return _page(request, service_id, form, status=409)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _page(request, service_id, form, status=answers.status_of(refusal))
    if channel:
        answers.note(request, "A link was made", "What came of sending it stands with it below.")
        return redirect("option_links", service_id)
    return _page(request, service_id, forms.MakeLink(initial={"link_id": uuid4()}), token=fresh.token)


@require_POST
def withdraw(request: HttpRequest, service_id: UUID, link_id: UUID) -> HttpResponse:
    """A link is taken back: nothing is said by it any more."""
    if all(one.link.id != link_id for one in reading.of(service_id)):
        raise Missing
    form = forms.TakeLinkBack(request.POST)
    form.is_valid()
    try:
        places_links.withdraw(link_id=link_id, **form.cleaned_data, by=request.viewer, at=request.at)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        make = forms.MakeLink(initial={"link_id": uuid4()})
        return _page(request, service_id, make, refused=form, status=answers.status_of(refusal))
    answers.note(request, "Link taken back", "Nothing is said by it now. What was said stays until its time.")
    return redirect("option_links", service_id)


@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, token: str) -> HttpResponse:
    """How many places have you now? One tap, by whoever has the link. Looking alone says nothing."""
    led: LedToService = request.led
    if request.method != "POST":
        return _ask(request, led, forms.SayPlaces())
    form = forms.SayPlaces(request.POST)
    if not form.is_valid():
        return _ask(request, led, form, status=422)
    state, places = form.said()
    try:
        places_links.say(
            link_id=led.link.id, state=state, places=places, counts_for=None, by=led.holder(), at=request.at
        )
    except Refused as refusal:
        if refusal.code == "link_over":
            return by_link.gone(request)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.words)
        return _ask(request, led, form, status=422)
    response = HttpResponseRedirect(request.path)
    response.status_code = 303
    response.headers["Referrer-Policy"] = by_link.REFERRER
    return response


def _ask(
    request: HttpRequest, led: LedToService, form: forms.SayPlaces, *, status: int = 200
) -> HttpResponse:
    at = request.at
    context = {
        "service": led.service,
        "offered_by": led.offered_by,
        "said": _said(led.said, at=at),
        "is_ours": led.said is not None and led.said.said_at == led.link.last_said_at,
        "until": wording.local_when(led.said.counts_until, at=at) if led.said else "",
        "opens_until": wording.local_when(led.link.until_at, at=at),
        "form": form,
    }
    return by_link.page(request, "options/say_places.jinja", context, status=status)


def _said(one: Capacity | None, *, at: datetime) -> str:
    if one is None:
        return ""
    told = Said(one.state, one.places, one.said_by, one.said_at, one.counts_until, one.opens_again_at)
    words = fitting_words.capacity(told, at=at)
    return words[:1].upper() + words[1:]


def _page(
    request: HttpRequest,
    service_id: UUID,
    form: forms.MakeLink,
    *,
    token: str = "",
    refused: forms.TakeLinkBack | None = None,
    status: int = 200,
) -> HttpResponse:
    known = options.one(service_id)
    if known is None:
        raise Missing
    service, offered_by, said = known
    made = reading.of(service_id)
    told = messages_of.links(one.link.id for one in made)
    context = {
        "one": service,
        "offered_by": offered_by,
        "said": _said(said, at=request.at),
        "form": refused or form,
        "make": form,
        "token_url": _leads_to(request, token) if token else "",
        "links": [_line(one, told.get(one.link.id), at=request.at) for one in made],
        "sends": [
            (channel, words, link_messages.to_service(service, channel))
            for channel, words in SENDS
            if outbox.sender(channel) and link_messages.to_service(service, channel)
        ],
        "only_shown": message_words.ONLY_SHOWN if any(map(outbox.only_shows, CHANNELS)) else "",
    }
    return answers.page(request, "options/links.jinja", context, status=status)


def _leads_to(request: HttpRequest, token: str) -> str:
    """Where a link leads. What stands for a secret that is not known here stays as it is."""
    whole = request.build_absolute_uri(reverse("places_by_link", args=["secret"]))
    return whole.removesuffix("secret") + token


def _line(one: PlacesLinkLine, told: Message | None, *, at: datetime) -> dict[str, Any]:
    link = one.link
    said = (
        f"{wording.plural(link.times, 'time')}, last {wording.local_when(link.last_said_at, at=at)}"
        if link.last_said_at
        else "Not yet"
    )
    came = ""
    if link.withdrawn_at is not None:
        came = f"Taken back by {one.withdrawn_by}, {wording.local_when(link.withdrawn_at, at=at)}"
    elif not link.opens(at=at):
        came = "Its time is over"
    return {
        "id": link.id,
        "version": link.version,
        "made": f"{one.made_by} of {one.team_name}, {wording.local_when(link.made_at, at=at)}",
        "until": wording.local_when(link.until_at, at=at),
        "said": said,
        "came": came,
        "sent": message_words.came_of(told, at=at) if told else "",
        "opens": link.opens(at=at),
    }
