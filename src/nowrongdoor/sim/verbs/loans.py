"""Members are lent to another team, and the loan ended: what they hold there then stays with that team."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, agreement, loan, promise
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.agreement import LENT, Agreement
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Step
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.sim.verbs.agencies import Agencies


class Loans(Agencies):
    def lend(
        self,
        *,
        membership_id: UUID,
        member_id: UUID,
        to_team_id: UUID,
        role: str,
        until_at: datetime,
        by: Viewer,
        at: datetime,
    ) -> None:
        """A member of the viewer's team works for another too, until a time; one lent there, for longer."""
        access.need(by, "loan.lend", at=at)
        own = self.own_team(by)
        to = self.rows.one(Team, to_team_id)
        if membership_id in self.rows.tables[Membership]:
            raise AlreadyRecorded(membership_id)
        step = loan.lend(
            membership_id=membership_id,
            member_id=member_id,
            role=role,
            until_at=until_at,
            own=own,
            to=to,
            works=self._running(self.rows.indexes.memberships_of.get(member_id, ())),
            agreed=self._agreed(own, to, at=at),
            by=by.member_id,
            at=at,
        )
        self.rows.apply((step,), by=by, at=at)

    def end(self, *, membership_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """They work for the team that borrowed them no more; their seats in its crews end."""
        access.need(by, "loan.end", at=at)
        lent = self.rows.one(Membership, membership_id)
        if not lent.is_loan:
            raise Missing(Membership.__name__)
        leads = access.may_do(by, "loan.lend", at=at)
        loan.need_may_end(lent, by_member=by.member_id, by_team=by.team_id, leads=leads)
        lent = self.rows.seen(Membership, membership_id, seen)
        team, indexes = self.rows.one(Team, lent.team_id), self.rows.indexes
        everyone = self._running(indexes.memberships_in.get(team.id, ()))
        sits = self.rows.several(Seat, indexes.seats_of.get(lent.member_id, ()))
        keys = sorted({one.crew_id for one in sits if one.until_at > at})
        crews = [one for one in self.rows.several(Crew, keys) if one.team_id == team.id]
        in_them = [key for one in crews for key in indexes.seats_in.get(one.id, ())]
        waiting = [key for one in crews for key in indexes.visits_of_crew.of(one.id)]
        steps: list[Step] = [
            *loan.end(
                lent,
                team=team,
                colleagues=[one for one in everyone if one.member_id != lent.member_id],
                crews=crews,
                seats=self.rows.several(Seat, sorted(in_them)),
                waiting=self.rows.several(Visit, sorted(waiting)),
                words=words,
                by=by.member_id,
                at=at,
            )
        ]
        for held in self.rows.several(Holding, sorted(indexes.held_by_member.of(lent.member_id))):
            if held.team_id == team.id:
                steps += self._re_home(held, team.id, "member_left", words, by=by, at=at)
        for owed in self.rows.several(Promise, sorted(indexes.owed_by_member.of(lent.member_id))):
            if owed.owner_team_id == team.id:
                steps.append(promise.re_home(owed, team_id=team.id))
        self.rows.apply(steps, by=by, at=at)

    def _running(self, keys: Iterable[UUID]) -> list[Membership]:
        found = self.rows.several(Membership, sorted(keys))
        return [one for one in found if one.until_at is None]

    def _agreed(self, own: Team, to: Team, *, at: datetime) -> Agreement | None:
        if own.agency_id == to.agency_id:
            return None
        between = sorted(self.rows.every(Agreement), key=lambda one: one.id)
        return agreement.aid_covers(
            between, one=own.agency_id, other=to.agency_id, kind=LENT, on=local_date(at)
        )
