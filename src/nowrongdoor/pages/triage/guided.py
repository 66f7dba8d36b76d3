"""What guidance advises about how soon, in words: beside the decision, because of which rows, what to ask."""

from dataclasses import dataclass
from datetime import datetime

from nowrongdoor.nhsuk import code_words
from nowrongdoor.reading.triage_case import Case
from nowrongdoor.rules import law, response_advice

# What guidance asks and no contact does yet.
BESIDES = {"getting_worse": "Is it getting worse?"}


@dataclass(frozen=True)
class Guided:
    """The response time that is advised, what comes first, why, and what is still worth asking."""

    urgency: str
    first_step: str
    because: str
    to_ask: tuple[str, ...]
    source: str


def of(case: Case, *, at: datetime) -> Guided | None:
    """None where nothing was asked in a contact, or where its answers are not this viewer's to see."""
    about = case.record.about
    contact = about.contact
    asked = law.question_set(contact.question_set) if contact and contact.question_set else None
    if contact is None or asked is None or not contact.answers:
        return None
    born_on = about.person.born_on if about.person else None
    advice = response_advice.of(contact.answers, born_on=born_on, at=at, stands=case.guidance)
    if advice is None:
        return None
    words = {one.code: one.words for one in asked.questions} | BESIDES
    return Guided(
        urgency=code_words.urgency_words(advice.urgency, at=at),
        first_step=advice.first_step,
        because=f"{advice.because} of “{advice.label}”, {advice.version}",
        to_ask=tuple(words[code] for code in advice.to_ask if code in words),
        source=f"{advice.source}{'' if advice.is_verified else ' (not checked)'}",
    )
