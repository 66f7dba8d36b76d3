"""
A random walk through everything anyone might do, often wrongly, with the inspector at every step.

Refusals are fine; a broken invariant is not. A walk is replayed by its seed alone, and stops at the
step that broke something.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.sim.attempts import ATTEMPTS
from nowrongdoor.sim.inspection import Inspector
from nowrongdoor.sim.mischief import Mischief
from nowrongdoor.sim.rows import Entry
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.world import PureWorld

BEGINS = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)  # the night the clocks go back is within most walks
NO_TIME, SKEW, LATE = timedelta(0), timedelta(seconds=5), timedelta(minutes=30)


@dataclass
class Walked:
    """
    What became of a walk: how far it went, what was done and refused, and what it broke. `declined` is how
    often the police did not attend, and how often of these nobody had accepted; `missed` how often nobody was
    at home on a visit, and how often whoever was alone on one did not say that they were safe.
    """

    seed: int
    steps: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    moves: Counter[tuple[str, str | None, str]] = field(default_factory=Counter)
    last_done: bool = False
    declined: tuple[int, int] = (0, 0)
    missed: tuple[int, int] = (0, 0)
    broken: list[str] = field(default_factory=list)


def walk(seed: int, *, steps: int, place: Callable[[list[Entry]], PureWorld] = PureWorld) -> Walked:
    """Walk so many steps from an empty place, or up to the step that breaks an invariant."""
    walked = Walked(seed)
    journal: list[Entry] = []
    world = place(journal)
    chance = Stream(f"{seed}/walk")
    inspector = Inspector(world.rows)
    mischief = Mischief(world, chance, BEGINS)
    attempts = [(weight, (verb, partial(attempt, mischief))) for weight, verb, attempt in ATTEMPTS]
    at = BEGINS
    for _ in range(steps):
        at += _passes(chance)
        when = _told_at(at, chance)
        walked.steps += 1
        mischief.is_stale = False
        verb, act = chance.weighed(attempts)
        walked.broken = _step(verb, act, when, walked, inspector)
        if mischief.is_stale and walked.last_done:
            walked.broken.append(f"Seen: {verb} was done by someone who had not seen the latest version")
        if walked.broken:
            break
        mischief.remember()
    else:
        walked.broken = inspector.whole(journal)
    walked.declined, walked.missed = inspector.declined(), inspector.missed()
    return walked


def _step(
    verb: str, act: Callable[[datetime], None], at: datetime, walked: Walked, inspector: Inspector
) -> list[str]:
    rows = inspector.rows
    before = rows.last
    walked.last_done = False
    try:
        act(at)
    except Refused as refusal:
        walked.refused[verb, refusal.code] += 1
    except Missing:
        walked.refused[verb, "missing"] += 1
    else:
        walked.done[verb] += 1
        walked.last_done = True
        for step in rows.last:
            was = step.before.state if hasattr(step.before, "state") else None
            now = getattr(step.change.after, "state", None)
            if now is not None:
                walked.moves[type(step.change.after).__name__, was, now] += 1
        return inspector.after_act()
    if rows.last is not before:
        return [f"Refused: {verb} was refused and changed something all the same"]
    return []


def _told_at(at: datetime, chance: Stream) -> datetime:
    """Mostly now; sometimes by a clock that is slow, or by someone who tells late."""
    luck = chance.random()
    if luck < 0.94:
        return at
    return at - (SKEW if luck < 0.96 else LATE) * chance.random()


def _passes(chance: Stream) -> timedelta:
    """Mostly minutes, sometimes nothing at all, sometimes a day."""
    luck = chance.random()
    if luck < 0.08:
        return NO_TIME
    if luck < 0.97:
        return timedelta(seconds=chance.random() * 900)
    return timedelta(hours=chance.random() * 30)
