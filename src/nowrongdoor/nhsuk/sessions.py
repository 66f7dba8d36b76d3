"""What a session remembers of a sign-in, and nothing about the people in the records."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

MEMBERSHIP = "membership"
SEEN = "seen_at"


def sign_in(request: HttpRequest, *, membership_id: UUID, at: datetime) -> None:
    """
    From here on this browser acts for this membership. The key is new, so an old one opens nothing.

    It ends when it has lasted as long as any may, however much it is used; what has ended is removed.
    """
    _begin(request, membership_id, at=at, ends=at + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    request.session.clear_expired()


def change_team(request: HttpRequest, *, membership_id: UUID, at: datetime) -> None:
    """The same member goes on for another team, and no longer than they would have."""
    _begin(request, membership_id, at=at, ends=request.session.get_expiry_date())


def _begin(request: HttpRequest, membership_id: UUID, *, at: datetime, ends: datetime) -> None:
    request.session.flush()
    request.session[MEMBERSHIP] = str(membership_id)
    request.session[SEEN] = at.isoformat()
    request.session.set_expiry(ends)
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """Nobody is signed in on this browser any more."""
    request.session.flush()
    rotate_token(request)
