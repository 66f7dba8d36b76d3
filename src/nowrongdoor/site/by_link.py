"""
The door for whoever comes by a link: not signed in, and let in to the one thing the link opens.

A link that opens nothing is answered in one way, whatever it was. Such tries are counted by network, and one
too many is told so; a link that opens is let in all the same, so that a hub from which somebody guesses, or
where an old link is tried again and again, is not locked out of the offer that waits for its answer.
"""

from collections.abc import Callable
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse

from nowrongdoor.kernel import paces, signed_links, wall
from nowrongdoor.kernel.paces import TooFast
from nowrongdoor.nhsuk import by_link, drafts, wording
from nowrongdoor.reading import link_holders
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.law import seeing
from nowrongdoor.site.paces import JUST_OVER

GUESSES, SENT = "link_guesses", "link_sent"
# Whoever has a link has not signed in: their door asks the link, and opens what it is for and nothing else.
BY_LINK = {"answer_link.receive", "onward_link.receive", "places_link.say"}
DOORS = {
    "handover_links": "answer_link.make",
    "handover_link_withdraw": "answer_link.withdraw",
    "answer_by_link": "answer_link.receive",
    "go_on_by_link": "onward_link.receive",
    "option_links": "places_link.make",
    "option_link_withdraw": "places_link.withdraw",
    "places_by_link": "places_link.say",
}
# By the name of the address: which kind of link it takes, and what finds where one leads.
LEADS: dict[str, tuple[str, Callable[..., Any]]] = {
    "answer_by_link": ("answer", link_holders.of),
    "go_on_by_link": ("onward", link_holders.of_onward),
    "places_by_link": ("places", link_holders.of_service),
}


def let_in(
    request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: dict[str, Any]
) -> HttpResponse:
    """The page behind the link, made behind the second wall for the agency of the team it is of."""
    kind, leads = LEADS[request.resolver_match.view_name]
    digest = signed_links.digest_of(kwargs["token"], kind=kind)
    led = leads(digest, at=request.at) if digest else None
    if led is None:
        return _counted(request) or by_link.gone(request)
    if request.method == "POST" and (slowed := _slowed(request, SENT, led.link.id)):
        return slowed
    request.led = led
    try:
        with wall.reading():
            link_holders.stand_for(led.agency_id)
            return view(request, *args, **kwargs)
    except Missing:
        return by_link.gone(request)


def _counted(request: HttpRequest) -> HttpResponse | None:
    return _slowed(request, GUESSES, request.META.get("REMOTE_ADDR") or "unknown")


def _slowed(request: HttpRequest, code: str, whose: object) -> HttpResponse | None:
    """429 in words, once there were more than are let by; else nothing."""
    at = request.at
    pace = paces.of(
        code, whose, within=seeing.lasts(f"{code}_window", at=at), most=seeing.most(code, at=at), at=at
    )
    try:
        paces.count(pace)
    except TooFast as refusal:
        context = {
            "problem": True,
            "wait": wording.duration(refusal.until - at + JUST_OVER),
            "typed": drafts.readable(request.POST),
        }
        response = by_link.page(request, "nhsuk/link_slowed.jinja", context, status=429)
        response.headers["Retry-After"] = str(ceil((refusal.until - at).total_seconds()))
        return response
    return None
