"""
Who is listening in this process, and what each is told.

A browser is told one of three words: that something of its team has changed, that something in this
place has, or that it must look again whatever it has heard. Or it is shown its page as it changes, and
told whose team it is when it begins. What is still to be said is kept at most once a
word, so that a browser which reads slowly costs no memory; nor has it to be told twice to look again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

TEAM = "team"
PLACE = "place"
AGAIN = "again"
HELLO = "hello"
# So long at least lies between two tellings that something in this place has changed: every screen of a
# whole county is told of those, and one telling stands for all that happened in between.
GAP = 0.5
MOST = 4  # so many times parts of pages wait for a browser that reads slowly, and no more


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
    has_words: bool = True
    """Whether it is told that something has changed: not where each of its pages is made for it."""
    is_behind: bool = False
    """So much waits for it that it must be given its pages whole once it has read on."""
    _shown: list[str] = field(default_factory=list)
    _to_say: dict[str, str] = field(default_factory=dict)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _has_ended: bool = False

    def tell(self, what: str, version: str = "") -> None:
        if self.has_words or what in (AGAIN, HELLO):
            self._to_say[what] = version
            self._woken.set()

    def show(self, event: str) -> bool:
        """Parts of a page, as they are now. False where so many wait that this browser must begin anew."""
        self.is_behind = self.is_behind or len(self._shown) >= MOST
        if self.is_behind:
            self._shown.clear()
        else:
            self._shown.append(event)
        self._woken.set()
        return not self.is_behind

    def shown(self) -> list[str]:
        """The parts that are to be told, once; none to whoever is signed out."""
        events, self._shown = self._shown, []
        return [] if self._has_ended else events

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
        return [] if self._has_ended else said


class Hub:
    """Hears what was committed, and tells whom it concerns."""

    def __init__(self) -> None:
        self.ears: set[Ear] = set()
        self._have_words: dict[str, set[Ear]] = {}
        """By the name of their team, those that are told of changes by a word."""
        self.is_listening = False
        self.tells: Callable[[Notice | None], None] = lambda notice: None
        """Who else is told of each notice; of none when everyone looks again."""
        self._place: asyncio.TimerHandle | None = None
        self._told_at = float("-inf")
        self._latest = ""

    def open(self, ear: Ear) -> Ear:
        """
        Another browser listens. Between its page and now something may have happened: it looks again, unless
        it is shown its pages anyhow.
        """
        self.ears.add(ear)
        if ear.has_words:
            self._have_words.setdefault(str(ear.team_id), set()).add(ear)
        if self.is_listening:
            ear.tell(AGAIN if ear.has_words else HELLO)
        return ear

    def close(self, ear: Ear) -> None:
        self.ears.discard(ear)
        team = str(ear.team_id)
        left = self._have_words.get(team, set())
        left.discard(ear)
        if not left:
            self._have_words.pop(team, None)

    @property
    def latest(self) -> str:
        """The version of what was heard last."""
        return self._latest

    def hear(self, notice: Notice) -> None:
        self.tells(notice)
        # Hundreds of notices a second are heard where hundreds listen: only whom one concerns is looked at.
        for team in self._have_words if notice.teams is None else notice.teams:
            for ear in self._have_words.get(team, ()):
                ear.tell(TEAM, notice.version)
        self._latest = notice.version
        if self._place is None:
            loop = asyncio.get_running_loop()
            wait = max(0.0, self._told_at + GAP - loop.time())
            self._place = loop.call_later(wait, self._tell_place, loop)

    def listens(self) -> None:
        """From now on nothing is missed. What was told before, nobody heard: everyone looks again."""
        self.is_listening = True
        self.tells(None)
        for ear in self.ears:
            ear.tell(AGAIN)

    def is_deaf(self) -> None:
        """Nothing is heard for now. Nobody is told a sign of life until it is again."""
        self.is_listening = False

    def _tell_place(self, loop: asyncio.AbstractEventLoop) -> None:
        self._place, self._told_at = None, loop.time()
        for ears in self._have_words.values():
            for ear in ears:
                ear.tell(PLACE, self._latest)
