"""A caller who is lost is owed a call back, by somebody named, until somebody has rung."""

from __future__ import annotations

from datetime import timedelta

from tests.browser.given import CALL_HANDLER, CENTRE, Story


class TestACallerIsLost(Story):
    WORDS = "I am on the bridge in Averley, I – "
    CAME_OF_IT = "She answered: she is home, and her mother is with her until morning."

    def test_the_call_back_is_on_my_work_until_it_is_kept(self):
        self.given_a_caller_is_cut_off()
        self.when_the_call_handler_records_that()
        self.then_they_owe_a_call_back_within_a_quarter_of_an_hour()
        self.and_it_is_on_their_work()
        self.when_they_have_rung_and_say_what_came_of_it()
        self.then_it_is_off_their_work_and_on_record()

    def given_a_caller_is_cut_off(self):
        self.call_taker = it = self.at_work(CENTRE, CALL_HANDLER)
        it.opens("/")
        it.follows("New contact", within="header")
        it.writes("What is happening?", self.WORDS)
        it.writes("Number to ring back, if we are cut off", "07700 900 123")

    def when_the_call_handler_records_that(self):
        self.call_taker.chooses("Caller lost – we ring back", of="What came of it?")
        self.call_taker.presses("Record this contact")

    def then_they_owe_a_call_back_within_a_quarter_of_an_hour(self):
        [contact] = self.rows.contacts(self.WORDS.strip()) or self.rows.contacts(self.WORDS)
        [self.promise] = self.promises(contact.id)
        assert (self.promise.kind, self.promise.state) == ("callback", "open")
        assert self.promise.owner_member_id == self.call_taker.member.member_id
        assert self.promise.due_at - self.promise.made_at == timedelta(minutes=15)

    def and_it_is_on_their_work(self):
        self.call_taker.opens("/")
        row = self.call_taker.reads(f"#promise-{self.promise.id}")
        assert "Call back owed" in row
        assert "Owed by you" in row

    def when_they_have_rung_and_say_what_came_of_it(self):
        with self.call_taker.page.expect_navigation():
            self.call_taker.page.locator(f"#promise-{self.promise.id}").get_by_role(
                "link", name="Done"
            ).click()
        self.call_taker.sees_heading("What was promised")
        assert "07700 900 123" in self.call_taker.reads(".nwd-owed")
        self.call_taker.writes("What came of it?", self.CAME_OF_IT)
        self.call_taker.presses("It was done")

    def then_it_is_off_their_work_and_on_record(self):
        self.call_taker.sees("Recorded")
        [kept] = self.promises(self.promise.contact_id)
        assert (kept.state, kept.ending_words) == ("kept", self.CAME_OF_IT)
        self.call_taker.opens("/")
        assert self.call_taker.page.locator(f"#promise-{self.promise.id}").count() == 0

    def promises(self, contact_id):
        return self.rows.all("SELECT * FROM promises_promise WHERE contact_id = %(id)s", id=contact_id)
