"""
A body that is larger than any form at its address can be is not read, before anything else has been asked.

Needs nothing of the application: it stands before it.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

# Five files of the largest size, the longest texts a form can have, and room for how they are wrapped.
LARGEST_BODY = 33_554_432
# Everywhere else: a million characters of any script, as a browser encodes them.
LARGEST_FORM = 16_777_216
WITH_FILES = re.compile(r"/referrals/[0-9a-f-]{36}/hand-over")
TOO_LARGE = "nowrongdoor.too_large"
OF_THE_BODY = {b"content-length", b"content-type", b"transfer-encoding"}

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


def takes_files(path: str) -> bool:
    """Whether the form at this address has files."""
    return WITH_FILES.fullmatch(path) is not None


def no_larger_than(application: Application) -> Application:
    """The application, told of a body that is too large for its address instead of being given it."""

    async def guarded(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await application(scope, receive, send)
        if not _is_larger(scope, LARGEST_BODY if takes_files(scope["path"]) else LARGEST_FORM):
            return await application(scope, receive, send)
        if not _is_larger(scope, LARGEST_BODY):
            await _thrown_away(receive)
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in OF_THE_BODY]
        return await application({**scope, "headers": headers, TOO_LARGE: True}, _nothing(), send)

    return guarded


async def _thrown_away(receive: Receive) -> None:
    """Comes in and is not kept: a browser that is still sending may not see what it is answered."""
    while (await receive()).get("more_body"):
        pass


def _nothing() -> Receive:
    """An empty body, once; whoever then waits for the browser to go away waits until the answer is sent."""
    left = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        return left.pop() if left else await asyncio.get_running_loop().create_future()

    return receive


def _is_larger(scope: MutableMapping[str, Any], largest: int) -> bool:
    """By its own word. A body that does not say how long it is comes from no browser, and is not read."""
    said = {name.lower(): value for name, value in scope["headers"] if name.lower() in OF_THE_BODY}
    length = said.get(b"content-length", b"")
    if not length:
        return b"transfer-encoding" in said
    return not length.isdigit() or int(length) > largest
