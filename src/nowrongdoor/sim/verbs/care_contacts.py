"""When staff were in touch with the person: a fact on record, which stops the clocks it is a fact of."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, alarm, care_contact
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.change import Steps
from nowrongdoor.sim.verbs.held import THE_HOLDER, Held, Verbs


class CareContacts(Verbs):
    def record(
        self,
        *,
        care_contact_id: UUID,
        referral_id: UUID,
        way: str,
        words: str,
        happened_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Record that the team that holds was in touch with the person, how and when, or tried to be."""
        held = self.hold(referral_id)
        access.need(by, "care_contact.record", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        steps = self.recording(
            held, care_contact_id, way=way, words=words, happened_at=happened_at, by=by, at=at
        )
        self.rows.apply(steps, by=by, at=at)

    def recording(
        self,
        held: Held,
        care_contact_id: UUID,
        *,
        way: str,
        words: str,
        happened_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> Steps:
        """What is true once it is recorded, whichever way they came to write it."""
        referral_id = held.referral.id
        steps = care_contact.record(
            held.referral,
            stages=self.stages(referral_id),
            care_contact_id=care_contact_id,
            way=way,
            words=words,
            happened_at=happened_at,
            team_id=by.team_id,
            by=by.member_id,
            at=at,
        )
        raised = alarm.after_try(
            held.referral,
            tried=steps[0].change.after,
            others=self.rows.several(
                CareContact, self.rows.indexes.care_contacts_of.get(referral_id, ())
            ),
            holder_id=held.holding.team_id,
            open_promises=self.open_promises(referral_id),
            at=at,
        )
        return (*steps, *raised)
