"""Leads who keep the rota: who is on call in each agency, somebody who falls ill, and a team with nobody."""

from datetime import timedelta

from nowrongdoor.rules.access import Viewer
from nowrongdoor.sim import county
from nowrongdoor.sim.actors.shift import Shift

BEFORE, AHEAD = timedelta(hours=9), timedelta(days=6)
# One desk has nobody as its duty lead, so that the next rung hears; another falls ill.
NOBODY, ILL = "edt", "therapy"
WORDS = "Off with flu since this morning."


def keep_rota(shift: Shift) -> None:
    """Every team has a duty lead, but for one; every agency of several teams a manager and an executive."""
    teams: dict[str, list[str]] = {}
    for plan in county.TEAMS:
        if plan.key not in shift.closed:
            teams.setdefault(plan.agency, []).append(plan.key)
    for own in teams.values():
        for key in own:
            if key != NOBODY:
                _put_on(shift, shift.roster.lead(key), key, "duty_lead")
        for rung, key in zip(("on_call_manager", "executive"), own, strict=False):
            _put_on(shift, shift.roster.lead(key), None, rung)


def _put_on(shift: Shift, who: Viewer, team: str | None, rung: str) -> None:
    duty_id = shift.id()
    shift.place.rota.put_on(
        duty_id=duty_id,
        team_id=shift.roster.team_id(team) if team else None,
        member_id=who.member_id,
        rung=rung,
        phone=f"01632 960{100 + sum(map(ord, who.member_name)) % 900}",
        from_at=shift.at,
        until_at=shift.until + AHEAD,
        by=who,
        at=shift.tick(),
    )
    if team == ILL:
        shift.place.rota.take_off(duty_id=duty_id, words=WORDS, by=who, at=shift.tick(), seen=1)
