"""How a network of volunteers is asked to ring somebody just to talk, and what comes of each call."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, agency, talk, talk_asking, talk_worry
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Membership, Team
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.circle import InCircle
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.talk import THE_NETWORK, Talk
from nowrongdoor.rules.talk_asking import About
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.contacts import Contacts


class Talks(Contacts):
    def ask(
        self,
        *,
        talk_id: UUID,
        promise_id: UUID,
        service_id: UUID,
        contact_id: UUID | None,
        referral_id: UUID | None,
        person_id: UUID | None,
        ask_for: str,
        number: str,
        safe_to_call: str,
        agreed: bool,
        suits_from: datetime | None,
        suits_until: datetime | None,
        words: str,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Ask a network to ring somebody, by the time that suits them."""
        access.need(by, "talk.ask", at=at)
        service = self.rows.one(Service, service_id)
        asked = self.rows.one(Team, service.team_id or by.team_id)
        team = self.own_team(by)
        agency.need_open(asked)
        if contact_id is not None:
            person_id = self.rows.one(Contact, contact_id).person_id
            standing.need_contact(self.rows, contact_id, by=by, at=at)
        elif referral_id is not None:
            referred = self.rows.one(Referral, referral_id)
            person_id, contact_id = referred.person_id, referred.contact_id
            standing.need_referral(self.rows, referral_id, by=by, at=at)
        elif person_id is not None:
            standing.need_person(self.rows, person_id, by=by, at=at)
        seals = standing.seals_on(self.rows, person_id) if person_id else ()
        steps = talk_asking.ask(
            talk_asking.owed_to(service, contact_id=contact_id, referral_id=referral_id, person_id=person_id),
            talk_id=talk_id,
            promise_id=promise_id,
            ask_for=ask_for,
            number=number,
            safe_to_call=safe_to_call,
            agreed=agreed,
            suits_from=suits_from,
            suits_until=suits_until,
            words=words,
            is_restricted=talk_asking.is_kept(seals, About(service, contact_id, referral_id, person_id)),
            team_id=team.id,
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def take(self, *, talk_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """Say that one will ring, once it is looked at anew whether the number may be rung."""
        self.own_team(by)
        about, owed = self._call(talk_id, seen=seen)
        access.need(by, "talk.take", at=at, team_id=owed.owner_team_id, team=THE_NETWORK)
        since = [
            one
            for one in self.rows.every(Contact)
            if one.id == owed.contact_id or (owed.person_id and one.person_id == owed.person_id)
        ]
        circle = [one for one in self.rows.every(InCircle) if one.person_id == owed.person_id]
        kept = owed.person_id is not None and self.is_restricted(owed.person_id)
        safe = talk.safe_now(about, since=since, circle=circle)
        steps = talk.take(about, owed, safe_to_call=safe, is_restricted=kept, by=by.member_id, at=at)
        self.rows.apply(steps, by=by, at=at)

    def tell(
        self,
        *,
        talk_id: UUID,
        came_of: str,
        next_id: UUID,
        next_promise_id: UUID,
        next_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Say what came of a call; after so many tries whoever asked has it again."""
        about = self.rows.one(Talk, talk_id)
        team = self._asked(about)
        self.own_team(by)
        works = self.rows.several(Membership, self.rows.indexes.memberships_of.get(about.asked_by_id, ()))
        still = any(one.team_id == about.asked_team_id and one.until_at is None for one in works)
        about, owed = self._call(talk_id, seen=seen)
        access.need(by, "talk.tell", at=at, team_id=owed.owner_team_id, team=THE_NETWORK)
        steps = talk.tell(
            about,
            owed,
            came_of=came_of,
            next_id=next_id,
            next_promise_id=next_promise_id,
            next_at=next_at,
            back_to=(team.id, about.asked_by_id if still and team.id == about.asked_team_id else None),
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def withdraw(self, *, promise_id: UUID, why: str, by: Viewer, at: datetime, seen: int) -> None:
        """Stop a call that was asked for, with a reason that the network reads."""
        access.need(by, "talk.ask", at=at)
        if not any(one.promise_id == promise_id for one in self.rows.every(Talk)):
            raise Missing
        about = self.rows.one(Promise, promise_id)
        if about.person_id is not None:
            standing.need_person(self.rows, about.person_id, by=by, at=at)
        elif about.contact_id is not None:
            standing.need_contact(self.rows, about.contact_id, by=by, at=at)
        elif about.referral_id is not None:
            standing.need_referral(self.rows, about.referral_id, by=by, at=at)
        owed = self.rows.seen(Promise, promise_id, seen)
        self.rows.apply(talk.withdraw(owed, why=why, by=by.member_id, at=at), by=by, at=at)

    def worry(
        self, *, talk_id: UUID, words: str, contact_id: UUID, callback_id: UUID, by: Viewer, at: datetime
    ) -> None:
        """Say what worries one: whoever holds them, or the front door, has a contact and a call back."""
        about = self.rows.one(Talk, talk_id)
        owed = self.rows.one(Promise, about.promise_id)
        access.need(by, "talk.worry", at=at, team_id=owed.owner_team_id, team=THE_NETWORK)
        holdings = [one for one in self.rows.every(Holding) if self._is_theirs(one.referral_id, owed)]
        told = self.rows.one(Team, talk_worry.who_hears(holdings, otherwise=self._asked(about).id))
        self.own_team(by)
        agency.need_open(told)
        steps = talk_worry.worry(
            about,
            owed,
            words=words,
            contact_id=contact_id,
            callback_id=callback_id,
            to_team_id=told.id,
            name=by.member_name,
            agency=self.rows.one(Agency, by.agency_id).name,
            by=by.member_id,
            at=at,
        )
        raised = self.raised(contact_id, owed.person_id, told.id, happened_at=at, at=at)
        self.rows.apply((*steps, *raised), by=by, at=at)

    def _is_theirs(self, referral_id: UUID, owed: Promise) -> bool:
        one = self.rows.one(Referral, referral_id)
        if owed.person_id is not None:
            return one.person_id == owed.person_id
        return one.contact_id == owed.contact_id if owed.contact_id else one.id == owed.referral_id

    def _call(self, talk_id: UUID, *, seen: int) -> tuple[Talk, Promise]:
        about = self.rows.one(Talk, talk_id)
        return about, self.rows.seen(Promise, about.promise_id, seen)

    def _asked(self, about: Talk) -> Team:
        """The team that asked for the call, or whichever answers for its people since it closed."""
        team = self.rows.one(Team, about.asked_team_id)
        while team.closed_at is not None and team.successor_id is not None:
            team = self.rows.one(Team, team.successor_id)
        return team
