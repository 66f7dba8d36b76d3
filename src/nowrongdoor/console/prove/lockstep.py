"""
Two places in lockstep: every act is tried in memory and through the journeys, and both answer alike.

A history tells that what is done ends alike. This tells that what is refused is refused alike too, in
the same words, whatever is wrong with it: the walk of `sim.walk`, with all its mischief, in both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nowrongdoor.console.real_place import RealPlace
from nowrongdoor.rules.change import ChangedMeanwhile, Missing, Refused
from nowrongdoor.sim.rows import Entry
from nowrongdoor.sim.walk import walk
from nowrongdoor.sim.world import PureWorld

NOUNS = (
    "agencies", "agreements", "care_contacts", "clocks", "contacts", "crews", "handovers", "holdings",
    "loans", "merges", "openings", "people", "police", "police_paths", "promises", "referrals", "registers",
    "reviews", "rota", "seals", "second_readings", "services", "sharing",
    "signposts", "skills", "statutory", "suggestions", "talks", "triage", "visits",
)  # fmt: skip
DONE = "done"
Verb = Callable[..., Any]


def in_lockstep(seed: int, *, steps: int) -> Lockstep:
    """Walk in both places, the real one being empty; stops where an invariant breaks, which it must not."""
    made: list[Lockstep] = []

    def place(journal: list[Entry]) -> Lockstep:
        made.append(Lockstep(journal))
        return made[0]

    broken = walk(seed, steps=steps, place=place).broken
    made[0].apart += broken
    return made[0]


class Lockstep(PureWorld):
    """The place in memory, with the real one beside it. `apart` tells each act they answered otherwise."""

    def __init__(self, journal: list[Entry]) -> None:
        super().__init__(journal)
        self.told = journal
        self.acts = 0
        self.apart: list[str] = []
        for noun in NOUNS:
            setattr(self, noun, _Both(noun, getattr(self, noun), getattr(RealPlace, noun), self))

    def act(self, name: str, mine: Verb, theirs: Verb, asked: dict[str, Any]) -> None:
        """Try it in both; the answer in memory is the one that is given."""
        self.acts += 1
        here, refusal = _answer(mine, asked)
        there, _ = _answer(theirs, asked)
        if here != there:
            self.apart.append(f"act {self.acts}, {name}: in memory {here}, in the database {there}")
        if refusal is not None:
            raise refusal


class _Both:
    """One noun: its verbs are acts in both places, all else is asked of the place in memory."""

    def __init__(self, noun: str, mine: Any, theirs: Any, places: Lockstep) -> None:
        self._noun, self._mine, self._theirs, self._places = noun, mine, theirs, places

    def __getattr__(self, verb: str) -> Any:
        mine = getattr(self._mine, verb)
        theirs = getattr(self._theirs, verb, None)
        if theirs is None or verb == "candidates":
            return mine
        return lambda **asked: self._places.act(f"{self._noun}.{verb}", mine, theirs, asked)


def _answer(verb: Verb, asked: dict[str, Any]) -> tuple[str, Exception | None]:
    try:
        verb(**asked)
    except Missing as missing:
        return "missing", missing
    except ChangedMeanwhile as lost:
        who = f"{lost.kind} by {lost.by_name} ({lost.by_member_id}) at {lost.changed_at.isoformat()}"
        return f"overtaken: {who}, version {lost.seen} seen and {lost.found} found", lost
    except Refused as refusal:
        return f"refused ({refusal.code}): {refusal.words}", refusal
    except Exception as error:  # what the database alone refuses, and any mistake, is an answer too
        return f"{type(error).__name__}: {str(error).splitlines()[0]}", error
    return DONE, None
