"""A team closes: its lead reads first how many people pass to whom, and its successor finds every one."""

from __future__ import annotations

from tests.browser import given, looks
from tests.browser.given import CALL_HANDLER, CENTRE, Story

# It stays closed, so no other story here may need it.
CLOSES = "Tenancy Support"
TAKES_OVER = "Housing Options"
FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"
POINTED = """window.pointed = 0; for (const kind of ["pointerdown", "mousedown", "touchstart"])
  document.addEventListener(kind, () => { window.pointed += 1; }, true)"""


class TestATeamCloses(Story):
    WORDS = "They want me out by the end of the month and I have nowhere to go."
    WHY = "Our funding ends on Friday. Ring our lead for anything you miss."

    def test_without_a_mouse_and_nobody_is_let_go(self):
        self.given_a_team_holds_somebody_by_name()
        self.when_its_lead_goes_to_close_it_by_keyboard()
        self.then_the_page_says_how_many_pass_to_whom_and_nothing_is_done_yet()
        self.when_the_lead_confirms_it()
        self.then_the_team_has_closed_and_no_mouse_was_needed()
        self.and_the_successor_finds_the_person_to_accept_anew()
        self.and_a_closed_team_is_still_a_page_for_everyone()

    def given_a_team_holds_somebody_by_name(self):
        giver = self.at_work(CENTRE, CALL_HANDLER)
        self.offer = given.an_offer(giver, self.rows, self.WORDS, to_team=CLOSES)
        worker = self.at_work(CLOSES)
        worker.opens(f"/handovers/{self.offer.id}")
        worker.writes("In one line, what will you do?", "I meet him at noon at the housing office.")
        worker.presses("Accept")
        *_, held = self.rows.holdings(self.offer.referral_id)
        assert (held.team, held.member) == (CLOSES, worker.name)

    def when_its_lead_goes_to_close_it_by_keyboard(self):
        self.lead = self.at_work(CLOSES, "team_lead")
        self.page = self.lead.page
        self.page.add_init_script(POINTED)
        self.lead.opens("/our-team")
        self.goes_to("Close this team")
        self.enters()
        self.goes_to("id_successor")
        self.page.keyboard.type(TAKES_OVER)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(self.WHY)
        self.enters("Control+Enter")

    def then_the_page_says_how_many_pass_to_whom_and_nothing_is_done_yet(self):
        self.lead.sees_heading(f"Close {CLOSES} into {TAKES_OVER}?")
        people = self.rows.one(
            """SELECT count(DISTINCT coalesce(r.person_id, r.id)) AS people, count(*) AS referrals
               FROM holdings_holding h JOIN referrals_referral r ON r.id = h.referral_id
               JOIN agencies_team t ON t.id = h.team_id WHERE t.name = %(team)s AND h.until_at IS NULL""",
            team=CLOSES,
        )
        said = self.lead.reads("#passes ~ ul")
        assert f"{people.people} p" in said and f"({people.referrals} referral" in said
        assert f"pass from {CLOSES} to {TAKES_OVER}" in said
        self.lead.sees(f"“{self.WHY}”")
        assert self.team(CLOSES).closed_at is None
        complaints = looks.complaints(self.page, is_form=True)
        assert not complaints, "\n".join(complaints)

    def when_the_lead_confirms_it(self):
        self.goes_to("Close the team")
        self.enters()

    def then_the_team_has_closed_and_no_mouse_was_needed(self):
        self.lead.sees(f"{CLOSES} has closed")
        assert self.page.evaluate("window.pointed") == 0
        assert self.team(CLOSES).closed_at is not None
        *_, before, now = self.rows.holdings(self.offer.referral_id)
        assert (now.team, now.member, now.until_at) == (TAKES_OVER, None, None)
        assert before.until_at == now.from_at

    def and_the_successor_finds_the_person_to_accept_anew(self):
        successor = self.at_work(TAKES_OVER)
        successor.opens("/our-team")
        row = self.rows.one(
            "SELECT id FROM promises_promise WHERE referral_id = %(id)s AND kind = 're_homing'",
            id=self.offer.referral_id,
        )
        assert "Came without an acceptance" in successor.reads(f"#next-promise-{row.id}")
        successor.opens(f"/referrals/{self.offer.referral_id}")
        successor.sees(f"“{self.WORDS}”")

    def and_a_closed_team_is_still_a_page_for_everyone(self):
        complaints = looks.complaints(self.page, is_form=False)
        assert not complaints, "\n".join(complaints)

    def goes_to(self, wanted: str) -> None:
        """Tab by tab, as a person does who looks where the focus is."""
        for _ in range(300):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED) == wanted:
                return
        raise AssertionError(f"no Tab leads to {wanted!r}")

    def enters(self, keys: str = "Enter") -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(keys)

    def team(self, name: str):
        return self.rows.one("SELECT * FROM agencies_team WHERE name = %(name)s", name=name)
