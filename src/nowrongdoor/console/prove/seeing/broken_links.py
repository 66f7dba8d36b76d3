"""What is often built instead of a link that is safe: for controls only. Each must be found by `by_links`."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock
from uuid import UUID

from nowrongdoor.console.prove.seeing import borrowed
from nowrongdoor.kernel import signed_links
from nowrongdoor.rules import answer_link
from nowrongdoor.rules.law import seeing


def opens_for_ever() -> AbstractContextManager[Any]:
    return mock.patch.object(answer_link.AnswerLink, "opens", lambda _link, *, at: True)


def _page() -> Any:
    return importlib.import_module("nowrongdoor.pages.handovers.by_link")


@contextmanager
def shown_on_looking() -> Iterator[None]:
    """Looking at the address shows the offer, as to whoever has opened it."""
    page = _page()

    def shows(request: Any, form: Any, *, said: str = "", status: int = 200) -> Any:
        return page._offer(request, request.led, request.led.holder("Somebody"), status=status)

    with mock.patch.object(page, "_gate", shows):
        yield


@contextmanager
def held_shown_on_looking() -> Iterator[None]:
    """Looking at the address of a link to go on shows whom they hold."""
    page = importlib.import_module("nowrongdoor.pages.handovers.going_on")

    def shows(request: Any, form: Any, *, said: str = "", status: int = 200) -> Any:
        return page._page(request, request.led, request.led.holder("Somebody"), status=status)

    with mock.patch.object(page, "_gate", shows):
        yield


@contextmanager
def told_apart() -> Iterator[None]:
    """What opens nothing says at which address it does not."""
    gone = borrowed.of_site("by_link", "by_link").gone

    def tells(request: Any) -> Any:
        response = gone(request)
        response.content += str(len(request.path)).encode()
        return response

    with mock.patch("nowrongdoor.nhsuk.by_link.gone", tells):
        yield


@contextmanager
def any_signature() -> Iterator[None]:
    """A secret counts without its signature: what is nearly a link opens."""

    def digest_of(token: str, *, kind: str) -> str:
        return signed_links._digest(kind, token[: signed_links.SECRET_LENGTH])

    with mock.patch.object(signed_links, "digest_of", digest_of):
        yield


@contextmanager
def answers_what_its_form_names() -> Iterator[None]:
    """The link in the form counts, and not the one that was come by."""
    page = _page()
    accept = page.ANSWERS["accept"]

    def accepts(request: Any, led: Any) -> Any:
        key = request.POST.get("link_id")
        return accept(request, replace(led, link=replace(led.link, id=UUID(key))) if key else led)

    with mock.patch.dict(page.ANSWERS, {"accept": accepts}):
        yield


@contextmanager
def on_any_device() -> Iterator[None]:
    most = seeing.most
    with mock.patch.object(
        answer_link.seeing, "most", lambda code, *, at: 99 if code == "link_devices" else most(code, at=at)
    ):
        yield


CONTROLS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "a link opens for ever": opens_for_ever,
    "looking at a link shows the offer": shown_on_looking,
    "looking at a link to go on shows whom they hold": held_shown_on_looking,
    "what opens nothing is told apart": told_apart,
    "the signature of a link is not asked": any_signature,
    "a link answers what its form names": answers_what_its_form_names,
    "a link opens on any device": on_any_device,
}
