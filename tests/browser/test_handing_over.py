"""A handover is not done until somebody has accepted it, and whoever gives goes on holding until then."""

from __future__ import annotations

import re

from tests.browser import given
from tests.browser.given import (
    CALL_HANDLER,
    CENTRE,
    CLINICIAN,
    CRISIS,
    NURSES,
    SOCIAL_CARE,
    WITH_AND_WITHOUT_SCRIPTS,
    Story,
)


@WITH_AND_WITHOUT_SCRIPTS
class TestANoNamesWhoIsAskedNext(Story):
    REASON = "She needs somebody tonight, and we are closed until Monday."

    def test_a_no_alone_is_refused_and_the_next_team_answers_by_the_same_time(self, scripts):
        self.given_social_care_is_asked_to_take_someone_on(scripts)
        self.when_they_say_no_and_name_nobody()
        self.then_it_is_refused_and_their_reason_is_still_there()
        self.and_the_giver_still_holds()
        self.when_they_name_the_nurses_to_be_asked_next()
        self.then_the_nurses_are_asked_by_the_same_time()
        self.and_the_giver_sees_that_it_was_returned_once()

    def given_social_care_is_asked_to_take_someone_on(self, scripts):
        words = f"I have not slept since Sunday and the walls are talking ({scripts})."
        self.giver = self.at_work(CENTRE, CALL_HANDLER, scripts=scripts)
        self.offer = given.an_offer(self.giver, self.rows, words, to_team=SOCIAL_CARE)
        self.receiver = self.at_work(SOCIAL_CARE, scripts=scripts)

    def when_they_say_no_and_name_nobody(self):
        self.receiver.opens(f"/handovers/{self.offer.id}")
        self.receiver.follows("Say no, and name who is asked next")
        self.receiver.chooses("No capacity to respond in time")
        self.receiver.writes("What should the next team know?", self.REASON)
        self.receiver.presses("Return, and ask the next team")

    def then_it_is_refused_and_their_reason_is_still_there(self):
        self.receiver.is_refused(422)
        self.receiver.sees_heading("There is a problem")
        self.receiver.has_typed("What should the next team know?", self.REASON)
        assert self.receiver.box("No capacity to respond in time").is_checked()
        [offer] = self.rows.handovers(self.offer.referral_id)
        assert (offer.state, offer.reason_words) == ("offered", "")

    def and_the_giver_still_holds(self):
        [held] = self.rows.holdings(self.offer.referral_id)
        assert (held.team, held.member, held.until_at) == (CENTRE, self.giver.name, None)

    def when_they_name_the_nurses_to_be_asked_next(self):
        self.receiver.picks("Who is asked next?", NURSES)
        self.receiver.presses("Return, and ask the next team")

    def then_the_nurses_are_asked_by_the_same_time(self):
        self.receiver.sees("Returned")
        first, second = self.rows.handovers(self.offer.referral_id)
        assert (first.state, first.reason_words) == ("returned", self.REASON)
        assert (second.state, second.receiver, second.giver) == ("offered", NURSES, CENTRE)
        assert second.answer_by == first.answer_by == self.offer.answer_by
        self.and_the_giver_still_holds()

    def and_the_giver_sees_that_it_was_returned_once(self):
        self.giver.opens("/")
        *_, second = self.rows.handovers(self.offer.referral_id)
        row = self.giver.reads(f"#given-{second.id}")
        assert "2nd handover, returned once" in row
        assert f"Asked of {NURSES}, by you" in row
        self.giver.opens(f"/referrals/{self.offer.referral_id}")
        self.giver.sees(f"“{self.REASON}”")
        self.giver.sees(
            f"{self.receiver.name} returned it: no capacity to respond in time. {NURSES} was asked next."
        )


