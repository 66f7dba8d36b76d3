"""
How long a sign-in lasts: until the member signs out, leaves the team, has been away too long, or has
been signed in for as long as anyone may be (the session itself says until when).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest

from nowrongdoor.kernel import wall
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


@dataclass(frozen=True)
class Listens:
    """Whoever is told of a team on and on: by which session, for which team, and whether at a wall screen."""

    session_key: str
    team_id: UUID
    is_wall: bool


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


def still_there(asked: Iterable[Listens], *, at: datetime) -> set[Listens]:
    """
    Of those who listen, who is still signed in for that team, by the same rules: two statements for all of
    them, and where there are accounts two for each.
    """
    asked = set(asked)
    sessions = stored((one.session_key for one in asked), at=at)
    memberships = {
        one: membership
        for one in asked
        if (membership := member_of(sessions.get(one.session_key, {}), is_wall=one.is_wall, at=at))
    }
    work_for = viewers.work_for(memberships.values())
    return {
        one
        for one, membership in memberships.items()
        if (found := work_for.get(membership)) is not None
        and found.team_id == one.team_id
        and _is_account_of(one.session_key, found)
    }


def _is_account_of(session_key: str, found: WorksFor) -> bool:
    if not settings.NWD_ACCOUNTS:
        return True
    knock = HttpRequest()
    knock.session = _engine().SessionStore(session_key)
    knock.user = get_user(knock)
    return _is_their_account(knock, found)


def stored(session_keys: Iterable[str], *, at: datetime) -> dict[str, Mapping[str, Any]]:
    """What these sessions remember, of those that go on. One statement."""
    with connections[wall.engine()].cursor() as cursor:
        cursor.execute(SESSIONS, {"keys": list(set(session_keys)), "at": at})
        return {key: _read(data) for key, data in cursor.fetchall()}


SESSIONS = """
    SELECT session_key, session_data FROM django_session
    WHERE session_key = ANY(%(keys)s) AND expire_date > %(at)s
"""
_sessions: dict[str, Mapping[str, Any]] = {}


def _read(data: str) -> Mapping[str, Any]:
    """What a session remembers; read once, for it is under our signature and stays as it is until written."""
    if data not in _sessions:
        if len(_sessions) > 5_000:
            _sessions.clear()
        _sessions[data] = _engine().SessionStore().decode(data)
    return _sessions[data]


def _engine() -> Any:
    return import_module(settings.SESSION_ENGINE)


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
