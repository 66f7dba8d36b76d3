"""
Who carries a message out of the place: a gateway for texts, a mail server, or in a demonstration nobody.

Each is given the message's own id with it, so that one that is sent twice is known again. What a sender says
of itself or of an address is never passed on: not to a log, not to a screen, not to a row.
"""

import json
import re
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any, Protocol
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from nowrongdoor.kernel import outbox

WAITS = 10.0
"""Seconds that a gateway may take to answer."""
MOST = 65_536
"""Bytes of its answer that are read."""
LATER = frozenset({401, 403, 404, 407, 408, 409, 423, 425, 429})
"""Answers below 500 after which it is tried again: our settings are wrong, or it has much to do."""
LONGEST_REFERENCE = 200
PLACES = re.compile(r"\{(to|words|id)\}")


class NotNow(Exception):
    """Nobody took it this time: it is tried again."""


class Never(Exception):
    """Whoever carries it will not take this one."""


class Sender(Protocol):
    def send(self, *, id: UUID, to: str, subject: str, words: str) -> str:
        """Gives it away; answers what it is called there. Raises `NotNow` or `Never`."""
        ...


class Gateway:
    """
    One POST of JSON for each text. What the JSON is called is a setting: `{to}`, `{words}` and `{id}` in its
    texts are filled in. Follows nobody anywhere else: a token goes to the address that was set, and no other.
    """

    def send(self, *, id: UUID, to: str, subject: str, words: str) -> str:
        body = _filled(json.loads(settings.NWD_TEXT_SHAPE), {"to": to, "words": words, "id": str(id)})
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(id)}
        if settings.NWD_TEXT_TOKEN:
            headers["Authorization"] = f"Bearer {settings.NWD_TEXT_TOKEN}"
        asked = urllib.request.Request(
            settings.NWD_TEXT_URL, json.dumps(body).encode(), headers, method="POST"
        )
        if urlsplit(settings.NWD_TEXT_URL).scheme not in ("http", "https"):
            raise NotNow
        try:
            with urllib.request.build_opener(_Nowhere).open(asked, timeout=WAITS) as answer:
                return _reference(answer.read(MOST))
        except urllib.error.HTTPError as said:
            said.close()
            if 400 <= said.code < 500 and said.code not in LATER:
                raise Never from None
            raise NotNow from None
        except (OSError, HTTPException):
            raise NotNow from None


class LetterBox:
    """A mail server. The id is the letter's own, so that one sent twice is one in most programs."""

    def send(self, *, id: UUID, to: str, subject: str, words: str) -> str:
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
        letter = EmailMessage(subject, words, to=[to], headers={"Message-ID": f"<{id}@{host}>"})
        try:
            letter.send()
        except OSError:
            raise NotNow from None
        return ""


class Shown:
    """A demonstration: the page shows what would be sent, and nothing leaves."""

    def send(self, *, id: UUID, to: str, subject: str, words: str) -> str:
        return ""


SENDERS: dict[str, type[Sender]] = {
    outbox.GATEWAY: Gateway,
    outbox.LETTER_BOX: LetterBox,
    outbox.SHOWN: Shown,
}


def of(channel: str) -> Sender:
    """Who carries this channel. Raises `NotNow` where nobody does any more: what was promised waits."""
    known = SENDERS.get(outbox.sender(channel))
    if known is None:
        raise NotNow
    return known()


class _Nowhere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _filled(shape: Any, given: dict[str, str]) -> Any:
    """The same JSON, with what is given put into its texts. In one pass: words may hold braces."""
    if isinstance(shape, dict):
        return {name: _filled(part, given) for name, part in shape.items()}
    if isinstance(shape, list):
        return [_filled(part, given) for part in shape]
    if not isinstance(shape, str):
        return shape
    return PLACES.sub(lambda found: given[found[1]], shape)


def _reference(answer: bytes) -> str:
    """What they call it, by the name that the settings say; empty where they do not say."""
    try:
        said = json.loads(answer)
        for part in settings.NWD_TEXT_REFERENCE.split("."):
            said = said[int(part)] if isinstance(said, list) else said[part]
    except (ValueError, LookupError, TypeError):
        return ""
    plain = str(said) if isinstance(said, str | int) else ""
    return "".join(each for each in plain if each.isprintable())[:LONGEST_REFERENCE]