class TestTwoAcceptAtOnce(Story):
    def test_one_wins_and_the_other_is_told_who_and_when_with_their_words_kept(self):
        self.given_two_of_the_crisis_team_have_the_same_offer_open()
        self.when_both_accept_at_the_same_moment()
        self.then_one_of_them_holds_the_person()
        self.and_the_other_is_told_who_and_when()
        self.and_what_the_other_typed_is_still_there()

    def given_two_of_the_crisis_team_have_the_same_offer_open(self):
        giver = self.at_work(CENTRE, CALL_HANDLER)
        self.offer = given.an_offer(giver, self.rows, "He has locked himself in.", to_team=CRISIS)
        self.both = [self.at_work(CRISIS), self.at_work(CRISIS, number=1)]
        assert self.both[0].name != self.both[1].name
        for one in self.both:
            one.opens(f"/handovers/{self.offer.id}")
            one.writes("In one line, what will you do?", f"I ring him now. {one.name}")

    def when_both_accept_at_the_same_moment(self):
        for one in self.both:
            one.page.get_by_role("button", name="Accept", exact=True).click(no_wait_after=True)
        for one in self.both:
            one.page.wait_for_url(re.compile("/accept$|/referrals/"))

    def then_one_of_them_holds_the_person(self):
        [offer] = self.rows.handovers(self.offer.referral_id)
        assert offer.state == "accepted"
        [self.winner] = [one for one in self.both if one.name == offer.answered_by]
        [self.other] = [one for one in self.both if one is not self.winner]
        assert offer.read_back == f"I ring him now. {self.winner.name}"
        before, now = self.rows.holdings(offer.referral_id)
        assert (now.team, now.member, now.until_at) == (CRISIS, self.winner.name, None)
        assert before.until_at == now.from_at
        self.winner.sees("Accepted")

    def and_the_other_is_told_who_and_when(self):
        self.other.is_refused(409)
        said = self.other.reads("#conflict h2")
        assert re.fullmatch(
            rf"{re.escape(self.winner.name)} accepted this (just now|\d+ seconds? ago)\.", said
        )

    def and_what_the_other_typed_is_still_there(self):
        self.other.sees("What you had written – nothing has been lost")
        self.other.sees(f"I ring him now. {self.other.name}")


