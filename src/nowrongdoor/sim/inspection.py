"""
The inspector: gathers the facts that belong together and holds them against `invariants`.

After each act only what the act touched is looked at, so that a walk of thousands of acts is
inspected at every step; at the end the whole place is, and the journal with it.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.change import Step
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding, ReHoming
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.rules.visit import now_going
from nowrongdoor.rules.visit_record import Going, Visit
from nowrongdoor.rules.words import HandoverState, PromiseKind
from nowrongdoor.sim import invariants, police_invariants, talk_invariants, visit_invariants
from nowrongdoor.sim.invariants import Found
from nowrongdoor.sim.rows import Entry, Rows


class Inspector:
    """Looks at the rows of one place."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.tables = rows.tables
        self.indexes = rows.indexes
        self._gaps: set[UUID] = set()

    def after_act(self) -> Found:
        """What the last act broke, if anything."""
        referrals: set[UUID] = set()
        promises: dict[UUID, Promise] = {}
        found: Found = []
        for step in self.rows.last:
            after = step.change.after
            found += _one_version_later(step)
            kind = type(after)
            if kind is Referral:
                referrals.add(after.id)
                found += self._closing(step)
            elif kind is Promise:
                promises[after.id] = after
                if after.referral_id is not None:
                    referrals.add(after.referral_id)
            elif kind is Escalation:
                found += invariants.raised_to_someone(after, self.tables[Team])
            elif kind is Contact:
                found += self._contact(after)
                found += invariants.contact_closed_with_nothing_owed(step, self._about(after.id))
            elif kind is PoliceDecision:
                found += self._police(after)
                # As it was made: once it is seen or disputed, a handover may have been told late.
                held = self._held(after.referral_id)
                if step.before is None and police_invariants.without_a_holder(after, held):
                    self._gaps.add(after.id)
                    found.append(f"Police: {after.id} is a no without a holder who accepted")
            elif kind is Visit:
                referrals.add(after.referral_id)
                found += visit_invariants.given_by_somebody(step)
                if step.change.kind == "visit.assigned":
                    found += self._may_go(after)
            elif kind is Going:
                found += self._whereabouts(after.member_id)
            elif kind is Crew:
                found += self._shift(after)
            elif kind is Person:
                found += invariants.what_waits_is_shown(after, self._about(after.id))
            elif kind is Team:
                referrals |= self._touching(after.id)
                promises |= {key: self.tables[Promise][key] for key in self.indexes.owed_by_team.of(after.id)}
            elif kind is Membership:
                held = self.rows.several(Holding, self.indexes.held_by_member.of(after.member_id))
                referrals |= {one.referral_id for one in held}
            elif kind in (Holding, Handover, ReHoming):
                referrals.add(after.referral_id)
        found += talk_invariants.held_to(self.rows.last)
        for referral_id in referrals:
            found += self._referral(self.tables[Referral][referral_id])
        for promise in promises.values():
            found += self._promise(promise)
        return found

    def whole(self, journal: Iterable[Entry] = ()) -> Found:
        """Everything that is wrong anywhere, and every row that is not what its journal says."""
        found: Found = []
        for referral in self.rows.every(Referral):
            found += self._referral(referral)
        for promise in self.rows.every(Promise):
            found += self._promise(promise)
        for contact in self.rows.every(Contact):
            found += self._contact(contact)
        for decision in self.rows.every(PoliceDecision):
            found += self._police(decision)
        for person in self.rows.every(Person):
            found += invariants.what_waits_is_shown(person, self._about(person.id))
        for member_id in {one.member_id for one in self.rows.every(Going)}:
            found += self._whereabouts(member_id)
        for crew in self.rows.every(Crew):
            found += self._shift(crew)
        journal = list(journal)
        # Somebody may tell late that a team closed: what was raised to it before they did found it open.
        last = {one.after.id: number for number, one in enumerate(journal)}
        for escalation in self.rows.every(Escalation):
            if last.get(escalation.to_team_id, -1) <= last.get(escalation.id, 0):
                found += invariants.raised_to_someone(escalation, self.tables[Team])
        return found + self._journal(journal)

    def _journal(self, journal: Iterable[Entry]) -> Found:
        told: dict[UUID, list[dict[str, list[Any]]]] = defaultdict(list)
        for entry in journal:
            told[entry.after.id].append(entry.changes)
        if not told:
            return []
        found: Found = []
        for row in self.rows.everything():
            found += invariants.row_is_its_journal(row, told[row.id])
        return found

    def _referral(self, referral: Referral) -> Found:
        tables, indexes = self.tables, self.indexes
        held = tables[Holding]
        holdings: list[Holding] = [held[key] for key in indexes.holdings_of.get(referral.id, ())]
        last = holdings[-1] if holdings else None
        holding = last if last is not None and last.until_at is None else None
        offers: dict[UUID, Handover] = {
            key: tables[Handover][key] for key in indexes.handovers_of.get(referral.id, ())
        }
        return [
            *invariants.one_holder(referral, holdings),
            *invariants.changed_hands_rightly(holdings, offers, tables[ReHoming]),
            *invariants.re_homing_is_answered(holding, tables[ReHoming], self._about(referral.id)),
            *invariants.one_live_offer(referral, holding, offers, tables[Team]),
            *self._holder(holding),
            *invariants.due_by_its_standard(referral),
            *invariants.states_agree(referral, self._about(referral.id)),
            *invariants.loop_is_raised(referral, offers.values(), self._about(referral.id)),
            *self._visits(referral, holding),
        ]

    def _visits(self, referral: Referral, holding: Holding | None) -> Found:
        rows, indexes = self.rows, self.indexes
        visits = rows.several(Visit, indexes.every_visit_about.get(referral.id, ()))
        if not visits:
            return []
        teams = rows.several(Team, sorted({one.team_id for one in visits}))
        closed = {one.id for one in teams if one.closed_at is not None}
        about = self._about(referral.id)
        found = visit_invariants.none_is_forgotten(visits, referral, holding, about, closed)
        for one in visits:
            goings = rows.several(Going, indexes.goings_on.get(one.id, ()))
            crew = self.tables[Crew].get(one.crew_id) if one.crew_id else None
            found += visit_invariants.goes_as_planned(one, crew, goings)
            found += visit_invariants.has_its_team(one, self.tables[Team][one.team_id])
        return found

    def _may_go(self, one: Visit) -> Found:
        goings = self.rows.several(Going, self.indexes.goings_on.get(one.id, ()))
        going = {each.member_id for each in now_going(one, goings)}
        sitting = self.indexes.seats_in.get(one.crew_id, ()) if one.crew_id else ()
        seats = self.rows.several(Seat, sitting)
        held = [key for member in sorted(going) for key in self.indexes.skills_of.get(member, ())]
        mine = [seat for seat in seats if seat.member_id in going]
        return visit_invariants.may_go(one, mine, self.rows.several(Skill, held))

    def _whereabouts(self, member_id: UUID) -> Found:
        goings = self.rows.several(Going, self.indexes.goings_of.get(member_id, ()))
        return visit_invariants.in_one_place(member_id, goings)

    def _shift(self, crew: Crew) -> Found:
        waiting = self.rows.several(Visit, self.indexes.visits_of_crew.of(crew.id))
        return visit_invariants.shift_ended_on_nobody(crew, waiting)

    def _holder(self, holding: Holding | None) -> Found:
        if holding is None:
            return []
        works: list[Membership] = []
        if holding.member_id is not None:
            works = self.rows.several(Membership, self.indexes.memberships_of.get(holding.member_id, ()))
        return invariants.holder_is_there(holding, self.tables[Team], works)

    def _promise(self, promise: Promise) -> Found:
        raised = self.rows.several(Escalation, self.indexes.escalations_of.get(promise.id, ()))
        return invariants.promise_is_owed(promise, raised, self.tables[Team])

    def _contact(self, contact: Contact) -> Found:
        return invariants.contact_is_answered(contact, self._about(contact.id))

    def _closing(self, step: Step) -> Found:
        referral: Referral = step.change.after
        offers = self.rows.several(Handover, self.indexes.handovers_of.get(referral.id, ()))
        live = sum(one.state == HandoverState.OFFERED for one in offers)
        other = self.tables[Referral].get(referral.duplicate_of_id) if referral.duplicate_of_id else None
        statutory = self.rows.several(StatutoryClock, self.indexes.statutory_of.get(referral.id, ()))
        police = self.rows.several(PoliceDecision, self.indexes.police_of.get(referral.id, ()))
        owed = self._about(referral.id)
        return [
            *invariants.closed_with_nothing_owed(step, live, owed, other, statutory),
            *police_invariants.closed_and_settled(step, police),
        ]

    def declined(self) -> tuple[int, int]:
        """How often the police did not attend, and how often of these nobody had accepted."""
        every = [one for one in self.rows.every(PoliceDecision) if one.outcome == "not_attending"]
        return len(every), len(self._gaps)

    def missed(self) -> tuple[int, int]:
        """How often nobody was at home, and how often whoever was alone did not say that they were safe."""
        nobody = sum(one.outcome == visit_invariants.NOT_AT_HOME for one in self.rows.every(Visit))
        words = [one.id for one in self.rows.every(Promise) if one.kind == PromiseKind.CHECK_IN]
        return nobody, sum(bool(self.indexes.climbs_of.get(key)) for key in words)

    def _police(self, decision: PoliceDecision) -> Found:
        return police_invariants.leave_no_gap(decision, self._about(decision.referral_id))

    def _held(self, referral_id: UUID) -> list[Holding]:
        return self.rows.several(Holding, self.indexes.holdings_of.get(referral_id, ()))

    def _about(self, subject_id: UUID) -> list[Promise]:
        return self.rows.several(Promise, self.indexes.promises_about.get(subject_id, ()))

    def _touching(self, team_id: UUID) -> set[UUID]:
        """Referrals a team holds, has been offered or sends a crew for."""
        held = self.rows.several(Holding, self.indexes.held_by_team.of(team_id))
        offered = self.rows.several(Handover, self.indexes.offered_to_team.of(team_id))
        visits = self.rows.several(Visit, self.indexes.visits_of_team.of(team_id))
        sent = {one.referral_id for one in visits}
        return {one.referral_id for one in held} | {one.referral_id for one in offered} | sent


def _one_version_later(step: Step) -> Found:
    before, after = step.before, step.change.after
    if after.version != (before.version + 1 if before is not None else 1):
        return [f"Version: {type(after).__name__} {after.id} went from one version to another than the next"]
    return []
