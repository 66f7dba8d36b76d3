"""Whether a decision that was overtaken is already on record: one form sent twice, not two people."""

from uuid import UUID

from nowrongdoor.pages.triage.forms import Decide
from nowrongdoor.reading.triage_case import Case


def is_recorded(form: Decide, case: Case, *, member_id: UUID) -> bool:
    """
    This decision, with these answers, by this member, is already on record.

    What makes a row of its own is known by its key; the others by every answer being the same, so
    that a second decision from an older page of one's own is never taken for the first.
    """
    kept, referral = form.cleaned_data, case.record.about.referral
    decided = (
        referral.triaged_by_id == member_id
        and referral.urgency == kept["urgency"]
        and set(referral.needs) == set(kept["needs"])
        and referral.triage_words == kept["why"]
    )
    closed = referral.closed_by_id == member_id
    return {
        "accept": decided and referral.accepted_at is not None,
        "hand": any(one.handover.id == kept["act_id"] for one in case.record.handovers),
        "ask": any(one.promise.id == kept["act_id"] for one in case.record.owed),
        "advise": decided and closed and referral.told == kept["advice_told"],
        "duplicate": closed
        and str(referral.duplicate_of_id) == kept["other"]
        and referral.told == kept["duplicate_told"],
    }[kept["decision"]]
