"""
Sealing and anchoring as work that goes on: every second what was recorded is sealed, every minute anchored.

In a real deployment as `./nwd manage seal --forever`, a process of its own; in the demonstration as a thread
beside the pages, with a connection of its own, stopped with them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

from django.apps import apps
from django.db import DatabaseError

from nowrongdoor import embedded
from nowrongdoor.console import working
from nowrongdoor.console.databases import on_screen
from nowrongdoor.console.working import Rounds, Say
from nowrongdoor.kernel.now import now

EACH = 1.0  # seconds between looks; what was recorded is sealed within five
RECENTLY = timedelta(minutes=10)  # far longer than any transaction may last
RARELY = 50  # a look through everything takes at most a fiftieth of the time


def anchor_path() -> Path | None:
    """Where the anchor is: NWD_ANCHOR, if anything. The demo's own database has one without being asked."""
    named = os.environ.get("NWD_ANCHOR", "")
    return Path(named).expanduser().absolute() if named else None


def default_anchor() -> Path:
    """The anchor of the demo's own database, beside its data."""
    return embedded.directory_for("demo") / "anchor.jsonl"


def name_default_anchor() -> None:
    """For the database that we start ourselves. One that DATABASE_URL names has the anchor it is given."""
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("NWD_ANCHOR", str(default_anchor()))


class Sealer(Rounds):
    """Seals and anchors. At most half of the time at work: pages come first."""

    rests = 1.0

    def __init__(self, *, say: Say = on_screen) -> None:
        from nowrongdoor.kernel.journal.anchor_file import AnchorFile

        super().__init__(say=say)
        path = anchor_path()
        self.file = None if path is None else AnchorFile(path)
        self.sealed = 0
        self._look_again_at = 0.0

    def each(self) -> float:
        return EACH

    def in_words(self, fault: Exception) -> str:
        return in_words(fault)

    def round(self) -> bool:
        """Seals what waits and anchors this minute. Answers whether more is waiting."""
        from nowrongdoor.kernel.journal import anchoring, sealing

        at, began = now(), monotonic()
        everything = began >= self._look_again_at
        failure, sealed = None, 0
        try:
            sealed = sealing.seal(at=at, since=None if everything else at - RECENTLY)
        except DatabaseError as of_a_chain:  # the others are sealed, and are anchored all the same
            failure = of_a_chain
        behind = sealed >= sealing.LOOK
        if everything and not behind:
            ended = monotonic()
            self._look_again_at = ended + RARELY * (ended - began)
        self.sealed += sealed
        if self.file is not None:
            anchoring.anchor(self.file, at=at)
        if failure is not None:
            raise failure
        return behind


def in_words(fault: Exception) -> str:
    """What stands in the way of sealing or anchoring."""
    from nowrongdoor.console import verifying
    from nowrongdoor.kernel.journal.anchoring import DoesNotFit

    if isinstance(fault, DoesNotFit):
        names = verifying.names()
        found = "\n".join(f"  {verifying.in_words(one, names)}" for one in fault.breaks)
        return f"The journal does not fit its anchor, and is not anchored until it does:\n{found}"
    return f"The journal could not be sealed or anchored ({working.kind_of(fault)}). Trying again."


@contextlib.contextmanager
def meanwhile(*, say: Say = on_screen) -> Iterator[Sealer | None]:
    """Seals and anchors in a thread while the block runs, and ends with it."""
    if not apps.is_installed("nowrongdoor.kernel.journal"):
        yield None
        return
    sealer = Sealer(say=say)
    with working.meanwhile(sealer):
        yield sealer
