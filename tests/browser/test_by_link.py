"""A charity volunteer, on an old phone and without a script, takes somebody on by a link."""

from __future__ import annotations

import pytest

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, Story

LUNCH = "Lantern Lunch Club"


class TestAVolunteerAnswersByALink(Story):
    READ_BACK = "I ring her this afternoon and fetch her on Friday."

    @pytest.fixture(autouse=True)
    def strangers(self, door):
        self.door = door

    def test_the_person_is_taken_on_and_the_giver_reads_by_whom(self):
        self.given_an_offer_to_a_team_in_which_nobody_signs_in()
        self.when_the_giver_makes_a_link()
        self.then_the_phone_shows_nobody_before_it_is_said_who_is_there()
        self.when_the_volunteer_opens_it_and_accepts()
        self.then_the_link_tells_what_was_answered_and_nothing_of_the_person()
        self.when_the_volunteer_goes_on_and_writes_that_they_spoke()
        self.then_the_giver_reads_who_holds_and_what_they_will_do()
        self.then_the_giver_reads_what_was_written()

    def given_an_offer_to_a_team_in_which_nobody_signs_in(self):
        self.words = "She eats alone and has nobody to talk to."
        self.giver = self.at_work(CENTRE, CALL_HANDLER)
        self.offer = given.an_offer(self.giver, self.rows, self.words, to_team=LUNCH)

    def when_the_giver_makes_a_link(self):
        self.giver.opens(f"/handovers/{self.offer.id}")
        self.giver.follows("Links for this offer")
        self.giver.presses("Make a link")
        self.link = "/answer/" + self.giver.reads("#made + p").split("/answer/")[1]

    def then_the_phone_shows_nobody_before_it_is_said_who_is_there(self):
        self.phone = self.door.stranger(scripts=False)
        self.phone.page.set_viewport_size({"width": 320, "height": 568})
        self.phone.opens(self.link)
        self.phone.sees_heading(f"{LUNCH} is asked to help somebody")
        self.phone.sees_not(self.words)

    def when_the_volunteer_opens_it_and_accepts(self):
        self.phone.writes("Your name", "Jo Carter")
        self.phone.writes("What you do there", "Volunteer")
        self.phone.presses("Show what we are asked")
        self.phone.sees("Ring them today, and see them this week.")
        self.phone.writes("In one line, what will you do?", self.READ_BACK)
        self.phone.presses("Accept")

    def then_the_link_tells_what_was_answered_and_nothing_of_the_person(self):
        self.phone.sees("You hold this person now")
        self.phone.sees_not("Ring them today, and see them this week.")
        self.onward = self.phone.page.url
        self.phone.opens(self.link)
        self.phone.sees_heading(f"{LUNCH} has accepted")

    def when_the_volunteer_goes_on_and_writes_that_they_spoke(self):
        self.phone.opens(self.onward)
        self.phone.writes("Your name", "Jo Carter")
        self.phone.writes("What you do there", "Volunteer")
        self.phone.presses("Open")
        width = self.phone.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, "nothing is wider than the phone"
        self.phone.chooses("By telephone", of="What are you writing down?")
        self.phone.writes("In a line or two, how does it go?", "She comes on Friday.")
        self.phone.presses("Write it down")
        self.phone.sees("It is written down")

    def then_the_giver_reads_what_was_written(self):
        self.giver.opens(f"/referrals/{self.offer.referral_id}")
        self.giver.sees("“She comes on Friday.”")

    def then_the_giver_reads_who_holds_and_what_they_will_do(self):
        self.giver.opens(f"/handovers/{self.offer.id}")
        self.giver.sees_heading(f"Accepted by {LUNCH}")
        self.giver.sees(f"“{self.READ_BACK}”")
        [offer] = self.rows.handovers(self.rows.referral(self.words).id)
        assert offer.state == "accepted"
