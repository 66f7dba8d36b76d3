"""How agencies, teams and members come and go, without anyone they hold being let go."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agency, handover, promise, re_homing, visit
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.change import Missing, Step
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.words import HandoverState, PromiseState


@transaction
def enter(*, facts: Sequence[Agency | Team | Member | Membership], by: Viewer, at: datetime) -> None:
    """
    Enter agencies, the teams they open, and the members who join, in the order given. Whoever enters many
    of a kind one after another has them written at once; one alone that is there already is told so.
    """
    access.need(by, "agency.enter", at=at)
    for kind, alike in groupby(facts, key=type):
        steps = [agency.found(_KINDS[kind], one) for one in alike]
        if len(steps) > 1:
            store.add(steps, by=by, at=at)
        else:
            store.save(steps, by=by, at=at)


@transaction
def close_team(*, team_id: UUID, successor_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    Close a team: its successor holds everything it held from this instant, and must settle each.

    Offers that wait for the closing team's answer are withdrawn, and their givers hold on. What
    the team had promised, its successor owes by the same time.
    """
    access.need(by, "team.close", at=at)
    # Both in the order of their keys, so that two teams closing into each other cannot both win.
    both = {one.id: one for one in store.lock_where(TEAMS, id__in=[team_id, successor_id])}
    if both.keys() != {team_id, successor_id}:
        raise Missing(TEAMS.name)
    store.check_seen(TEAMS, both[team_id], seen=seen)
    steps = [agency.close_team(both[team_id], successor=both[successor_id], at=at)]
    visit.need_over(store.find(VISITS, team_id=team_id, ended_at=None))
    offered_to = store.find(HANDOVERS, receiver_team_id=team_id, state=HandoverState.OFFERED)
    holdings = store.find(HOLDINGS, team_id=team_id, until_at=None)
    hold_still([*(one.referral_id for one in offered_to), *(one.referral_id for one in holdings)])
    steps += re_home(
        store.lock_where(HOLDINGS, team_id=team_id, until_at=None),
        to_team_id=successor_id,
        reason="team_closed",
        words=words,
        by=by,
        at=at,
    )
    steps += [
        handover.withdraw(one, reason="receiver_closed", words=words, by=by.member_id, at=at)
        for one in store.lock_where(HANDOVERS, receiver_team_id=team_id, state=HandoverState.OFFERED)
    ]
    owed = store.lock_where(PROMISES, owner_team_id=team_id, state=PromiseState.OPEN)
    steps += [promise.re_home(one, team_id=successor_id) for one in owed]
    store.save(steps, by=by, at=at)


@transaction
def leave(*, member_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """
    A member leaves: what they held by name stays with the team, which must settle each.

    What they had promised by name, the team owes by the same time. Recorded by somebody of their own agency.
    """
    access.need(by, "member.leave", at=at)
    # The teams are held until this act ends, so that they stay open, and so that of the last two
    # members of a team, leaving at once, one stays.
    works = store.find(MEMBERSHIPS, member_id=member_id, until_at=None)
    teams = store.lock_where(TEAMS, id__in=[one.team_id for one in works])
    own = agency.own_places(works)
    agency.need_own_agency([one for one in teams if one.id in own], agency_id=by.agency_id)
    everyone = store.lock_where(MEMBERSHIPS, team_id__in=[one.id for one in teams], until_at=None)
    leaving = agency.leave(
        [one for one in everyone if one.member_id == member_id],
        teams=teams,
        colleagues=[one for one in everyone if one.member_id != member_id],
        at=at,
    )
    steps = [*leaving]
    named = store.find(HOLDINGS, member_id=member_id, until_at=None)
    hold_still([one.referral_id for one in named])
    for one in store.lock_where(HOLDINGS, member_id=member_id, until_at=None):
        steps += re_home([one], to_team_id=one.team_id, reason="member_left", words=words, by=by, at=at)
    owed = store.lock_where(PROMISES, owner_member_id=member_id, state=PromiseState.OPEN)
    steps += [promise.re_home(one, team_id=one.owner_team_id) for one in owed]
    store.save(steps, by=by, at=at)


def hold_still(referral_ids: list[UUID]) -> None:
    """Nobody else acts on these referrals until this act ends."""
    store.lock_where(REFERRALS, id__in=referral_ids)


def re_home(
    holdings: Iterable[Holding], *, to_team_id: UUID, reason: str, words: str, by: Viewer, at: datetime
) -> list[Step]:
    """Each of these, held still, passes to a team that must settle it."""
    steps: list[Step] = []
    for held in holdings:
        offers = store.lock_where(HANDOVERS, holding_id=held.id, state=HandoverState.OFFERED)
        steps += re_homing.re_home(
            held,
            referral=store.peek(REFERRALS, held.referral_id),
            live_offer=offers[0] if offers else None,
            # Not held: they change only in acts that hold their referral, as this one does.
            open_promises=store.find(PROMISES, referral_id=held.referral_id, state=PromiseState.OPEN),
            to_team_id=to_team_id,
            ids=re_homing.ids_for(held.id),
            reason=reason,
            words=words,
            by=by.member_id,
            at=at,
        )
    return steps


_KINDS = {
    Agency: "agency.entered",
    Team: "team.opened",
    Member: "member.entered",
    Membership: "membership.began",
}
