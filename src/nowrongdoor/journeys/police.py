"""What is decided with the police: who responds, what is new, what they saw, and where we do not agree."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import AGENCIES, TEAMS
from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.police.facts import POLICE, POLICE_REVIEWS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import contacts, records, standing
from nowrongdoor.journeys.records import Held
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, police, police_asking, police_review
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.police_decision import PoliceCall, PoliceDecision, Standing
from nowrongdoor.rules.police_review import Found
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import CLOSED, Referral

HOLDER = "the team that holds this"
HANDED_OVER = "handed_over"  # what came of a contact


@transaction
def decide(
    *,
    decision_id: UUID,
    referral_id: UUID,
    call: PoliceCall,
    follows_id: UUID | None,
    by: Viewer,
    at: datetime,
) -> None:
    """Record what the police answered, from what, and who holds the person where they do not attend."""
    held = records.hold(referral_id)
    access.need(by, "police.decide", at=at, team_id=held.holding.team_id, team=HOLDER)
    steps = police.decide(
        _stands(held), call, decision_id=decision_id, follows_id=follows_id, by=by.member_id, at=at
    )
    store.save(steps, by=by, at=at)


@transaction
def take_in(
    *,
    contact_id: UUID,
    said: Said,
    callback_id: UUID,
    happened_at: datetime,
    referral: NewReferral,
    offer: NewOffer | None,
    decision_id: UUID,
    call: PoliceCall,
    by: Viewer,
    at: datetime,
    person_id: UUID | None = None,
) -> None:
    """
    A call about somebody whom no service may know is taken, with what the police answer to it: contact,
    referral, the team that is asked and the decision in one act, all or none.

    The team that takes it holds the person until another accepts. A no of a team of the police stands from
    the instant the team that is asked accepts, and needs one that is asked.
    """
    access.need(by, "police.decide", at=at)
    taken_in = contacts.receiving(
        contact_id=contact_id,
        said=said,
        outcome=HANDED_OVER,
        callback_id=callback_id,
        happened_at=happened_at,
        by=by,
        at=at,
        person_id=person_id,
        referral=referral,
        offer=offer,
    )
    steps = police_asking.take_in(
        _opened(taken_in),
        call,
        asks_team=offer is not None,
        asked_is_police=offer is not None and _is_police(offer.to_team_id),
        decision_id=decision_id,
        by=by.member_id,
        at=at,
    )
    store.save([*taken_in, *steps], by=by, at=at)


@transaction_required
def with_acceptance(
    accepted: Steps,
    decided: Sequence[PoliceDecision],
    owed: Sequence[Promise],
    *,
    by: Viewer,
    at: datetime,
) -> Steps:
    """Where the police do not attend once a team accepts, that stands now; `accepted` is what makes it so."""
    if not decided:
        return ()
    made = (step.change.after for step in accepted if step.before is None)
    began = next(one for one in made if isinstance(one, Holding))
    about = store.peek(REFERRALS, began.referral_id)
    stands = Standing(about, began, _is_police(began.team_id), decided, owed)
    return police_asking.accepted(stands, accepted_by=by.member_name, by=by.member_id, at=at)


@transaction
def learn(
    *,
    decision_id: UUID,
    holding_id: UUID,
    referral_id: UUID,
    fact: str,
    answers: Mapping[str, str],
    follows_id: UUID | None,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Record that something new was said: it is asked anew. A closed referral is taken up again by this team.

    Whoever hears it may record it: it need not be the team that holds.
    """
    access.need(by, "police.learn", at=at)
    own = records.own_team(by)
    standing.need_referral(referral_id, by=by, at=at)
    about = store.lock(REFERRALS, referral_id)
    again: Steps = ()
    if about.state == CLOSED:
        again = police.reopening(
            about, holding_id=holding_id, team_id=own.id, by=by.member_id, fact=fact, at=at
        )
        reopened, began = again
        held = Held(reopened.change.after, began.change.after, None)
    else:
        held = records.hold(referral_id)
    steps = police.learn(
        _stands(held),
        decision_id=decision_id,
        fact=fact,
        answers=dict(answers),
        follows_id=follows_id,
        by=by.member_id,
        at=at,
    )
    store.save([*again, *steps], by=by, at=at)


@transaction
def see(
    *,
    decision_id: UUID,
    seen_as: str,
    words: str,
    seen_at: datetime | None,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Record what the police saw. It is no assessment: everything that is owed stays owed."""
    held = records.hold(store.peek(POLICE, decision_id).referral_id)
    access.need(by, "police.see", at=at, team_id=held.holding.team_id, team=HOLDER)
    one, stands = store.lock(POLICE, decision_id, seen=seen), _stands(held)
    steps = police.see(stands, one, seen_as=seen_as, words=words, seen_at=seen_at, by=by.member_id, at=at)
    store.save(steps, by=by, at=at)


@transaction
def dispute(
    *,
    decision_id: UUID,
    our_view: str,
    police_view: str,
    our_rank: str,
    police_rank: str,
    by: Viewer,
    at: datetime,
    seen: int,
) -> None:
    """Record that we and the police do not agree, both views, and who of each settles it."""
    held = records.hold(store.peek(POLICE, decision_id).referral_id)
    access.need(by, "police.dispute", at=at, team_id=held.holding.team_id, team=HOLDER)
    one, stands = store.lock(POLICE, decision_id, seen=seen), _stands(held)
    steps = police.dispute(
        stands,
        one,
        our_view=our_view,
        police_view=police_view,
        our_rank=our_rank,
        police_rank=police_rank,
        by=by.member_id,
        at=at,
    )
    store.save(steps, by=by, at=at)


@transaction
def review(
    *, review_id: UUID, decision_id: UUID, level: str, found: Found, by: Viewer, at: datetime, seen: int
) -> None:
    """
    Record what a review of a disagreement found, at the level where it waits. The referral may be closed by
    then, and whoever has a part in it may record it, or answers for the review: it need not be the team that
    holds, and a part that is over by then keeps nobody from learning.
    """
    access.need(by, "police.review", at=at)
    if not store.find(CLOCKS, id=decision_id, agency_id=by.agency_id, is_running=True):
        standing.need_referral(store.peek(POLICE, decision_id).referral_id, by=by, at=at)
    one = store.lock(POLICE, decision_id, seen=seen)
    before = store.find(POLICE_REVIEWS, decision_id=decision_id)
    steps = police_review.review(
        one, before, review_id=review_id, level=level, found=found, by=by.member_id, at=at
    )
    store.save(steps, by=by, at=at)


def _opened(taken_in: Steps) -> Standing:
    """The referral as the steps that open it leave it: nothing is owed or decided yet."""
    made = [step.change.after for step in taken_in]
    referral = next(one for one in made if isinstance(one, Referral))
    holding = next(one for one in made if isinstance(one, Holding))
    return Standing(referral, holding, _is_police(holding.team_id))


def _is_police(team_id: UUID) -> bool:
    return store.peek(AGENCIES, store.peek(TEAMS, team_id).agency_id).kind == police.POLICE


def _stands(held: Held) -> Standing:
    return Standing(
        held.referral,
        held.holding,
        _is_police(held.holding.team_id),
        store.lock_where(POLICE, referral_id=held.referral.id),
        records.open_promises(referral_id=held.referral.id),
    )
