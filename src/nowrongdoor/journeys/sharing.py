"""
Somebody decides that a team may know what others know of a person, without handing anybody over; or that
it may not any more.
"""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.sharing.facts import AGREEMENTS, DECISIONS
from nowrongdoor.journeys import records, shared, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agreement, sealing, sharing
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.sharing import Grounds


@transaction
def decide(
    *,
    decision_id: UUID,
    person_id: UUID,
    to_team_id: UUID,
    purpose: str,
    grounds: Grounds,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Share with a team. Where no agreement between the two agencies covers it, it is shared all the same,
    and somebody looks into it.
    """
    access.need(by, "sharing.decide", at=at)
    to = _to(to_team_id, by=by)
    standing.need_person(person_id, by=by, at=at)
    sealing.need_not_kept_safe_from(to, standing.seals_on(person_id))
    stands = shared.standing(person_id=person_id, to_team_id=to.id)
    sharing.need_new(stands, decision_id=decision_id, to=to, purpose=purpose)
    _decide(decision_id, person_id, to, purpose, grounds, by=by, at=at)


@transaction
def override(
    *,
    decision_id: UUID,
    person_id: UUID,
    to_team_id: UUID,
    words: str,
    told: str,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Share without consent to keep someone safe: with whom, what the danger is, whether the person knows.

    Never refused because consent was, nor because no agreement covers it, and it opens a record that is
    sealed as a whole, but never to those from whom a seal keeps somebody safe; the same act asks that
    somebody look into it.
    """
    access.need(by, "sharing.override", at=at)
    to = _to(to_team_id, by=by)
    standing.need_person(person_id, by=by, at=at)
    grounds = Grounds(sharing.OVERRIDE, words, told)
    _decide(decision_id, person_id, to, shared.usual_purpose(to, at=at), grounds, by=by, at=at)


@transaction
def withdraw(*, decision_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    The person no longer wishes it, or the reason is over: the view it opened closes with this act.

    A team that holds the person, or was asked to, goes on seeing what it holds or was asked.
    """
    access.need(by, "sharing.withdraw", at=at)
    records.own_team(by)
    found = store.peek(DECISIONS, decision_id)
    if found.referral_id is not None:
        standing.need_referral(found.referral_id, by=by, at=at)
    elif found.person_id is not None:
        standing.need_person(found.person_id, by=by, at=at)
    decided = store.lock(DECISIONS, decision_id, seen=seen)
    store.save([sharing.withdraw(decided, words=words, by=by.member_id, at=at)], by=by, at=at)


def _to(to_team_id: UUID, *, by: Viewer) -> Team:
    _, to = records.own_team_and(to_team_id, by=by)
    sharing.need_other_team(to, own_id=by.team_id)
    return to


def _decide(
    decision_id: UUID,
    person_id: UUID,
    to: Team,
    purpose: str,
    grounds: Grounds,
    *,
    by: Viewer,
    at: datetime,
) -> None:
    decided = sharing.decide(
        decision_id=decision_id,
        person_id=person_id,
        referral_id=None,
        handover_id=None,
        to_team_id=to.id,
        by_team_id=by.team_id,
        purpose=purpose,
        grounds=grounds,
        by=by.member_id,
        at=at,
    )
    covered = _is_covered(by.agency_id, to.agency_id, purpose, at=at)
    asked = sharing.reviewed(decided, is_covered=covered, by_agency_id=by.agency_id, at=at)
    store.save([decided, *asked], by=by, at=at)


def _is_covered(one: UUID, other: UUID, purpose: str, *, at: datetime) -> bool:
    """An agreement in force covers it, or it stays within one agency."""
    if one == other:
        return True
    between = store.find(AGREEMENTS, one_agency_id__in=[one, other], other_agency_id__in=[one, other])
    return agreement.covers(between, one=one, other=other, purpose=purpose, on=local_date(at)) is not None
