"""
Relaying as work that goes on: what waits in the outbox is given to whoever carries it, one after the other.

In a thread of its own, beside the sweep: a gateway that is slow keeps no clock waiting. Any number relay at
once. A message is in one worker's hand for a dated time; one whose worker died is tried again by its id.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from nowrongdoor.console import working
from nowrongdoor.console.databases import on_screen, told_by_the_database
from nowrongdoor.console.working import Rounds, Say
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.message import SUBJECT, WOULD_NOT, Letter
from nowrongdoor.rules.sweeping import NOBODY

MOST = 20
"""Messages in one round."""


class Relay(Rounds):
    """Round after round of what waits. One that nobody takes is said, without whose it is, and waits on."""

    what = "A message could not be sent"

    def __init__(
        self,
        *,
        say: Say = on_screen,
        clock: Callable[[], datetime] = now,
        time: Callable[[], datetime] = told_by_the_database,
    ) -> None:
        super().__init__(say=say)
        self.clock, self.time = clock, time

    def each(self) -> float:
        return ladder.sweep_time("sweep_each", at=self.clock()).total_seconds()

    def round(self) -> bool:
        """Tries what is due. Answers whether more waits; raises that nobody took one."""
        from nowrongdoor.console import senders
        from nowrongdoor.journeys import messages

        fault: Exception | None = None
        for _ in range(MOST):
            letter = messages.take(ours=self.clock(), by=NOBODY, at=self.time())
            if letter is None:
                break
            try:
                self._send(letter)
            except senders.NotNow as not_now:
                fault = not_now
        else:
            return True
        if fault is not None:
            raise fault
        return False

    def _send(self, letter: Letter) -> None:
        """Gives it away, and notes that. What was noted or given up meanwhile by another stays so."""
        from nowrongdoor.console import senders
        from nowrongdoor.journeys import messages

        one = letter.message
        if not letter.address:
            return
        told = {"to": letter.address, "subject": SUBJECT.get(one.kind, ""), "words": letter.words}
        try:
            reference = senders.of(one.channel).send(id=one.id, **told)
        except senders.Never:
            messages.give_up(message_id=one.id, why=WOULD_NOT, by=NOBODY, at=self.time())
            return
        try:
            messages.note_sent(message_id=one.id, reference=reference, by=NOBODY, at=self.time())
        except (Refused, Missing):
            return  # a slower worker noted it first


def begin(*, say: Say = on_screen) -> threading.Event | None:
    """Relays in a thread, where anybody carries anything from here."""
    if not any(settings.NWD_SENDERS.values()):
        return None
    stop, _ = working.begin(Relay(say=say))
    return stop
