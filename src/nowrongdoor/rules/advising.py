"""
What guidance advised when somebody decided, kept beside what they decided.

Guidance advises and people decide. Where they decide otherwise, one reason is asked, and it is data about the
guidance: to learn from, never to judge anybody by. A sooner response is never held up by a question; a later
one than was advised from answers needs its reason. What nobody asked never makes the advice later.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from nowrongdoor.rules import law, local_guidance, response_advice
from nowrongdoor.rules.change import Refused, Step, Steps, began, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.guidance_versions import Version
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.response_advice import Standing
from nowrongdoor.rules.triage import Decision

REASONS = "advice_reasons"
OTHER = "other"


@dataclass(frozen=True)
class Advice:
    """
    One decision and what guidance advised of it: by which guidance, version and rows, from which inputs.

    `advised` and `decided` are response times. `was_seen`: the decider had it before them. `source_id` is the
    version the place owns, and none is what we ship. `is_beside`: a reviewed version was asked beside the one
    that stood; what it said is kept to compare, and was advice to nobody.
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
    # Advice from before these columns is of what we ship, and was advice.
    source_id: UUID | None = None
    is_beside: bool = False
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
    versions: Sequence[Version] = (),
    agency_id: UUID | None = None,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    What guidance advised of a referral that has just been decided; nothing where nobody asked anything, or
    where it says no response time of ours. What runs beside the version that stands is asked too.

    Refuses a later response than was advised from answers on the decider's screen, without a reason.
    """
    if contact is None or not contact.answers:
        return ()
    on = local_date(at)
    told = response_advice.inputs_of(contact.answers, born_on=person.born_on if person else None, at=at)
    stands = local_guidance.stands(versions, agency_id=agency_id, on=on)
    said = local_guidance.said(stands.model, told, at=at)
    if said is not None:
        _need_reason(decision, compared(said.urgency, decision.urgency, at=at), told, at=at)
    every = [stands, *local_guidance.beside_it(versions, agency_id=agency_id, on=on)]
    kept = (_one(one, decided, decision, told, is_beside=one is not stands, by=by, at=at) for one in every)
    return tuple(step for step in kept if step is not None)


def _one(
    asked: Standing,
    decided: Referral,
    decision: Decision,
    told: Mapping[str, Any],
    *,
    is_beside: bool,
    by: UUID,
    at: datetime,
) -> Step | None:
    said = local_guidance.said(asked.model, told, at=at)
    if said is None:
        return None
    # What is said of a decision that differs would be false of one that does not.
    differs = said.urgency != decision.urgency and not is_beside
    advice = Advice(
        id=key_of(decided, response_advice.GUIDANCE, asked.version_id if is_beside else None),
        referral_id=decided.id,
        guidance=response_advice.GUIDANCE,
        decision=response_advice.DECISION,
        guidance_version=asked.model.version,
        inputs={name: told.get(name) for name in asked.model.inputs_of(response_advice.DECISION)},
        rows=said.rows,
        advised=said.urgency,
        first_step=said.first_step,
        was_seen=decision.saw_advice and not is_beside,
        decided=decision.urgency,
        reason=decision.why_not_advised if differs else "",
        reason_words=decision.why_not_advised_words if differs else "",
        decided_at=at,
        decided_by_id=by,
        source_id=asked.version_id,
        is_beside=is_beside,
    )
    return began("advice.stored", advice)


def key_of(decided: Referral, guidance: str, beside: UUID | None = None) -> UUID:
    """There is one advice of a guidance for one decision, and one of each version beside it."""
    return uuid5(decided.id, f"{guidance} {decided.version} {beside or ''}".strip())


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
