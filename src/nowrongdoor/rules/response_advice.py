"""
What guidance advises about how soon: from the answers of the contact, and the age where it is known.

It is advice: whoever triages decides. A question nobody asked counts as not asked and never makes it later.
What is still worth asking is what is not known yet and would change the advice. The version of the guidance
and the rows that speak go with it, so that it can be asked again as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import NOT_ASKED, QUESTIONS
from nowrongdoor.rules.guidance import Model, Outcome, Unreadable, shelf

GUIDANCE = "response_time"
DECISION = "Response time"
KNOWN = ("yes", "no")
NO_QUESTIONS = ("age", "asks_for")


@dataclass(frozen=True)
class Standing:
    """The guidance that stands for whoever asks, and where it comes from; `version_id` of a place's own."""

    model: Model
    label: str
    source: str
    is_verified: bool
    version_id: UUID | None = None


@dataclass(frozen=True)
class ResponseAdvice:
    """`urgency` is a response time, never a level of the person; `to_ask` are codes of questions."""

    urgency: str
    first_step: str
    rows: tuple[int, ...]
    version: str
    inputs: Mapping[str, object]
    because: str
    to_ask: tuple[str, ...]
    label: str
    source: str
    is_verified: bool


def of(
    answers: Mapping[str, str], *, born_on: date | None, at: datetime, stands: Standing | None = None
) -> ResponseAdvice | None:
    """
    What is advised of one contact, by what stands or else by what we ship, and why; none where that says no
    response time of ours, which nobody is kept from deciding by.
    """
    table = stands or shipped(on=local_date(at))
    try:
        inputs, outcome = asked(table.model, answers, born_on=born_on, at=at)
    except Unreadable:
        return None
    said = outcome.value if isinstance(outcome.value, dict) else {}
    if said.get("response") not in {one.code for one in law.response_times(on=local_date(at))}:
        return None
    why = outcome.why
    would_change = {one.input for one in why.changes if any(f"“{said}”" in one.if_it_were for said in KNOWN)}
    unknown = [code for code in inputs if code not in NO_QUESTIONS and inputs[code] not in KNOWN]
    return ResponseAdvice(
        urgency=said["response"],
        first_step=said.get("first_step") or "",
        rows=outcome.rows,
        version=outcome.version,
        inputs=inputs,
        because=why.because,
        to_ask=tuple(code for code in unknown if code in would_change),
        label=table.label,
        source=table.source,
        is_verified=table.is_verified,
    )


def shipped(*, on: date) -> Standing:
    """The guidance we ship, as it stands on a day: the first version of every place."""
    table = shelf.standing(GUIDANCE, on=on)
    return Standing(table.model, table.label, table.source, table.verified)


def asked(
    model: Model, answers: Mapping[str, str], *, born_on: date | None, at: datetime
) -> tuple[dict[str, object], Outcome]:
    """What guidance is told of the case, and what it says."""
    told = inputs_of(answers, born_on=born_on, at=at)
    inputs = {name: told.get(name) for name in model.inputs_of(DECISION)}
    return inputs, model.decide(DECISION, inputs)


def inputs_of(answers: Mapping[str, str], *, born_on: date | None, at: datetime) -> dict[str, object]:
    """What is known of a case, by the names guidance asks for it; what nobody asked is not known."""
    on = local_date(at)
    questions = [one.code for one in law.questions(QUESTIONS, on=on).questions]
    inputs: dict[str, object] = {code: answers.get(code, NOT_ASKED) for code in questions}
    return inputs | {"age": _years(born_on, on), "asks_for": "not_known"}


def is_from_answers(inputs: Mapping[str, object]) -> bool:
    """Whether anybody answered a question: else it is advised for what is not known alone."""
    return any(value in KNOWN for name, value in inputs.items() if name not in NO_QUESTIONS)


def _years(born_on: date | None, on: date) -> int | None:
    """Whole years; somebody born on 29 February has their birthday on 1 March."""
    if born_on is None or born_on > on:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
