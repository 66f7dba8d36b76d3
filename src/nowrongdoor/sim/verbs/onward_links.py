"""Links by which a team in which nobody signs in goes on once it has accepted, over rows in memory."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, answer_link, onward_link
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Member, Membership, Team
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.change import Steps
from nowrongdoor.rules.handover import Handover
from nowrongdoor.sim.rows import Rows
from nowrongdoor.sim.verbs.care_contacts import CareContacts
from nowrongdoor.sim.verbs.handovers import Handovers
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held
from nowrongdoor.sim.verbs.referrals import Referrals


class OnwardLinks(CareContacts):
    """Nothing is sealed in the places that these are played in."""

    def __init__(self, rows: Rows, handovers: Handovers, referrals: Referrals) -> None:
        super().__init__(rows)
        self.handovers, self.referrals = handovers, referrals

    def make(self, *, link_id: UUID, handover_id: UUID, digest: str, by: Viewer, at: datetime) -> None:
        """Make a link by which a team that accepted, and in which nobody signs in, goes on."""
        accepted = self.rows.one(Handover, handover_id)
        giver_id = self.answers_for(accepted.giver_team_id)
        team = "the team that made the offer"
        access.need(by, "answer_link.make", at=at, team_id=giver_id, team=team)
        self.own_team(by)
        keys = self.rows.indexes.memberships_in.get(accepted.receiver_team_id, ())
        steps = onward_link.make(
            accepted,
            held=self.hold(accepted.referral_id).holding,
            giver_id=giver_id,
            link_id=link_id,
            digest=digest,
            to=self.rows.one(Team, accepted.receiver_team_id),
            works=self.rows.several(Membership, keys),
            is_sealed=False,
            open_promises=self.open_promises(accepted.referral_id),
            by=by.member_id,
            at=at,
        )
        self.rows.apply(steps, by=by, at=at)

    def receive(self, *, link_id: UUID, name: str, job: str, device: str, by: Viewer, at: datetime) -> None:
        """Somebody with the link says who they are, and has whom their team holds on their screen."""
        named = answer_link.named(by, name=name, job=job, known=self._known(by), at=at)
        link, accepted, held = self._hold(link_id)
        access.need(by, "onward_link.receive", at=at, team_id=link.team_id, team=THE_HOLDER)
        read = onward_link.receive(
            link,
            accepted=accepted,
            held=held.holding,
            is_sealed=False,
            device=device,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((*named, read), by=by, at=at)

    def write(
        self,
        *,
        link_id: UUID,
        note_id: UUID,
        way: str,
        words: str,
        happened_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Write that they were in touch with the person, how and when, or a note where `way` is empty."""
        link, accepted, held = self._writing(link_id, by=by, at=at)
        owed = self.open_promises(accepted.referral_id)
        touched: Steps = ()
        if way:
            touched = self.recording(
                held, note_id, way=way, words=words, happened_at=happened_at, by=by, at=at
            )
        wrote = onward_link.wrote(
            link,
            accepted=accepted,
            giver_id=self.answers_for(accepted.giver_team_id),
            open_promises=owed,
            note_id=note_id,
            words=onward_link.in_words(way, words, at=at),
            name=answer_link.own_name(by),
            team_name=by.team_name,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((*touched, *wrote), by=by, at=at)

    def close(
        self, *, link_id: UUID, outcome: str, told: str, told_by: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Say what came of it and what the person was told."""
        _, _, held = self._writing(link_id, by=by, at=at, seen=seen)
        self.need_nothing_running(held.referral.id)
        kept = onward_link.closing(
            self.open_promises(held.referral.id),
            name=answer_link.own_name(by),
            team_name=by.team_name,
            by=by.member_id,
            at=at,
        )
        ended = self.referrals.closing(
            held, outcome=outcome, told=told, told_by=told_by, open_promises=(), by=by, at=at
        )
        self.rows.apply((*kept, *ended), by=by, at=at)

    def hand_back(
        self, *, link_id: UUID, handover_id: UUID, words: str, by: Viewer, at: datetime, seen: int
    ) -> None:
        """Ask the giver to take the person back: an offer as any other. The team holds until they accept."""
        _, accepted, held = self._writing(link_id, by=by, at=at, seen=seen)
        to = self.rows.one(Team, self.answers_for(accepted.giver_team_id))
        message = onward_link.hand_back(accepted, words=words, team_name=by.team_name)
        steps = self.handovers.offering(held, handover_id=handover_id, to=to, message=message, by=by, at=at)
        self.rows.apply(steps, by=by, at=at)

    def ask_to_be_rung(
        self, *, link_id: UUID, promise_id: UUID, number: str, words: str, by: Viewer, at: datetime
    ) -> None:
        """Ask the giver to ring: they owe it by a dated time."""
        _, accepted, _ = self._writing(link_id, by=by, at=at)
        asked = onward_link.ask_to_be_rung(
            accepted,
            giver_id=self.answers_for(accepted.giver_team_id),
            promise_id=promise_id,
            number=number,
            words=words,
            name=answer_link.own_name(by),
            team_name=by.team_name,
            at=at,
        )
        self.rows.apply((asked,), by=by, at=at)

    def _writing(
        self, link_id: UUID, *, by: Viewer, at: datetime, seen: int | None = None
    ) -> tuple[AnswerLink, Handover, Held]:
        link = self.rows.one(AnswerLink, link_id)
        answer_link.need_received(link, known=self._known(by), team_name=by.team_name)
        link, accepted, held = self._hold(link_id, seen=seen)
        access.need(by, "onward_link.write", at=at, team_id=link.team_id, team=THE_HOLDER)
        onward_link.need_open(link, accepted=accepted, held=held.holding, is_sealed=False, at=at)
        return link, accepted, held

    def _hold(self, link_id: UUID, *, seen: int | None = None) -> tuple[AnswerLink, Handover, Held]:
        link = self.rows.one(AnswerLink, link_id)
        held = self.hold(link.referral_id, seen=seen)
        accepted = self.rows.one(Handover, link.handover_id)
        return link, accepted, held

    def _known(self, by: Viewer) -> list[Member]:
        found = self.rows.tables[Member].get(by.member_id)
        return [found] if found else []
