"""What the law gives a time for a person: begun, extended, and ended by an act."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import AGENCIES
from nowrongdoor.data.stages.facts import STAGES, STATUTORY
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, short_intervention, statutory


@transaction
def begin(
    *,
    clock_id: UUID,
    referral_id: UUID,
    kind: str,
    words: str,
    started_at: datetime | None,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Record that a detention, an enquiry or the wait for a review has begun, and since when.

    Whoever else changed the referral meanwhile does not keep it from being recorded: it was so. The wait for
    a review says that a plan was agreed, and ends a short intervention.
    """
    held = records.hold(referral_id)
    access.need(by, "statutory.begin", at=at, team_id=held.holding.team_id, team="the team that holds this")
    stages = store.lock_where(STAGES, referral_id=referral_id)
    step = statutory.begin(
        held.referral,
        running=store.lock_where(STATUTORY, referral_id=referral_id),
        clock_id=clock_id,
        kind=kind,
        words=words,
        started_at=started_at,
        nation=store.peek(AGENCIES, by.agency_id).jurisdiction,
        by=by.member_id,
        at=at,
    )
    planned = short_intervention.planned(stages, referral=held.referral, begun=step.change.after)
    store.save((step, *planned), by=by, at=at)


@transaction
def extend(
    *,
    clock_id: UUID,
    reason: str,
    doctor: str,
    words: str,
    hours: int | None,
    decided_at: datetime | None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Record that the practitioner responsible lets a detention go on for longer."""
    held = records.hold(store.peek(STATUTORY, clock_id).referral_id)
    access.need(by, "statutory.extend", at=at, team_id=held.holding.team_id, team="the team that holds this")
    step = statutory.extend(
        store.lock(STATUTORY, clock_id, seen=seen),
        reason=reason,
        doctor=doctor,
        words=words,
        hours=hours,
        decided_at=decided_at,
        by=by.member_id,
        at=at,
    )
    store.save([step], by=by, at=at)


@transaction
def end(
    *,
    clock_id: UUID,
    outcome: str,
    words: str,
    ended_at: datetime | None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Record that it is over, how, and what came of it: nothing else stops its clock."""
    held = records.hold(store.peek(STATUTORY, clock_id).referral_id)
    access.need(by, "statutory.end", at=at, team_id=held.holding.team_id, team="the team that holds this")
    one = store.lock(STATUTORY, clock_id, seen=seen)
    step = statutory.end(one, outcome=outcome, words=words, ended_at=ended_at, by=by.member_id, at=at)
    store.save([step], by=by, at=at)

