"""Links by which a team in which nobody signs in answers one offer, over rows in memory."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, answer_link, onward_link
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Member, Membership, Team
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.change import Refused, Steps
from nowrongdoor.rules.handover import Handover
from nowrongdoor.sim.rows import Rows
from nowrongdoor.sim.verbs.handovers import Handovers
from nowrongdoor.sim.verbs.held import Verbs


class AnswerLinks(Verbs):
    """Nothing is sealed in the places that these are played in."""

    def __init__(self, rows: Rows, handovers: Handovers) -> None:
        super().__init__(rows)
        self.handovers = handovers

    def make(self, *, link_id: UUID, handover_id: UUID, digest: str, by: Viewer, at: datetime) -> None:
        """Make a link for an offer that waits, to a team in which nobody signs in."""
        offered = self.rows.one(Handover, handover_id)
        team = "the team that made the offer"
        access.need(by, "answer_link.make", at=at, team_id=offered.giver_team_id, team=team)
        keys = self.rows.indexes.memberships_in.get(offered.receiver_team_id, ())
        made = answer_link.make(
            offered,
            link_id=link_id,
            digest=digest,
            to=self.rows.one(Team, offered.receiver_team_id),
            works=self.rows.several(Membership, keys),
            is_sealed=False,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((made,), by=by, at=at)

    def receive(
        self, *, link_id: UUID, name: str, job: str, device: str, by: Viewer, at: datetime
    ) -> None:
        """Somebody with the link says who they are, and has the offer on their screen."""
        named = answer_link.named(by, name=name, job=job, known=self._known(by), at=at)
        link, offered = self._hold(link_id, by=by, at=at)
        read = answer_link.receive(
            link, offered=offered, is_sealed=False, device=device, by=by.member_id, at=at
        )
        self.rows.apply((*named, read), by=by, at=at)
        try:
            self.handovers.receive(handover_id=offered.id, by=by, at=at)
        except Refused as refusal:
            if refusal.code != "received":
                raise

    def accept(
        self,
        *,
        link_id: UUID,
        read_back: str,
        holding_id: UUID,
        onward_id: UUID | None = None,
        onward_digest: str = "",
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Whoever has the link takes the person on: the same act as any acceptance."""
        link = self._may_answer(link_id, by=by, at=at)
        self.handovers.accept(
            handover_id=link.handover_id,
            read_back=read_back,
            holding_id=holding_id,
            by=by,
            at=at,
            seen=seen,
        )
        offered, steps = self.rows.one(Handover, link.handover_id), self.rows.last
        onward: Steps = ()
        if onward_id:
            onward = (
                onward_link.link(offered, link_id=onward_id, digest=onward_digest, by=by.member_id, at=at),
            )
        until = onward[0].change.after.until_at if onward else None
        asking = answer_link.ask_after(
            link, offered=offered, steps=steps, team_name=by.team_name, goes_on_until=until, at=at
        )
        self.rows.apply((answer_link.answer(link, at=at), *onward, asking), by=by, at=at)

    def send_back(
        self,
        *,
        link_id: UUID,
        reason: str,
        words: str,
        next_team_id: UUID | None,
        next_handover_id: UUID,
        next_service_id: UUID | None = None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None:
        """Whoever has the link says no, and names who is asked next: the same act as any return."""
        link = self._may_answer(link_id, by=by, at=at)
        self.handovers.send_back(
            handover_id=link.handover_id,
            reason=reason,
            words=words,
            next_team_id=next_team_id,
            next_handover_id=next_handover_id,
            next_service_id=next_service_id,
            by=by,
            at=at,
            seen=seen,
        )
        self.rows.apply((answer_link.answer(link, at=at),), by=by, at=at)

    def withdraw(self, *, link_id: UUID, by: Viewer, at: datetime, seen: int) -> None:
        """Take a link back: whoever has it reads nothing by it any more."""
        giver = self.rows.one(Handover, self.rows.one(AnswerLink, link_id).handover_id).giver_team_id
        team = "the team that made the offer"
        access.need(by, "answer_link.withdraw", at=at, team_id=giver, team=team)
        link = self.rows.seen(AnswerLink, link_id, seen)
        self.rows.apply((answer_link.withdraw(link, by=by.member_id, at=at),), by=by, at=at)

    def _may_answer(self, link_id: UUID, *, by: Viewer, at: datetime) -> AnswerLink:
        link, offered = self._hold(link_id, by=by, at=at)
        answer_link.need_received(link, known=self._known(by), team_name=by.team_name)
        answer_link.need_open(link, offered=offered, is_sealed=False, at=at)
        return link

    def _hold(self, link_id: UUID, *, by: Viewer, at: datetime) -> tuple[AnswerLink, Handover]:
        link = self.rows.one(AnswerLink, link_id)
        offered = self.rows.one(Handover, link.handover_id)
        team = "the team that was asked"
        access.need(by, "answer_link.receive", at=at, team_id=offered.receiver_team_id, team=team)
        return link, offered

    def _known(self, by: Viewer) -> list[Member]:
        found = self.rows.tables[Member].get(by.member_id)
        return [found] if found else []
