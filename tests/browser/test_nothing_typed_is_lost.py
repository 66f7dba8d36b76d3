"""What was typed is never lost: kept while typing, and kept when the sign-in has ended meanwhile."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.given import CALL_HANDLER, CENTRE, Story


class TestADraft(Story):
    WORDS = "Since the fire I cannot be in a room with the door shut."

    def test_what_is_typed_is_kept_and_offered_again_after_a_reload(self):
        self.given_a_call_handler_is_writing()
        self.when_they_leave_the_box()
        self.then_the_page_says_that_a_draft_is_saved()
        self.when_the_page_is_opened_again()
        self.then_the_draft_is_offered()
        self.when_they_take_it()
        self.then_what_they_had_typed_is_in_the_form()
        self.when_they_record_it()
        self.then_the_draft_is_gone()

    def given_a_call_handler_is_writing(self):
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER, number=1, own_browser=True)
        self.call_taker.follows("New contact", within="header")
        self.call_taker.writes("What is happening?", self.WORDS)

    def when_they_leave_the_box(self):
        self.call_taker.page.keyboard.press("Tab")

    def then_the_page_says_that_a_draft_is_saved(self):
        status = self.call_taker.page.locator("[data-draft-status]")
        expect(status).to_have_text(re.compile(r"^Draft saved \d\d:\d\d$"))
        [draft] = self.drafts()
        assert draft.fields["words"] == [self.WORDS]

    def when_the_page_is_opened_again(self):
        self.call_taker.page.reload()

    def then_the_draft_is_offered(self):
        assert re.match(r"You have a draft from \d\d:\d\d\.", self.call_taker.reads(".nwd-kept"))
        self.call_taker.has_typed("What is happening?", "")

    def when_they_take_it(self):
        self.call_taker.page.locator(".nwd-kept").get_by_role("link", name="Use it").click()

    def then_what_they_had_typed_is_in_the_form(self):
        self.call_taker.has_typed("What is happening?", self.WORDS)
        assert re.match(r"This is your draft from \d\d:\d\d\.", self.call_taker.reads(".nwd-done"))

    def when_they_record_it(self):
        self.call_taker.chooses("Advice given", of="What came of it?")
        self.call_taker.presses("Record this contact")
        self.call_taker.sees("Contact recorded")

    def then_the_draft_is_gone(self):
        assert self.drafts() == []
        assert len(self.rows.contacts(self.WORDS)) == 1

    def drafts(self):
        return self.rows.all(
            "SELECT * FROM drafts_draft WHERE member_id = %(id)s AND fields <> '{}'",
            id=self.call_taker.member.member_id,
        )


class TestASignInThatEnded(Story):
    WORDS = "She will only talk to a woman, and not on the telephone."

    def test_the_text_waits_for_whoever_typed_it_and_for_nobody_else(self):
        self.given_the_sign_in_of_a_call_handler_ends_during_a_call()
        self.when_they_write_and_leave_the_box()
        self.then_the_page_says_that_they_are_signed_out()
        self.when_they_send_it_all_the_same()
        self.then_they_are_asked_to_sign_in_and_told_that_it_is_kept()
        self.when_somebody_else_signs_in_there()
        self.then_they_do_not_see_it()
        self.when_the_one_who_typed_it_signs_in()
        self.then_the_text_is_in_the_form_again()
        self.and_nothing_was_recorded_until_they_send_it()

    def given_the_sign_in_of_a_call_handler_ends_during_a_call(self):
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER, number=2, own_browser=True)
        self.other = self.rows.member(CENTRE, CALL_HANDLER, 1)
        self.call_taker.follows("New contact", within="header")
        cookies = {one["name"]: one["value"] for one in self.call_taker.page.context.cookies()}
        self.rows.do("DELETE FROM django_session WHERE session_key = %(key)s", key=cookies["sessionid"])

    def when_they_write_and_leave_the_box(self):
        self.call_taker.writes("What is happening?", self.WORDS)
        self.call_taker.page.keyboard.press("Tab")

    def then_the_page_says_that_they_are_signed_out(self):
        expect(self.call_taker.page.locator("[data-draft-status]")).to_have_text(
            "Signed out – sign in again. Your text is still here."
        )

    def when_they_send_it_all_the_same(self):
        self.call_taker.chooses("Advice given", of="What came of it?")
        self.call_taker.presses("Record this contact")
        self.call_taker.is_signed_out()

    def then_they_are_asked_to_sign_in_and_told_that_it_is_kept(self):
        self.call_taker.sees_heading("Who would you like to be?")
        self.call_taker.sees("You were signed out before this could be sent. What you had typed is kept.")
        self.address_after = self.call_taker.page.url
        assert self.WORDS.split()[0] not in self.address_after

    def when_somebody_else_signs_in_there(self):
        self.call_taker.presses(self.other.name)

    def then_they_do_not_see_it(self):
        assert self.WORDS not in self.call_taker.page.content()
        self.call_taker.has_typed("What is happening?", "")
        self.call_taker.page.get_by_role("button", name=f"Account: {self.other.name}").click()
        self.call_taker.presses("Sign out", within="#account")

    def when_the_one_who_typed_it_signs_in(self):
        self.call_taker.opens(self.address_after)
        self.call_taker.presses(self.call_taker.name)

    def then_the_text_is_in_the_form_again(self):
        self.call_taker.has_typed("What is happening?", self.WORDS)

    def and_nothing_was_recorded_until_they_send_it(self):
        assert self.rows.contacts(self.WORDS) == []
        self.call_taker.presses("Record this contact")
        self.call_taker.sees("Contact recorded")
        assert len(self.rows.contacts(self.WORDS)) == 1
