"""
A draft: what someone has typed into a form and not sent. Kept so that no typed text is lost.

A draft is not a record of the person: it belongs to the member who types, tells nobody anything,
and is gone when the form is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

# The form of a draft whose form was sent, or that was thrown away: it is nobody's to find.
SENT = ""


@dataclass(frozen=True)
class Draft:
    """`form` is the address of the form; `fields` are the answers as typed."""

    id: UUID
    member_id: UUID
    form: str
    fields: dict[str, list[str]]
    saved_at: datetime
    version: int = 0
