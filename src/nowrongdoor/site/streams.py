"""The one place where an answer goes on after it has begun: a stream, with no connection to the database."""

from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import StreamingHttpResponse

RETRY = "retry: 2000\n\n"


def sse_response(events: AsyncIterator[str]) -> StreamingHttpResponse:
    """
    Events for a browser, for as long as it listens.

    Whoever signed it in asked the database, and what is asked leaves a connection open until the answer has
    ended, which here is hours later. So it is closed first, after all that stands before and behind a page.
    """
    response = StreamingHttpResponse(_without_connections(events), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # a proxy hands it on as it comes
    return response


async def _without_connections(events: AsyncIterator[str]) -> AsyncIterator[str]:
    await sync_to_async(connections.close_all)()
    yield RETRY
    async for event in events:
        yield event
