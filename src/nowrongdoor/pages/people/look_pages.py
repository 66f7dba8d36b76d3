"""Where a page of who looked at a record begins, and where the next one does."""

from contextlib import suppress
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest

from nowrongdoor.reading.looks import LookBookmark


def bookmark(request: HttpRequest) -> LookBookmark | None:
    """Where the page before this one ended; anything else begins at the top."""
    instant, _, key = request.GET.get("before", "").partition("_")
    with suppress(ValueError):
        looked_at = datetime.fromisoformat(instant)
        return LookBookmark(looked_at, UUID(key)) if looked_at.tzinfo else None
    return None


def following(here: str, bookmark: LookBookmark | None) -> str:
    """The address of what comes after; empty where nothing does."""
    if bookmark is None:
        return ""
    stamp = bookmark.looked_at.isoformat().replace("+00:00", "Z")
    return f"{here}?{urlencode({'before': f'{stamp}_{bookmark.look_id}'})}#looks"
