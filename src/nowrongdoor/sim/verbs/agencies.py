"""How agencies, teams, members and services come and go, without anyone they hold being let go."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import access, agency, directory, handover, promise, re_homing, suggestion, visit
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.change import Missing, Refused, Step, Steps, began
from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.sim.rows import Facts
from nowrongdoor.sim.verbs.held import Verbs

ENTERED = {
    Agency: "agency.entered",
    Team: "team.opened",
    Member: "member.entered",
    Membership: "membership.began",
}


class Agencies(Verbs):
    def enter(
        self, *, facts: Iterable[Agency | Team | Member | Membership], by: Viewer, at: datetime
    ) -> None:
        """Enter agencies, the teams they open, and the members who join, in the order given."""
        access.need(by, "agency.enter", at=at)
        self.rows.apply([agency.found(ENTERED[type(one)], one) for one in facts], by=by, at=at)

    def close_team(
        self, *, team_id: UUID, successor_id: UUID, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Close a team: its successor holds and owes all it held and owed, and must settle each."""
        access.need(by, "team.close", at=at)
        successor = self.rows.one(Team, successor_id)
        team = self.rows.seen(Team, team_id, seen)
        steps = [agency.close_team(team, successor=successor, at=at)]
        indexes = self.rows.indexes
        visit.need_over(self.rows.several(Visit, sorted(indexes.visits_of_team.of(team_id))))
        for held in self.rows.several(Holding, sorted(indexes.held_by_team.of(team_id))):
            steps += self._re_home(held, successor_id, "team_closed", words, by=by, at=at)
        for offered in self.rows.several(Handover, sorted(indexes.offered_to_team.of(team_id))):
            steps.append(
                handover.withdraw(offered, reason="receiver_closed", words=words, by=by.member_id, at=at)
            )
        for owed in self.rows.several(Promise, sorted(indexes.owed_by_team.of(team_id))):
            steps.append(promise.re_home(owed, team_id=successor_id))
        self.rows.apply(steps, by=by, at=at)

    def leave(self, *, member_id: UUID, words: str, by: Viewer, at: datetime) -> None:
        """A member leaves: what they held and owed by name stays with the team."""
        access.need(by, "member.leave", at=at)
        indexes = self.rows.indexes
        works = self.rows.several(Membership, indexes.memberships_of.get(member_id, ()))
        in_order = sorted(works, key=lambda one: one.id)
        teams = sorted({one.team_id for one in works if one.until_at is None})
        own = self.rows.several(Team, agency.own_places(in_order))
        agency.need_own_agency(own, agency_id=by.agency_id)
        everyone = [one for team in teams for one in indexes.memberships_in.get(team, ())]
        steps: list[Step] = [
            *agency.leave(
                in_order,
                teams=self.rows.several(Team, teams),
                colleagues=[
                    one for one in self.rows.several(Membership, everyone) if one.member_id != member_id
                ],
                at=at,
            )
        ]
        for held in self.rows.several(Holding, sorted(indexes.held_by_member.of(member_id))):
            steps += self._re_home(held, held.team_id, "member_left", words, by=by, at=at)
        for owed in self.rows.several(Promise, sorted(indexes.owed_by_member.of(member_id))):
            steps.append(promise.re_home(owed, team_id=owed.owner_team_id))
        self.rows.apply(steps, by=by, at=at)

    def _re_home(
        self, held: Holding, to_team_id: UUID, reason: str, words: str, *, by: Viewer, at: datetime
    ) -> Steps:
        return re_homing.re_home(
            held,
            referral=self.rows.one(Referral, held.referral_id),
            live_offer=self.live_offer(held.referral_id),
            open_promises=self.open_promises(held.referral_id),
            to_team_id=to_team_id,
            ids=re_homing.ids_for(held.id),
            reason=reason,
            words=words,
            by=by.member_id,
            at=at,
        )


class Services(Verbs):
    def enter(self, *, services: Iterable[Service], by: Viewer, at: datetime) -> None:
        """Enter services in the directory."""
        access.need(by, "service.enter", at=at)
        self.rows.apply([began("service.entered", one) for one in services], by=by, at=at)

    def take_in(self, *, services: Sequence[Service], by: Viewer, at: datetime) -> None:
        """Take in entries of a feed as they are there now; what another keeps is left as it is."""
        for one in services:
            directory.need_feed(one.feed)
        for one in sorted(services, key=lambda one: one.id):
            with suppress(Refused):
                step = directory.take_in(self._had(Service, one.id), one)
                self.rows.apply([step] if step else [], by=by, at=at)

    def miss(self, *, feed: str, had: frozenset[UUID], by: Viewer, at: datetime) -> None:
        """Mark what a feed no longer has."""
        directory.need_feed(feed)
        gone = [one for one in list(self.rows.every(Service)) if one.feed == feed and one.id not in had]
        steps = [step for one in gone if (step := directory.miss(one, at=at)) is not None]
        self.rows.apply(steps, by=by, at=at)

    def say_places(
        self,
        *,
        service_id: UUID,
        state: str,
        places: int | None,
        said_by: str,
        counts_for: timedelta | None,
        opens_again_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Say how many places a service has, or that it is full, and for how long that counts."""
        access.need(by, "service.say_places", at=at)
        self.rows.one(Service, service_id)
        step = directory.say_places(
            self._had(Capacity, service_id),
            service_id=service_id,
            state=state,
            places=places,
            said_by=said_by,
            counts_for=counts_for,
            opens_again_at=opens_again_at,
            at=at,
        )
        self.rows.apply([step], by=by, at=at)

    def confirm(self, *, service_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """The keeper has looked at an entry: it is still right."""
        access.need(by, "service.keep", at=at)
        service = self.rows.seen(Service, service_id, seen)
        suggestion.need_keeper(service, agency_id=by.agency_id)
        self.rows.apply([suggestion.confirm(service, at=at)], by=by, at=at)

    def _had(self, kind: type[Facts], key: UUID) -> Facts | None:
        try:
            return self.rows.one(kind, key)
        except Missing:
            return None
