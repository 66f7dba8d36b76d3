"""When nothing answers: a locked list that any browser opens by itself, and that prints."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import chromium
from tests.browser.given import CENTRE, Story


class TestALockedFile(Story):
    def test_opens_in_a_browser_with_its_phrase_and_nothing_else_running(self, browser, tmp_path):
        lead = self.at_work(CENTRE, "team_lead")
        lead.opens("/downtime")
        lead.page.get_by_text("The phrase that opens your team’s packs").click()
        phrase = lead.page.locator("details .pack-code").inner_text()
        with lead.page.expect_download() as coming:
            lead.page.get_by_role("link", name="Keep as a locked file").click()
        kept = tmp_path / coming.value.suggested_filename
        coming.value.save_as(kept)
        rows = lead.page.locator(".pack-table tbody tr").count()
        assert rows > 5

        alone = browser.new_context(**chromium.AS_HERE, offline=True)
        asked, page = [], alone.new_page()
        page.on("request", lambda one: asked.append(one.url) if not one.url.startswith("file:") else None)
        try:
            page.goto(kept.as_uri())
            assert chromium.violations(page) == []
            page.get_by_label("Phrase").fill("another")
            page.get_by_role("button", name="Open").click()
            expect(page.get_by_role("alert")).to_contain_text("does not open it")
            assert page.locator("tbody tr").count() == 0
            page.get_by_label("Phrase").fill(phrase.lower().replace("-", " "))
            page.keyboard.press("Enter")
            expect(page.locator("tbody tr")).to_have_count(rows)
            expect(page.get_by_role("heading", name=f"Downtime pack: {CENTRE}")).to_be_focused()
            assert chromium.violations(page) == []
            for width in (320, 390, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert asked == [], "it needs nobody"
        finally:
            alone.close()
