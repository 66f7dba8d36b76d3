"""Where messages are stored."""

from nowrongdoor.data.messages.models import Message as MessageRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.message import Message

MESSAGES = Table(MessageRow, Message, rank=86, person="person_id", referral="referral_id")
