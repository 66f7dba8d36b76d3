"""Clocks: a sweep takes the steps that running clocks owe, and a person replies to what has climbed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, escalation, rota, sweeping
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import AlreadyRecorded
from nowrongdoor.rules.escalation import Reply
from nowrongdoor.rules.rota import Duty
from nowrongdoor.sim import clocks, standing
from nowrongdoor.sim.verbs.held import Verbs


class Clocks(Verbs):
    def sweep(self, *, ours: datetime, limit: int = 500, by: Viewer, at: datetime) -> tuple[int, int]:
        """Take the steps that running clocks owe by now, the longest overdue first."""
        sweeping.need_agreement(ours, at)
        owing = []
        for one in sorted(clocks.of(self.rows), key=lambda one: (one.due_at, one.id)):
            steps, _ = escalation.look(one, at=at)
            if steps:
                owing.append((one, steps))
        for one, steps in owing[:limit]:
            self.rows.apply(steps, by=replace(by, agency_id=one.agency_id), at=at)
        return len(owing[:limit]), sum(len(steps) for _, steps in owing[:limit])

    def reply(
        self,
        *,
        clock_id: UUID,
        reply_id: UUID,
        step: int,
        decision: str,
        dissent: str,
        told: str,
        rests_until: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Say what is done about a clock that has climbed, who disagreed and what the person was told."""
        if reply_id in self.rows.tables[Reply]:
            raise AlreadyRecorded(reply_id)
        climbed = clocks.one(self.rows, clock_id)
        for_agency = escalation.is_for_agency(climbed, agency_id=by.agency_id) or (
            climbed.agency_id == by.agency_id
            and rota.hears_of(
                by,
                climbed.rung,
                team_id=climbed.team_id,
                duties=[one for one in self.rows.every(Duty) if one.agency_id == by.agency_id],
                at=at,
            )
        )
        access.need(
            by, "clock.reply", at=at, team_id=None if for_agency else climbed.team_id,
            team="the team that is answerable for this",
        )  # fmt: skip
        if climbed.team_id != by.team_id:
            if climbed.referral_id is not None:
                standing.need_referral(self.rows, climbed.referral_id, by=by, at=at)
            elif climbed.contact_id is not None:
                standing.need_contact(self.rows, climbed.contact_id, by=by, at=at)
            elif climbed.person_id is not None:
                standing.need_person(self.rows, climbed.person_id, by=by, at=at)
        replies = self.rows.several(Reply, self.rows.indexes.replies_to.get(clock_id, ()))
        said = escalation.reply(
            climbed,
            reply_id=reply_id,
            step=step,
            before=next((one for one in replies if one.step == climbed.step), None),
            decision=decision,
            dissent=dissent,
            told=told,
            rests_until=rests_until,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((said,), by=by, at=at)
