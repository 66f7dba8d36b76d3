"""The guards taken away one by one. For controls only: a proof that finds nothing then has not looked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any
from unittest import mock
from uuid import UUID

from nowrongdoor.console.prove.seeing import behind
from nowrongdoor.console.prove.seeing.expected import EVERYTHING
from nowrongdoor.rules.access import BLIND, Relationship, Sight, Standing
from nowrongdoor.rules.change import Missing

EVERYONE = Sight(Relationship.HELD, frozenset([*EVERYTHING, "answerable"]), "direct_care")
RECORD_PAGES = {"person", "person_timeline", "referral", "contact", "handover"}


def no_question_at_the_door() -> AbstractContextManager[Any]:
    """Whoever knocks is let in, as if they were answerable for whoever it is about."""
    from nowrongdoor.reading import standing

    asked = standing.asked

    def let_in(what: str, key: UUID, *, viewer: Any, at: datetime) -> Any:
        seen = asked(what, key, viewer=viewer, at=at)
        if seen is None:
            raise Missing(what)
        shown = {"of_person": lambda _: EVERYONE, "of_item": lambda _, **__: EVERYONE}
        kind = type("AllSeen", (type(seen),), shown)
        return kind(**{**vars(seen), "sight": EVERYONE, "standing": Standing(())})

    return mock.patch("nowrongdoor.site.doors.standing.of", let_in)


def nothing_cleared() -> AbstractContextManager[Any]:
    """One reading shows a person with every column, whatever its viewer may see of it."""
    return mock.patch("nowrongdoor.reading.person_record.cleared", lambda _table, facts, _sight: facts)


def not_for_you() -> AbstractContextManager[Any]:
    """A door that says "not for you" of who is hidden, and "not there" of nobody."""
    from django.core.exceptions import PermissionDenied

    from nowrongdoor.reading import standing

    of = standing.of

    def tells(what: str, key: UUID, *, viewer: Any, at: datetime) -> Any:
        seen = standing.asked(what, key, viewer=viewer, at=at)
        if seen is not None and seen.sight is BLIND:
            raise PermissionDenied
        return of(what, key, viewer=viewer, at=at)

    return mock.patch("nowrongdoor.site.doors.standing.of", tells)


def everything_searched() -> AbstractContextManager[Any]:
    """A search that finds restricted people as it finds others."""
    return mock.patch("nowrongdoor.reading.people_search._as_seen", lambda people, _restricted, **_: people)


def seals_against_nobody() -> AbstractContextManager[Any]:
    """A seal that keeps nobody safe from anybody: who was told, or broke the glass, reads on."""
    return mock.patch("nowrongdoor.rules.access.is_against", lambda _viewer, _seal: False)


@contextmanager
def both_walls_down() -> Iterator[None]:
    with behind.down(), behind.no_checks():
        yield


Sees = Callable[[Any], bool]
# What is left out, where it is looked for, what must be found then, and whether only by what the database
# has to hide.
CONTROLS: dict[str, tuple[Callable[[], AbstractContextManager[Any]], set[str], Sees, bool]] = {
    "both walls are down": (both_walls_down, RECORD_PAGES, lambda found: bool(found.leaks), True),
    "the application checks nothing": (
        behind.no_checks,
        RECORD_PAGES,
        lambda found: bool(found.leaks),
        False,
    ),
    "the doors do not ask how one stands": (
        no_question_at_the_door,
        RECORD_PAGES,
        lambda found: bool(found.leaks),
        False,
    ),
    "one reading clears nothing": (
        nothing_cleared,
        {"person", "person_correct"},
        lambda found: bool(found.leaks),
        False,
    ),
    "a door answers 403 for who is hidden": (
        not_for_you,
        RECORD_PAGES,
        lambda found: bool(found.oracles),
        False,
    ),
    "a seal is against nobody": (
        seals_against_nobody,
        RECORD_PAGES,
        lambda found: any(life.endswith("against") for _, _, life, *_ in found.leaks),
        False,
    ),
    "a search finds restricted people": (
        everything_searched,
        {"people_search", "person_open"},
        lambda found: bool(found.leaks and found.oracles),
        False,
    ),
}
