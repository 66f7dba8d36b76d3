"""
When each visit starts, and what that costs: compiled, for millions of drafts a minute.

Starts are the earliest that the keys allow. Where the second of two must follow the first within a time, and
comes too late for it, the first waits: whoever is at the door is not left alone there.

A change writes the routes it makes into the scratch (`lay`), is followed from there through the visits whose
times it changes, in the order of their keys (`follow`), and only then written into the draft (`take`).
"""

from __future__ import annotations

import numpy as np

from nowrongdoor.dispatch.columns import ACTIVE, MOVED, SEEN, TO_LAY, WHO, Case, Draft, Scratch
from nowrongdoor.dispatch.compiling import compiled, inner

NEVER = 1e18  # a key behind every other, a cost that is never taken


@compiled
def settle(case: Case, draft: Draft, scratch: Scratch) -> float:
    """Everything anew from keys and crews. Answers with the three costs' sum."""
    visits, crews = len(case.opens) - 1, len(draft.length)
    free, at, order = scratch.free, scratch.at, scratch.order
    for c in range(crews):
        free[c], at[c] = 0.0, 0
    for place in range(1, visits):
        v, before = order[place], place
        while before > 0 and draft.key[order[before - 1]] > draft.key[v]:
            order[before] = order[before - 1]
            before -= 1
        order[before] = v
    draft.length[:] = 0
    draft.travel[:] = 0.0
    draft.sums[:] = 0.0
    for v in order:
        for part in range(case.parts[v]):
            c = draft.crew[v, part]
            draft.route[c, draft.length[c]] = v
            draft.number[v, part] = draft.length[c]
            draft.length[c] += 1
            draft.travel[c] += case.minutes[at[c], v]
            free[c] += case.minutes[at[c], v]
            at[c] = v
        second = draft.crew[v, 1]
        beside = free[second] if second >= 0 else 0.0
        _reckon(case, v, free[draft.crew[v, 0]], beside, draft.start, draft.late, draft.worst)
        for part in range(case.parts[v]):
            free[draft.crew[v, part]] = draft.start[v, part] + case.lasts[v, part]
        draft.sums[1] += draft.late[v]
        draft.sums[2] = max(draft.sums[2], draft.worst[v])
    for c in range(crews):
        draft.travel[c] += case.minutes[at[c], 0]
        draft.sums[0] += draft.travel[c]
    scratch.is_new[:] = False
    scratch.is_seen[:] = False
    scratch.many[:] = 0
    return draft.sums[0] + draft.sums[1] + draft.sums[2]


@inner
def _reckon(
    case: Case, v: int, there: float, beside: float, start: np.ndarray, late: np.ndarray, worst: np.ndarray
) -> None:
    """The starts of a visit's parts from when the two could be there, and how late they are."""
    starts = max(there, case.opens[v])
    if case.parts[v] == 1:
        late[v] = worst[v] = max(0.0, starts - case.closes[v])
    else:
        follows = beside
        if case.way[v] == 1:
            starts = follows = max(starts, follows)
        else:
            follows = max(follows, starts + case.gap[v, 0])
            starts = max(starts, follows - case.gap[v, 1])
        one, other = max(0.0, starts - case.closes[v]), max(0.0, follows - case.closes[v])
        late[v], worst[v] = one + other, max(one, other)
        start[v, 1] = follows
    start[v, 0] = starts


