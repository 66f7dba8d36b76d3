"""What guidance advised at a decision, and what was decided, in words."""

from datetime import datetime

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.advice_lines import AdviceLine
from nowrongdoor.rules import advising, law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import QUESTIONS

STANDS = {
    "same": "As guidance advised",
    "sooner": "Sooner than guidance advised",
    "later": "Later than guidance advised",
    "other": "Otherwise than guidance advised, and as soon",
}
# What guidance asks and no contact does: how old somebody is, and what is not asked in it yet.
BESIDES = {
    "age": "Age",
    "asks_for": "What they ask for",
    "getting_worse": "Is it getting worse?",
}


def line(found: AdviceLine, *, at: datetime) -> dict[str, object]:
    """One decision: what was advised, what was decided, how they stand to each other, and from what."""
    one = found.advice
    urgency = code_words.urgency_words
    why = code_words.words_of(advising.REASONS, one.reason, at=one.decided_at) if one.reason else ""
    stands = advising.compared(one.advised, one.decided, at=one.decided_at)
    return {
        "stands": STANDS[stands],
        "facts": [
            ("Guidance advised", urgency(one.advised, at=one.decided_at)),
            ("Decided", urgency(one.decided, at=one.decided_at)),
            *([("Why otherwise", why or "No reason was given")] if stands != "same" else []),
            ("Because of", _because(one)),
        ],
        "words": one.reason_words,
        "first_step": one.first_step,
        "answers": inputs(one, at=at),
        "when": f"{wording.local_when(one.decided_at, at=at)}, decided by {found.decided_by}",
        "was_seen": one.was_seen,
    }


def _because(one: advising.Advice) -> str:
    rows = f"row{'' if len(one.rows) == 1 else 's'} {wording.listed(str(row) for row in one.rows)}"
    return f"{rows if one.rows else 'no row'} of “{one.decision}”, {one.guidance_version}"


def inputs(one: advising.Advice, *, at: datetime) -> list[tuple[str, str]]:
    """What guidance was told of the case, each as the question was asked."""
    words = {one.code: one.words for one in law.questions(QUESTIONS, on=local_date(at)).questions} | BESIDES
    return [(words.get(name, name), _said(value, at=at)) for name, value in one.inputs.items()]


def _said(value: object, *, at: datetime) -> str:
    if value is None:
        return "Not known"
    return code_words.words_of("answers", value, at=at) if isinstance(value, str) else str(value)
