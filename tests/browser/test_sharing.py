"""Somebody is in danger: another team is told at once without a mouse, and no longer once that is over."""

from __future__ import annotations

import pytest

from tests.browser.found import Found
from tests.browser.given import CALL_HANDLER, CENTRE, Story

TOLD = "Evening Café"
FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"
POINTED = """window.pointed = 0; for (const kind of ["pointerdown", "mousedown", "touchstart"])
  document.addEventListener(kind, () => { window.pointed += 1; }, true)"""


class TestSomebodyIsKeptSafe(Story):
    DANGER = "He waits outside her flat tonight, and she may come to you."
    OVER = "She is with her sister, and he has been moved on."

    @pytest.fixture(autouse=True)
    def sits_down(self, place):
        self.person = Found(self.rows).unsealed(known_to=CENTRE, unknown_to=TOLD)
        self.seat = self.at_work(CENTRE, CALL_HANDLER)
        self.page = self.seat.page
        self.page.add_init_script(POINTED)
        self.cafe = self.at_work(TOLD)

    def test_without_a_mouse_by_three_answers_and_it_ends_at_once(self):
        self.given_the_team_knows_nothing_of_her()
        self.when_three_answers_are_typed()
        self.then_it_is_shared_and_somebody_is_asked_to_look_into_it()
        self.and_the_team_reads_the_record()
        self.when_it_is_withdrawn_by_keyboard()
        self.then_the_team_finds_nothing_there_any_more()

    def given_the_team_knows_nothing_of_her(self):
        self.cafe.opens(f"/people/{self.person.id}")
        self.cafe.is_refused(404)

    def when_three_answers_are_typed(self):
        self.seat.opens(f"/people/{self.person.id}")
        self.goes_to("Sharing and access")
        self.enters()
        self.goes_to("Share to keep someone safe")
        self.enters()
        self.goes_to("id_to_team")
        self.page.keyboard.type(TOLD)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(self.DANGER)
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        self.enters("Control+Enter")

    def then_it_is_shared_and_somebody_is_asked_to_look_into_it(self):
        self.seat.sees("Shared to keep someone safe")
        (decided,) = self.rows.all(
            "SELECT id FROM sharing_sharingdecision WHERE words = %(words)s", words=self.DANGER
        )
        (asked,) = self.rows.all("SELECT due_at FROM sharing_review WHERE subject_id = %(id)s", id=decided.id)
        assert asked.due_at is not None
        self.decided = decided
        assert self.page.evaluate("window.pointed") == 0

    def and_the_team_reads_the_record(self):
        self.cafe.opens(f"/people/{self.person.id}")
        self.cafe.sees_heading("Key contacts")

    def when_it_is_withdrawn_by_keyboard(self):
        self.goes_to(f"Withdraw: shared with {TOLD}, {self.agency()}")
        self.enters()
        self.goes_to("id_words")
        self.page.keyboard.type(self.OVER)
        self.enters("Control+Enter")
        self.seat.sees("No longer shared")
        assert self.page.evaluate("window.pointed") == 0

    def then_the_team_finds_nothing_there_any_more(self):
        self.cafe.opens(f"/people/{self.person.id}/timeline")
        self.cafe.is_refused(404)

    def agency(self) -> str:
        found = self.rows.one(
            "SELECT a.name FROM agencies_agency a JOIN agencies_team t ON t.agency_id = a.id"
            " WHERE t.name = %(team)s",
            team=TOLD,
        )
        return str(found.name)

    def goes_to(self, wanted: str) -> None:
        """Tab by tab, as a person does who looks where the focus is."""
        for _ in range(300):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED) == wanted:
                return
        raise AssertionError(f"no Tab leads to {wanted!r}")

    def enters(self, keys: str = "Enter") -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(keys)
