"""Clocks: a sweep takes the steps that running clocks owe, and a person replies to what has climbed."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.clocks.facts import CLOCKS, REPLIES, SWEEPS
from nowrongdoor.data.rota.facts import DUTIES
from nowrongdoor.journeys import standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, escalation, rota, sweeping
from nowrongdoor.rules.change import AlreadyRecorded, Step
from nowrongdoor.rules.escalation import Clock

ANSWERABLE = "the team that is answerable for this"
BATCH = 500
"""How many clocks one transaction looks at. Whoever acts on one of them meanwhile waits for so many."""


@transaction
def sweep(*, ours: datetime, limit: int = BATCH, by: Viewer, at: datetime) -> tuple[int, int]:
    """
    Take the steps that running clocks owe by now, the longest overdue first: how many were looked at, and
    how many steps were taken.

    The step, its journal entry and when to look next are written together or not at all. Others who sweep
    at the same time look at other clocks. `at` is told by the database; refused when `ours`, the clock of
    this process, believes another time.
    """
    sweeping.need_agreement(ours, at)
    awake = store.claim(CLOCKS, "wakes_at", at=at, first="due_at", limit=limit)
    climbs: dict[UUID, list[Step]] = defaultdict(list)
    wakes: dict[UUID, datetime] = {}
    for one in awake:
        steps, wakes_at = escalation.look(one, at=at)
        climbs[one.agency_id].extend(steps)
        if not steps and wakes_at is not None:
            wakes[one.id] = wakes_at
    # A clock that climbed is given its next time by its climb, in the same statement.
    store.mark(CLOCKS, "wakes_at", wakes)
    for agency_id, steps in sorted(climbs.items()):
        store.add(steps, by=replace(by, agency_id=agency_id), at=at)
    return len(awake), sum(map(len, climbs.values()))


@transaction
def finish_sweep(*, worker: str, looked: int, climbed: int, by: Viewer, at: datetime) -> None:
    """Say that a sweep has been through everything that was owed, so that boards can say when none has."""
    known = store.find(SWEEPS, id=sweeping.key_of(worker))
    before = known[0] if known else None
    store.keep([sweeping.finish(before, worker=worker, looked=looked, climbed=climbed, at=at)])


@transaction
def reply(
    *,
    clock_id: UUID,
    reply_id: UUID,
    step: int,
    decision: str,
    dissent: str,
    told: str,
    rests_until: datetime | None,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Say what is done about a clock that has climbed, who disagreed and what the person was told.

    By the team that is answerable, or by whoever hears of it where it has climbed to.
    `step` is the one that was seen: whoever is overtaken by another reply or another climb is told so.
    """
    if store.find(REPLIES, id=reply_id):
        raise AlreadyRecorded(reply_id)
    climbed = store.lock(CLOCKS, clock_id)
    for_agency = escalation.is_for_agency(climbed, agency_id=by.agency_id) or _hears(climbed, by=by, at=at)
    access.need(by, "clock.reply", at=at, team_id=None if for_agency else climbed.team_id, team=ANSWERABLE)
    if climbed.team_id != by.team_id:
        _need_to_see(climbed, by=by, at=at)
    said = escalation.reply(
        climbed,
        reply_id=reply_id,
        step=step,
        before=next(iter(store.find(REPLIES, clock_id=clock_id, step=climbed.step)), None),
        decision=decision,
        dissent=dissent,
        told=told,
        rests_until=rests_until,
        by=by.member_id,
        at=at,
    )
    store.save([said], by=by, at=at)


def _hears(clock: Clock, *, by: Viewer, at: datetime) -> bool:
    """It has climbed to them: on the rota for the team, or as a lead where nobody is."""
    if clock.agency_id != by.agency_id:
        return False
    duties = store.find(DUTIES, agency_id=by.agency_id, until_at__after=at)
    return rota.hears_of(by, clock.rung, team_id=clock.team_id, duties=duties, at=at)


def _need_to_see(clock: Clock, *, by: Viewer, at: datetime) -> None:
    """Whoever replies for the agency takes part in the care as well, as for any other act."""
    if clock.referral_id is not None:
        standing.need_referral(clock.referral_id, by=by, at=at)
    elif clock.contact_id is not None:
        standing.need_contact(clock.contact_id, by=by, at=at)
    elif clock.person_id is not None:
        standing.need_person(clock.person_id, by=by, at=at)
