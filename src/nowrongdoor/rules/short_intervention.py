"""
A short intervention: what a rapid response team does in the days after its crew was first with somebody.

It has a limit, where what the team offers has one. It ends when another team has taken the person on, when a
plan was agreed with them, or when the referral closes. Time tells whoever is answerable, and ends nothing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import stage, working_days
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.law import standards
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.stage import Stage, StageKind
from nowrongdoor.rules.statutory import StatutoryClock, StatutoryKind

KIND = StageKind.SHORT_INTERVENTION
BY_HANDOVER, BY_PLAN = "handed_over", "plan"


def begin(
    referral: Referral,
    *,
    stages: Sequence[Stage],
    nation: str,
    services: Collection[str],
    at: datetime,
) -> Steps:
    """
    A crew is with the person, and a short intervention begins, where what their team offers has a limit.

    It begins once: another visit does not begin it anew, nor does one after a plan was agreed. Only where it
    was handed over, and the person is back, does it begin again.
    """
    before = [one for one in stages if one.kind == KIND and not stage.is_over(one, referral)]
    if any(one.how != BY_HANDOVER for one in before):
        return ()
    named = standards.standard(KIND, urgency="", nation=nation, services=services, at=at)
    if named is None:
        return ()
    return (
        stage.begin(
            stage.key_of(referral.id, KIND, since=at),
            KIND,
            referral.id,
            handover_id=None,
            standard=named.version,
            at=at,
            due_at=working_days.due(at, named, nation=nation),
        ),
    )


def handed_over(stages: Sequence[Stage], *, referral: Referral, by: UUID, at: datetime) -> Steps:
    """Another team has taken the person on: a short intervention ends with that."""
    return _ended(stages, referral=referral, happened_at=at, by=by, how=BY_HANDOVER)


def planned(stages: Sequence[Stage], *, referral: Referral, begun: StatutoryClock) -> Steps:
    """The wait for a review says that a plan was agreed, and when: a short intervention ends with that."""
    if begun.kind != StatutoryKind.REVIEW:
        return ()
    return _ended(
        stages, referral=referral, happened_at=begun.started_at, by=begun.begun_by_id, how=BY_PLAN
    )


def _ended(
    stages: Sequence[Stage], *, referral: Referral, happened_at: datetime, by: UUID, how: str
) -> Steps:
    return tuple(
        stage.reach(one, happened_at=happened_at, by=by, how=how)
        for one in stages
        if one.kind == KIND
        and one.reached_at is None
        # What was agreed before they were seen is not what came of it.
        and one.started_at <= happened_at
        and not stage.is_over(one, referral)
    )
