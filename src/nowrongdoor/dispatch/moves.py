"""
Small changes of a draft: a visit goes elsewhere, two change places, two crews change the rest of their day.

Each writes crews and keys into the draft, with what they were and whose routes are to be laid into the
scratch, and answers whether it can be; not where it is too far in any case. `timing.undo` takes it back.
"""

from __future__ import annotations

import numpy as np

from nowrongdoor.dispatch.columns import MOVED, TO_LAY, Case, Draft, Scratch
from nowrongdoor.dispatch.compiling import inner
from nowrongdoor.dispatch.timing import put

APART = 20.0  # keys count visits, so that those of this many others may lie between


@inner
def send_on(draft: Draft, scratch: Scratch, v: int, part: int, c: int) -> None:
    """Another crew for a part; noted, so that it can be undone."""
    place = scratch.many[MOVED]
    scratch.moved[place, 0], scratch.moved[place, 1], scratch.moved[place, 2] = v, part, draft.crew[v, part]
    scratch.many[MOVED] = place + 1
    draft.crew[v, part] = c


@inner
def elsewhere(case: Case, draft: Draft, scratch: Scratch, limit: float, is_near: bool, both: bool) -> bool:
    """
    A part of any visit (with `both`, both its parts) to another place: beside a visit that is near, or
    anywhere in the route of any crew that can.
    """
    v = 1 + int(np.random.random() * (len(draft.key) - 1))
    part = 1 if case.parts[v] == 2 and np.random.random() < 0.5 else 0
    if is_near:
        c, at = _beside(case, draft, v, part)
    else:
        c = case.able[v, part, int(np.random.random() * case.able_count[v, part])]
        at = _about(draft, v, part, c)
    if c < 0:
        return False
    was, beside = draft.crew[v, part], draft.crew[v, 1 - part]
    other = beside
    if both and beside >= 0:
        other = case.able[v, 1 - part, int(np.random.random() * case.able_count[v, 1 - part])]
    if c == other:
        return False
    before = at - 1
    if before >= 0 and draft.route[c, before] == v:
        before -= 1
    if at < draft.length[c] and draft.route[c, at] == v:
        at += 1
    u = draft.route[c, before] if before >= 0 else 0
    w = draft.route[c, at] if at < draft.length[c] else 0
    if case.parts[v] == 1:
        far = case.minutes[u, v] + case.minutes[v, w] - case.minutes[u, w]
        number = draft.number[v, 0]
        x = draft.route[was, number - 1] if number > 0 else 0
        y = draft.route[was, number + 1] if number + 1 < draft.length[was] else 0
        if was == c and x == u and y == w:
            return False
        far -= case.minutes[x, v] + case.minutes[v, y] - case.minutes[x, y]
        if far > limit:
            return False
    scratch.keyed[0], scratch.keys[0] = v, draft.key[v]
    low = draft.key[u] if u > 0 else draft.key[v] - 1.0
    high = draft.key[w] if w > 0 else max(low, draft.key[v]) + 1.0
    if u == 0:
        low = min(low, high - 1.0)
    if not low < draft.key[v] < high:
        share = 0.05 + 0.9 * np.random.random()
        draft.key[v] = low + share * (high - low)
        if not low < draft.key[v] < high:
            return False
    if c != was:
        send_on(draft, scratch, v, part, c)
    if other != beside:
        send_on(draft, scratch, v, 1 - part, other)
    _to_lay(scratch, was, c, beside, other)
    return True


@inner
def _to_lay(scratch: Scratch, a: int, b: int, c: int, d: int) -> None:
    scratch.to_lay[0], scratch.to_lay[1], scratch.to_lay[2], scratch.to_lay[3] = a, b, c, d
    scratch.many[TO_LAY] = 4


@inner
def _beside(case: Case, draft: Draft, v: int, part: int) -> tuple[int, int]:
    """A crew of a visit that is near, and the number there behind or before it; -1 where it cannot."""
    follows = np.random.random() < 0.5
    near = case.before if follows else case.after
    chance = np.random.random()
    u = near[v, int(chance * chance * near.shape[1])]
    if u == 0:
        return -1, 0
    of = 1 if case.parts[u] == 2 and np.random.random() < 0.5 else 0
    c = draft.crew[u, of]
    if not case.can[v, part, c]:
        if case.parts[u] == 1:
            return -1, 0
        of = 1 - of
        c = draft.crew[u, of]
        if not case.can[v, part, c]:
            return -1, 0
    return c, draft.number[u, of] + (1 if follows else 0)


