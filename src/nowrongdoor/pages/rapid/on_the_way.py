"""
“On the way”, by text, from the phone of whoever goes: offered where their number may be rung, and never sent
by us.

No message leaves the place: the phone opens its own messages with the words in them, and whoever
goes presses send, or not. It says nothing of who comes or why, for whoever picks up that phone reads it too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from nowrongdoor.nhsuk import numbers, wording
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.ringing import YES
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import VisitState

ROUND = timedelta(minutes=5)
WORDS = "We are on our way to you"


@dataclass(frozen=True)
class Text:
    """The words and the address that opens them on a phone; or why nobody is texted."""

    words: str = ""
    url: str = ""
    why_not: str = ""


def text(visit: Visit, person: Person | None, safe: str, *, at: datetime) -> Text | None:
    """
    What whoever goes can send; None while nobody is on the way.

    Only a number that was said to be safe is texted: a text stays on a screen that others see.
    """
    if visit.state != VisitState.ON_THE_WAY:
        return None
    if person is None or not person.phone:
        return Text(why_not="no number of theirs is known here")
    said = numbers.of(person.phone, safe)
    if safe != YES or not said.url:
        return Text(why_not=said.warning or "this is no number that can be texted")
    there = expected(visit)
    words = f"{WORDS}, about {wording.local_time(there)}." if there and there > at else f"{WORDS}."
    # With both marks, as telephones of either make read it.
    return Text(words, f"sms:{said.url.removeprefix('tel:')}?&body={quote(words)}")


def expected(visit: Visit) -> datetime | None:
    """When they are there if they travel as was planned, from when they set off; the next five minutes."""
    if visit.set_off_at is None or visit.free_at is None or visit.leaves_at is None:
        return None
    there = visit.set_off_at + (visit.free_at - visit.leaves_at) - timedelta(minutes=visit.minutes)
    over = timedelta(minutes=there.minute, seconds=there.second, microseconds=there.microsecond) % ROUND
    return there + (ROUND - over if over else timedelta())
