"""What a referral or an offer waits for, in words beside the clock it never stops."""

from datetime import datetime

from nowrongdoor.nhsuk import wording
from nowrongdoor.reading.pauses import PauseLine
from nowrongdoor.rules import clock
from nowrongdoor.rules.words import PromiseKind

WAITING = "Waiting for information, or for the person"


def words(one: PauseLine | None, *, at: datetime) -> str:
    """`Waiting for an answer from her GP until 17:00`; past that time, that it was. Nothing without one."""
    if one is None:
        return ""
    until = wording.local_when(one.until, at=at)
    over = clock.is_late(one.until, at=at)
    return f"{_whom(one)}: that was until {until}" if over else f"{_whom(one)} until {until}"


def joined(kind: str) -> str:
    """An answer is got from whoever is named; the person is waited for with them."""
    return "with" if kind == PromiseKind.THE_PERSON else "from"


def _whom(one: PauseLine) -> str:
    who = f" {joined(one.kind)} {one.asked_of}" if one.asked_of else ""
    return f"Waiting for {'the person' if one.kind == PromiseKind.THE_PERSON else 'an answer'}{who}"