@inner
def _about(draft: Draft, v: int, part: int, c: int) -> int:
    """A number in a crew's route: near the visit's time, or anywhere."""
    length, mine, now = draft.length[c], draft.start[v, part], 0
    if np.random.random() < 0.5:
        return int(np.random.random() * (length + 1))
    while now < length:
        other = draft.route[c, now]
        if draft.start[other, 0 if draft.crew[other, 0] == c else 1] >= mine:
            break
        now += 1
    return max(0, min(length, now + int(np.random.random() * 5) - 2))


@inner
def change_places(case: Case, draft: Draft, scratch: Scratch, is_near: bool) -> bool:
    """Two visits, near in place or in time, change crews, and mostly their keys as well."""
    v = 1 + int(np.random.random() * (len(draft.key) - 1))
    part = 1 if case.parts[v] == 2 and np.random.random() < 0.5 else 0
    if is_near:
        # Whoever is beside one that is near v is a good one to change with.
        c, number = _beside(case, draft, v, part)
        if c < 0:
            return False
        w = draft.route[c, max(0, min(draft.length[c] - 1, number))]
        other = 0 if draft.crew[w, 0] == c else 1
    else:
        w = 1 + int(np.random.random() * (len(draft.key) - 1))
        other = 1 if case.parts[w] == 2 and np.random.random() < 0.5 else 0
        c = draft.crew[w, other]
        if abs(draft.key[w] - draft.key[v]) > APART:
            return False
    if v == w:
        return False
    was = draft.crew[v, part]
    if was != c:
        if not case.can[v, part, c] or not case.can[w, other, was]:
            return False
        if draft.crew[v, 1 - part] == c or draft.crew[w, 1 - other] == was:
            return False
    beside, beside_other = draft.crew[v, 1 - part], draft.crew[w, 1 - other]
    scratch.keyed[0], scratch.keyed[1] = v, w
    scratch.keys[0], scratch.keys[1] = draft.key[v], draft.key[w]
    if was == c or np.random.random() < 0.8:
        draft.key[v], draft.key[w] = draft.key[w], draft.key[v]
    if was != c:
        send_on(draft, scratch, v, part, c)
        send_on(draft, scratch, w, other, was)
    _to_lay(scratch, was, c, beside, beside_other)
    return True


@inner
def change_rest(case: Case, draft: Draft, scratch: Scratch, limit: float) -> bool:
    """Two crews change the rest of their day: one goes on behind its visit to what is near it."""
    v = 1 + int(np.random.random() * (len(draft.key) - 1))
    part = 1 if case.parts[v] == 2 and np.random.random() < 0.5 else 0
    a, number = draft.crew[v, part], draft.number[v, part]
    chance = np.random.random()
    w = case.after[v, int(chance * chance * case.after.shape[1])]
    if w == 0 or draft.key[w] <= draft.key[v]:
        return False
    other = 1 if case.parts[w] == 2 and np.random.random() < 0.5 else 0
    b, to = draft.crew[w, other], draft.number[w, other]
    if a == b:
        return False
    y = draft.route[a, number + 1] if number + 1 < draft.length[a] else 0
    x = draft.route[b, to - 1] if to > 0 else 0
    if x > 0 and y > 0 and draft.key[x] >= draft.key[y]:
        return False
    far = case.minutes[v, w] + case.minutes[x, y] - case.minutes[v, y] - case.minutes[x, w]
    if far > limit:
        return False
    for place in range(number + 1, draft.length[a]):
        if not _may_go(case, draft, draft.route[a, place], a, b):
            return False
    for place in range(to, draft.length[b]):
        if not _may_go(case, draft, draft.route[b, place], b, a):
            return False
    old_a, old_b, one, two = draft.route[a], draft.route[b], scratch.route[a], scratch.route[b]
    for place in range(number + 1):
        one[place] = old_a[place]
    for place in range(to):
        two[place] = old_b[place]
    many, more = number + 1, to
    for place in range(to, draft.length[b]):
        u = old_b[place]
        one[many] = u
        many += 1
        send_on(draft, scratch, u, 0 if draft.crew[u, 0] == b else 1, a)
    for place in range(number + 1, draft.length[a]):
        u = old_a[place]
        two[more] = u
        more += 1
        send_on(draft, scratch, u, 0 if draft.crew[u, 0] == a else 1, b)
    put(case, draft, scratch, a, many, number + 1, many)
    put(case, draft, scratch, b, more, to, more)
    return True


@inner
def _may_go(case: Case, draft: Draft, u: int, was: int, c: int) -> bool:
    part = 0 if draft.crew[u, 0] == was else 1
    return case.can[u, part, c] and draft.crew[u, 1 - part] != c
