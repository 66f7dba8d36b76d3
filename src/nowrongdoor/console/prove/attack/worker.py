"""
The product as a server runs it, for attacks alone: how often one may do something is not limited here.

    python -m nowrongdoor.console.prove.attack.worker PORT [WEAKNESS …]

A weakness is a fault on purpose, so that it is known to be seen. Every connection that this process itself
would open to anywhere is told on its error output.
"""

from __future__ import annotations

import importlib
import logging
import sys
from typing import Any

UNESCAPED, NO_POLICY, PLAIN_LOGS, PLANTED = "unescaped", "no-policy", "plain-logs", "planted"
LOCKS_OUT = "locks-out"  # a link that opens counts as a guess, and is turned away with them
LIMITED = "limited"  # no weakness: how often is limited as where people work
UNESCAPED_TEMPLATE = "people/person.jinja"
ASKED_OUTSIDE = "ZQOUTSIDE"
TAKES_ALL = "/planted/unguarded"
CANARY = "999 000 0018 zqxcanary"
# How often something may be done. Other limits say how far back a page looks, and stand.
PACES = {
    "break_glass", "break_glass_tries", "burst", "link_devices", "link_guesses", "link_sent", "register",
    "search", "search_alongside",
}  # fmt: skip
INET = 2  # AF_INET and beyond; a socket of this machine's own file system is 1


def main() -> None:
    port, weak = int(sys.argv[1]), set(sys.argv[2:])
    import django
    import uvicorn

    django.setup()
    _ = importlib.import_module("django.urls").get_resolver().url_patterns
    if LIMITED not in weak:
        without_limits(but={"link_guesses"} if LOCKS_OUT in weak else set())
    if LOCKS_OUT in weak:
        count_whoever_has_a_link()
    if UNESCAPED in weak:
        escape_nothing_in_one_template()
    if NO_POLICY in weak:
        csp = importlib.import_module("nowrongdoor.site.csp")
        csp.guard = lambda response: response
    if PLAIN_LOGS in weak:
        logs = importlib.import_module("nowrongdoor.site.logs")
        logs.AboutNobody.format = logging.Formatter.format
        logs.NoAddresses.filter = lambda _filter, _record: True
    if PLANTED in weak:
        plant()
    sys.addaudithook(tell_of_connections)
    config = uvicorn.Config(
        "nowrongdoor.site.asgi:application",
        port=port, log_config=None, log_level="warning", access_log=False, lifespan="off",
    )  # fmt: skip
    uvicorn.Server(config).run()


def tell_of_connections(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and arguments[0].family >= INET:
        print(ASKED_OUTSIDE, arguments[1], file=sys.stderr, flush=True)


def without_limits(*, but: set[str]) -> None:
    """An attack of thousands by one member would otherwise be stopped before it has tried anything."""
    seeing = importlib.import_module("nowrongdoor.rules.law.seeing")
    most = seeing.most
    seeing.most = lambda code, *, at: 1_000_000 if code in PACES - but else most(code, at=at)


def count_whoever_has_a_link() -> None:
    by_link = importlib.import_module("nowrongdoor.site.by_link")
    let_in = by_link.let_in
    by_link.let_in = lambda request, *asked: by_link._counted(request) or let_in(request, *asked)


def escape_nothing_in_one_template() -> None:
    engines = importlib.import_module("django.template").engines
    engines.all()[0].env.autoescape = lambda name: name != UNESCAPED_TEMPLATE


def plant() -> None:
    """Three addresses, each a fault: one fails on a value, one takes any form, one exports a formula."""
    from django.db import connection
    from django.http import HttpResponse
    from django.urls import path
    from django.views.decorators.csrf import csrf_exempt

    def failing(request: Any) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::integer", [CANARY])
        return HttpResponse()

    @csrf_exempt
    def unguarded(request: Any) -> HttpResponse:
        return HttpResponse("taken")

    def cells(request: Any) -> HttpResponse:
        return HttpResponse("name,words\n=zqx,ordinary\n", content_type="text/csv")

    doors = importlib.import_module("nowrongdoor.site.doors")
    urls = importlib.import_module("nowrongdoor.site.urls")
    for view in (failing, unguarded, cells):
        doors.DOORS[view.__name__] = doors.OPEN
        urls.urlpatterns.append(path(f"planted/{view.__name__}", view, name=view.__name__))


if __name__ == "__main__":
    main()
