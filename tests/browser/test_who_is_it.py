"""The wrong twin: one thing alone never opens a record, and two of one name are told apart out loud."""

from __future__ import annotations

from tests.browser.given import CALL_HANDLER, CENTRE, Story

TAMPER = """([id]) => {
  const form = document.querySelector("#search");
  form.action = "/people/open";
  form.insertAdjacentHTML("beforeend", `<input type="hidden" name="person_id" value="${id}">`);
}"""
NAME = "Mohammed Khan-Rehman"


class TestTwoOfOneName(Story):
    def test_one_identifier_opens_neither_and_the_banner_warns_of_the_other(self):
        self.given_two_people_of_one_name_are_registered()
        self.when_somebody_looks_for_the_name_alone()
        self.then_both_are_shown_without_what_would_tell_them_apart()
        self.and_neither_can_be_opened_but_one_more_thing_is_asked()
        self.when_the_record_is_asked_for_all_the_same()
        self.then_it_is_refused_and_the_question_is_asked_again()
        self.when_the_caller_says_when_they_were_born()
        self.then_that_record_opens_with_a_warning_of_the_other()

    def given_two_people_of_one_name_are_registered(self):
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER)
        for day, month, year in (("3", "2", "1988"), ("14", "9", "1951")):
            self.looks_for(name=NAME, born=(day, month, year))
            self.call_taker.presses("Register a new person")
            found = self.call_taker.page.get_by_role(
                "button", name="This is someone else – register", exact=True
            )
            self.call_taker.presses(found.inner_text() if found.count() else "Register this person")
            self.call_taker.sees("Registered")
        self.twins = self.rows.all(
            "SELECT * FROM people_person WHERE family_name = 'Khan-Rehman' ORDER BY born_on DESC"
        )
        assert len(self.twins) == 2

    def looks_for(self, *, name: str, born: tuple[str, str, str] | None = None) -> None:
        self.call_taker.opens("/people")
        self.call_taker.writes("Name", name)
        for label, part in zip(("Day", "Month", "Year"), born or (), strict=False):
            self.call_taker.writes(label, part)
        self.call_taker.presses("Look for this person")

    def when_somebody_looks_for_the_name_alone(self):
        self.looks_for(name=NAME)

    def then_both_are_shown_without_what_would_tell_them_apart(self):
        found = self.call_taker.page.locator(".nwd-candidate")
        assert found.count() == 2
        for one in found.all():
            assert "Another person with this name is on this list." in one.inner_text()
        for born in ("03-Feb-1988", "14-Sep-1951"):
            self.call_taker.sees_not(born)

    def and_neither_can_be_opened_but_one_more_thing_is_asked(self):
        assert self.call_taker.page.get_by_role("button", name="Open the record").count() == 0
        self.call_taker.sees("Possible match. Ask one more: date of birth, postcode or telephone number.")

    def when_the_record_is_asked_for_all_the_same(self):
        self.call_taker.page.evaluate(TAMPER, [str(self.twins[0].id)])
        self.call_taker.presses("Look for this person")

    def then_it_is_refused_and_the_question_is_asked_again(self):
        self.call_taker.is_refused(422)
        self.call_taker.sees("Ask one more: date of birth or postcode", within="#problems")
        assert "/people/open" in self.call_taker.page.url
        for born in ("03-Feb-1988", "14-Sep-1951"):
            self.call_taker.sees_not(born)

    def when_the_caller_says_when_they_were_born(self):
        self.looks_for(name=NAME, born=("14", "9", "1951"))
        self.call_taker.page.get_by_role("button", name="Open the record").click()

    def then_that_record_opens_with_a_warning_of_the_other(self):
        self.call_taker.page.wait_for_url(f"**/people/{self.twins[1].id}")
        self.call_taker.sees("Another person with this name is on record.")
        assert "14-Sep-1951" in self.call_taker.reads(".nwd-person__line")
