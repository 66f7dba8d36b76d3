"""What a session remembers of a sign-in, and nothing about the people in the records."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

MEMBERSHIP = "membership"
OWN = "own"
CARER = "carer"
"""Whose own record this browser may read, or by which permission: a session has one of the three."""
SEEN = "seen_at"
# What a session knows of the account it began with, and how: it goes on for another team.
OF_THE_ACCOUNT = (
    SESSION_KEY,
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    "account_authentication_methods",
    "account_authentication_methods_user",
)


def sign_in(request: HttpRequest, *, membership_id: UUID, at: datetime) -> None:
    """
    From here on this browser acts for this membership. The key is new, so an old one opens nothing.

    It ends when it has lasted as long as any may, however much it is used; what has ended is removed.
    """
    _begin(request, MEMBERSHIP, membership_id, at=at, ends=_last(at))
    request.session.clear_expired()


def sign_in_own(request: HttpRequest, *, person_id: UUID, at: datetime) -> None:
    """From here on this browser reads this person's own record, and acts for nobody."""
    _begin(request, OWN, person_id, at=at, ends=_last(at))
    request.session.clear_expired()


def sign_in_carer(request: HttpRequest, *, permission_id: UUID, at: datetime) -> None:
    """From here on this browser reads what a person lets this carer read, and acts for nobody."""
    _begin(request, CARER, permission_id, at=at, ends=_last(at))
    request.session.clear_expired()


def change_team(request: HttpRequest, *, membership_id: UUID, at: datetime) -> None:
    """The same member goes on for another team, and no longer than they would have."""
    _begin(request, MEMBERSHIP, membership_id, at=at, ends=request.session.get_expiry_date())


def _last(at: datetime) -> datetime:
    return at + timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _begin(request: HttpRequest, what: str, key: UUID, *, at: datetime, ends: datetime) -> None:
    of_the_account = {key: request.session[key] for key in OF_THE_ACCOUNT if key in request.session}
    request.session.flush()
    request.session.update(of_the_account)
    request.session[what] = str(key)
    request.session[SEEN] = at.isoformat()
    request.session.set_expiry(ends)
    rotate_token(request)


def sign_out(request: HttpRequest) -> None:
    """Nobody is signed in on this browser any more."""
    request.session.flush()
    rotate_token(request)
