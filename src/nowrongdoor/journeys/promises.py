"""What is owed: a promise is made, kept, let go with a reason, or escalated when it is late."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.contacts.facts import CONTACTS, SIGNPOSTS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agency, promise, signpost, triage, visit_owing
from nowrongdoor.rules.change import Missing, Step
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import PromiseKind, PromiseState

OWNER = "the team that owes this"


@transaction
def make(
    *,
    promise_id: UUID,
    kind: str,
    words: str,
    due_at: datetime | None,
    contact_id: UUID | None,
    referral_id: UUID | None,
    person_id: UUID | None,
    asked_of: str = "",
    by: Viewer,
    at: datetime,
) -> None:
    """This member, for their team, promises something by a time; without one, by the standard."""
    access.need(by, "promise.make", at=at)
    team = records.own_team(by)
    # Held steady, so that nobody ends the contact or the referral without seeing what is owed on it.
    whose: set[UUID | None] = set()
    if contact_id is not None:
        whose.add(store.steady(CONTACTS, contact_id).person_id)
        standing.need_contact(contact_id, by=by, at=at)
    if referral_id is not None:
        whose.add(store.steady(REFERRALS, referral_id).person_id)
        standing.need_referral(referral_id, by=by, at=at)
    # Owing somebody something is a part in their care: nobody gives it to themselves by naming them.
    if person_id is not None and person_id not in whose:
        standing.need_person(person_id, by=by, at=at)
    made = promise.make(
        promise_id=promise_id,
        kind=kind,
        team_id=team.id,
        member_id=by.member_id,
        words=words,
        due_at=due_at,
        at=at,
        asked_of=asked_of,
        contact_id=contact_id,
        referral_id=referral_id,
        person_id=person_id,
    )
    store.save([made], by=by, at=at)


@transaction
def keep(
    *,
    promise_id: UUID,
    words: str,
    done_at: datetime | None = None,
    came_of: str = "",
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """
    Say what came of it, and when it was done, where that was not just now. A referral that waited for
    this answer goes back to where it was. Whoever was told of a service, and is asked how it went, said
    `came_of`: one of the endings of that service.
    """
    referral, owed = _owed(promise_id, by=by, at=at, seen=seen)
    kept = promise.keep(owed, words=words, done_at=done_at, by=by.member_id, at=at)
    _end(kept, referral, *_came_of(promise_id, came_of, at=at), by=by, at=at)


@transaction
def let_go(*, promise_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Decide, with a reason, that this is no longer owed. Time alone never does."""
    referral, owed = _owed(promise_id, by=by, at=at, seen=seen)
    ended = promise.let_go(owed, words=words, by=by.member_id, at=at)
    _end(ended, referral, by=by, at=at)


@transaction
def escalate(
    *,
    promise_id: UUID,
    escalation_id: UUID,
    to_team_id: UUID,
    words: str,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Raise a late promise to a team that can act; it stays owed, with a new due time."""
    access.need(by, "promise.escalate", at=at)
    agency.need_open(store.steady(TEAMS, to_team_id))
    late = store.lock(PROMISES, promise_id, seen=seen)
    steps = promise.escalate(
        late, escalation_id=escalation_id, to_team_id=to_team_id, words=words, by=by.member_id, at=at
    )
    store.save(steps, by=by, at=at)


def _owed(promise_id: UUID, *, by: Viewer, at: datetime, seen: int) -> tuple[Referral | None, Promise]:
    about = store.peek(PROMISES, promise_id).referral_id
    referral = store.lock(REFERRALS, about) if about else None
    owed = store.lock(PROMISES, promise_id, seen=seen)
    access.need(by, "promise.keep", at=at, team_id=owed.owner_team_id, team=OWNER)
    if owed.kind in (PromiseKind.AFTER_VISIT, PromiseKind.JOINT_VISIT):
        visit_owing.need_written_up(owed, store.find(VISITS, referral_id=about, ended_at=None))
    return referral, owed


def _came_of(promise_id: UUID, came_of: str, *, at: datetime) -> list[Step]:
    """What came of the service they were told of. Not said changes nothing: unknown is not no."""
    if not came_of:
        return []
    told = next(iter(store.lock_where(SIGNPOSTS, promise_id=promise_id)), None)
    if told is None:
        raise Missing(SIGNPOSTS.name)
    service = store.peek(SERVICES, told.service_id)
    return [signpost.followed_up(told, service=service, came_of=came_of, at=at)]


def _end(ended: Step, referral: Referral | None, *more: Step, by: Viewer, at: datetime) -> None:
    steps = [ended, *more]
    if referral is not None:
        others = [
            one
            for one in store.find(PROMISES, referral_id=referral.id, state=PromiseState.OPEN)
            if one.id != ended.change.after.id
        ]
        steps += triage.answered(referral, still_open=others)
    store.save(steps, by=by, at=at)
