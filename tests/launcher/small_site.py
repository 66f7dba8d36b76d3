"""The smallest site that ./nwd demo can serve: a first page, a page that fails, a stream without end."""

import asyncio
import os

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from nowrongdoor.site.settings import *  # noqa: F403

INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = []
ROOT_URLCONF = __name__


async def without_end(request):
    """Holds its connection to a database, as a forgetful stream would."""
    from asgiref.sync import sync_to_async
    from django.db import connection

    await sync_to_async(connection.ensure_connection)()

    async def ticks():
        while True:
            yield b": tick\n\n"
            await asyncio.sleep(0.1)

    return StreamingHttpResponse(ticks(), content_type="text/event-stream")


def first(request):
    status = int(os.environ.get("FIRST_PAGE", "200"))
    return HttpResponse("an invented place", status=status)


urlpatterns = [path("", first), path("stream", without_end)]
