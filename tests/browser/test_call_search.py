"""In a call: whoever is spoken of is found as one types, by the keys alone, and never the wrong twin."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests import chromium
from tests.browser.given import CALL_HANDLER, CENTRE, WITH_AND_WITHOUT_SCRIPTS, Story

BORN = ("3", "2", "1988")
# Either way of working has twins of its own: their surname, how it was misheard, and their postcode.
TWINS = {True: ("Quillfeather", "Quilfeather", "ZZ9 9QF"), False: ("Wrenthorpe", "Wrenthrope", "ZZ8 8WT")}


class TestFoundInACall(Story):
    @WITH_AND_WITHOUT_SCRIPTS
    def test_the_right_twin_is_found_by_a_short_name_and_a_slip(self, scripts: bool):
        self.family, self.misheard, self.postcode = TWINS[scripts]
        self.given_twins_are_registered()
        self.when_the_caller_speaks_of_one_by_a_short_name_with_a_slip(scripts)
        self.then_both_are_shown_the_likelier_first_with_a_warning_of_the_other()
        self.and_neither_can_be_chosen_by_that_alone()
        self.when_the_caller_says_the_postcode_too(scripts)
        self.then_the_right_one_is_chosen_by_the_keys_alone()
        if scripts:  # axe is a script itself
            self.and_the_page_is_accessible()

    def given_twins_are_registered(self):
        self.handler = self.at_work(CENTRE, CALL_HANDLER)
        for given in ("Margaret", "Winifred"):
            self.handler.opens("/people")
            self.handler.writes("Name", f"{given} {self.family}")
            for label, part in zip(("Day", "Month", "Year"), BORN, strict=True):
                self.handler.writes(label, part)
            self.handler.writes("Postcode", self.postcode)
            self.handler.presses("Look for this person")
            self.handler.presses("Register a new person")
            self.handler.presses("Register this person")
            self.handler.sees("Registered")

    def when_the_caller_speaks_of_one_by_a_short_name_with_a_slip(self, scripts: bool):
        self.handler = self.at_work(CENTRE, CALL_HANDLER, scripts=scripts)
        self.page: Any = self.handler.page
        self.handler.opens("/contacts/new")
        self.says("id_name", f"{self.misheard} Peggy", scripts)
        self.says("id_born_on_year", BORN[2], scripts, look=True)

    def says(self, box: str, text: str, scripts: bool, *, look: bool = False) -> None:
        """Typed with the keys; without scripts the button looks, with them it is found meanwhile."""
        self.page.locator(f"#{box}").focus()
        self.page.keyboard.type(text)
        if look and not scripts:
            with self.page.expect_navigation():
                self.page.get_by_role("button", name="Look for this person", exact=True).press("Enter")

    def then_both_are_shown_the_likelier_first_with_a_warning_of_the_other(self):
        self.found = self.page.locator(".nwd-candidate").filter(has_text=self.family.upper())
        expect(self.found.first).to_contain_text("Margaret")
        expect(self.found.first).to_contain_text("surname one letter off")
        expect(self.found.first).to_contain_text("first name a short form or a part")
        expect(self.found.first).to_contain_text("Check the first name: they may be twins.")

    def and_neither_can_be_chosen_by_that_alone(self):
        assert self.page.get_by_role("button", name="This is the person").count() == 0
        self.handler.sees("None of these? You can carry on without a record.")
        assert self.postcode not in self.page.locator("#match").inner_text()

    def when_the_caller_says_the_postcode_too(self, scripts: bool):
        self.page.locator("#id_name").fill(f"Peggy {self.family}")
        self.says("id_born_on_day", BORN[0], scripts)
        self.says("id_born_on_month", BORN[1], scripts)
        self.says("id_postcode", self.postcode, scripts, look=True)

    def then_the_right_one_is_chosen_by_the_keys_alone(self):
        one = self.page.locator(".nwd-candidate").filter(has_text="Margaret").first
        choose = one.get_by_role("button", name="This is the person")
        expect(choose).to_be_visible()
        choose.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        expect(self.page.locator(".nwd-chosen__name")).to_contain_text("Margaret")

    def and_the_page_is_accessible(self):
        for width in (390, 1440):
            self.page.set_viewport_size({"width": width, "height": 900})
            wide, room = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            assert wide <= room
            assert chromium.violations(self.page) == []
