"""
What several acts hold before they change anything: the referral, its holder, its live offer.

Locks are taken in the order of tables: team, membership, contact, referral, holding, handover, promise.
"""

from dataclasses import dataclass
from uuid import UUID

from nowrongdoor.data.agencies.facts import AGENCIES, MEMBERS, MEMBERSHIPS, TEAMS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.police.facts import POLICE
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.stages.facts import STATUTORY
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import agency, police, statutory, visit
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.alarm import Elsewhere
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import CLOSED, REFUSALS, Referral
from nowrongdoor.rules.sealing import Against
from nowrongdoor.rules.words import HandoverState, PromiseState


@dataclass(frozen=True)
class Held:
    """An open referral with its holder and the offer that waits for an answer, all held still."""

    referral: Referral
    holding: Holding
    live_offer: Handover | None


@transaction_required
def hold(referral_id: UUID, *, seen: int | None = None) -> Held:
    """
    Holds the referral, its open holding and its live offer until the act ends.

    Refuses a closed referral: nobody holds it, so there is nothing to hand over or decide.
    """
    referral, holding = _held_by(referral_id, seen=seen)
    offers = store.lock_where(HANDOVERS, referral_id=referral_id, state=HandoverState.OFFERED)
    return Held(referral, holding, offers[0] if offers else None)


@transaction_required
def hold_to_offer(referral_id: UUID, *, seen: int | None = None) -> tuple[Held, int]:
    """The same, and which handover of it the next one is, the first being 1; each of them is held still."""
    referral, holding = _held_by(referral_id, seen=seen)
    every = store.lock_where(HANDOVERS, referral_id=referral_id)
    live = next((one for one in every if one.state == HandoverState.OFFERED), None)
    return Held(referral, holding, live), len(every) + 1


@transaction_required
def _held_by(referral_id: UUID, *, seen: int | None) -> tuple[Referral, Holding]:
    referral = store.lock(REFERRALS, referral_id, seen=seen)
    if referral.state == CLOSED:
        raise Refused(REFUSALS[CLOSED], code="referral_closed", of=referral)
    (holding,) = store.lock_where(HOLDINGS, referral_id=referral_id, until_at=None)
    return referral, holding


@transaction_required
def open_promises(**about: UUID) -> list[Promise]:
    """The promises still owed about a referral or a contact, held still."""
    return store.lock_where(PROMISES, state=PromiseState.OPEN, **about)


@transaction_required
def need_nothing_running(referral_id: UUID) -> None:
    """
    Refuses while something that the law gives a time still runs, while it is not settled with the police
    who responds, or while a visit is open: nothing lets go of the person before.
    """
    statutory.need_ended(store.lock_where(STATUTORY, referral_id=referral_id, ended_at=None))
    police.need_settled(store.lock_where(POLICE, referral_id=referral_id))
    visit.need_over(store.lock_where(VISITS, referral_id=referral_id, ended_at=None))


@transaction_required
def own_team(by: Viewer) -> Team:
    """
    The team the viewer works for, kept from closing until the act ends, and the viewer from leaving.

    For every act that leaves something with them: nobody would answer for it otherwise.
    """
    own, _ = own_team_and(by.team_id, by=by)
    return own


@transaction_required
def own_team_and(asked_id: UUID, *, by: Viewer) -> tuple[Team, Team]:
    """The viewer's own team as above, and the team that is asked: held in the order of their keys."""
    teams = {one.id: one for one in store.steady_where(TEAMS, id__in=[by.team_id, asked_id])}
    if teams.keys() != {by.team_id, asked_id}:
        raise Missing(TEAMS.name)
    own = agency.answers(teams[by.team_id])
    works = store.steady_where(MEMBERSHIPS, member_id=by.member_id, team_id=by.team_id, until_at=None)
    agency.need_member(works, team=own)
    return own, teams[asked_id]


@transaction_required
def need_there(against: Against) -> None:
    """Raises `Missing` where the agency or the member that is named is not entered here."""
    if against.agency_id is not None:
        store.peek(AGENCIES, against.agency_id)
    if against.member_id is not None:
        store.peek(MEMBERS, against.member_id)


@transaction_required
def answers_for(team_id: UUID) -> UUID:
    """The team, or whichever answers for its people since it closed."""
    team = store.peek(TEAMS, team_id)
    while team.closed_at is not None and team.successor_id is not None:
        team = store.peek(TEAMS, team.successor_id)
    return team.id


@transaction_required
def elsewhere(referral: Referral) -> Elsewhere:
    """
    What became of the person's other referrals; nothing while nobody knows whose this one is. Two of theirs
    answered at once count each other: the second waits for the first, and then reads what that one wrote.
    """
    if referral.person_id is None:
        return Elsewhere()
    store.one_at_a_time(f"answers about {referral.person_id}")
    others = [one.id for one in store.find(REFERRALS, person_id=referral.person_id) if one.id != referral.id]
    return Elsewhere(
        offers=store.find(HANDOVERS, referral_id__in=others, state=HandoverState.RETURNED),
        left=store.find(HOLDINGS, referral_id__in=others),
        promises=store.find(PROMISES, referral_id__in=others, state=PromiseState.OPEN),
    )
