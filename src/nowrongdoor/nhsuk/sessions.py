"""What a session remembers of a sign-in, and nothing about the people in the records."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

MEMBERSHIP = "membership"
SEEN = "seen_at"


def sign_in(request: HttpRequest, *, membership_id: UUID, at: datetime) -> None:
    """From here on this browser acts for this membership. The key is new, so an old one opens nothing."""
    request.session.flush()
    request.session[MEMBERSHIP] = str(membership_id)
    request.session[SEEN] = at.isoformat()
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """Nobody is signed in on this browser any more."""
    request.session.flush()
    rotate_token(request)
