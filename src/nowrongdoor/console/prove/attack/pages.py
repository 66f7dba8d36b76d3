"""
An answer read as a browser would: its forms and links, and whatever in it can only have come from outside.

Our pages have no script of their own within them, no handler in an attribute and no style; so any that is
there was put there by a text that was not escaped. How a template is written does not matter to this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from nowrongdoor.console.prove.attack.corpus import ELSEWHERE, WORKED_OUT

Fields = dict[str, list[str]]
LEADS = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href", "poster", "background"}
NEVER_OURS = {"iframe", "object", "embed", "base", "math", "frame", "mglyph", "marquee", "zqx"}
BOXES = {"text", "search", "tel", "email", "number", "password", "url", "date", "time"}
TOKEN = "csrfmiddlewaretoken"


@dataclass
class Box:
    """One field of a form: its kind, what it holds, and what may be chosen in it."""

    kind: str
    held: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    boxes: dict[str, Box] = field(default_factory=dict)
    has_files: bool = False

    def written(self) -> list[str]:
        """The fields one writes into."""
        return [name for name, box in self.boxes.items() if box.kind in BOXES | {"textarea"}]


class Page(HTMLParser):
    """Forms by how they stand on the page, links, and strange parts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.strange: list[str] = []
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.writing: Box | None = None
        self.choosing: Box | None = None
        self.written = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.strange += strange_in(tag, has)
        if tag == "a" and "href" in has:
            self.links.append(has["href"])
        if tag == "form":
            self.inside = Form(has.get("action", ""), has.get("method", "get").lower())
            self.inside.has_files = has.get("enctype") == "multipart/form-data"
            self.forms.append(self.inside)
            if has.get("id"):
                self.by_id[has["id"]] = self.inside
        where = self.by_id.get(has["form"]) if has.get("form") else self.inside
        if where is not None and has.get("name"):
            self._field(tag, has, where)
        if tag == "option" and self.choosing is not None:
            self.choosing.choices.append(has.get("value", ""))
            if "selected" in has:
                self.choosing.held[:] = [has.get("value", "")]

    def _field(self, tag: str, has: dict[str, str], where: Form) -> None:
        kind = tag if tag in ("textarea", "select", "button") else has.get("type", "text")
        if tag not in ("input", "textarea", "select", "button"):
            return
        box = where.boxes.setdefault(has["name"], Box(kind))
        if kind in ("radio", "checkbox", "button", "submit"):
            box.choices.append(has.get("value", "on"))
            if "checked" in has:
                box.held.append(has.get("value", "on"))
        elif tag == "textarea":
            self.writing, self.written = box, ""
        elif tag == "select":
            self.choosing = box
        else:
            box.held.append(has.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.writing is not None:
            self.written += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea" and self.writing is not None:
            self.writing.held.append(self.written.removeprefix("\n"))
            self.writing = None
        elif tag == "select":
            self.choosing = None


def strange_in(tag: str, has: dict[str, str]) -> Iterator[str]:
    """What no page of ours has in a tag."""
    if tag in NEVER_OURS or (tag == "script" and not has.get("src", "").startswith("/static/")):
        yield f"<{tag}>"
    for name, value in has.items():
        led = "".join(value.split()).lower()
        if name.startswith("on") or name == "zqx" or (name == "style" and ELSEWHERE in led):
            yield f"<{tag} {name}>"
        elif name in LEADS and (
            led.startswith(("javascript:", "data:text", "//", "vbscript:")) or ELSEWHERE in led.split("?")[0]
        ):
            yield f"<{tag} {name}={led[:60]}>"
    if (
        tag == "meta"
        and has.get("http-equiv", "").lower() == "refresh"
        and ELSEWHERE in has.get("content", "")
    ):
        yield "<meta refresh>"


def strange_words(text: str) -> list[str]:
    """What a template would have worked out of a text."""
    return ["a template worked a text out"] if WORKED_OUT in text else []
