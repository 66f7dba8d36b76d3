"""Which browsers are still signed in: asked for many at once, by those who are answered together."""

from collections.abc import Iterable
from importlib import import_module

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections

from nowrongdoor.kernel.now import now


async def still_signed_in(sessions: Iterable[str]) -> set[str]:
    """Those of these sessions that are there and have not run out. One statement, in a thread of its own."""
    found: set[str] = await sync_to_async(_there, thread_sensitive=False)(list(sessions))
    return found


def _there(sessions: list[str]) -> set[str]:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    try:
        rows = store.get_model_class().objects.filter(session_key__in=sessions, expire_date__gt=now())
        return set(rows.values_list("session_key", flat=True))
    finally:
        connections.close_all()
