"""The rota: a lead puts a member on call, and takes off whoever cannot go on."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.rota.facts import DUTIES
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, agency, alarm, rota, sweeping
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Steps
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.rota import Duty


@transaction
def put_on(
    *,
    duty_id: UUID,
    team_id: UUID | None,
    member_id: UUID,
    rung: str,
    phone: str,
    from_at: datetime,
    until_at: datetime,
    by: Viewer,
    at: datetime,
) -> None:
    """
    A member of the agency is on call, for one of its teams or, without one, for all of them.

    Their teams are kept from closing meanwhile, so that nobody is put on the rota of a team that is gone.
    """
    access.need(by, "rota.put_on", at=at)
    # Before the rule, which would say that they are on the rota for that time already: by this very form.
    if store.find(DUTIES, id=duty_id):
        raise AlreadyRecorded(duty_id)
    if team_id is not None:
        agency.need_open(rota.of_agency(store.steady(TEAMS, team_id), agency_id=by.agency_id))
    works = store.steady_where(MEMBERSHIPS, member_id=member_id, until_at=None)
    own = {one.id for one in store.find(TEAMS, id__in=[one.team_id for one in works], agency_id=by.agency_id)}
    duty = rota.put_on(
        duty_id=duty_id,
        agency_id=by.agency_id,
        team_id=team_id,
        member_id=member_id,
        roles=[(one.team_id, one.role) for one in works if one.team_id in own],
        rung=rung,
        phone=phone,
        from_at=from_at,
        until_at=until_at,
        others=store.find(DUTIES, member_id=member_id, until_at__after=at),
        by=by.member_id,
        at=at,
    )
    store.save([duty], by=by, at=at)


@transaction
def take_off(*, duty_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Somebody cannot go on, or will not come: they stand there no more, and the page says who does."""
    access.need(by, "rota.take_off", at=at)
    duty = store.lock(DUTIES, duty_id)
    if duty.agency_id != by.agency_id:
        raise Missing(DUTIES.name)
    store.check_seen(DUTIES, duty, seen=seen)
    store.save([rota.take_off(duty, words=words, by=by.member_id, at=at)], by=by, at=at)


@transaction
def offer_on(*, ours: datetime, by: Viewer, at: datetime) -> int:
    """
    Whoever holds people by name and will soon be off duty, or was taken off: each of those is offered to
    their colleagues, who take them on by name. How many were.

    Nobody's act: time has passed. The team holds all along. Refused, as a sweep is, when `ours`, the clock of
    this process, believes another time. Where there is nothing to offer nothing is held; else the teams, the
    duties and what is held by name are, and looked at again: a team may close, a colleague take somebody on,
    and another worker look at the same duties meanwhile.
    """
    sweeping.need_agreement(ours, at)
    over = _over(at=at)
    held = _held_by({one.member_id for one in over})
    seen = _to_offer(over, held, store.find(TEAMS, id__in=sorted({one.team_id for one in held})), at=at)
    if not seen:
        return 0
    about = sorted({step.change.after.referral_id for step in seen})
    teams = store.steady_where(TEAMS, id__in=sorted({step.change.after.owner_team_id for step in seen}))
    over = store.lock_where(DUTIES, id__in=[one.id for one in over])
    store.lock_where(REFERRALS, id__in=about)
    held = store.lock_where(HOLDINGS, referral_id__in=about, until_at=None)
    made = _to_offer(over, held, teams, at=at)
    for team in teams:
        own = [step for step in made if step.change.after.owner_team_id == team.id]
        store.save(own, by=replace(by, agency_id=team.agency_id), at=at)
    return len(made)


def _over(*, at: datetime) -> list[Duty]:
    """Duties that end soon or have ended not long ago, and those that somebody was taken off."""
    soon = at + timedelta(minutes=seeing.most("holder_off_minutes", at=at))
    since = at - timedelta(days=seeing.most("holder_off_days", at=at))
    found = store.find(DUTIES, until_at__after=since, until_at__before=soon)
    found += store.find(DUTIES, taken_off_at__after=since)
    return [one for _, one in sorted({one.id: one for one in found}.items())]


def _held_by(members: Collection[UUID]) -> list[Holding]:
    return store.find(HOLDINGS, member_id__in=sorted(members), until_at=None) if members else []


def _to_offer(
    over: Sequence[Duty], held: Sequence[Holding], teams: Sequence[Team], *, at: datetime
) -> Steps:
    """What is to be offered on of these holdings."""
    if not held:
        return ()
    about = sorted({one.referral_id for one in held})
    members = sorted({one.member_id for one in over})
    return alarm.after_duty(
        over,
        duties=store.find(DUTIES, member_id__in=members, until_at__after=at),
        holdings=held,
        teams=teams,
        promises=store.find(PROMISES, referral_id__in=about),
        person_of={one.id: one.person_id for one in store.find(REFERRALS, id__in=about)},
        at=at,
    )
