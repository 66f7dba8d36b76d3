"""A message that left the place, in a person's story: what it said, and whether it went."""

from collections.abc import Callable, Mapping

from nowrongdoor.pages.people.telling import Line, Telling
from nowrongdoor.rules.message import ANSWER_LINK, CALLED, WHY


def _promised(it: Telling) -> Line:
    if it.new("kind") == ANSWER_LINK:
        return Line("A link to answer by is sent to the team that was asked.")
    how = "by text" if it.new("channel") == "text" else "by e-mail"
    return Line(f"{CALLED.get(it.new('kind'), 'A message')} is sent to them {how}:", it.new("words"))


SENTENCES: Mapping[str, Callable[[Telling], Line | None]] = {
    "message.promised": _promised,
    "message.tried": lambda it: Line("Tried to send it."),
    "message.sent": lambda it: Line(
        "Whoever carries it took the message. Whether it arrived is not known here."
    ),
    "message.failed": lambda it: Line(f"The message was not sent: {WHY.get(it.new('why'), 'not said why')}."),
}
