"""A letter goes with an offer that nobody answers; the giver chases, and the receiver has both."""

from __future__ import annotations

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, CRISIS, WITH_AND_WITHOUT_SCRIPTS, Story
from tests.worlds.files import HTML, PDF


@WITH_AND_WITHOUT_SCRIPTS
class TestALetterGoesAlong(Story):
    SAID = "The nurse in charge rings back within ten minutes."

    def test_a_page_that_is_no_letter_is_named_and_the_letter_arrives(self, scripts):
        self.given_a_call_that_the_centre_holds(scripts)
        self.when_a_letter_and_a_page_are_attached_and_sent()
        self.then_the_page_is_refused_and_the_letter_is_still_chosen()
        self.when_it_is_sent_as_it_stands()
        self.then_the_receiver_saves_the_very_letter(scripts)
        self.when_the_giver_chases()
        self.then_the_receiver_reads_it_on_the_offer_and_in_my_work()

    def given_a_call_that_the_centre_holds(self, scripts):
        words = f"Her letter from the hospital says what to do ({scripts})."
        self.giver = self.at_work(CENTRE, CALL_HANDLER, scripts=scripts)
        given.a_contact(self.giver, words)
        self.referral = self.rows.referral(words)

    def when_a_letter_and_a_page_are_attached_and_sent(self):
        self.giver.opens(f"/referrals/{self.referral.id}/hand-over")
        self.giver.picks("To whom?", CRISIS)
        self.giver.box("Attach files").set_input_files(
            [
                {"name": "Brief für Łucja.pdf", "mimeType": "application/pdf", "buffer": PDF},
                {"name": "page.pdf", "mimeType": "application/pdf", "buffer": HTML},
            ]
        )
        self.giver.presses("Send the offer")

    def then_the_page_is_refused_and_the_letter_is_still_chosen(self):
        self.giver.is_refused(422)
        self.giver.sees("Chosen, and sent with the offer")
        assert "The file “page.pdf” cannot be taken." in self.giver.reads("#problems")
        assert "Brief für Łucja.pdf" in self.giver.reads(".nwd-files")
        assert not self.rows.handovers(self.referral.id)

    def when_it_is_sent_as_it_stands(self):
        self.giver.presses("Send the offer")
        assert "Brief für Łucja.pdf" in self.giver.reads(".nwd-files")
        [self.offer] = self.rows.handovers(self.referral.id)

    def then_the_receiver_saves_the_very_letter(self, scripts):
        self.receiver = self.at_work(CRISIS, scripts=scripts)
        self.receiver.opens(f"/handovers/{self.offer.id}")
        with self.receiver.page.expect_download() as saving:
            self.receiver.page.get_by_role("link", name="Brief für Łucja.pdf").click()
        assert saving.value.suggested_filename == "Brief für Łucja.pdf"
        with open(saving.value.path(), "rb") as saved:
            assert saved.read() == PDF

    def when_the_giver_chases(self):
        self.giver.follows("Chase")
        self.giver.chooses("By phone", of="How did you ask them?")
        self.giver.writes("What was said?", self.SAID)
        self.giver.presses("Record that you chased them")

    def then_the_receiver_reads_it_on_the_offer_and_in_my_work(self):
        self.receiver.opens(f"/handovers/{self.offer.id}")
        self.receiver.sees(f"“{self.SAID}”")
        assert f"by {self.giver.name} by phone:" in self.receiver.reads(".nwd-chased")
        self.receiver.opens("/")
        assert f"by {self.giver.name} by phone" in self.receiver.reads(f"#offer-{self.offer.id}")
        [offer] = self.rows.handovers(self.referral.id)
        assert (offer.state, offer.answer_by) == ("offered", self.offer.answer_by)
