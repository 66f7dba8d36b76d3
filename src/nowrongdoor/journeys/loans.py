"""Members are lent to another team, and the loan ended: what they hold there then stays with that team."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.sharing.facts import AGREEMENTS
from nowrongdoor.data.visits.facts import CREWS, SEATS, VISITS
from nowrongdoor.journeys import agencies, records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agreement, loan, promise, sealing
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.agreement import LENT, Agreement
from nowrongdoor.rules.change import AlreadyRecorded, Missing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.words import PromiseState


@transaction
def lend(
    *,
    membership_id: UUID,
    member_id: UUID,
    to_team_id: UUID,
    role: str,
    until_at: datetime,
    by: Viewer,
    at: datetime,
) -> None:
    """
    A member of the viewer's team works for another too, until a time; one who is lent there, for longer.

    Holds both teams, so that neither closes meanwhile, and the member's places, so that they do not leave. Of
    two who lend the same member at once the second waits, and finds them lent.
    """
    access.need(by, "loan.lend", at=at)
    store.one_at_a_time(f"lend {member_id}")
    own, to = records.own_team_and(to_team_id, by=by)
    # Before the rule, which would say that they work there already: by this very form.
    if store.find(MEMBERSHIPS, id=membership_id):
        raise AlreadyRecorded(membership_id)
    step = loan.lend(
        membership_id=membership_id,
        member_id=member_id,
        role=role,
        until_at=until_at,
        own=own,
        to=to,
        works=store.lock_where(MEMBERSHIPS, member_id=member_id, until_at=None),
        agreed=_agreed(own, to, at=at),
        by=by.member_id,
        at=at,
    )
    store.save([step], by=by, at=at)


@transaction
def end(*, membership_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """
    They work for the team that borrowed them no more; their seats in its crews end.

    What they held there by name stays with that team, which must settle each, and what they had promised by
    name there that team owes by the same time. Holds the team's places and the crews they sit in, so that
    nobody gives one of these a visit meanwhile. Raises `Missing` for what is no loan.
    """
    access.need(by, "loan.end", at=at)
    found = store.peek(MEMBERSHIPS, membership_id)
    if not found.is_loan:
        raise Missing(MEMBERSHIPS.name)
    leads = access.may_do(by, "loan.lend", at=at)
    loan.need_may_end(found, by_member=by.member_id, by_team=by.team_id, leads=leads)
    team = store.lock_where(TEAMS, id=found.team_id)[0]
    everyone = store.lock_where(MEMBERSHIPS, team_id=team.id, until_at=None)
    lent = next((one for one in everyone if one.id == found.id), None) or store.peek(MEMBERSHIPS, found.id)
    store.check_seen(MEMBERSHIPS, lent, seen=seen)
    sits = store.find(SEATS, member_id=lent.member_id, until_at__after=at)
    crews = store.lock_where(CREWS, id__in=sorted({one.crew_id for one in sits}), team_id=team.id)
    keys = [one.id for one in crews]
    steps = [
        *loan.end(
            lent,
            team=team,
            colleagues=[one for one in everyone if one.member_id != lent.member_id],
            crews=crews,
            seats=store.lock_where(SEATS, crew_id__in=keys),
            waiting=store.find(VISITS, crew_id__in=keys, ended_at=None),
            words=words,
            by=by.member_id,
            at=at,
        )
    ]
    own = {"member_id": lent.member_id, "team_id": team.id, "until_at": None}
    agencies.hold_still([one.referral_id for one in store.find(HOLDINGS, **own)])
    held = store.lock_where(HOLDINGS, **own)
    steps += agencies.re_home(held, to_team_id=team.id, reason="member_left", words=words, by=by, at=at)
    owed = {"owner_member_id": lent.member_id, "owner_team_id": team.id, "state": PromiseState.OPEN}
    steps += [promise.re_home(one, team_id=team.id) for one in store.lock_where(PROMISES, **owed)]
    store.save(steps, by=by, at=at)


@transaction_required
def kept_from(seals: Sequence[Seal], members: Sequence[UUID]) -> frozenset[UUID]:
    """Which of these members, or whom else, these seals keep from a person's door: by name, or as lent."""
    named = sealing.named(seals)
    if not any(one.against_agency_id for one in seals):
        return named
    lent = [one for one in store.find(MEMBERSHIPS, member_id__in=members, until_at=None) if one.is_loan]
    teams = {key for one in lent for key in (one.team_id, one.lent_by_team_id)}
    agency_of = {one.id: one.agency_id for one in store.find(TEAMS, id__in=sorted(teams))} if lent else {}
    return named | sealing.lent_from(seals, lent, agency_of=agency_of)


def _agreed(own: Team, to: Team, *, at: datetime) -> Agreement | None:
    """The agreement by which their agencies lend crews to each other today; none within one agency."""
    one, other = own.agency_id, to.agency_id
    if one == other:
        return None
    between = store.find(AGREEMENTS, one_agency_id=one, other_agency_id=other)
    between += store.find(AGREEMENTS, one_agency_id=other, other_agency_id=one)
    return agreement.aid_covers(between, one=one, other=other, kind=LENT, on=local_date(at))
