"""
What every page must be, whatever it says: each look answers with complaints in words, none when all is well.

axe looks first; the rest is what axe cannot see: sideways scroll, links that say the same and lead
elsewhere, controls the Tab key does not reach, focus that is hidden, large text, forced colours, paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests import chromium

WIDTHS = (320, 390, 768, 1440)
AXE_WIDTHS = (390, 1440)
SCRIPT = Path(__file__).with_name("looks.js")
CONTROLS = (
    "button, [type=submit], .nhsuk-button, .nwd-act, .nwd-decide, nav, .nwd-header__bar, .nhsuk-skip-link"
)
# What axe finds in files of others, unchanged for it: the editor of guidance heads its numbers with nothing.
OF_OTHERS = {("empty-table-header", '<th class="index-column"></th>')}
# Whose words are wider than they are, for whoever mends it: the innermost.
TOO_WIDE = """[...document.querySelectorAll("body *")].filter((one) => one.scrollWidth > one.clientWidth + 1
  && one.clientWidth > 1).at(-1)?.outerHTML.slice(0, 200)"""
FIELDS = "input:not([type=hidden]), select, textarea"


def complaints(page: Any, *, is_form: bool = False) -> list[str]:
    """Everything, by one visit."""
    page.evaluate(SCRIPT.read_text())
    return [
        *widths(page),
        *page.evaluate("looks.links()"),
        *page.evaluate("looks.mended()"),
        *names(page),
        *keyboard(page),
        *large_text(page),
        *forced_colours(page),
        *paper(page, is_form=is_form),
    ]


def widths(page: Any) -> Iterator[str]:
    """No sideways scroll from the smallest phone to a desk; axe at a phone and at a desk."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield from sideways(page, f"{width} px")
        if width in AXE_WIDTHS:
            for rule, nodes in chromium.violations(page):
                if ours := [one for one in nodes if (rule, one) not in OF_OTHERS]:
                    yield f"{width} px: axe {rule}: {'; '.join(ours)[:600]}"


def sideways(page: Any, what: str) -> Iterator[str]:
    wide, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if wide > room:
        yield f"{what}: scrolls sideways, {wide} in {room} px: {page.evaluate(TOO_WIDE)}"


def keyboard(page: Any) -> Iterator[str]:
    """The Tab key reaches every control in order, and one sees where it is, never under a bar."""
    page.set_viewport_size({"width": 1024, "height": 600})
    for _ in range(page.evaluate("looks.begin()") + 1):
        page.keyboard.down("Tab")  # held: each further one is the key repeating, and half as much to wait for
    page.keyboard.up("Tab")
    walked = page.evaluate("looks.end()")
    yield from (f"the Tab key does not reach {one}" for one in walked["missed"])
    yield from (f"the focus goes backwards to {one}" for one in walked["backwards"])
    yield from (f"the focus is hidden on {one}" for one in walked["hidden"])
    yield from (f"the focus does not show on {one}" for one in walked["unmarked"])


def large_text(page: Any) -> Iterator[str]:
    """Someone has set their browser to letters twice as large."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for width in (768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        yield from sideways(page, f"200% text at {width} px")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()


def forced_colours(page: Any) -> Iterator[str]:
    """Someone has chosen their own colours: one still sees where the focus is."""
    page.emulate_media(forced_colors="active")
    yield from (f"forced colours: no outline on {one}" for one in page.evaluate("looks.unoutlined()"))
    yield from (f"forced colours: {one}" for one in names(page))
    page.emulate_media(forced_colors="none")


def names(page: Any) -> Iterator[str]:
    """A person has no colour: the names of late rows look like any other."""
    page.mouse.move(0, 0)
    looks: dict[str, set[str]] = {}
    for kind, look in page.evaluate("looks.names()"):
        looks.setdefault(kind, set()).add(look)
    yield from (f"names look different, {kind}: {found}" for kind, found in looks.items() if len(found) > 1)


def paper(page: Any, *, is_form: bool) -> Iterator[str]:
    """Printed: who, when, and that it may be out of date; nothing to press."""
    page.emulate_media(media="print")
    header = page.locator(".nwd-printed")
    if page.locator(".nwd-header__me").count() and not (
        header.is_visible() and "printed copy, may be out of date" in header.inner_text()
    ):
        yield "on paper: does not say that it may be out of date"
    selector = CONTROLS if is_form else f"{CONTROLS}, {FIELDS}"
    yield from (f"on paper: {one} is still there" for one in page.evaluate(f"looks.left({selector!r})"))
    page.emulate_media(media="screen")
