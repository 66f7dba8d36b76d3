"""
A draft: what someone has typed into a form and not sent. Kept so that no typed text is lost.

A draft is not a record of the person: it belongs to the member who types, tells nobody anything,
and is gone when the form is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Draft:
    """`key` is the form and the row it will make; `fields` are the answers as typed."""

    id: UUID
    member_id: UUID
    form: str
    fields: dict[str, list[str]]
    saved_at: datetime
    version: int = 0
