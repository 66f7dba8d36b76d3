"""
Finding a good plan: simulated annealing over keys and crews, within the processor time that is given.

A few rounds begin anew, for one of them may settle where no small change leads out; then the best plan
is warmed once more. A change is first asked what it would travel, which needs no times, and mostly that
is already too much.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from nowrongdoor.dispatch.columns import TO_LAY, WHO, Case, Draft, Scratch, case_of, draft_of, scratch_of
from nowrongdoor.dispatch.compiling import compiled
from nowrongdoor.dispatch.day import Day
from nowrongdoor.dispatch.moves import change_places, change_rest, elsewhere
from nowrongdoor.dispatch.planned import Cost, Plan, Stop
from nowrongdoor.dispatch.timing import NEVER, clear, follow, in_order_of_time, lay, settle, take, undo

# Heat in usual ways between two places: a change that costs as much is taken once in 2.7 times.
HOT, WARM, COLD = 0.3, 0.1, 0.004
# Shares of the time: all but the last begin anew, the last from the best. Which valley a round settles in is
# chance, and one that takes longer finds no better one: several short ones do, fewer with many visits.
MANY = 60
ROUNDS, ROUNDS_OF_MANY = (0.11,) * 6 + (0.34,), (0.2, 0.2, 0.2, 0.4)
AT_A_TIME = 20_000  # changes tried between two looks at the clock
TAKEN_BEFORE_SORTING = 64


@compiled
def seeded(seed: int) -> None:
    np.random.seed(seed)


@compiled
def anneal(
    case: Case, draft: Draft, scratch: Scratch, best: Draft, least: float, hot: float, cold: float, tries: int
) -> float:
    """Try so many changes while it cools. The best draft met is kept in `best`; answers with its cost."""
    now = settle(case, draft, scratch)
    cooling, heat, taken = (cold / hot) ** (1.0 / tries), hot, 0
    for _ in range(tries):
        heat *= cooling
        limit = -heat * math.log(1e-300 + np.random.random())
        kind = np.random.random()
        # Nobody is less late than not at all: what is travelled alone may be too much.
        far = limit + draft.sums[1] + draft.sums[2]
        if kind < 0.6:
            can_be = elsewhere(case, draft, scratch, far, kind < 0.35, kind < 0.05 or kind > 0.52)
        elif kind < 0.85:
            can_be = change_places(case, draft, scratch, kind < 0.75)
        else:
            can_be = change_rest(case, draft, scratch, far)
        cost = NEVER
        if can_be:
            for place in range(scratch.many[TO_LAY]):
                lay(case, draft, scratch, scratch.to_lay[place])
            farther = 0.0
            for place in range(scratch.many[WHO]):
                c = scratch.who[place]
                farther += scratch.travel[c] - draft.travel[c]
            if farther <= far:
                cost = follow(case, draft, scratch, draft.sums[0] + farther)
        is_taken = cost <= now + limit
        if is_taken:
            take(case, draft, scratch)
            now = cost
            taken += 1
        else:
            undo(draft, scratch)
        clear(scratch)
        if is_taken and taken % TAKEN_BEFORE_SORTING == 0:
            in_order_of_time(case, draft, scratch)
            now = settle(case, draft, scratch)
        if now < least - 1e-7:
            least = now
            for v in range(len(draft.key)):
                best.key[v] = draft.key[v]
                best.crew[v, 0], best.crew[v, 1] = draft.crew[v, 0], draft.crew[v, 1]
    return least


def plan(
    day: Day,
    *,
    seconds: float,
    seed: int = 0,
    clock: Callable[[], float],
    since: float | None = None,
    say: Callable[[float, float], object] = lambda share, cost: None,
) -> Plan:
    """
    The best plan found in so many seconds by `clock` (mostly the processor's). They begin after compiling, or
    at `since`; then at least a tenth of them is searched, however long that took. `say` is told what share of
    the time is gone and the cost of the best plan so far.
    """
    if not day.visits:
        return Plan(tuple(() for _ in day.crews), Cost(0.0, 0.0, 0.0))
    case, chance = case_of(day), np.random.default_rng(seed)
    scratch, best = scratch_of(case), draft_of(case, chance)
    seeded(seed)
    least = settle(case, best, scratch)
    anneal(case, draft_of(case, chance), scratch, best, least, 1.0, 0.5, 1)  # compiled before it is searched
    usual = 3 * float(np.mean(case.minutes))
    began = clock()
    if since is not None:
        seconds = max(seconds / 10, since + seconds - began)
    rounds = ROUNDS_OF_MANY if len(day.visits) > MANY else ROUNDS
    for number in range(len(rounds)):
        again = number == len(rounds) - 1
        draft = _copied(case, best, chance) if again else draft_of(case, chance)
        ends = began + seconds * sum(rounds[: number + 1])
        starts, hot, gone = clock(), WARM if again else HOT, 0.0
        while gone < 1.0:
            before, gone = gone, min(1.0, (clock() - starts) / max(ends - starts, 1e-9) + 0.002)
            heats = (usual * hot * (COLD / hot) ** part for part in (before, gone))
            least = anneal(case, draft, scratch, best, least, *heats, AT_A_TIME)
            say(min(1.0, (clock() - began) / seconds), least / 3)
    return _plan_of(case, day, best, scratch)


def _copied(case: Case, best: Draft, chance: np.random.Generator) -> Draft:
    copy = draft_of(case, chance)
    copy.key[:], copy.crew[:] = best.key, best.crew
    return copy


def _plan_of(case: Case, day: Day, draft: Draft, scratch: Scratch) -> Plan:
    settle(case, draft, scratch)
    routes = []
    for crew in range(len(day.crews)):
        stops = []
        for v in draft.route[crew, : draft.length[crew]]:
            part = 0 if draft.crew[v, 0] == crew else 1
            stops.append(Stop(int(v) - 1, part, float(draft.start[v, part])))
        routes.append(tuple(stops))
    return Plan(tuple(routes), Cost(*(float(one) for one in draft.sums)))
