"""The inbox by keyboard: three decided in a row, and after each the focus is on the next row of the queue."""

from __future__ import annotations

import pytest

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, CLINICIAN, CRISIS, WITH_AND_WITHOUT_SCRIPTS, Story

FOCUSED_ROW = "document.activeElement.closest('[data-row]')?.id ?? document.activeElement.id"
WHY = "Why: what you know that decides this"
SOON = "Soon – within 72 hours"
WIDTHS = [320, 390, 768, 1024, 1440]
# The heads of a table that shows as cards are there to be heard only.
TOO_WIDE = """() => [...document.querySelectorAll("main :not(thead, thead *)")]
  .filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((it) => `${it.tagName}.${it.className}`)"""


class TestThreeInARow(Story):
    def test_by_keyboard_the_next_row_has_the_focus_each_time(self):
        self.given_four_people_wait_for_a_decision()
        self.when_the_clinician_opens_the_first_of_the_queue_by_keyboard()
        for _ in range(3):
            self.then_the_focus_is_on_its_row()
            self.when_they_choose_by_a_single_key_and_record_it()
            self.then_what_was_recorded_is_announced_with_the_next_row()
        self.and_three_were_accepted_in_their_name()

    def given_four_people_wait_for_a_decision(self):
        for number in range(4):
            given.a_contact(self.at_work(CENTRE, CALL_HANDLER), f"Cannot sleep, night {number}.")
        self.it = self.at_work(CENTRE, CLINICIAN)
        self.page = self.it.page
        self.page.set_viewport_size({"width": 1440, "height": 900})

    def when_the_clinician_opens_the_first_of_the_queue_by_keyboard(self):
        self.it.opens("/triage?queue=all")
        self.order = self.page.eval_on_selector_all("[data-row]", "rows => rows.map((row) => row.id)")
        assert len(self.order) >= 4
        for _ in range(40):
            if self.page.evaluate(FOCUSED_ROW) == self.order[0]:
                break
            self.page.keyboard.press("Tab")
        self.page.locator(f"#{self.order[0]} [data-open]").focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.decided: list[str] = []

    def then_the_focus_is_on_its_row(self):
        self.here = self.page.locator("tr.nwd-row--open").get_attribute("id")
        assert self.page.evaluate(FOCUSED_ROW) == self.here
        assert self.here == self.order[len(self.decided)]

    def when_they_choose_by_a_single_key_and_record_it(self):
        self.page.keyboard.press("a")
        assert self.page.evaluate("document.activeElement.value") == "accept"
        self.it.chooses(SOON)
        self.it.writes(WHY, "Wants to be rung this week.")
        needs = self.page.get_by_role("group", name="Which needs? Choose all that apply", exact=True)
        needs.get_by_label("Mental health", exact=True).check()
        why_otherwise = self.page.locator("select[name=why_not_advised]")
        if why_otherwise.count():  # guidance advised something, perhaps a sooner response
            why_otherwise.select_option("more_known")
        self.records()
        # Whoever usually decides otherwise is advised once, and goes on.
        if self.page.locator("#advice[autofocus]").count():
            self.records()
        self.decided.append(self.here)

    def records(self):
        self.page.locator("#id_why").focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+Enter")

    def then_what_was_recorded_is_announced_with_the_next_row(self):
        done = self.page.locator("#done")
        assert "Accepted" in done.inner_text() and "Next in the list:" in done.inner_text()
        assert done.get_attribute("role") == "status"
        focused = self.page.locator(":focus")
        assert focused.get_attribute("aria-describedby") == "done"
        assert self.page.evaluate(FOCUSED_ROW) == self.order[len(self.decided)]
        assert self.it.page.locator(":focus").is_visible()

    def and_three_were_accepted_in_their_name(self):
        for row in self.decided:
            [found] = self.rows.all(
                "SELECT r.state, m.name FROM referrals_referral r JOIN agencies_member m"
                f" ON m.id = r.triaged_by_id WHERE r.id = '{row.removeprefix('r-')}'"
            )
            assert (found.state, found.name) == ("accepted", self.it.name)


class TestDecliningAnOffer(Story):
    @WITH_AND_WITHOUT_SCRIPTS
    def test_a_decline_names_who_is_asked_next(self, scripts):
        words = f"He drinks from the morning, {scripts}."
        offer = given.an_offer(self.at_work(CENTRE, CALL_HANDLER), self.rows, words, to_team=CRISIS)
        it = self.at_work(CRISIS, "rapid_responder", scripts=scripts)
        it.opens("/triage?queue=offered")
        it.page.locator(f"#r-{offer.id} [data-open]").click()
        it.chooses("Decline and return")
        it.chooses("Another team is better placed")
        it.presses("Record decision")
        it.is_refused(422)
        it.sees("Name the team that is asked next. A no on its own would leave nobody to answer")
        it.picks("Who is asked next?", "Recovery Support")
        it.presses("Record decision")
        it.sees("Declined, and Recovery Support was asked")
        found = {one.receiver: one.state for one in self.rows.handovers(offer.referral_id)}
        assert found == {CRISIS: "returned", "Recovery Support": "offered"}


@pytest.mark.parametrize("width", WIDTHS)
def test_three_panes_from_1024_and_one_below(at_work, rows, width: int):
    given.a_contact(at_work(CENTRE, CALL_HANDLER), f"Seen at {width}.")
    it = at_work(CENTRE, CLINICIAN)
    it.page.set_viewport_size({"width": width, "height": 900})
    it.opens(f"/triage/{rows.referral(f'Seen at {width}.').id}?queue=all")
    parts = (".nwd-queues", ".nwd-inbox__list", ".nwd-inbox__detail")
    shown = [it.page.locator(part).is_visible() for part in parts]
    assert shown == ([True, True, True] if width >= 1024 else [False, False, True])
    assert it.page.locator(".nwd-back").is_visible() == (width < 1024)
    assert it.page.evaluate(TOO_WIDE) == []
    assert it.page.locator(".nwd-choices").is_visible()
    it.opens("/triage?queue=all")
    assert it.page.evaluate(TOO_WIDE) == []
