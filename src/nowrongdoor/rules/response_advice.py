"""
What guidance advises about how soon: from the answers of the contact, and the age where it is known.

It is advice: whoever triages decides. A question nobody asked counts as not asked and never makes it later.
What is still worth asking is what is not known yet and would change the advice. The version of the guidance
and the rows that speak go with it, so that it can be asked again as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import NOT_ASKED, QUESTIONS
from nowrongdoor.rules.guidance import Outcome, shelf
from nowrongdoor.rules.guidance.shelf import Shipped

GUIDANCE = "response_time"
DECISION = "Response time"
KNOWN = ("yes", "no")
NO_QUESTIONS = ("age", "asks_for")


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


def of(answers: Mapping[str, str], *, born_on: date | None, at: datetime) -> ResponseAdvice:
    """What is advised of one contact, as guidance stands at the instant, and why."""
    table, inputs, outcome = asked(answers, born_on=born_on, at=at)
    why = outcome.why
    would_change = {one.input for one in why.changes if any(f"“{said}”" in one.if_it_were for said in KNOWN)}
    unknown = [code for code in inputs if code not in NO_QUESTIONS and inputs[code] not in KNOWN]
    return ResponseAdvice(
        urgency=outcome.value["response"],
        first_step=outcome.value["first_step"] or "",
        rows=outcome.rows,
        version=outcome.version,
        inputs=inputs,
        because=why.because,
        to_ask=tuple(code for code in unknown if code in would_change),
        label=table.label,
        source=table.source,
        is_verified=table.verified,
    )


def asked(
    answers: Mapping[str, str], *, born_on: date | None, at: datetime
) -> tuple[Shipped, dict[str, object], Outcome]:
    """The guidance that stands, what it is told of the case, and what it says."""
    table = shelf.standing(GUIDANCE, on=local_date(at))
    told = inputs_of(answers, born_on=born_on, at=at)
    inputs = {name: told.get(name) for name in table.model.inputs_of(DECISION)}
    return table, inputs, table.model.decide(DECISION, inputs)


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
