"""
“On the way”, by text: sent from here where somebody carries texts for this place, else from the phone of
whoever goes. Offered where their number may be texted, and nowhere else.

Without a sender no message leaves the place: the phone opens its own messages with the words in them, and
whoever goes presses send, or not. It says nothing of who comes or why, for whoever picks up that phone reads
it too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from nowrongdoor.kernel import outbox
from nowrongdoor.nhsuk import message_words, numbers
from nowrongdoor.rules import message
from nowrongdoor.rules.message import Message
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.ringing import YES
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import VisitState


@dataclass(frozen=True)
class Text:
    """
    The words, and the address that opens them on a phone or, without one, a button that sends them from
    here, with what to know of that; or why nobody is texted.
    """

    words: str = ""
    url: str = ""
    why_not: str = ""
    note: str = ""


def text(
    visit: Visit, person: Person | None, safe: str, *, told: Iterable[Message], at: datetime
) -> Text | None:
    """
    What whoever goes can send; None while nobody is on the way, and once it is promised.

    Only a number that was said to be safe is texted: a text stays on a screen that others see.
    """
    if visit.state != VisitState.ON_THE_WAY:
        return None
    if any(one.id == message.key_on_the_way(visit) for one in told):
        return None
    if person is None or not person.phone:
        return Text(why_not="no number of theirs is known here")
    said = numbers.of(person.phone, safe)
    if safe != YES or not said.url:
        return Text(why_not=said.warning or "this is no number that can be texted")
    words = message.words_on_the_way(visit, at=at)
    if outbox.sender(message.TEXT):
        return Text(words, note=message_words.ONLY_SHOWN if outbox.only_shows(message.TEXT) else "")
    # With both marks, as telephones of either make read it.
    return Text(words, f"sms:{said.url.removeprefix('tel:')}?&body={quote(words)}")
