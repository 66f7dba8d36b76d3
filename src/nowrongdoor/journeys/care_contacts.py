"""When staff were in touch with the person: a fact on record, which stops the clocks it is a fact of."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.stages.facts import CARE_CONTACTS, STAGES
from nowrongdoor.journeys import records
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, alarm, care_contact


@transaction
def record(
    *,
    care_contact_id: UUID,
    referral_id: UUID,
    way: str,
    words: str,
    happened_at: datetime | None,
    by: Viewer,
    at: datetime,
) -> None:
    """
    Record that the team that holds was in touch with the person, how and when, or tried to be.

    The first contact begins the help that was accepted; one try too many raises that they are lost.
    Whoever else changed the referral meanwhile does not keep it from being recorded: it was so.
    """
    held = records.hold(referral_id)
    access.need(
        by, "care_contact.record", at=at, team_id=held.holding.team_id, team="the team that holds this"
    )
    steps = care_contact.record(
        held.referral,
        stages=store.lock_where(STAGES, referral_id=referral_id),
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
        others=store.find(CARE_CONTACTS, referral_id=referral_id),
        holder_id=held.holding.team_id,
        open_promises=records.open_promises(referral_id=referral_id),
        at=at,
    )
    store.save([*steps, *raised], by=by, at=at)
