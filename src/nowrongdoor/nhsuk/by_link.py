"""
Pages for whoever comes by a link, without signing in: no menu, no draft, nothing kept, and the address with
the link in it goes nowhere. Whom such a page shows is on record before it is sent, as on every other.
"""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nowrongdoor.kernel.access_log import looking
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import access

DEVICE = "nwd_device"
DEVICE_LASTS = 60 * 60 * 24 * 30
# To a page of our own too only the name of the host goes: the address of this one opens something.
REFERRER = "strict-origin"
MADE_BEFORE = (
    "This link was made already, and a link is shown once. If it was not kept, take it back and make another."
)


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page without anything round it, which shows nobody."""
    surroundings = {"frame": None, "note": None, "draft": None, "refetched": False}
    response = render(request, template, {**surroundings, **context}, status=status)
    response.headers["Referrer-Policy"] = REFERRER
    return response


def shows(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    seen: Vantage,
    by: Viewer,
    status: int = 200,
) -> HttpResponse:
    """The same, once it is on record whom it shows to whoever has the link; what cannot be is not shown."""
    response = page(request, template, context, status=status)
    on_record(seen, page=request.resolver_match.view_name, by=by, at=request.at)
    return response


def on_record(seen: Vantage, *, page: str, by: Viewer, at: datetime) -> None:
    """Whoever has the link was shown this person, on this page, under the name they gave."""
    shown = Seen(
        seen.person_id,
        seen.referral_id,
        seen.contact_id,
        tuple(sorted(seen.sight.elements)),
        seen.sight.relationship,
    )
    looking.record([shown], page=page, purpose=access.purpose(by, at=at), by=by, at=at)


def gone(request: HttpRequest) -> HttpResponse:
    """
    There is nothing at this link, whatever it was: never made, guessed, of another kind, over, or taken back.
    One page for all of them, so that nobody learns which.
    """
    return page(request, "nhsuk/link_gone.jinja", {"problem": True}, status=404)


def device(request: HttpRequest) -> str:
    """What this browser is known by where it came by a link before; a new name for one that did not."""
    known = request.COOKIES.get(DEVICE, "")
    return known if known.isascii() and len(known) == 22 else secrets.token_urlsafe(16)


def remember(response: HttpResponse, device: str, *, path: str) -> None:
    """So that the same browser is one device the next time. Sent back to pages opened by a link alone."""
    response.set_cookie(
        DEVICE,
        device,
        max_age=DEVICE_LASTS,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
