"""Going back, and pressing twice: what was recorded once stays recorded once."""

from __future__ import annotations

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, Story


class TestBackAfterSaving(Story):
    WORDS = "The boiler has gone and the baby is cold."

    def test_going_back_finds_that_it_is_recorded_and_nothing_to_send_again(self):
        self.given_a_contact_was_recorded()
        self.when_the_call_handler_goes_back_in_the_browser()
        self.then_it_says_that_this_is_recorded_already_and_offers_nothing_to_send()
        self.and_there_is_one_contact_and_one_referral()

    def given_a_contact_was_recorded(self):
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER)
        given.a_contact(self.call_taker, self.WORDS)

    def when_the_call_handler_goes_back_in_the_browser(self):
        self.call_taker.goes_back()

    def then_it_says_that_this_is_recorded_already_and_offers_nothing_to_send(self):
        self.call_taker.sees_heading("This contact is recorded already")
        assert self.call_taker.page.locator("main form").count() == 0

    def and_there_is_one_contact_and_one_referral(self):
        assert len(self.rows.contacts(self.WORDS)) == 1
        assert self.rows.referral(self.WORDS)


class TestThePageIsStillOpenAfterSaving(Story):
    """A browser that brings the page back as it was, or the same form in a second tab."""

    WORDS = "The landlord has changed the locks."

    def test_sending_it_again_records_nothing_twice_and_says_so(self):
        self.given_the_same_form_is_open_twice()
        self.when_it_is_sent_from_both()
        self.then_the_second_is_told_that_it_was_recorded_already()
        self.and_there_is_one_contact()

    def given_the_same_form_is_open_twice(self):
        self.call_taker, self.again = self.at_work(CENTRE, CALL_HANDLER), self.at_work(CENTRE, CALL_HANDLER)
        self.call_taker.opens("/")
        self.call_taker.follows("New contact", within="header")
        self.again.opens(self.call_taker.page.url)
        for one in (self.call_taker, self.again):
            one.writes("What is happening?", self.WORDS)
            one.chooses("Advice given", of="What came of it?")

    def when_it_is_sent_from_both(self):
        self.call_taker.presses("Record this contact")
        self.again.presses("Record this contact")

    def then_the_second_is_told_that_it_was_recorded_already(self):
        self.call_taker.sees("Contact recorded")
        self.again.sees("Recorded already", "It was sent twice, and is recorded once.")

    def and_there_is_one_contact(self):
        assert len(self.rows.contacts(self.WORDS)) == 1


class TestBackToAPageWithoutAKey(Story):
    """Opened from a bookmark: the browser would bring the text back into what is now another form."""

    WORDS = "I lost my key and my tablets are inside."

    def test_the_form_comes_back_empty(self):
        self.given_a_contact_was_recorded_from_a_bookmark()
        self.when_the_call_handler_goes_back_in_the_browser()
        self.then_the_form_is_empty()

    def given_a_contact_was_recorded_from_a_bookmark(self):
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER)
        self.call_taker.opens("/contacts/new")
        self.call_taker.writes("What is happening?", self.WORDS)
        self.call_taker.chooses("Advice given", of="What came of it?")
        self.call_taker.presses("Record this contact")
        self.call_taker.sees("Contact recorded")

    def when_the_call_handler_goes_back_in_the_browser(self):
        self.call_taker.goes_back()

    def then_the_form_is_empty(self):
        self.call_taker.has_typed("What is happening?", "")
        assert len(self.rows.contacts(self.WORDS)) == 1


class TestPressingTwice(Story):
    WORDS = "My neighbour has not drawn the curtains for two days."

    def test_a_double_click_records_once(self):
        self.given_a_call_handler_has_written_down_a_contact()
        self.when_they_press_twice_in_a_hurry()
        self.then_it_is_recorded_once()

    def given_a_call_handler_has_written_down_a_contact(self):
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER)
        self.call_taker.opens("/contacts/new")
        self.call_taker.writes("What is happening?", self.WORDS)
        self.call_taker.chooses("Handed over to a team", of="What came of it?")

    def when_they_press_twice_in_a_hurry(self):
        # The second click ends the navigation that the first began.
        self.call_taker.page.get_by_role("button", name="Record this contact", exact=True).dblclick()
        self.call_taker.page.wait_for_url("**/contacts/*-*")

    def then_it_is_recorded_once(self):
        self.call_taker.sees(f"“{self.WORDS}”")
        assert len(self.rows.contacts(self.WORDS)) == 1
        assert len(self.rows.holdings(self.rows.referral(self.WORDS).id)) == 1
