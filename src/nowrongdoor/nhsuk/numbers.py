"""
A telephone number and whether it is safe to ring it: told together, so that neither is shown alone.

Ringing a number that is not safe can tell someone dangerous that help was sought. Such a number is
shown, because a colleague may need to know it, and is never one tap away from being rung.
"""

from dataclasses import dataclass

from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.ringing import DO_NOT_CONTACT, NO, dialled

# For lists of records that nobody has opened yet.
ON_RECORD = "on_record"
WARNINGS = {
    "yes": "",
    "no": "it is not safe to ring this number",
    DO_NOT_CONTACT: "do not contact: the person does not want this",
    "declined": "they preferred not to say whether it is safe to ring",
    "not_asked": "whether it is safe to ring was not asked",
    "not_known": "whether it is safe to ring is not known",
    ON_RECORD: "open the record to see whether it is safe to ring",
}


@dataclass(frozen=True)
class Number:
    """
    The number as it was said, what to know before ringing it, and where one tap rings it, if anywhere. It is
    struck through where the person does not want whoever has it contacted.
    """

    said: str
    warning: str
    url: str
    is_struck: bool = False

    @property
    def words(self) -> str:
        """Both in one line of text, for paper and for lists."""
        return f"{self.said} – {self.warning}" if self.warning else self.said


def of(said: str, safe: str) -> Number:
    """A number with what is known of ringing it: whatever is not a plain yes is warned of."""
    return Number(said, WARNINGS.get(safe, WARNINGS["not_known"]), url_of(said, safe), safe == DO_NOT_CONTACT)


def to_ring(contact: Contact | None) -> Number | None:
    """
    The number of a contact with its warning; None when no number was given.

    Whatever is not a plain yes is warned of. Only a no takes the link away: where nobody asked, a
    caller who was cut off must still be rung.
    """
    if contact is None or not contact.callback_number:
        return None
    return of(contact.callback_number, contact.safe_to_call)


def url_of(said: str, safe: str) -> str:
    """Where one tap rings a number; nowhere when it is not safe to."""
    return "" if safe in (NO, DO_NOT_CONTACT) else dial(said)


def dial(said: str) -> str:
    """The address that rings the number with which these words begin; nowhere, where they begin with none."""
    number = dialled(said)
    return f"tel:{number}" if number else ""
