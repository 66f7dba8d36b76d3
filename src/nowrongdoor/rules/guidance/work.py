"""
How much work guidance may cost: each file and each decision has so much, and what would never end is refused.

The measure is what is done, not how long it takes: the same guidance is refused everywhere or nowhere.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any

# One decision may go round so often; a table people can read needs a few hundred.
MOST_WORK = 200_000
# To read one file, so many signs are looked at more than once: where a name of several words may stand.
MOST_LOOKED = 3_000_000
# So many members of a list, or signs of a text, are one round of work to a function that looks at each.
AT_ONCE = 50


class Unreadable(ValueError):
    """Guidance, or a case put to it, that cannot be read: in plain words, with the place named."""

    def __init__(self, words: str, *, place: str = "") -> None:
        super().__init__(f"{place}: {words}" if place else words)
        self.words = words
        self.place = place


class Left:
    """What is left of the work that may be done."""

    __slots__ = ("looks", "rounds")

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.looks = MOST_LOOKED


_left: ContextVar[Left | None] = ContextVar("_left", default=None)


def begin(rounds: int = MOST_WORK) -> Token[Left | None]:
    """A decision begins, or a file: it has not worked yet."""
    return _left.set(Left(rounds))


def end(token: Token[Left | None]) -> None:
    _left.reset(token)


@contextmanager
def bounded(place: str) -> Iterator[None]:
    """In here no more work is done than a file of guidance may cost; what goes beyond is refused."""
    token = begin(MOST_WORK * 10)
    try:
        yield
    except Unreadable as refusal:
        raise placed(refusal, place) from None
    except RecursionError:
        raise Unreadable("This is nested too deep, or calls itself without end.", place=place) from None
    finally:
        end(token)


def settled(work: Callable[[], Any], place: str) -> Any:
    """What is worked out once and for all; where that cannot be done, with the place named."""
    try:
        return work()
    except Unreadable as refusal:
        raise placed(refusal, place) from None
    except RecursionError:
        raise Unreadable("This is nested too deep, or calls itself without end.", place=place) from None


def placed(refusal: Unreadable, place: str) -> Unreadable:
    """The refusal with its place; one that has a place keeps it."""
    return refusal if refusal.place else Unreadable(refusal.words, place=place)


def spent(work: int) -> None:
    """So many rounds more; refuses what would never end."""
    left = _left.get()
    if left is not None:
        left.rounds -= work
        if left.rounds < 0:
            raise Unreadable("This goes round too often: no decision that people can follow does.")


def went_over(members: int) -> None:
    """A list with so many members, or a text with so many signs, was looked at."""
    spent(1 + members // AT_ONCE)


def looked(signs: int) -> None:
    """So many signs more in which a long name was looked for."""
    left = _left.get()
    if left is not None:
        left.looks -= signs
        if left.looks < 0:
            raise Unreadable("The names in this file are too long and too many to be told apart.")
