"""
What a phone may keep of a page for when there is no signal (`without-signal.js`): said by the page itself.

Nothing is kept of a page that does not say so. What is kept is for one member of one team, is over with their
shift or their sign-in, and when nobody has used it for as long as a sign-in may lie unused.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def may_keep(request: HttpRequest, *, until_at: datetime | None, is_kept_safe: bool) -> bool:
    """
    Whether a phone may keep this page: somebody on shift opened it, and it is about nobody whose record is
    sealed or restricted. A place may say that no phone keeps any.
    """
    return settings.NWD_WITHOUT_SIGNAL and until_at is not None and until_at > request.at and not is_kept_safe


def keep(response: HttpResponse, request: HttpRequest, *, until_at: datetime) -> HttpResponse:
    """The page says until when and for whom it may be kept, and for how long without use."""
    ends = min(until_at, request.session.get_expiry_date())
    response.headers["X-Keep-Until"] = str(int(ends.timestamp()))
    response.headers["X-Keep-Idle"] = str(settings.NWD_IDLE_SECONDS)
    response.headers["X-Keep-For"] = f"{request.viewer.member_id} {request.viewer.team_id}"
    return response
