"""A stale tab: the page is old, somebody has decided since, and nothing that was typed is thrown away."""

from __future__ import annotations

import re

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, CLINICIAN, CRISIS, Story


class TestAStaleTriagePage(Story):
    WORDS = "He drinks from the morning and will not see anyone."
    REASON = "His brother rang as well: he has fallen twice this week."

    def test_whoever_decides_second_is_told_who_did_what_when_and_keeps_their_words(self):
        self.given_two_clinicians_have_the_same_referral_open()
        self.when_the_first_hands_it_to_the_crisis_team()
        self.when_the_second_decides_on_their_old_page()
        self.then_the_second_is_told_who_did_what_and_when()
        self.and_what_they_typed_is_still_there()
        self.and_only_the_first_decision_stands()

    def given_two_clinicians_have_the_same_referral_open(self):
        given.a_contact(self.at_work(CENTRE, CALL_HANDLER), self.WORDS, needs=("Drugs or alcohol",))
        self.referral = self.rows.referral(self.WORDS)
        self.first = self.at_work(CENTRE, CLINICIAN)
        self.second = self.at_work(CENTRE, CLINICIAN, number=1)
        for one in (self.first, self.second):
            one.opens(f"/triage/{self.referral.id}")

    def when_the_first_hands_it_to_the_crisis_team(self):
        it = self.first
        it.chooses("Hand to…")
        it.picks("Which team?", CRISIS)
        it.writes("What are you asking them to do?", "Visit him today.")
        it.chooses("Soon – within 72 hours")
        it.writes("Why: what you know that decides this", "Shakes, and lives alone.")
        it.presses("Record decision")
        it.sees(f"Offered to {CRISIS}")

    def when_the_second_decides_on_their_old_page(self):
        it = self.second
        it.chooses("Accept")
        it.chooses("Urgent – within 24 hours")
        it.writes("Why: what you know that decides this", self.REASON)
        it.presses("Record decision")

    def then_the_second_is_told_who_did_what_and_when(self):
        self.second.is_refused(409)
        assert re.fullmatch(
            rf"{re.escape(self.first.name)} triaged this and offered it to another team"
            r" (just now|\d+ seconds? ago)\.",
            self.second.reads("#conflict h2"),
        )
        assert f"{CRISIS} has been asked to take it on." in self.second.reads("#conflict")

    def and_what_they_typed_is_still_there(self):
        self.second.sees("What you had written – nothing has been lost")
        assert self.REASON in self.second.reads("#conflict")

    def and_only_the_first_decision_stands(self):
        now = self.rows.referral(self.WORDS)
        assert (now.state, now.urgency, now.triage_words) == ("triaged", "soon", "Shakes, and lives alone.")
        assert self.rows.journal(now.id).count("triage.handed_on") == 1
