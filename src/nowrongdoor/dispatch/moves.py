"""
Small changes of a draft: somebody else goes, or at another time; two visits change places.

A change is written into the draft's crews and into the scratch order, between two places; `undo` takes
the crews back, and the order was never touched.
"""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from nowrongdoor.dispatch.columns import Case, Draft, Scratch


class Move(NamedTuple):
    """Who was on the one or two parts that changed (visit 0: none), and the places it touches."""

    visit: int
    part: int
    was: int
    other: int
    other_part: int
    other_was: int
    low: int
    high: int


NONE = Move(0, 0, 0, 0, 0, 0, 0, 0)


@njit(cache=True)
def undo(draft: Draft, move: Move) -> None:
    draft.crew[move.visit, move.part] = move.was
    if move.other > 0:
        draft.crew[move.other, move.other_part] = move.other_was


@njit(cache=True)
def send_another(case: Case, draft: Draft, scratch: Scratch, chance: tuple[float, ...], both: bool) -> Move:
    """A part (or, with `both`, both parts) of a visit to any crew who can, somewhere in that crew's route."""
    v = 1 + int(chance[0] * len(draft.order))
    part = 1 if case.parts[v] == 2 and chance[1] < 0.5 else 0
    was = draft.crew[v, part]
    crew = case.able[v, part, int(chance[2] * case.able_count[v, part])]
    other, other_was, beside = 0, 0, draft.crew[v, 1 - part]
    if case.parts[v] == 2:
        if both:
            other, other_was = v, beside
            beside = case.able[v, 1 - part, int(chance[3] * case.able_count[v, 1 - part])]
        if crew == beside:
            return NONE
    place = draft.place[v]
    after, before = _gap(draft, v, part, crew, chance[4], chance[5])
    to = after if place <= after else before if place >= before else place
    if to == place and crew == was and other == 0:
        return NONE
    _shift(draft, scratch, place, to)
    draft.crew[v, part] = crew
    if other > 0:
        draft.crew[v, 1 - part] = beside
    return Move(v, part, was, other, 1 - part, other_was, min(place, to), max(place, to))


@njit(cache=True)
def _gap(draft: Draft, v: int, part: int, crew: int, near: float, where: float) -> tuple[int, int]:
    """Two neighbours' places in a crew's route, for v to stand between: near its time, or anywhere."""
    length, mine = draft.length[crew], draft.start[v, part]
    now = 0
    while now < length:
        other = draft.route[crew, now]
        if draft.start[other, 0 if draft.crew[other, 0] == crew else 1] >= mine:
            break
        now += 1
    number = int(where * (length + 1)) if near < 0.5 else now + int(where * 5) - 2
    number = max(0, min(length, number))
    after, before = -1, len(draft.order)
    if number > 0 and draft.route[crew, number - 1] == v:
        number -= 1
    if number > 0:
        after = draft.place[draft.route[crew, number - 1]]
    if number < length and draft.route[crew, number] == v:
        number += 1
    if number < length:
        before = draft.place[draft.route[crew, number]]
    return after, before


@njit(cache=True)
def _shift(draft: Draft, scratch: Scratch, place: int, to: int) -> None:
    if to > place:
        for at in range(place, to):
            scratch.order[at] = draft.order[at + 1]
    else:
        for at in range(to + 1, place + 1):
            scratch.order[at] = draft.order[at - 1]
    scratch.order[to] = draft.order[place]


@njit(cache=True)
def change_places(case: Case, draft: Draft, scratch: Scratch, chance: tuple[float, ...]) -> Move:
    """Two visits that are not far apart in time change crews, and mostly their places as well."""
    v = 1 + int(chance[0] * len(draft.order))
    place = draft.place[v]
    to = place + int((chance[3] - 0.5) * 40)
    if to < 0 or to >= len(draft.order) or to == place:
        return NONE
    w = draft.order[to]
    part = 1 if case.parts[v] == 2 and chance[1] < 0.5 else 0
    other_part = 1 if case.parts[w] == 2 and chance[2] < 0.5 else 0
    was, other_was = draft.crew[v, part], draft.crew[w, other_part]
    if was != other_was:
        if not _can(case, v, part, other_was) or not _can(case, w, other_part, was):
            return NONE
        if case.parts[v] == 2 and draft.crew[v, 1 - part] == other_was:
            return NONE
        if case.parts[w] == 2 and draft.crew[w, 1 - other_part] == was:
            return NONE
    low, high = min(place, to), max(place, to)
    for at in range(low, high + 1):
        scratch.order[at] = draft.order[at]
    if was == other_was or chance[4] < 0.7:
        scratch.order[place], scratch.order[to] = w, v
    draft.crew[v, part], draft.crew[w, other_part] = other_was, was
    return Move(v, part, was, w, other_part, other_was, low, high)


@njit(cache=True)
def _can(case: Case, v: int, part: int, crew: int) -> bool:
    for number in range(case.able_count[v, part]):  # noqa: SIM110 - compiled as a plain loop
        if case.able[v, part, number] == crew:
            return True
    return False
