"""
A call is taken about somebody whom no service may know: contact, referral and what the police answer in one.

Where a team of the police takes it, a no does not stand yet: nobody of ours holds the person. The team that
is to respond is asked in the same act, and the no stands from the instant it accepts, by what was said then.
Until then it is not settled who responds, which is told at once and climbs; whatever the team answers.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import police, police_advice, police_declining, promise
from nowrongdoor.rules.change import Refused, Steps, began
from nowrongdoor.rules.police_advice import Told
from nowrongdoor.rules.police_decision import MINUTE, PoliceCall, PoliceDecision, Standing, latest, made
from nowrongdoor.rules.words import PoliceOutcome, PromiseKind

NO, UNKNOWN = PoliceOutcome.NOT_ATTENDING, PoliceOutcome.UNKNOWN
ASKED = "The police do not come once a team accepts, and none has yet. See that one does."


def take_in(
    stands: Standing,
    call: PoliceCall,
    *,
    asks_team: bool,
    asked_is_police: bool,
    decision_id: UUID,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    What the police answered to a call that is taken now; `stands` is the referral that it opens.

    Refuses all that `police.decide` does; and a no of a team of the police that asks nobody to accept.
    """
    if call.outcome != NO or not stands.holder_is_police:
        return police.decide(stands, call, decision_id=decision_id, follows_id=None, by=by, at=at)
    if not asks_team:
        raise Refused(
            "No accepting holder: name the team that is to respond, and who of it has agreed.",
            code="no_accepting_holder",
            field="to_team",
        )
    if asked_is_police:
        raise Refused(
            "No accepting holder: that is a team of the police. Name one of a service that responds.",
            code="no_accepting_holder",
            field="to_team",
        )
    as_if = replace(stands, holder_is_police=False)
    advice = police_advice.of(call.known, at=at)
    police.need_fit(call, advice, at=at)
    police_declining.need_holder(as_if, call, advice, at=at)
    new = made(stands, replace(call, outcome=UNKNOWN), advice, decision_id, None, by, at)
    waits = replace(new, accepted_by=call.accepted_by)
    return (began("police.decided", waits), *police.owed_with(stands, waits, advice, words=ASKED, at=at))


def awaits(one: PoliceDecision | None) -> bool:
    """It is a no that stands once a team accepts: who of that team agreed is named, and no team yet."""
    return (
        one is not None and one.outcome == UNKNOWN and one.accepted_by != "" and one.disputed_at is None
    )


def accepted(stands: Standing, *, accepted_by: str, by: UUID, at: datetime) -> Steps:
    """
    A team has accepted whom the police do not attend: the no stands from now on, held by that team. Whom harm
    threatens later is that team's task from then on, by the same time.

    Nothing where none awaited it; nor where it may not stand any more, as when the time that is safe has
    passed: then it stays unsettled, and is decided by people. Accepting is never refused for it.
    """
    before = latest(stands.before)
    if before is None or not awaits(before):
        return ()
    call = PoliceCall(
        Told(before.force, before.category, before.sector, before.age, before.answers, before.question_set),
        NO,
        before.reason,
        words=before.words,
        log_reference=before.log_reference,
        accepted_by=accepted_by or before.accepted_by,
        going=before.going,
        arrives_minutes=_minutes(before.arrives_at, at=at),
        safe_minutes=_minutes(before.safe_until, at=at),
        told=before.told,
        call_back_when=before.call_back_when,
    )
    try:
        stood = police.decide(
            stands, call, decision_id=uuid5(before.id, "accepted"), follows_id=before.id, by=by, at=at
        )
    except Refused:
        return ()
    team_id = stands.holding.team_id
    theirs = (
        promise.re_home(one, team_id=team_id)
        for one in stands.open_promises
        if one.kind == PromiseKind.URGENT_HEALTH and one.owner_team_id != team_id
    )
    return (*stood, *theirs)


def _minutes(when: datetime | None, *, at: datetime) -> int | None:
    """Whole minutes from now, so that nothing comes later than it was said; none where that is over."""
    return None if when is None or when - at < MINUTE else (when - at) // MINUTE
