"""A colleague in front of a browser, and what they do there in care words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.rows import Rows
from tests.chromium import AS_HERE, Watch

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
STRANGE_FORM = """([path, fields]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: path });
  for (const [name, value] of Object.entries(fields))
    form.append(Object.assign(document.createElement("textarea"), { name, value }));
  document.body.append(form);
  form.submit();
}"""


class Door:
    """Lets colleagues in. Whoever has signed in once keeps their place for the next test."""

    def __init__(self, browser: Any, watch: Watch, rows: Rows) -> None:
        self.browser = browser
        self.watch = watch
        self.rows = rows
        self.kept: dict[tuple[str, bool], Any] = {}
        self.passing: list[Any] = []
        self.pages: list[Any] = []

    def sit_down(
        self, team: str, role: str = "", *, number: int = 0, scripts: bool = True, own_browser: bool = False
    ) -> Seat:
        """A member of a team with a page of their own. With `own_browser` nobody has sat there before."""
        member = self.rows.member(team, role, number)
        if own_browser:
            context = self.new_context(scripts)
            self.passing.append(context)
            seat = self._seat(context, member)
            seat.signs_in()
            return seat
        key = member.name, scripts
        if key in self.kept:
            return self._seat(self.kept[key], member)
        self.kept[key] = self.new_context(scripts)
        seat = self._seat(self.kept[key], member)
        seat.has_signed_in()
        return seat

    def stranger(self, *, scripts: bool = True) -> Seat:
        """Someone who has not signed in."""
        context = self.new_context(scripts=scripts)
        self.passing.append(context)
        return self._seat(context, None)

    def new_context(self, scripts: bool) -> Any:
        context = self.browser.new_context(
            **AS_HERE, base_url=self.watch.address, java_script_enabled=scripts
        )
        context.set_default_timeout(10_000)
        self.watch.over(context)
        return context

    def _seat(self, context: Any, member: Any) -> Seat:
        seat = Seat(context.new_page(), member, self.watch)
        self.pages.append(seat.page)
        return seat

    def everyone_leaves(self) -> list[object]:
        """Closes the pages; answers with whatever went wrong on any of them."""
        for page in self.pages:
            page.close()
        for context in self.passing:
            context.close()
        self.pages, self.passing = [], []
        return self.watch.found()

    def close(self) -> None:
        for context in self.kept.values():
            context.close()


class Seat:
    """One page of one browser, and the colleague who sits there."""

    def __init__(self, page: Any, member: Any, watch: Watch) -> None:
        self.page = page
        self.member = member
        self.watch = watch

    @property
    def name(self) -> str:
        return self.member.name

    def signs_in(self) -> None:
        self.opens("/sign-in")
        self.presses(self.member.name)
        self.sees_heading("My work")

    def has_signed_in(self) -> None:
        """Before the story begins: the same form, sent by this browser and two pages less to draw."""
        ask = self.page.context.request
        token = TOKEN.search(ask.get("/sign-in").text())
        assert token, "the page to sign in has no form"
        chosen = {"csrfmiddlewaretoken": token[1], "as": str(self.member.membership_id)}
        answer = ask.post("/sign-in", form=chosen, max_redirects=0)
        assert (answer.status, answer.headers["location"]) == (302, "/"), answer.text()

    # What one does

    def opens(self, path: str) -> None:
        self.page.goto(path)

    def presses(self, words: str, within: str = "main") -> None:
        """A button; waits for the page that it leads to."""
        self._moves_on(self.page.locator(within).get_by_role("button", name=words, exact=True).click)

    def follows(self, words: str, within: str = "main, aside") -> None:
        """A link; waits for the page that it leads to."""
        self._moves_on(self.page.locator(within).get_by_role("link", name=words, exact=True).first.click)

    def goes_back(self) -> None:
        """The browser's own button."""
        self.page.go_back()

    def writes(self, label: str, text: str) -> None:
        self.box(label).fill(text)

    def chooses(self, *labels: str, of: str = "") -> None:
        """Radio buttons and boxes to tick, of one question where the same words stand under several."""
        place = self.page.get_by_role("group", name=of, exact=True) if of else self.page.locator("main")
        for label in labels:
            place.get_by_label(label, exact=True).check()

    def picks(self, label: str, option: str) -> None:
        """From a list."""
        self.box(label).select_option(label=option)

    def sends_a_strange_form(self, path: str, **fields: str) -> None:
        """One that no page of ours has shown."""
        self._moves_on(lambda: self.page.evaluate(STRANGE_FORM, [path, fields]))

    def lets_sign_in(self, colleague: Any) -> None:
        """On the same computer, in another tab."""
        other = Seat(self.page.context.new_page(), colleague, self.watch)
        other.signs_in()
        other.page.close()

    def _moves_on(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation():
            act()

    # What one sees

    def box(self, label: str) -> Locator:
        """The field that can be seen under this label."""
        return self.page.get_by_label(label, exact=True).filter(visible=True)

    def sees(self, *sentences: str, within: str = "main, aside, .nwd-person-more") -> None:
        """Each of these can be read on the page."""
        for words in sentences:
            found = self.page.locator(within).get_by_text(words, exact=True)
            expect(found.filter(visible=True).first).to_be_visible()

    def sees_not(self, words: str) -> None:
        """Nowhere on the page, not even as a part of something longer."""
        expect(self.page.get_by_text(words)).to_have_count(0)

    def sees_heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", name=words, exact=True).first).to_be_visible()

    def reads(self, selector: str) -> str:
        """All the words of a part of the page, in one line."""
        return re.sub(r"\s+", " ", self.page.locator(selector).first.inner_text()).strip()

    def has_typed(self, label: str, text: str) -> None:
        expect(self.box(label)).to_have_value(text)

    def is_refused(self, status: int) -> None:
        """There was one refusal, with this status, and the story expected it; drafts share its cause."""
        # A note that is kept is tried first and, refused, sent once more for the page that says why.
        refusals = [code for code, url in dict.fromkeys(self.watch.refusals) if "/draft/" not in url]
        assert refusals == [status], self.watch.refusals
        self.watch.refusals.clear()

    def is_signed_out(self) -> None:
        """Drafts that could not be kept since, for nobody was signed in; no other refusal."""
        assert all(code == 401 and "/draft/" in url for code, url in self.watch.refusals)
        self.watch.refusals.clear()
