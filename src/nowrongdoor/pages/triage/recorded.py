"""Whether a decision that was overtaken is already on record: one form sent twice, not two people."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from nowrongdoor.nhsuk.recorded import as_sent
from nowrongdoor.pages.triage.forms import Decide
from nowrongdoor.reading.triage_case import Case
from nowrongdoor.rules import clock, law
from nowrongdoor.rules.promise import Promise


def is_recorded(form: Decide, case: Case, *, member_id: UUID) -> bool:
    """
    This decision, with every one of these answers, by this member, is already on record.

    A second decision from an older page of one's own, or one with an answer changed, is never taken
    for the first.
    """
    kept, referral = form.cleaned_data, case.record.about.referral
    made = {"id": kept["act_id"]}
    offers = [one.handover for one in case.record.handovers if one.handover.id == kept["act_id"]]
    asked = [one.promise for one in case.record.owed if one.promise.id == kept["act_id"]]
    decided: dict[str, Any] = {
        "triaged_by_id": member_id,
        "urgency": kept["urgency"],
        "needs": kept["needs"],
        "triage_words": kept["why"],
    }
    closed = {"closed_by_id": member_id}
    match kept["decision"]:
        case "accept":
            return as_sent(decided, referral) and referral.accepted_at is not None
        case "hand":
            to = {"receiver_team_id": kept["to_team"], "service_id": form.meant()}
            offered = made | to | {"giver_member_id": member_id}
            return (
                as_sent(decided, referral)
                and bool(offers)
                and as_sent(offered | vars(form.message), offers[0])
            )
        case "ask":
            said = {"kind": kept["waits_for"], "asked_of": kept["asked_of"], "words": kept["question"]}
            question = made | said
            return bool(asked) and as_sent(question, asked[0]) and _same_time(kept["within"], asked[0])
        case "advise":
            told = {"told": kept["advice_told"], "told_by": kept["advice_told_by"]}
            return as_sent(decided | closed | told, referral)
        case _:
            told = {"told": kept["duplicate_told"], "told_by": kept["duplicate_told_by"]}
            return as_sent(closed | told | {"duplicate_of_id": kept["other"]}, referral)


def _same_time(within: str, asked: Promise) -> bool:
    standard = law.promise_time(asked.kind, at=asked.made_at).within
    wanted = timedelta(minutes=int(within)) if within else standard
    return clock.due_at(asked.made_at, wanted) == asked.due_at
