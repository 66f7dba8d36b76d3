"""
What is asked, or made, once for all who would be given the very same.

Screens of many members are made together, in one transaction of one agency and at one instant. In it a
question to the database is asked once for each wording and each value it is asked with: whoever would have
asked the same in other words asks for themselves. So a part of a screen is shared among those alone for whom
PostgreSQL would have given the same answer, and nobody has to say who they are.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

from nowrongdoor.kernel.live import ahead, asking
from nowrongdoor.kernel.live.ahead import Round
from nowrongdoor.kernel.live.asking import Rows, Statement

Made = TypeVar("Made")
MOMENT = 10  # seconds: browsers tick their clocks by themselves, once a minute
_young: dict[Any, Any] = {}
_old: dict[Any, Any] = {}
_moment = 0
BY_NUMBER = attrgetter("int")  # as the keys of members are compared themselves, and ten times sooner
NOBODY = UUID(int=0)
"""
No member has this key, nor anything else: whoever asks for it asks for nothing of a member's own, and what is
only tried is tried with it.
"""
_members: ContextVar[tuple[UUID, ...]] = ContextVar("members_of_this_round", default=())
_apart: ContextVar[frozenset[UUID]] = ContextVar("members_of_this_round_apart", default=frozenset())
_round: ContextVar[Round | None] = ContextVar("round_that_asks_ahead", default=None)
_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept_for_this_round", default=None)


@contextmanager
def together(
    members: Iterable[UUID] = (), apart: frozenset[UUID] = frozenset(), *, asks: Round | None = None
) -> Iterator[None]:
    """
    What is asked and made inside is kept until its end, for whoever asks or makes just that. It is all for
    these members: what is a member's own can be asked for all of them at once. Whoever is `apart` has more of
    their own than that, and is answered alone. A round has asked ahead what is likely to be asked.
    """
    tokens = _kept.set({}), _members.set(tuple(sorted(set(members), key=BY_NUMBER))), _apart.set(apart)
    token = _round.set(asks)
    try:
        yield
        if asks is not None:
            asks.over()
    finally:
        _round.reset(token)
        _kept.reset(tokens[0])
        _members.reset(tokens[1])
        _apart.reset(tokens[2])


def members() -> tuple[UUID, ...]:
    """For whom screens are made together; nobody where a page is made for one alone."""
    return _members.get() if _kept.get() is not None else ()


def stands_apart(member_id: UUID) -> bool:
    """Whether this member has something of their own that is asked for of nobody else."""
    return member_id in _apart.get()


def asked(statement: Statement, params: Mapping[str, Any]) -> Rows:
    """The rows that answer the statement with these values."""
    kept = _kept.get()
    if kept is None:
        return _rows(statement, params)
    key = ahead.key_of(statement, params)
    if key not in kept:
        asks = _round.get()
        rows = asks.rows(key, statement, params) if asks else asking.planned(statement, params)
        # A statement is known by being that one, and so is kept: no other may come to stand in its place.
        kept[key] = (rows, statement)
    found: Rows = kept[key][0]
    return found


def made(make: Callable[..., Made], *of: Any) -> Made:
    """What `make` makes of these very things: of a value, or of what was asked or made before."""
    kept = _kept.get()
    if kept is None:
        return make(*of)
    key = (make, *map(_known, of))
    if key not in kept:
        # What it was made of is kept with it, so that no other thing comes to stand in its place in memory.
        kept[key] = (make(*of), of)
    found: Made = kept[key][0]
    return found


def lately(make: Callable[..., Made], *of: Hashable) -> Made:
    """
    What `make` makes of these values, and of nothing else: kept for as long as it is asked for every few
    seconds, for whoever was given these very values by the database. A page for one alone makes it anew.
    """
    if _kept.get() is None:
        return make(*of)
    key, young, old = (make, *of), _young, _old  # in another thread the next few seconds may have begun
    found: Made = young[key] if key in young else old[key] if key in old else make(*of)
    young[key] = found
    return found


class Instant:
    """The instant that a line is told at: any in the same few seconds tells the same."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Instant)

    def __hash__(self) -> int:
        return 0


def moment(at: datetime) -> int:
    """The few seconds in which this instant lies. What is made of clocks in words is kept within them."""
    global _young, _old, _moment
    now = int(at.timestamp() // MOMENT)
    if now != _moment:
        _young, _old, _moment = {}, _young, now
    return now


def _rows(statement: Statement, params: Mapping[str, Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


_PLAIN = (str, int, bool, UUID, date, datetime, type(None))
_EXACTLY = frozenset((str, UUID, date, datetime, type(None)))
"""Of these no two that differ are equal, and none is equal to what stands for another kind of thing."""


def _known(value: Any) -> Any:
    """A value by what it is; what was made before by being that one, for to compare it would cost more."""
    kind = type(value)
    if kind in _EXACTLY:
        return value
    if kind is tuple:
        return value if all(map(_is_plain, value)) else id(value)
    return (kind, value) if isinstance(value, _PLAIN) else id(value)


def _is_plain(value: Any) -> bool:
    kind = type(value)
    return kind in _EXACTLY or (all(map(_is_plain, value)) if kind is tuple else isinstance(value, _PLAIN))
