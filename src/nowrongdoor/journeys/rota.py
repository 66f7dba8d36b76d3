"""The rota: a lead puts a member on call, and takes off whoever cannot go on."""

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
from nowrongdoor.rules.change import AlreadyRecorded, Missing
from nowrongdoor.rules.law import seeing


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

    Nobody's act: time has passed. The team holds all along. Those who look at the same duties wait. Refused,
    as a sweep is, when `ours`, the clock of this process, believes another time.
    """
    sweeping.need_agreement(ours, at)
    soon = at + timedelta(minutes=seeing.most("holder_off_minutes", at=at))
    since = at - timedelta(days=seeing.most("holder_off_days", at=at))
    over = {one.id: one for one in store.find(DUTIES, until_at__after=since, until_at__before=soon)}
    over |= {one.id: one for one in store.find(DUTIES, taken_off_at__after=since)}
    ending = store.lock_where(DUTIES, id__in=sorted(over)) if over else []
    members = sorted({one.member_id for one in ending if one.team_id is not None})
    held = store.find(HOLDINGS, member_id__in=members, until_at=None) if members else []
    if not held:
        return 0
    about = [one.referral_id for one in held]
    steps = alarm.after_duty(
        ending,
        duties=store.find(DUTIES, member_id__in=members, until_at__after=at),
        holdings=held,
        promises=store.find(PROMISES, referral_id__in=about),
        person_of={one.id: one.person_id for one in store.find(REFERRALS, id__in=about)},
        at=at,
    )
    agencies = {one.team_id: one.agency_id for one in ending if one.team_id is not None}
    for team_id in sorted({step.change.after.owner_team_id for step in steps}):
        own = [step for step in steps if step.change.after.owner_team_id == team_id]
        store.save(own, by=replace(by, agency_id=agencies[team_id]), at=at)
    return len(steps)
