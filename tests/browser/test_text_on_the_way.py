"""“On the way”, from a phone 320 pixels wide: one tap, and the page says what came of it and no more."""

from __future__ import annotations

from tests import chromium
from tests.browser import given
from tests.browser.given import URGENT, Story

BUTTON = "Text “on the way”"


class TestOneTap(Story):
    WORDS = "He has not been out for a week."

    def test_the_crew_tells_the_person_that_it_comes(self):
        self.given_somebody_goes_to_somebody_whose_number_is_safe()
        self.when_they_set_off_and_press_once()
        self.then_the_visit_says_that_it_is_on_its_way_out_and_offers_it_no_more()

    def given_somebody_goes_to_somebody_whose_number_is_safe(self):
        self.nurse = self.at_work(URGENT, "team_lead", own_browser=True)
        self.visit_id = given.a_visit(self.nurse, self.rows, self.WORDS, crew="Crew 13").id
        referral = self.rows.referral(self.WORDS)
        person = self.rows.one(
            "SELECT id FROM people_person p WHERE phone <> '' AND NOT EXISTS ("
            " SELECT FROM contacts_contact c WHERE c.person_id = p.id AND c.safe_to_call <> 'not_asked')"
            " AND NOT EXISTS (SELECT FROM sharing_seal s WHERE s.person_id = p.id) ORDER BY id LIMIT 1"
        )
        self.rows.do(
            "UPDATE contacts_contact SET person_id = %(person)s, caller_kind = 'person',"
            " safe_to_call = 'yes', callback_number = '' WHERE id = %(contact)s",
            person=person.id, contact=referral.contact_id,
        )  # fmt: skip
        self.rows.do(
            "UPDATE referrals_referral SET person_id = %(person)s WHERE id = %(id)s",
            person=person.id, id=referral.id,
        )  # fmt: skip

    def when_they_set_off_and_press_once(self):
        self.page = self.nurse.page
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.nurse.opens(f"/visits/{self.visit_id}")
        self.nurse.presses("We are on the way")
        assert "This is a demonstration: nothing leaves it." in self.page.inner_text("main")
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 320, "no scrolling sideways"
        assert chromium.violations(self.page) == []
        button = self.page.get_by_role("button", name=BUTTON, exact=True)
        assert button.bounding_box()["height"] >= 44, "for one thumb"
        self.nurse.presses(BUTTON)

    def then_the_visit_says_that_it_is_on_its_way_out_and_offers_it_no_more(self):
        assert self.page.get_by_role("button", name=BUTTON, exact=True).count() == 0
        assert "The text “on the way” waits to be sent, since" in self.page.inner_text("main")
        (one,) = self.rows.all("SELECT * FROM messages_message WHERE visit_id = %(id)s", id=self.visit_id)
        assert one.words.startswith("We are on our way to you")
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert chromium.violations(self.page) == []
