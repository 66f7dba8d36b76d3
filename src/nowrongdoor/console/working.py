"""
Work that goes on beside the pages: round after round, each as often as it must, until it is asked to stop.

Sealing, sweeping, looking for patterns and packing are rounds of this one loop. What fails is said once, in
words, and tried again: work that has died does nothing and tells nobody.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from time import monotonic

from django.db import Error, connections

from nowrongdoor.console.databases import on_screen
from nowrongdoor.rules.change import Refused

ENDING = 10  # seconds that a round may still take when we are to stop
Say = Callable[[str], None]


class Rounds:
    """
    Work in rounds. `what` says of a failure what could not be done. A round answers whether more waits: the
    next one then begins as soon as `rests` allows, a share of the time that the last one took.
    """

    what = "This could not be done"
    rests = 0.0

    def __init__(self, *, say: Say = on_screen) -> None:
        self.say = say
        self._said = ""

    def round(self) -> bool:
        """Does what there is to do. Answers whether more waits."""
        raise NotImplementedError

    def each(self) -> float:
        """Seconds between two rounds, where nothing waits."""
        raise NotImplementedError

    def in_words(self, fault: Exception) -> str:
        """Never what a fault says of itself: PostgreSQL may quote there what is in a row."""
        return f"{self.what} ({kind_of(fault)}). Trying again."

    def until(self, stop: threading.Event) -> None:
        """Rounds until asked to stop."""
        while not stop.is_set():
            began = monotonic()
            behind = self.try_round()
            took = (monotonic() - began) * self.rests
            stop.wait(took if behind else max(took, self.each()))

    def try_round(self) -> bool:
        """A round, or what stands in its way, said once for as long as it does."""
        try:
            behind = self.round()
        except Exception as fault:
            self._say_once(self.in_words(fault))
            if isinstance(fault, Error):
                connections["default"].close()  # the next round begins with another
            return False
        self._say_once("")
        return behind

    def _say_once(self, words: str) -> None:
        if words and words != self._said:
            self.say(words)
        self._said = words


def kind_of(fault: Exception) -> str:
    """
    What kind of fault it is, by its class; with PostgreSQL's own code where it gave one, or what the system
    says of a disk or a folder, without its name. Of a rule's own no, what it says. Never a value.
    """
    if isinstance(fault, Refused):
        return fault.words
    if isinstance(fault, OSError):
        more = fault.strerror
    else:
        more = getattr(fault.__cause__, "sqlstate", None) if isinstance(fault, Error) else None
    return ": ".join(filter(None, (type(fault).__name__, more)))


def begin(rounds: Rounds) -> tuple[threading.Event, threading.Thread]:
    """Rounds in a thread that ends with the process, or once the event is set."""
    stop = threading.Event()

    def work() -> None:
        try:
            rounds.until(stop)
        finally:
            connections.close_all()  # this thread's own

    thread = threading.Thread(target=work, name=type(rounds).__name__.lower(), daemon=True)
    thread.start()
    return stop, thread


@contextlib.contextmanager
def meanwhile(rounds: Rounds) -> Iterator[None]:
    """Rounds in a thread while the block runs, ended with it."""
    stop, thread = begin(rounds)
    try:
        yield
    finally:
        stop.set()
        thread.join(ENDING)
