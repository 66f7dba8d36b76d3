"""
The outbox: what is to leave the place is written in the transaction of the act that caused it, so that both
are so or neither is. A worker gives it to a sender afterwards, as often as it takes.

Without a sender for its channel nothing is promised: a message that nobody carries would be a false word.
"""

from datetime import datetime

from django.conf import settings

from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules.change import Refused, Step

GATEWAY, LETTER_BOX, SHOWN = "gateway", "letter_box", "shown"
"""By which a channel is sent: over HTTP, by a mail server, or in a demonstration not at all."""


def sender(channel: str) -> str:
    """Who carries messages of this channel from here; empty for nobody."""
    return str(settings.NWD_SENDERS.get(channel, ""))


def only_shows(channel: str) -> bool:
    """It is a demonstration: what would be sent is shown, and nothing leaves."""
    return sender(channel) == SHOWN


@transaction_required
def promise(step: Step, *, by: Viewer, at: datetime) -> None:
    """A message will leave. Raises `Refused` where nobody carries it, `AlreadyRecorded` where it is known."""
    if not sender(step.change.after.channel):
        raise Refused("No message leaves from here: nobody has set up who carries it.", code="no_sender")
    store.save([step], by=by, at=at)