@inner
def lay(case: Case, draft: Draft, scratch: Scratch, c: int) -> None:
    """
    A crew's route with the visits of `keyed` where their crews and keys now put them; each crew once.
    """
    if c < 0 or scratch.is_new[c]:
        return
    v, w = scratch.keyed[0], scratch.keyed[1]
    was, route, old, many = draft.length[c], scratch.route[c], draft.route[c], 0
    for number in range(was):
        if old[number] != v and old[number] != w:
            route[many] = old[number]
            many += 1
    for place in range(2):
        one = scratch.keyed[place]
        if one > 0 and (draft.crew[one, 0] == c or draft.crew[one, 1] == c):
            at = many
            while at > 0 and draft.key[route[at - 1]] > draft.key[one]:
                route[at] = route[at - 1]
                at -= 1
            route[at] = one
            many += 1
    first, least, same = 0, min(was, many), 0
    while first < least and route[first] == old[first]:
        first += 1
    while same < least - first and route[many - 1 - same] == old[was - 1 - same]:
        same += 1
    tail = many - same
    for number in range(many):
        # Also where it stands in the same place: another of its two parts may be this crew's now.
        if route[number] == v or route[number] == w:
            first, tail = min(first, number), max(tail, number + 1)
    put(case, draft, scratch, c, many, first, tail)


@inner
def put(case: Case, draft: Draft, scratch: Scratch, c: int, many: int, first: int, tail: int) -> None:
    """The scratch's route of a crew is ready: how far it is."""
    scratch.length[c], scratch.first[c], scratch.tail[c], scratch.is_new[c] = many, first, tail, True
    scratch.who[scratch.many[WHO]] = c
    scratch.many[WHO] += 1
    travel, at = 0.0, 0
    for number in range(many):
        travel += case.minutes[at, scratch.route[c, number]]
        at = scratch.route[c, number]
    scratch.travel[c] = travel + case.minutes[at, 0]


@inner
def follow(case: Case, draft: Draft, scratch: Scratch, travel: float) -> float:
    """
    The three costs' sum with the routes that are laid, where all crews travel so much. What it finds stays in
    the scratch, for `take`.
    """
    late, most, lost = draft.sums[1], 0.0, False
    for number in range(scratch.many[WHO]):
        c = scratch.who[number]
        if scratch.first[c] < scratch.length[c]:
            _activate(scratch, c, scratch.first[c])
    while scratch.many[ACTIVE] > 0:
        soonest, v = NEVER, 0
        for number in range(scratch.many[ACTIVE]):
            c = scratch.active[number]
            one = scratch.route[c, scratch.next[c]] if scratch.is_new[c] else draft.route[c, scratch.next[c]]
            if draft.key[one] < soonest:
                soonest, v = draft.key[one], one
        there = beside = 0.0
        for part in range(case.parts[v]):
            there, beside = beside, _there(case, draft, scratch, draft.crew[v, part], v)
        if case.parts[v] == 1:
            there = beside
        _reckon(case, v, there, beside, scratch.start, scratch.late, scratch.worst)
        scratch.seen[scratch.many[SEEN]] = v
        scratch.many[SEEN] += 1
        scratch.is_seen[v] = True
        late += scratch.late[v] - draft.late[v]
        most = max(most, scratch.worst[v])
        lost = lost or (draft.worst[v] > 0.0 and draft.worst[v] >= draft.sums[2])
        for part in range(case.parts[v]):
            _go_on(draft, scratch, draft.crew[v, part], v, part)
    if lost:
        for v in range(1, len(draft.worst)):
            if not scratch.is_seen[v]:
                most = max(most, draft.worst[v])
    else:
        most = max(most, draft.sums[2])
    scratch.sums[0], scratch.sums[1], scratch.sums[2] = travel, late, most
    return travel + late + most


@inner
def _activate(scratch: Scratch, c: int, number: int) -> None:
    scratch.next[c] = number
    if not scratch.is_active[c]:
        scratch.is_active[c] = True
        scratch.active[scratch.many[ACTIVE]] = c
        scratch.many[ACTIVE] += 1


@inner
def _stand_at(case: Case, draft: Draft, scratch: Scratch, c: int, v: int) -> int:
    """The number of visit v in a crew's route, from which the crew is followed now."""
    if scratch.is_new[c]:
        number = 0
        while scratch.route[c, number] != v:
            number += 1
    else:
        number = draft.number[v, 0 if draft.crew[v, 0] == c else 1]
    _activate(scratch, c, number)
    return number


