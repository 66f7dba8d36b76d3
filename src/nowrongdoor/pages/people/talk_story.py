"""A call just to talk in a person's story: that one was promised, tried and had; never its words."""

from collections.abc import Callable, Mapping

from nowrongdoor.pages.people.telling import Line, Telling

SENTENCES: Mapping[str, Callable[[Telling], Line | None]] = {
    # What was promised, and by when, is told with the promise.
    "talk.asked": lambda it: None,
    "talk.taken": lambda it: Line("A volunteer said that they will ring them, just to talk."),
    "talk.safety_looked_at": lambda it: None,
    "talk.unanswered": lambda it: Line(f"Rang to talk; nobody answered. Tried again by {it.when('due_at')}."),
    "talk.tried": lambda it: None,
    "talk.had": lambda it: Line("Rang them, just to talk:", it.new("ending_words")),
    "talk.withdrawn": lambda it: Line("Stopped a call just to talk:", it.new("ending_words")),
    "talk.gone_back": lambda it: Line("Rang to talk, and never reached them:", it.new("ending_words")),
}
