"""What has come of a message that leaves the place: never more than is known here."""

from datetime import datetime

from nowrongdoor.kernel import outbox
from nowrongdoor.nhsuk import wording
from nowrongdoor.rules.message import ANSWER_LINK, CALLED, FAILED, SENT, TEXT, WHY, Message, is_owed

INSTEAD = " A call is owed to them instead."
ONLY_SHOWN = "This is a demonstration: nothing leaves it."
TO_YOU = {
    SENT: "We gave it to whoever carries it. We do not know whether it reached you.",
    FAILED: "It did not go.",
}
CARRIERS = {TEXT: "texts"}


def came_of(one: Message, *, at: datetime) -> str:
    """When it was promised, and whether it went. That it was taken is not that it arrived, and is said so."""
    what = CALLED[one.kind]
    if one.state == SENT and one.ended_at is not None:
        when = wording.local_when(one.ended_at, at=at)
        if outbox.only_shows(one.channel):
            return f"{what} would have been sent, {when}. {ONLY_SHOWN}"
        carries = CARRIERS.get(one.channel, "e-mail")
        return f"{what} was taken by whoever carries {carries}, {when}. Whether it arrived is not known here."
    if one.state == FAILED:
        owed = " The team is to be reached instead." if one.kind == ANSWER_LINK else INSTEAD
        instead = owed if is_owed(one, one.why) else ""
        return f"{what} was not sent: {WHY[one.why]}.{instead}"
    since = wording.local_when(one.promised_at, at=at)
    if not one.attempts or one.due_at is None:
        return f"{what} waits to be sent, since {since}."
    tries = "once" if one.attempts == 1 else f"{one.attempts} times"
    return f"{what} has not gone yet. Tried {tries}, and again {wording.local_when(one.due_at, at=at)}."


def to_you(one: Message, *, at: datetime) -> dict[str, str]:
    """A message as the person reads it that it was for."""
    came = ONLY_SHOWN if one.state == SENT and outbox.only_shows(one.channel) else TO_YOU.get(one.state)
    how = "By text" if one.channel == TEXT else "By e-mail"
    return {
        "when": f"{how}, {wording.local_when(one.promised_at, at=at)}",
        "words": one.words,
        "came": came or "It has not gone yet.",
    }