@inner
def _there(case: Case, draft: Draft, scratch: Scratch, c: int, v: int) -> float:
    """When a crew could be at v, which comes next for it: whatever it did before has its time by now."""
    route = scratch.route[c] if scratch.is_new[c] else draft.route[c]
    number = scratch.next[c]
    if not scratch.is_active[c] or route[number] != v:
        number = _stand_at(case, draft, scratch, c, v)
    if number == 0:
        return case.minutes[0, v]
    u = route[number - 1]
    part = 0 if draft.crew[u, 0] == c else 1
    start = scratch.start[u, part] if scratch.is_seen[u] else draft.start[u, part]
    return start + case.lasts[u, part] + case.minutes[u, v]


@inner
def _go_on(draft: Draft, scratch: Scratch, c: int, v: int, part: int) -> None:
    """To the next visit of the crew; once it is at its old time in its old route, nothing changes behind."""
    number = scratch.next[c]
    is_new = scratch.is_new[c]
    ends = scratch.length[c] if is_new else draft.length[c]
    as_before = scratch.start[v, part] == draft.start[v, part] and (not is_new or number >= scratch.tail[c])
    if number + 1 < ends and not as_before:
        scratch.next[c] = number + 1
        return
    scratch.is_active[c] = False
    last = scratch.many[ACTIVE] - 1
    for place in range(last + 1):
        if scratch.active[place] == c:
            scratch.active[place] = scratch.active[last]
            break
    scratch.many[ACTIVE] = last


@inner
def take(case: Case, draft: Draft, scratch: Scratch) -> None:
    """What was followed is the draft now."""
    for place in range(scratch.many[WHO]):
        c = scratch.who[place]
        many = scratch.length[c]
        draft.length[c], draft.travel[c] = many, scratch.travel[c]
        for number in range(scratch.first[c], many):
            v = scratch.route[c, number]
            draft.route[c, number] = v
            draft.number[v, 0 if draft.crew[v, 0] == c else 1] = number
    for place in range(scratch.many[SEEN]):
        v = scratch.seen[place]
        draft.start[v, 0], draft.start[v, 1] = scratch.start[v, 0], scratch.start[v, 1]
        draft.late[v], draft.worst[v] = scratch.late[v], scratch.worst[v]
    for which in range(3):
        draft.sums[which] = scratch.sums[which]


@inner
def undo(draft: Draft, scratch: Scratch) -> None:
    """The crews and keys that were changed are the old ones again."""
    for place in range(scratch.many[MOVED] - 1, -1, -1):
        draft.crew[scratch.moved[place, 0], scratch.moved[place, 1]] = scratch.moved[place, 2]
    for place in range(2):
        if scratch.keyed[place] > 0:
            draft.key[scratch.keyed[place]] = scratch.keys[place]


@inner
def clear(scratch: Scratch) -> None:
    """Ready for the next change, after this one was taken or undone."""
    for place in range(scratch.many[WHO]):
        scratch.is_new[scratch.who[place]] = False
    for place in range(scratch.many[SEEN]):
        scratch.is_seen[scratch.seen[place]] = False
    for place in range(scratch.many[ACTIVE]):
        scratch.is_active[scratch.active[place]] = False
    scratch.many[WHO] = scratch.many[ACTIVE] = scratch.many[SEEN] = scratch.many[MOVED] = 0
    scratch.many[TO_LAY] = scratch.keyed[0] = scratch.keyed[1] = 0


@compiled
def in_order_of_time(case: Case, draft: Draft, scratch: Scratch) -> None:
    """The same routes, with keys whose order is as near to their starts as two at one door allow."""
    visits, crews, head = len(draft.late) - 1, len(draft.length), scratch.at
    for c in range(crews):
        head[c] = 0
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
        draft.key[chosen] = place
        for part in range(case.parts[chosen]):
            head[draft.crew[chosen, part]] += 1
