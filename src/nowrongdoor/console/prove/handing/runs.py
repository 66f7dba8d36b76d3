"""
One script with a fate for each of its messages: it comes, never comes, comes twice, or comes late.

After every message it is asked who holds the person. Meanwhile clocks are swept as late as sweeps may be,
and for each offer that had no answer by its time it is asked whether the giver had been told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import heappop, heappush
from typing import Any
from unittest import mock

from nowrongdoor.console.prove.handing.scripts import BEGINS, Script, Setting
from nowrongdoor.rules import answer_link, escalation, holding
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.escalation import Climb, Clock
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.stage import OF_OFFERS, key_of
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.words import Began, HandoverState
from nowrongdoor.sim import clocks
from nowrongdoor.sim.streams import Stream
from nowrongdoor.sim.world import PureWorld

IN_TIME = timedelta(seconds=10)
"""How long after an offer's time the giver may be told at the latest."""
SWEPT = timedelta(seconds=5)
AFTERWARDS = timedelta(hours=2)
LATEST = timedelta(hours=3)
RUNNING = frozenset(OF_OFFERS)


class Fate(StrEnum):
    COMES = "comes"
    NEVER = "dropped"
    TWICE = "doubled"
    LATE = "delayed"


@dataclass
class Outcome:
    """What was seen of one run."""

    steps: int = 0
    refused: int = 0
    without_holder: int = 0
    not_accepted: int = 0
    due: int = 0
    late_returns: int = 0
    by_link: int = 0
    wrong_by_link: int = 0
    words: list[str] = field(default_factory=list)


Makes = Callable[[], PureWorld]
Looks = Callable[[Clock], bool]


def play(
    script: Script,
    fates: Sequence[Fate],
    chance: Stream,
    *,
    makes: Makes = PureWorld,
    looks: Looks = lambda one: True,
) -> Outcome:
    """Play a script with these fates. `looks` says which clocks a sweep looks at: all, but in a control."""
    place, found = Setting(makes()), Outcome()
    diary: list[tuple[datetime, int, str]] = []
    for number, (post, fate) in enumerate(zip(script.posts, fates, strict=True)):
        at = BEGINS + timedelta(minutes=post.minute)
        if fate is Fate.NEVER:
            continue
        if fate is Fate.LATE:
            at += LATEST * chance.random()
        heappush(diary, (at, number, post.name))
        if fate is Fate.TWICE:
            heappush(diary, (at + timedelta(minutes=15) * chance.random(), number, post.name))
    while diary:
        at, number, name = heappop(diary)
        _sweep_until(place, at, chance, looks)
        found.steps += 1
        try:
            script.posts[number].send(place, at)
        except (Refused, Missing):
            found.refused += 1
        _who_holds(place, name, found)
    live = [one.answer_by for one in place.world.rows.every(Handover) if one.state == HandoverState.OFFERED]
    _sweep_until(place, max([at, *live]) + AFTERWARDS if found.steps else BEGINS, chance, looks)
    _who_holds(place, "the end", found)
    _returned(place, found)
    _by_link(place, found)
    return found


def _sweep_until(place: Setting, until: datetime, chance: Stream, looks: Looks) -> None:
    """Each time a clock wakes it is looked at, up to five seconds late, as sweeps are."""
    world = place.world
    swept = BEGINS
    for _ in range(10_000):
        running = [one for one in clocks.of(world.rows) if one.is_running and looks(one)]
        wakes = min((_wakes(one) for one in running), default=None)
        if wakes is None or wakes >= until:
            return
        swept = max(wakes, swept) + SWEPT * chance.random()
        if swept >= until:
            return
        for one in running:
            steps, _ = escalation.look(one, at=swept)
            if steps:
                world.rows.apply(steps, by=NOBODY, at=swept)
    raise AssertionError("sweeping never came to an end")


def _wakes(one: Clock) -> datetime:
    """When this clock owes its next step."""
    rungs = escalation.rungs_of(one)
    starts = one.started_at + (one.due_at - one.started_at) * rungs[0].starts_percent / 100
    return one.next_at if one.rung and one.next_at is not None else starts


def _who_holds(place: Setting, after: str, found: Outcome) -> None:
    rows = place.world.rows
    held = [one for one in rows.every(Holding) if one.until_at is None]
    if len(held) != 1:
        found.without_holder += 1
        found.words.append(f"after {after} {len(held)} hold the person")
        return
    by = held[0].handover_id if held[0].began_by == Began.HANDOVER else None
    if by is not None and rows.one(Handover, by).state != HandoverState.ACCEPTED:
        found.not_accepted += 1
        found.words.append(f"after {after} a team holds the person that never accepted")


def _returned(place: Setting, found: Outcome) -> None:
    """Each offer without an answer by its time was in the giver's sight by then, and a few seconds."""
    rows = place.world.rows
    climbs = list(rows.every(Climb))
    for one in rows.every(Handover):
        if one.answered_at is not None and one.answered_at <= one.answer_by + IN_TIME:
            continue
        found.due += 1
        by = max(one.answer_by, one.offered_at) + IN_TIME
        mine = {key_of(one.id, kind) for kind in OF_OFFERS}
        told = any(
            climb.clock_id in mine and climb.team_id == one.giver_team_id and climb.climbed_at <= by
            for climb in climbs
        )
        if not told:
            found.late_returns += 1
            found.words.append(f"an offer due {one.answer_by.isoformat()} came back to nobody in time")


def _by_link(place: Setting, found: Outcome) -> None:
    """What a link answered it answered while it opened, once, for the team and the offer it was made for."""
    rows = place.world.rows
    for one in rows.every(AnswerLink):
        if one.answered_at is None:
            continue
        found.by_link += 1
        offered = rows.one(Handover, one.handover_id)
        is_so = offered.answered_at == one.answered_at and offered.receiver_team_id == one.team_id
        was_open = one.made_at <= one.answered_at < one.until_at
        if one.withdrawn_at is not None:
            was_open &= one.answered_at < one.withdrawn_at
        if not (is_so and was_open):
            found.wrong_by_link += 1
            found.words.append("a link answered what it was not for, or when it opened nothing any more")


def opens_for_ever() -> AbstractContextManager[Any]:
    """A control: a link that is over, or was taken back, answers as before."""
    return mock.patch.object(answer_link, "need_open", lambda *_, **__: None)


def only_the_receivers(one: Clock) -> bool:
    """A control: what was so before, when the team that was asked alone was told of an offer's time."""
    return one.kind not in RUNNING


def moved_on_send() -> PureWorld:
    """A control: a place in which an offer hands the person over when it is sent."""
    world = PureWorld()
    for name in ("offer", "deliver"):
        setattr(world.handovers, name, _then_moves(world, getattr(world.handovers, name)))
    return world


def _then_moves(world: PureWorld, act: Callable[..., None]) -> Callable[..., None]:
    def acts(**given: Any) -> None:
        act(**given)
        made = world.rows.one(Handover, given["handover_id"])
        held = world.referrals.open_holding(made.referral_id)
        if held is not None and held.handover_id is None:
            at, too_soon = given["at"], key_of(made.id, "too soon")
            to = {"team_id": made.receiver_team_id, "member_id": None, "handover_id": made.id}
            world.rows.apply(holding.pass_on(held, holding_id=too_soon, **to, at=at), by=NOBODY, at=at)

    return acts
