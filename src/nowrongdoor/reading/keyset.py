"""Where a page of a list ends, so that the next can begin there however much has come in meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Bookmark:
    """Where one is in a list by due time, then time received; `rank`, where there is one, before both."""

    due_at: datetime
    received_at: datetime
    id: UUID
    rank: int = 0

    def __str__(self) -> str:
        return f"{self.rank}~{self.due_at.isoformat()}~{self.received_at.isoformat()}~{self.id}"


def bookmark(text: str) -> Bookmark | None:
    """The bookmark an address names, or none when it names none that can be read."""
    try:
        rank, due_at, received_at, key = text.split("~")
        due, received = datetime.fromisoformat(due_at), datetime.fromisoformat(received_at)
        found = Bookmark(due, received, UUID(key), int(rank))
    except ValueError:
        return None
    return found if found.due_at.tzinfo and found.received_at.tzinfo else None
