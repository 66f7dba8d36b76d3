"""What was written and waited for a second reader, and what became of it, in the sentences of the story."""

from collections.abc import Callable

from nowrongdoor.pages.people.telling import Line, Telling


def written(it: Telling) -> Line:
    """Who wrote it, in the story."""
    shown = f"It is shown as waiting until a second person reads it, by {it.when('due_at')}:"
    return Line(f"Wrote what may keep help from them. {shown}", it.new("held_words"))


def _became(what: str) -> Callable[[Telling], Line]:
    return lambda it: Line(f"Read what was written by somebody else, and {what}:", it.new("ending_words"))


SENTENCES = {
    "promise.agreed": _became("agreed that it stands"),
    "promise.reworded": _became("wrote it otherwise"),
    "promise.set_aside": _became("set it aside"),
}
