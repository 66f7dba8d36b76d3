"""What guidance advised of a decision, in a person's story: told where it was decided otherwise."""

from collections.abc import Callable, Mapping

from nowrongdoor.nhsuk import code_words
from nowrongdoor.pages.people.telling import Line, Telling
from nowrongdoor.rules import advising


def _stored(it: Telling) -> Line | None:
    advised, decided = it.new("advised"), it.new("decided")
    if advised == decided or it.new("is_beside"):
        return None
    reason = it.code(advising.REASONS, "reason") if it.new("reason") else "no reason was given"
    return Line(
        f"Guidance advised otherwise: {code_words.urgency_words(advised, at=it.at)}. "
        f"Decided all the same: {code_words.mid_sentence(reason)}.",
        it.new("reason_words"),
    )


SENTENCES: Mapping[str, Callable[[Telling], Line | None]] = {
    "advice.stored": _stored,
    # To learn from how we decide: it is no part of what happened to the person.
    "rating.given": lambda it: None,
}
