"""
When each visit starts, and what that costs: compiled, for millions of drafts a minute.

Starts are the earliest that the order allows. Where the second of two must follow the first within a
time, and comes too late for it, the first waits: whoever is at the door is not left alone there.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from nowrongdoor.dispatch.columns import Case, Draft, Scratch

NEVER = 1e18  # a cost that is never taken


@njit(cache=True)
def go(
    case: Case, v: int, first: int, second: int, free: np.ndarray, at: np.ndarray, out: np.ndarray
) -> None:
    """Send the crews to visit v; `out` is how late its parts are together, and the later of the two."""
    starts = max(free[first] + case.minutes[at[first], v], case.opens[v])
    if case.parts[v] == 1:
        out[0] = out[1] = max(0.0, starts - case.closes[v])
    else:
        follows = free[second] + case.minutes[at[second], v]
        if case.way[v] == 1:
            starts = follows = max(starts, follows)
        else:
            follows = max(follows, starts + case.gap[v, 0])
            starts = max(starts, follows - case.gap[v, 1])
        late, later = max(0.0, starts - case.closes[v]), max(0.0, follows - case.closes[v])
        out[0], out[1] = late + later, max(late, later)
        free[second], at[second] = follows + case.lasts[v, 1], v
    free[first], at[first] = starts + case.lasts[v, 0], v


@njit(cache=True)
def settle(case: Case, draft: Draft, since: int, scratch: Scratch) -> float:
    """Bring all that follows from the order up to date, from a place on. Answers with three costs' sum."""
    visits, crews = len(draft.order), len(draft.length)
    free, at, out = scratch.free, scratch.at, scratch.out
    free[:] = draft.free[since]
    at[:] = draft.at[since]
    for place in range(since, visits):
        v = draft.order[place]
        first, second = draft.crew[v, 0], draft.crew[v, 1]
        legs = case.minutes[at[first], v]
        if case.parts[v] == 2:
            legs += case.minutes[at[second], v]
        go(case, v, first, second, free, at, out)
        draft.place[v] = place
        draft.start[v, 0] = free[first] - case.lasts[v, 0]
        draft.start[v, 1] = free[second] - case.lasts[v, 1]
        draft.travel[place + 1] = draft.travel[place] + legs
        draft.late_here[place], draft.worst_here[place] = out[0], out[1]
        draft.late[place + 1] = draft.late[place] + out[0]
        draft.worst[place + 1] = max(draft.worst[place], out[1])
        for c in range(crews):
            draft.free[place + 1, c], draft.at[place + 1, c] = free[c], at[c]
    home = draft.travel[visits]
    for c in range(crews):
        home += case.minutes[at[c], 0]
    draft.travel_home[0] = home
    _look_ahead(case, draft)
    return home + draft.late[visits] + draft.worst[visits]


@njit(cache=True)
def _look_ahead(case: Case, draft: Draft) -> None:
    """What is known only from behind: where crews go next, the worst to come, and the routes."""
    visits, crews = len(draft.order), len(draft.length)
    draft.length[:] = 0
    draft.next_at[visits] = 0
    draft.worst_after[visits] = 0.0
    for place in range(visits - 1, -1, -1):
        v = draft.order[place]
        draft.worst_after[place] = max(draft.worst_after[place + 1], draft.worst_here[place])
        for c in range(crews):
            draft.next_at[place, c] = draft.next_at[place + 1, c]
        for part in range(case.parts[v]):
            draft.next_at[place, draft.crew[v, part]] = v
    for place in range(visits):
        v = draft.order[place]
        for part in range(case.parts[v]):
            c = draft.crew[v, part]
            draft.route[c, draft.length[c]] = v
            draft.length[c] += 1


@njit(cache=True)
def travel_if(case: Case, draft: Draft, low: int, high: int, scratch: Scratch) -> float:
    """Minutes travelled in all if places low to high were as in the scratch order: no times are needed."""
    minutes, at = case.minutes, scratch.at
    for c in range(len(at)):
        at[c] = draft.at[low, c]
    travel = draft.travel[low] + draft.travel_home[0] - draft.travel[high + 1]
    for place in range(low, high + 1):
        v = scratch.order[place]
        for part in range(case.parts[v]):
            c = draft.crew[v, part]
            travel += minutes[at[c], v]
            at[c] = v
    for c in range(len(at)):
        was = draft.at[high + 1, c]
        if at[c] != was:
            goes = draft.next_at[high + 1, c]
            travel += minutes[at[c], goes] - minutes[was, goes]
    return travel


@njit(cache=True)
def cost_if(
    case: Case, draft: Draft, low: int, high: int, scratch: Scratch, travel: float, limit: float
) -> float:
    """The three costs' sum if places low to high were as in the scratch order; NEVER once past the limit."""
    visits, crews = len(draft.order), len(draft.length)
    free, at, changed, out = scratch.free, scratch.at, scratch.changed, scratch.out
    for c in range(crews):
        free[c], at[c] = draft.free[low, c], draft.at[low, c]
    late, worst = draft.late[low], draft.worst[low]
    for place in range(low, high + 1):
        v = scratch.order[place]
        go(case, v, draft.crew[v, 0], draft.crew[v, 1], free, at, out)
        late += out[0]
        worst = max(worst, out[1])
    if travel + late + worst > limit:
        return NEVER
    # Behind the change only crews who are elsewhere, or free at another time, need to be followed.
    many = 0
    for c in range(crews):
        changed[c] = free[c] != draft.free[high + 1, c] or at[c] != draft.at[high + 1, c]
        many += changed[c]
    place = high + 1
    while place < visits and many > 0:
        v = draft.order[place]
        first, second, two = draft.crew[v, 0], draft.crew[v, 1], case.parts[v] == 2
        if changed[first] or (two and changed[second]):
            if not changed[first]:
                free[first], at[first] = draft.free[place, first], draft.at[place, first]
            if two and not changed[second]:
                free[second], at[second] = draft.free[place, second], draft.at[place, second]
            go(case, v, first, second, free, at, out)
            late += out[0]
            worst = max(worst, out[1])
            if travel + late + worst > limit:
                return NEVER
            many -= changed[first]
            changed[first] = free[first] != draft.free[place + 1, first]
            many += changed[first]
            if two:
                many -= changed[second]
                changed[second] = free[second] != draft.free[place + 1, second]
                many += changed[second]
        else:
            late += draft.late_here[place]
            worst = max(worst, draft.worst_here[place])
        place += 1
    return travel + late + draft.late[visits] - draft.late[place] + max(worst, draft.worst_after[place])


@njit(cache=True)
def in_order_of_time(case: Case, draft: Draft) -> None:
    """The same routes, in an order as near to their starts as two at one door allow."""
    visits, crews = len(draft.order), len(draft.length)
    head = np.zeros(crews, np.int64)
    for place in range(visits):
        soonest, chosen = NEVER, 0
        for c in range(crews):
            if head[c] == draft.length[c]:
                continue
            v = draft.route[c, head[c]]
            starts = draft.start[v, 0]
            if case.parts[v] == 2:
                other = draft.crew[v, 1] if draft.crew[v, 0] == c else draft.crew[v, 0]
                if draft.route[other, head[other]] != v:
                    continue
                starts = min(starts, draft.start[v, 1])
            if starts < soonest:
                soonest, chosen = starts, v
        draft.order[place] = chosen
        for part in range(case.parts[chosen]):
            head[draft.crew[chosen, part]] += 1
