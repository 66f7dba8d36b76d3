"""
How long a sign-in lasts: until the member signs out, leaves the team, has been away too long, or has
been signed in for as long as anyone may be (the session itself says until when).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import live
from nowrongdoor.nhsuk.sessions import CARER, MEMBERSHIP, OWN, SEEN
from nowrongdoor.reading import own_record, viewers
from nowrongdoor.reading.viewers import WorksFor
from nowrongdoor.rules.own import Reader

# Pages that have a form for a wall, with wall=1: it shows what anyone may read.
WALLS = {"board", "rapid"}
# How often the session is told that its member is still there: a write that need not be at every page.
MINUTE = timedelta(minutes=1)


def viewer(request: HttpRequest) -> Viewer | None:
    """
    Who is signed in, or none. A membership is read again at every request, so that a member who
    has left is out at once; a session nobody has used for a while is over. So is its account, where
    there are accounts: one that was disabled, or has another password since, is nobody's. What waits
    behind the places of the viewer's menu comes with them, as `request.waiting`.
    """
    membership = _membership(request)
    if membership is None:
        return None
    at_work = viewers.at_work_and_waiting(membership_id=membership)
    found, request.waiting = at_work or (None, None)
    return found if _is_their_account(request, found) else None


def team(request: HttpRequest) -> UUID | None:
    """The team that whoever is signed in works for, by the same rules; nothing else of them is asked."""
    membership = _membership(request)
    found = viewers.works_for(membership_id=membership) if membership else None
    return found.team_id if found and _is_their_account(request, found) else None


def own(request: HttpRequest) -> Reader | None:
    """
    Whose record this browser may read as their own or as their carer, or none. The same care as for a
    member: a session nobody has used for a while is over, and so is one whose account is. A permission is
    read again at every request, so that a carer from whom it was taken back is out at once.
    """
    whose, permission = request.session.get(OWN), request.session.get(CARER)
    if whose == permission or MEMBERSHIP in request.session or _away_too_long(request):
        return None
    if permission is not None:
        found = own_record.carer(UUID(permission), at=request.at)
    else:
        found = own_record.reader(UUID(whose))
    if found is None or not settings.NWD_ACCOUNTS:
        return found
    account = request.user
    if not account.is_authenticated:
        return None
    theirs = account.permission_id if found.permission else account.person_id
    return found if theirs == (found.permission.id if found.permission else found.person_id) else None


def _membership(request: HttpRequest) -> UUID | None:
    membership = request.session.get(MEMBERSHIP)
    return None if membership is None or _away_too_long(request) else UUID(membership)


def _is_their_account(request: HttpRequest, found: Viewer | WorksFor | None) -> bool:
    if found is None or not settings.NWD_ACCOUNTS:
        return found is not None
    account = request.user
    return account.is_authenticated and account.member_id == found.member_id


def member_of(session: Mapping[str, Any], *, is_wall: bool, at: datetime) -> UUID | None:
    """
    The membership that a session acts for, while it has not been away too long: for whoever shows a screen on
    and on. That the membership runs is asked with it; an account is asked about in the rounds of the streams.
    """
    membership = session.get(MEMBERSHIP)
    if membership is None or not (is_wall or at - _seen_at(session) <= _longest()):
        return None
    return UUID(membership)


def _seen_at(session: Mapping[str, Any]) -> datetime:
    """A session that does not say when it was used last is as good as one that has ended."""
    seen = session.get(SEEN)
    return datetime.fromisoformat(seen) if seen else datetime.min.replace(tzinfo=UTC)


def _longest() -> timedelta:
    return timedelta(seconds=settings.NWD_IDLE_SECONDS)


def _away_too_long(request: HttpRequest) -> bool:
    if is_the_wall(request):
        return False
    by_itself = live.is_refetched(request) or _name(request) == "live"
    seen_at = _seen_at(request.session)
    if request.at - seen_at > _longest():
        # A board asks by itself, and beside it on the same browser there may be a wall, which goes on.
        if not by_itself:
            request.session.flush()
        return True
    if request.at - seen_at > MINUTE and (not by_itself or live.is_used(request)):
        request.session[SEEN] = request.at.isoformat()
    return False


def is_the_wall(request: HttpRequest) -> bool:
    """
    A wall reloads itself, with nobody there: no sign of a member, and no reason to go dark, for what it
    shows anyone may read. Every other page of that browser asks its member to sign in again.
    """
    return _name(request) in WALLS | {"live"} and request.GET.get("wall") == "1"


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
