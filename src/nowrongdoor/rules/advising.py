"""
What guidance advised when somebody decided, kept beside what they decided.

Guidance advises and people decide. Where they decide otherwise, one reason is asked, and it is data about the
guidance: to learn from, never to judge anybody by. A sooner response is never held up by a question; a later
one than was advised from answers needs its reason. What nobody asked never makes the advice later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from nowrongdoor.rules import law, response_advice
from nowrongdoor.rules.change import Refused, Steps, began, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.triage import Decision

REASONS = "advice_reasons"
OTHER = "other"


@dataclass(frozen=True)
class Advice:
    """
    One decision and what guidance advised of it: by which guidance, version and rows, from which inputs.

    `advised` and `decided` are response times. `was_seen`: the decider had it before them.
    """

    id: UUID
    referral_id: UUID
    guidance: str
    decision: str
    guidance_version: str
    inputs: dict[str, Any]
    rows: tuple[int, ...]
    advised: str
    first_step: str
    was_seen: bool
    decided: str
    reason: str
    reason_words: str
    decided_at: datetime
    decided_by_id: UUID
    version: int = field(default=0)


def compared(advised: str, decided: str, *, at: datetime) -> str:
    """How a decision stands to what was advised: `same`, `sooner`, `later`, or `other` at the same time."""
    if advised == decided:
        return "same"
    within = {one.code: one.within for one in law.response_times(on=local_date(at))}
    if advised not in within or decided not in within or within[advised] == within[decided]:
        return "other"
    return "sooner" if within[decided] < within[advised] else "later"


def stored(
    decided: Referral,
    decision: Decision,
    *,
    contact: Contact | None,
    person: Person | None,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    What guidance advised of a referral that has just been decided; nothing where nobody asked anything.

    Refuses a later response than was advised from answers on the decider's screen, without a reason.
    """
    if contact is None or not contact.answers:
        return ()
    born_on = person.born_on if person else None
    _, inputs, outcome = response_advice.asked(contact.answers, born_on=born_on, at=at)
    advised = outcome.value["response"]
    stands = compared(advised, decision.urgency, at=at)
    _need_reason(decision, stands, inputs, at=at)
    differs = stands != "same"
    return (
        began(
            "advice.stored",
            Advice(
                id=key_of(decided, response_advice.GUIDANCE),
                referral_id=decided.id,
                guidance=response_advice.GUIDANCE,
                decision=response_advice.DECISION,
                guidance_version=outcome.version,
                inputs=dict(inputs),
                rows=outcome.rows,
                advised=advised,
                first_step=outcome.value["first_step"] or "",
                was_seen=decision.saw_advice,
                decided=decision.urgency,
                # What is said of a decision that differs would be false of one that does not.
                reason=decision.why_not_advised if differs else "",
                reason_words=decision.why_not_advised_words if differs else "",
                decided_at=at,
                decided_by_id=by,
            ),
        ),
    )


def key_of(decided: Referral, guidance: str) -> UUID:
    """There is one advice of a guidance for one decision."""
    return uuid5(decided.id, f"{guidance} {decided.version}")


def _need_reason(decision: Decision, stands: str, inputs: Mapping[str, object], *, at: datetime) -> None:
    if stands == "same":
        return
    if decision.why_not_advised:
        law.code(REASONS, decision.why_not_advised, at=at, field="why_not_advised")
    if stands != "later" or not decision.saw_advice or not response_advice.is_from_answers(inputs):
        return
    if not decision.why_not_advised:
        raise Refused(
            "This is later than guidance advises. Choose the reason.",
            code="why_not_advised_missing",
            field="why_not_advised",
        )
    if decision.why_not_advised == OTHER:
        need_words(
            decision.why_not_advised_words,
            field="why_not_advised_words",
            ask="Say in a line why you decide later than guidance advises.",
        )
