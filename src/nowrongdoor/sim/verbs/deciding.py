"""What others may know is decided and withdrawn, and what they may not know of is sealed and opened again."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, agreement, sealing, sharing
from nowrongdoor.rules.access import Sight, Viewer
from nowrongdoor.rules.agency import Agency, Member, Team
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against, Seal
from nowrongdoor.rules.sharing import Grounds, SharingDecision
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs
from nowrongdoor.sim.verbs.merges import sealed_as_one


class Sharing(Verbs):
    def decide(
        self,
        *,
        decision_id: UUID,
        person_id: UUID,
        to_team_id: UUID,
        purpose: str,
        grounds: Grounds,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Share with a team; what no agreement covers is looked into."""
        access.need(by, "sharing.decide", at=at)
        to = self._to(to_team_id, by=by)
        standing.need_person(self.rows, person_id, by=by, at=at)
        sealing.need_not_kept_safe_from(to, standing.seals_on(self.rows, person_id))
        stands = [one for one in self.decisions(person_id) if one.person_id == person_id]
        sharing.need_new(stands, decision_id=decision_id, to=to, purpose=purpose)
        self._decide(decision_id, person_id, to, purpose, grounds, by=by, at=at)

    def override(
        self,
        *,
        decision_id: UUID,
        person_id: UUID,
        to_team_id: UUID,
        words: str,
        told: str,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Share without consent to keep someone safe, and ask that somebody look into it."""
        access.need(by, "sharing.override", at=at)
        to = self._to(to_team_id, by=by)
        standing.need_person(self.rows, person_id, by=by, at=at)
        grounds = Grounds(sharing.OVERRIDE, words, told)
        self._decide(decision_id, person_id, to, self.usual_purpose(to, at=at), grounds, by=by, at=at)

    def withdraw(self, *, decision_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """No longer shared: the view it opened closes with this act."""
        access.need(by, "sharing.withdraw", at=at)
        self.own_team(by)
        found = self.rows.one(SharingDecision, decision_id)
        if found.referral_id is not None:
            standing.need_referral(self.rows, found.referral_id, by=by, at=at)
        elif found.person_id is not None:
            standing.need_person(self.rows, found.person_id, by=by, at=at)
        decided = self.rows.seen(SharingDecision, decision_id, seen)
        self.rows.apply((sharing.withdraw(decided, words=words, by=by.member_id, at=at),), by=by, at=at)

    def _to(self, to_team_id: UUID, *, by: Viewer) -> Team:
        to = self.rows.one(Team, to_team_id)
        self.own_team(by)
        sharing.need_other_team(to, own_id=by.team_id)
        return to

    def _decide(
        self,
        decision_id: UUID,
        person_id: UUID,
        to: Team,
        purpose: str,
        grounds: Grounds,
        *,
        by: Viewer,
        at: datetime,
    ) -> None:
        decided = sharing.decide(
            decision_id=decision_id,
            person_id=person_id,
            referral_id=None,
            handover_id=None,
            to_team_id=to.id,
            by_team_id=by.team_id,
            purpose=purpose,
            grounds=grounds,
            by=by.member_id,
            at=at,
        )
        covered = by.agency_id == to.agency_id or agreement.covers(
            self.rows.every(Agreement),
            one=by.agency_id,
            other=to.agency_id,
            purpose=purpose,
            on=local_date(at),
        )
        asked = sharing.reviewed(decided, is_covered=bool(covered), by_agency_id=by.agency_id, at=at)
        self.rows.apply((decided, *asked), by=by, at=at)


class Seals(Verbs):
    def put(
        self,
        *,
        seal_id: UUID,
        person_id: UUID | None,
        referral_id: UUID | None,
        contact_id: UUID | None,
        why: str,
        words: str,
        against: Against = NOBODY_NAMED,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Seal a referral or a contact, or restrict a whole person."""
        access.need(by, "seal.put", at=at)
        team = self.own_team(by)
        sealing.need_one(person_id=person_id, referral_id=referral_id, contact_id=contact_id)
        named = {"person_id": person_id, "referral_id": referral_id, "contact_id": contact_id}
        sight, person_id = self._whose(person_id, referral_id, contact_id, by=by, at=at)
        sealing.need_part(sight)
        self._need_there(against)
        put_on = sealing.seal(
            seal_id=seal_id,
            person_id=person_id,
            referral_id=referral_id,
            contact_id=contact_id,
            why=why,
            words=words,
            team_id=team.id,
            against=against,
            by=by.member_id,
            at=at,
        )
        gives_way = standing.gives_way(self.rows, **named, by=by, at=at)
        sealing.need_still_seen(sealing.kept(put_on.change.after), by=by, gives_way=gives_way)
        if seal_id not in self.rows.tables[Seal]:  # the same form sent twice is told so
            sealing.need_unsealed(put_on.change.after, self._on_it(put_on.change.after))
        carried = sealed_as_one(self.rows, put_on.change.after, by=by, at=at)
        self.rows.apply((put_on, *carried), by=by, at=at)

    def lift(self, *, seal_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None:
        """Others may see it again, as far as they could before."""
        access.need(by, "seal.lift", at=at)
        self.own_team(by)
        found = self.rows.one(Seal, seal_id)
        person_id = None if found.referral_id or found.contact_id else found.person_id
        self._whose(person_id, found.referral_id, found.contact_id, by=by, at=at)
        sealed = self.rows.seen(Seal, seal_id, seen)
        lifted = sealing.lift(sealed, words=words, by=by.member_id, at=at)
        carried = sealed_as_one(self.rows, lifted.change.after, by=by, at=at)
        self.rows.apply((lifted, *carried), by=by, at=at)

    def _whose(
        self,
        person_id: UUID | None,
        referral_id: UUID | None,
        contact_id: UUID | None,
        *,
        by: Viewer,
        at: datetime,
    ) -> tuple[Sight, UUID | None]:
        if referral_id is not None:
            sight = standing.need_referral(self.rows, referral_id, by=by, at=at)
            return sight, self.rows.one(Referral, referral_id).person_id
        if contact_id is not None:
            sight = standing.need_contact(self.rows, contact_id, by=by, at=at)
            return sight, self.rows.one(Contact, contact_id).person_id
        assert person_id is not None, "a seal is on something"
        self.rows.one(Person, person_id)
        return standing.need_person(self.rows, person_id, by=by, at=at), person_id

    def _need_there(self, against: Against) -> None:
        if against.agency_id is not None:
            self.rows.one(Agency, against.agency_id)
        if against.member_id is not None:
            self.rows.one(Member, against.member_id)

    def _on_it(self, put_on: Seal) -> list[Seal]:
        key = put_on.referral_id or put_on.contact_id or put_on.person_id
        return self.rows.several(Seal, self.rows.indexes.seals_on.of(key))