@WITH_AND_WITHOUT_SCRIPTS
class TestAWarmHandover(Story):
    READ_BACK = "I ring Rosa within the hour and see her tonight with her sister there."
    TOLD = "Delroy comes at seven. If it gets worse before, ring the crisis line."

    def test_from_the_first_call_to_the_last_word_somebody_named_holds_her(self, scripts):
        self.given_someone_who_is_new_here_rings(scripts)
        self.when_the_call_handler_registers_her_and_records_the_call()
        self.then_the_centre_holds_her_and_has_it_to_triage()
        self.when_a_clinician_triages_it_and_asks_the_crisis_team()
        self.then_the_centre_still_holds_her()
        self.when_the_crisis_team_accepts_and_reads_back()
        self.then_her_record_shows_an_unbroken_line_of_holders()
        self.when_help_begins_and_it_is_closed_with_what_she_was_told()
        self.then_nobody_holds_her_for_it_and_it_says_what_she_was_told()
        self.when_it_is_reopened()
        self.then_the_crisis_team_holds_her_again()

    def given_someone_who_is_new_here_rings(self, scripts):
        self.scripts = scripts
        self.surname = "Fernandes" if scripts else "Fernandez-Ali"
        self.words = f"I keep seeing him on the stairs. I am {self.surname}, and I am frightened to sleep."
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER, scripts=scripts)
        self.call_taker.opens("/contacts/new")
        self.call_taker.writes("What is happening?", self.words)

    def when_the_call_handler_registers_her_and_records_the_call(self):
        it = self.call_taker
        it.writes("Name of the person", f"Rosa {self.surname}")
        it.writes("Day", "3")
        it.writes("Month", "11")
        it.writes("Year", "1961")
        it.presses("Look for this person")
        it.presses("Register a new person", within="aside")
        it.has_typed("Family name", self.surname)
        it.presses("Register this person")
        it.has_typed("What is happening?", self.words)
        it.chooses("Handed over to a team", of="What came of it?")
        it.chooses("Mental health", "Safety from harm by others", of="Needs, as far as they are known")
        it.writes("What do you ask the team to do?", "See her today, with someone she trusts.")
        it.presses("Record this contact")

    def then_the_centre_holds_her_and_has_it_to_triage(self):
        self.call_taker.sees("Contact recorded")
        self.referral = self.rows.referral(self.words)
        person = self.rows.one("SELECT * FROM people_person WHERE id = %(id)s", id=self.referral.person_id)
        assert (person.family_name, person.given_names) == (self.surname, "Rosa")
        assert self.referral.state == "new"
        [held] = self.rows.holdings(self.referral.id)
        assert (held.team, held.until_at) == (CENTRE, None)

    def when_a_clinician_triages_it_and_asks_the_crisis_team(self):
        self.clinician = it = self.at_work(CENTRE, CLINICIAN, scripts=self.scripts)
        it.opens(f"/triage/{self.referral.id}")
        it.sees(f"“{self.words}”")
        it.chooses("Hand to…")
        it.picks("Which team?", CRISIS)
        it.writes("What are you asking them to do?", "Assess her at home today.")
        it.writes("What has happened, in short", "Her late husband hit her; she sees him at night.")
        it.chooses("Urgent – within 24 hours")
        it.writes("Why: what you know that decides this", "No sleep for four nights, alone after six.")
        it.presses("Record decision")

    def then_the_centre_still_holds_her(self):
        self.clinician.sees(f"Offered to {CRISIS}")
        [self.offer] = self.rows.handovers(self.referral.id)
        assert (self.offer.state, self.offer.receiver) == ("offered", CRISIS)
        [held] = self.rows.holdings(self.referral.id)
        assert (held.team, held.until_at) == (CENTRE, None)

    def when_the_crisis_team_accepts_and_reads_back(self):
        self.nurse = it = self.at_work(CRISIS, scripts=self.scripts)
        it.opens("/")
        it.page.locator(f"#offer-{self.offer.id}").get_by_role("link", name="Accept").click()
        it.writes("In one line, what will you do?", self.READ_BACK)
        it.presses("Accept")
        it.sees("Accepted")

    def then_her_record_shows_an_unbroken_line_of_holders(self):
        self.nurse.opens(f"/people/{self.referral.person_id}")
        line = self.nurse.page.locator(".nwd-line")
        assert line.locator(".nwd-hold__who").all_inner_texts() == [
            f"{CENTRE} – {self.call_taker.name}",
            f"{CRISIS} – {self.nurse.name}",
        ]
        assert line.locator(".nwd-hold__words").all_inner_texts() == [f"“{self.READ_BACK}”"]
        assert line.locator(".nwd-hold__end").inner_text().endswith(f"held by {CRISIS}")
        first, last = self.rows.holdings(self.referral.id)
        assert (first.from_at, first.until_at, last.until_at) == (
            self.referral.received_at,
            last.from_at,
            None,
        )

    def when_help_begins_and_it_is_closed_with_what_she_was_told(self):
        it = self.nurse
        it.opens(f"/referrals/{self.referral.id}")
        it.presses("Record that help has begun", within="aside")
        it.follows("Close this referral")
        it.chooses("A plan was agreed with the person")
        it.writes("What was the person told?", self.TOLD)
        it.chooses("We told them")
        it.presses("Close the referral")

    def then_nobody_holds_her_for_it_and_it_says_what_she_was_told(self):
        self.nurse.sees("Referral closed", f"“{self.TOLD}”")
        closed = self.rows.referral(self.words)
        assert (closed.state, closed.outcome, closed.told) == ("closed", "plan_agreed", self.TOLD)
        assert self.rows.holdings(self.referral.id)[-1].until_at == closed.closed_at
        assert self.rows.journal(self.referral.id)[-2:] == ["referral.begun", "referral.closed"]

    def when_it_is_reopened(self):
        self.nurse.follows("Reopen this referral")
        self.nurse.writes("Why is this being reopened?", "Her sister rang: it has begun again.")
        self.nurse.presses("Reopen")

    def then_the_crisis_team_holds_her_again(self):
        self.nurse.sees("Reopened")
        assert self.rows.referral(self.words).state == "new"
        *_, held = self.rows.holdings(self.referral.id)
        assert (held.team, held.member, held.until_at) == (CRISIS, self.nurse.name, None)
