"""Forms as a browser sends them: what the page put there, with the answers a person gave."""

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

Fields = dict[str, list[str]]


class _Forms(HTMLParser):
    """Every form of a page with its fields, those outside it that name it by id included."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, str, Fields]] = []
        self.by_id: dict[str, Fields] = {}
        self.inside: Fields | None = None
        self.textarea: tuple[Fields, str] | None = None
        self.select: tuple[Fields, str] | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = self.by_id.setdefault(has.get("id", f"form-{len(self.forms)}"), {})
            self.forms.append((has.get("id", ""), has.get("action", ""), self.inside))
        named = self.by_id.setdefault(has["form"], {}) if "form" in has else self.inside
        if named is None:
            return
        if tag == "input" and "name" in has:
            kind = has.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in has:
                named.setdefault(has["name"], []).append(has.get("value", ""))
        elif tag == "textarea":
            self.textarea, self.text = (named, has["name"]), ""
        elif tag == "select":
            self.select = (named, has["name"])
            named[has["name"]] = [""]
        elif tag == "option" and self.select and "selected" in has:
            self.select[0][self.select[1]] = [has.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "textarea" and self.textarea:
            # The first line feed in a text area is the page's own.
            self.textarea[0][self.textarea[1]] = [self.text.removeprefix("\n")]
            self.textarea = None
        elif tag == "select":
            self.select = None


def fields(answer: HttpResponse, *, form: str = "", action: str = "") -> Fields:
    """The fields of one form of a page: by its id, by where it goes, else the first with words to write."""
    page = _Forms()
    page.feed(answer.content.decode())
    for identity, goes, found in page.forms:
        if (form and identity == form) or (action and goes == action):
            return found
    if form or action:
        raise AssertionError(f"no form {form or action} among {[(one[0], one[1]) for one in page.forms]}")
    return max((one[2] for one in page.forms), key=len)


def sent(client: Client, url: str, seen: Fields, **answers: Any) -> HttpResponse:
    """Sends what was seen with these answers; None takes a field away."""
    data: dict[str, Any] = {**seen, **answers}
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def fill(client: Client, url: str, *, form: str = "", action: str = "", **answers: Any) -> HttpResponse:
    """Opens a page, answers its form, sends it where it goes."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return sent(client, action or url, fields(page, form=form, action=action), **answers)


def text(answer: HttpResponse) -> str:
    """What the page says, without its tags, white space put to single blanks."""
    reader = _Text()
    reader.feed(answer.content.decode())
    return " ".join("".join(reader.said).split())


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said.append(" ")
