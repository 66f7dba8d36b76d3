"""
Indexes over the rows, so that a place of 300,000 referrals answers as quickly as one of 30.

Each is kept in step with the rows by `update` and holds ids only. What is open for a team or a
member is a dict used as an ordered set: it keeps its order, so the same history gives the same lists.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import UUID

from nowrongdoor.rules.about_me import AboutAnswer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.circle import InCircle
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.crew import Seat
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.escalation import Climb, Reply
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.merging import Merge
from nowrongdoor.rules.opening import Opening, OpeningKind
from nowrongdoor.rules.permission import Permission
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.police_path import PolicePath
from nowrongdoor.rules.police_review import PoliceReview
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.register import LINKED, RegisterLink
from nowrongdoor.rules.rota import Duty
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.stage import Stage
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.rules.visit_record import Going, Visit
from nowrongdoor.rules.words import HandoverState, PromiseState
from nowrongdoor.sim.opened import Open


class Indexes:
    def __init__(self) -> None:
        self.holdings_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.handovers_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.stages_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.statutory_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.police_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.police_reviews_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.police_paths_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.care_contacts_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.services_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.promises_about: dict[UUID, list[UUID]] = defaultdict(list)
        self.escalations_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.climbs_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.replies_to: dict[UUID, list[UUID]] = defaultdict(list)
        self.referrals_from: dict[UUID, list[UUID]] = defaultdict(list)
        self.memberships_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.memberships_in: dict[UUID, list[UUID]] = defaultdict(list)
        self.glass_broken_by: dict[UUID, list[UUID]] = defaultdict(list)
        self.decisions_about: dict[UUID, list[UUID]] = defaultdict(list)
        self.openings_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.duties_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.answers_about: dict[UUID, list[UUID]] = defaultdict(list)
        self.circle_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.permissions_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.seats_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.skills_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.seats_in: dict[UUID, list[UUID]] = defaultdict(list)
        self.goings_of: dict[UUID, list[UUID]] = defaultdict(list)
        self.every_visit_about: dict[UUID, list[UUID]] = defaultdict(list)
        self.goings_on: dict[UUID, list[UUID]] = defaultdict(list)
        self.agency_of: dict[UUID, UUID] = {}
        self.referrals_about = Open()
        self.contacts_about = Open()
        self.seals_on = Open()
        self.held_by_team = Open()
        self.held_by_member = Open()
        self.offered_to_team = Open()
        self.owed_by_team = Open()
        self.owed_by_member = Open()
        self.people_by_number = Open()
        self.people_by_name = Open()
        self.works_as = Open()
        self.merged = Open()
        self.linked = Open()
        self.visits_about = Open()
        self.visits_of_team = Open()
        self.visits_of_crew = Open()
        self._on: dict[type, Callable[[Any, Any], None]] = {
            Holding: self._holding,
            Handover: self._handover,
            Stage: self._stage,
            StatutoryClock: self._statutory,
            PoliceDecision: self._police,
            PoliceReview: self._police_review,
            PolicePath: self._police_path,
            CareContact: self._care_contact,
            Service: self._service,
            Promise: self._promise,
            Person: self._person,
            Merge: self._merge,
            RegisterLink: self._register_link,
            Escalation: self._escalation,
            Climb: self._climb,
            Reply: self._reply,
            Referral: self._referral,
            Membership: self._membership,
            Opening: self._opening,
            SharingDecision: self._decision,
            Seal: self._seal,
            Contact: self._contact,
            Team: self._team,
            Duty: self._duty,
            AboutAnswer: self._about,
            InCircle: self._in_circle,
            Permission: self._permission,
            Seat: self._seat,
            Skill: self._skill,
            Visit: self._visit,
            Going: self._going,
        }

    def update(self, kind: type, before: Any, after: Any) -> None:
        """One row came to be or changed."""
        on = self._on.get(kind)
        if on is not None:
            on(before, after)

    def _holding(self, before: Holding | None, after: Holding) -> None:
        if before is None:
            self.holdings_of[after.referral_id].append(after.id)
        was = before if before is not None and before.until_at is None else None
        now = after if after.until_at is None else None
        self.held_by_team.move(after.id, out_of=was and was.team_id, into=now and now.team_id)
        self.held_by_member.move(after.id, out_of=was and was.member_id, into=now and now.member_id)

    def _handover(self, before: Handover | None, after: Handover) -> None:
        if before is None:
            self.handovers_of[after.referral_id].append(after.id)
        waited = before is not None and before.state == HandoverState.OFFERED
        waits = after.state == HandoverState.OFFERED
        self.offered_to_team.move(
            after.id,
            out_of=after.receiver_team_id if waited else None,
            into=after.receiver_team_id if waits else None,
        )

    def _stage(self, before: Stage | None, after: Stage) -> None:
        if before is None:
            self.stages_of[after.referral_id].append(after.id)

    def _statutory(self, before: StatutoryClock | None, after: StatutoryClock) -> None:
        if before is None:
            self.statutory_of[after.referral_id].append(after.id)

    def _about(self, before: AboutAnswer | None, after: AboutAnswer) -> None:
        if before is None:
            self.answers_about[after.person_id].append(after.id)

    def _police(self, before: PoliceDecision | None, after: PoliceDecision) -> None:
        if before is None:
            self.police_of[after.referral_id].append(after.id)

    def _police_review(self, before: PoliceReview | None, after: PoliceReview) -> None:
        if before is None:
            self.police_reviews_of[after.decision_id].append(after.id)

    def _police_path(self, before: PolicePath | None, after: PolicePath) -> None:
        if before is None:
            self.police_paths_of[after.referral_id].append(after.id)

    def _in_circle(self, before: InCircle | None, after: InCircle) -> None:
        if before is None:
            self.circle_of[after.person_id].append(after.id)

    def _permission(self, before: Permission | None, after: Permission) -> None:
        if before is None:
            self.permissions_of[after.person_id].append(after.id)

    def _seat(self, before: Seat | None, after: Seat) -> None:
        if before is None:
            self.seats_of[after.member_id].append(after.id)
            self.seats_in[after.crew_id].append(after.id)

    def _skill(self, before: Skill | None, after: Skill) -> None:
        if before is None:
            self.skills_of[after.member_id].append(after.id)

    def _visit(self, before: Visit | None, after: Visit) -> None:
        """The open ones: under whom they are about, whose crews go, and the crew that has them."""
        if before is None:
            self.every_visit_about[after.referral_id].append(after.id)
        was = before if before is not None and before.ended_at is None else None
        now = after if after.ended_at is None else None
        self.visits_about.move(after.id, out_of=was and was.referral_id, into=now and now.referral_id)
        self.visits_of_team.move(after.id, out_of=was and was.team_id, into=now and now.team_id)
        self.visits_of_crew.move(after.id, out_of=was and was.crew_id, into=now and now.crew_id)

    def _going(self, before: Going | None, after: Going) -> None:
        if before is None:
            self.goings_of[after.member_id].append(after.id)
            self.goings_on[after.visit_id].append(after.id)

    def _care_contact(self, before: CareContact | None, after: CareContact) -> None:
        if before is None:
            self.care_contacts_of[after.referral_id].append(after.id)

    def _service(self, before: Service | None, after: Service) -> None:
        if before is None and after.team_id is not None:
            self.services_of[after.team_id].append(after.id)

    def _promise(self, before: Promise | None, after: Promise) -> None:
        if before is None:
            for about in (after.referral_id, after.contact_id, after.person_id):
                if about is not None:
                    self.promises_about[about].append(after.id)
        was = before if before is not None and before.state == PromiseState.OPEN else None
        now = after if after.state == PromiseState.OPEN else None
        self.owed_by_team.move(after.id, out_of=was and was.owner_team_id, into=now and now.owner_team_id)
        self.owed_by_member.move(
            after.id, out_of=was and was.owner_member_id, into=now and now.owner_member_id
        )

    def _person(self, before: Person | None, after: Person) -> None:
        self.people_by_number.move(after.id, out_of=before and before.nhs_number, into=after.nhs_number)
        self.people_by_name.move(after.id, out_of=before and _name(before), into=_name(after))

    def _merge(self, before: Merge | None, after: Merge) -> None:
        self.merged.move(after.id, out_of=before and before.state, into=after.state)

    def _register_link(self, before: RegisterLink | None, after: RegisterLink) -> None:
        self.linked.move(after.id, out_of=before and _numbered(before), into=_numbered(after))

    def _escalation(self, before: Escalation | None, after: Escalation) -> None:
        self.escalations_of[after.promise_id].append(after.id)

    def _climb(self, before: Climb | None, after: Climb) -> None:
        self.climbs_of[after.clock_id].append(after.id)

    def _reply(self, before: Reply | None, after: Reply) -> None:
        self.replies_to[after.clock_id].append(after.id)

    def _referral(self, before: Referral | None, after: Referral) -> None:
        if before is None and after.contact_id is not None:
            self.referrals_from[after.contact_id].append(after.id)
        self.referrals_about.move(after.id, out_of=before and before.person_id, into=after.person_id)

    def _contact(self, before: Contact | None, after: Contact) -> None:
        self.contacts_about.move(after.id, out_of=before and before.person_id, into=after.person_id)

    def _team(self, before: Team | None, after: Team) -> None:
        self.agency_of[after.id] = after.agency_id

    def _duty(self, before: Duty | None, after: Duty) -> None:
        if before is None:
            self.duties_of[after.member_id].append(after.id)

    def _membership(self, before: Membership | None, after: Membership) -> None:
        self.works_as.move(after.id, out_of=before and before.role, into=after.role)
        if before is None:
            self.memberships_of[after.member_id].append(after.id)
            self.memberships_in[after.team_id].append(after.id)

    def _opening(self, before: Opening | None, after: Opening) -> None:
        if before is not None:
            return
        self.openings_of[after.person_id].append(after.id)
        if after.kind == OpeningKind.BREAK_GLASS:
            self.glass_broken_by[after.member_id].append(after.id)

    def _seal(self, before: Seal | None, after: Seal) -> None:
        stood = before is not None and before.lifted_at is None
        stands = after.lifted_at is None
        # On its person too, where it has one: a seal on one of their items is theirs as well.
        for about in (after.person_id, after.referral_id or after.contact_id):
            self.seals_on.move(after.id, out_of=about if stood else None, into=about if stands else None)

    def _decision(self, before: SharingDecision | None, after: SharingDecision) -> None:
        if before is None:
            for about in (after.person_id, after.referral_id):
                if about is not None:
                    self.decisions_about[about].append(after.id)


def _name(person: Person) -> tuple[str, str] | None:
    # A person without a name is like nobody else without one.
    name = (person.family_key, person.given_key)
    return name if any(name) else None


def _numbered(link: RegisterLink) -> tuple[UUID, str] | None:
    """Whose number of which agency stands for somebody, while it does."""
    return (link.agency_id, link.number_key) if link.state == LINKED else None
