"""What was written and waited for a second reader, and what became of it, in the sentences of the story."""

from collections.abc import Callable

from nowrongdoor.pages.people.telling import Line, Telling


def written(it: Telling) -> Line:
    """Who wrote it, in the story."""
    shown = f"It is shown as waiting until a second person reads it, by {it.when('due_at')}:"
    return Line(f"What was written may keep help from them. {shown}", _held(it))


def _held(it: Telling) -> str:
    """The line itself; or which word was found, and where."""
    where = it.new("held_from")
    return f"“{it.new('held_words')}”, in {where}" if where else it.new("held_words")


def _became(what: str) -> Callable[[Telling], Line]:
    return lambda it: Line(f"Read what was written by somebody else, and {what}:", it.new("ending_words"))


SENTENCES = {
    # What was shown as standing is said by the entry of what waits.
    "person.line_waits": lambda it: Line("What staff know first was looked through again."),
    "promise.agreed": _became("agreed that it stands"),
    "promise.reworded": _became("wrote it otherwise"),
    "promise.set_aside": _became("set it aside"),
}
