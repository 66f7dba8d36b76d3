"""
Who is listening in this process, and what each is told.

A browser is told one of three words: that something of its team has changed, that something in this
place has, or that it must look again whatever it has heard. What is still to be said is kept at most once a
word, so that a browser which reads slowly costs no memory; nor has it to be told twice to look again.
"""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

TEAM = "team"
PLACE = "place"
AGAIN = "again"
# So long at least lies between two tellings that something in this place has changed: every screen of a
# whole county is told of those, and one telling stands for all that happened in between.
GAP = 0.5


@dataclass(frozen=True)
class Notice:
    """A change that was committed: its version, and the teams it concerns; None where it is everyone."""

    version: str
    teams: frozenset[str] | None

    @classmethod
    def read(cls, payload: str) -> "Notice":
        version, _, teams = payload.partition(" ")
        return cls(version, None if teams in ("*", "") else frozenset(teams.split(",")))


@dataclass(eq=False)
class Ear:
    """One browser that listens, for a member of one team."""

    team_id: UUID
    session_key: str
    is_wall: bool = False
    _to_say: dict[str, str] = field(default_factory=dict)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _has_ended: bool = False

    def tell(self, what: str, version: str = "") -> None:
        self._to_say[what] = version
        self._woken.set()

    def end(self) -> None:
        """Whoever sits there is signed out: nothing more is said."""
        self._has_ended = True
        self._woken.set()

    @property
    def has_ended(self) -> bool:
        return self._has_ended

    async def heard(self, *, within: float) -> list[tuple[str, str]]:
        """What there is to say as soon as there is something; nothing where all was quiet for so long."""
        try:
            async with asyncio.timeout(within):
                await self._woken.wait()
        except TimeoutError:
            return []
        said = list(self._to_say.items())
        self._to_say.clear()
        self._woken.clear()
        return said


class Hub:
    """Hears what was committed, and tells whom it concerns."""

    def __init__(self) -> None:
        self.ears: set[Ear] = set()
        self.is_listening = False
        self._place: asyncio.TimerHandle | None = None
        self._told_at = float("-inf")
        self._latest = ""

    def open(self, ear: Ear) -> Ear:
        """Another browser listens. Between its page and now something may have happened: it looks again."""
        self.ears.add(ear)
        if self.is_listening:
            ear.tell(AGAIN)
        return ear

    def close(self, ear: Ear) -> None:
        self.ears.discard(ear)

    def hear(self, notice: Notice) -> None:
        for ear in self.ears:
            if notice.teams is None or str(ear.team_id) in notice.teams:
                ear.tell(TEAM, notice.version)
        self._latest = notice.version
        if self._place is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._told_at + GAP - loop.time())
            self._place = loop.call_later(wait, self._tell_place, loop)

    def listens(self) -> None:
        """From now on nothing is missed. What was told before, nobody heard: everyone looks again."""
        self.is_listening = True
        for ear in self.ears:
            ear.tell(AGAIN)

    def is_deaf(self) -> None:
        """Nothing is heard for now. Nobody is told a sign of life until it is again."""
        self.is_listening = False

    def _tell_place(self, loop: asyncio.AbstractEventLoop) -> None:
        self._place, self._told_at = None, loop.time()
        for ear in self.ears:
            ear.tell(PLACE, self._latest)
