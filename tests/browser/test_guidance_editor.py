"""Guidance edited on screen: a cell is changed, saved, and the difference to what stands is read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.given import CENTRE, Story

SHIPPED = "/guidance/shipped/edit"
WHY = "What is to change, and why?"
WITH = "Who wrote it with you?"
# A cell of the response of row 3, as the editor draws it.
ROW_3 = "tbody tr:nth-child(3) td.output-cell"


class TestEditing(Story):
    @pytest.fixture(autouse=True)
    def lead(self, place) -> None:
        self.it = self.at_work(CENTRE, "team_lead")
        self.page = self.it.page

    def test_a_cell_is_edited_saved_and_the_difference_is_read(self):
        self.it.opens(SHIPPED)
        self.when_row_3_answers('"very_urgent"')
        self.and_it_is_said_why()
        self.it.presses("Save draft")
        self.it.sees("A draft is there", within="main")
        self.it.presses("Compare it with what stands")
        changed = self.it.reads("section[aria-labelledby=difference]")
        assert "Rows that changed" in changed and "very_urgent" in changed, changed
        assert self.rows.all("SELECT text FROM guidance_version WHERE why = 'By the editor.'")[0].text.count(
            "nwd:provenance"
        ), "what the editor does not know of stays in the file"

    def test_a_refusal_keeps_what_was_edited_in_the_editor_itself(self):
        self.it.opens(SHIPPED)
        self.when_row_3_answers('"quickly"')
        self.and_it_is_said_why()
        self.it.presses("Save draft")
        self.it.is_refused(422)
        assert "Row 3" in self.it.reads(".nhsuk-error-summary")
        expect(self.page.locator(ROW_3).first).to_have_text('"quickly"')
        self.when_row_3_answers('"very_urgent"')
        self.it.presses("Save draft")
        self.it.sees("A draft is there", within="main")

    def test_cells_are_reached_and_written_by_keyboard_alone(self):
        self.it.opens(SHIPPED)
        cell = self.page.locator(ROW_3).first
        for _ in range(120):
            if cell.evaluate("(it) => it.contains(document.activeElement)"):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type('"very_urgent"')
        self.page.keyboard.press("Tab")
        assert not cell.evaluate("(it) => it.contains(document.activeElement)"), "no trap"
        assert self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert '"very_urgent"' in self.page.locator("[name=text]").input_value()

    def test_what_was_edited_is_kept_as_a_draft_and_opened_again(self):
        self.it.opens(SHIPPED)
        self.when_row_3_answers('"very_urgent"')
        self.it.writes(WHY, "Half of it.")
        with self.page.expect_response("**/draft/**"):
            self.page.locator("[name=why]").blur()
        self.it.opens(SHIPPED)
        with self.page.expect_navigation():
            self.page.locator(".nwd-kept a").first.click()
        expect(self.page.locator(ROW_3).first).to_have_text('"very_urgent"')

    def test_the_mark_of_its_makers_is_seen_and_nothing_is_over_it(self):
        self.it.opens(SHIPPED)
        mark = self.page.locator(".bjs-powered-by")
        expect(mark).to_be_visible()
        over = "([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('.bjs-powered-by'))"
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
        assert self.page.evaluate(over, middle)
        mark.click()
        expect(self.page.locator(".bjs-powered-by-lightbox .notice")).to_be_visible()

    def test_a_text_that_the_editor_cannot_open_is_shown_to_be_changed(self):
        self.it.opens(SHIPPED)
        self.and_it_is_said_why()
        with self.page.expect_navigation():
            self.page.locator("#keep").evaluate("(it) => { it.elements.text.value = '<a/>'; it.submit(); }")
        self.it.is_refused(422)
        expect(self.page.locator("[data-editor-told]")).to_contain_text("The editor cannot open this text")
        expect(self.page.locator("[data-editor-about]")).to_be_hidden()
        expect(self.page.locator("[name=text]")).to_have_value("<a/>")
        expect(self.page.locator("[name=text]")).to_be_editable()

    def test_a_row_is_added_by_keyboard_and_the_menu_of_a_row_comes_by_it(self):
        self.it.opens(SHIPPED)
        self.page.locator(ROW_3).first.click()
        rows = self.page.locator(".nwd-editor tbody tr")
        before = rows.count()
        self.page.keyboard.press("Shift+F10")
        entry = self.page.locator(".context-menu-group-entry.focused")
        for _ in range(12):
            if entry.count() and entry.inner_text() == "Add rule below":
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        expect(rows).to_have_count(before + 1)

    def test_without_scripts_the_page_leads_to_uploading(self):
        seat = self.at_work(CENTRE, "team_lead", scripts=False)
        seat.opens(SHIPPED)
        seat.follows("Upload a file instead")
        seat.sees_heading("Upload a version of guidance")

    def when_row_3_answers(self, words: str) -> None:
        cell = self.page.locator(ROW_3).first
        cell.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def and_it_is_said_why(self) -> None:
        self.it.writes(WHY, "By the editor.")
        self.it.writes(WITH, "Nobody")
        self.it.chooses("No, nobody with lived experience yet", "For our agency")
