"""A note typed at the door where there is no signal: kept on this phone, for one member, and sent once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error, expect

from tests import chromium
from tests.browser import given
from tests.browser.given import CRISIS, NURSES, Story

KEPT = "Kept on this phone, not sent yet."
LEFT = "Object.keys(localStorage).filter((key) => key.startsWith('kept ')).length"
NURSE = "rapid_responder"
AMBULANCE = "Ambulance Clinical Hub"
STEPS = ("We are on the way", "We are there", "We are with them")


@pytest.fixture
def no_signal_is_told(door):
    """Chromium says of each request that found no network that it did: that is what is tested here."""
    yield
    door.watch.faults = [each for each in door.watch.faults if "ERR_INTERNET_DISCONNECTED" not in each]


@pytest.mark.usefixtures("no_signal_is_told")
class TestNoSignalAtTheDoor(Story):
    WORDS = "She made tea. Her son comes at six."

    def test_it_is_kept_for_who_typed_it_said_so_and_sent_when_there_is_signal(self):
        self.given_somebody_is_with_a_person_and_has_the_visit_open_on_a_phone()
        self.when_the_signal_goes_and_they_send_what_came_of_it()
        self.then_the_page_stays_and_says_that_it_is_kept()
        self.and_a_step_says_that_nobody_was_told()
        self.when_their_session_ended_and_a_colleague_signs_in_there()
        self.then_the_colleague_sees_nothing_of_it_and_sends_nothing()
        self.when_they_sign_in_again()
        self.then_it_is_sent_once_and_gone_from_the_phone()

    def given_somebody_is_with_a_person_and_has_the_visit_open_on_a_phone(self):
        self.nurse = self.at_work(CRISIS, NURSE, own_browser=True)
        self.colleague = self.rows.member(CRISIS, "team_lead")
        self.visit_id = given.a_visit(self.nurse, self.rows, "Mum sees people on the roof.", crew="Crew 8").id
        self.page = self.nurse.page
        self.page.set_viewport_size({"width": 320, "height": 640})
        self.nurse.opens(f"/visits/{self.visit_id}")
        for step in STEPS:
            self.nurse.presses(step)
        self.page.locator("input[name=outcome]").first.check()
        self.page.locator("input[name=next_step]").first.check()
        self.page.locator("textarea[name=words]").fill(self.WORDS)
        assert chromium.violations(self.page) == []

    def when_the_signal_goes_and_they_send_what_came_of_it(self):
        self.page.context.set_offline(True)
        self.page.get_by_role("button", name="Send it", exact=True).click()

    def then_the_page_stays_and_says_that_it_is_kept(self):
        expect(self.page.locator("form[data-keeps] [data-kept-says]")).to_have_text(
            f"{KEPT} It is sent when there is signal."
        )
        self.nurse.has_typed("What happened, what matters to them, and what was agreed?", self.WORDS)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, "no scrolling sideways"

    def and_a_step_says_that_nobody_was_told(self):
        self.page.get_by_role("button", name="We have left", exact=True).click()
        expect(self.page.get_by_text("No signal: nobody has been told.")).to_be_visible()
        self.nurse.sees_heading("Say what came of the visit")

    def when_their_session_ended_and_a_colleague_signs_in_there(self):
        self.page.context.clear_cookies(name="sessionid")
        self.page.context.set_offline(False)
        expect(self.page.get_by_text(f"{KEPT} Sign in to send it.")).to_be_visible()
        self.nurse.opens("/sign-in")
        self.nurse.presses(self.colleague.name)
        self.nurse.watch.refusals.clear()

    def then_the_colleague_sees_nothing_of_it_and_sends_nothing(self):
        self.nurse.opens(f"/visits/{self.visit_id}")
        self.nurse.has_typed("What happened, what matters to them, and what was agreed?", "")
        self.nurse.sees_not(KEPT)
        assert self.page.evaluate(LEFT) == 1
        assert self.notes() == []

    def when_they_sign_in_again(self):
        self.nurse.opens("/sign-in")
        self.nurse.presses(self.nurse.name)

    def then_it_is_sent_once_and_gone_from_the_phone(self):
        expect(self.page.locator("[data-kept-for]")).to_contain_text("Sent at")
        assert self.page.evaluate(LEFT) == 0
        assert [row.ended_words for row in self.notes()] == [self.WORDS]

    def notes(self):
        return self.rows.all(
            """SELECT v.ended_words FROM visits_visit v
               JOIN journal_entry e ON e.subject_id = v.id AND e.kind = 'visit.finished'
               WHERE v.id = %(id)s""",
            id=self.visit_id,
        )


BOX = "caches.open('visits without signal')"
LEFT_OF_VISITS = """async () => {
    const box = await caches.open("visits without signal");
    const paths = (await box.keys()).map((one) => new URL(one.url).pathname);
    return paths.filter((one) => one.startsWith("/visits"));
}"""


@pytest.mark.usefixtures("no_signal_is_told")
class TestAVisitWithoutSignal(Story):
    def test_it_opens_as_last_seen_says_so_and_is_gone_when_its_member_goes(self):
        self.given_somebody_has_their_visit_on_a_phone()
        self.when_the_signal_goes_and_the_page_is_opened_again()
        self.then_it_is_there_and_says_as_at_when()
        self.and_it_has_its_looks_and_a_note_is_kept()
        self.and_no_other_page_is()
        self.when_nobody_has_used_it_for_as_long_as_a_sign_in_lasts()
        self.then_it_is_not_shown_and_not_there()
        self.when_it_is_kept_again_and_they_sign_out()
        self.then_nothing_is_left_with_or_without_signal()

    def given_somebody_has_their_visit_on_a_phone(self):
        self.nurse = self.at_work(NURSES, "team_lead", own_browser=True)
        self.page = self.nurse.page
        self.page.set_viewport_size({"width": 320, "height": 640})
        visit = given.a_visit(self.nurse, self.rows, "He has not slept for a week.", crew="Crew 12")
        self.address = f"/visits/{visit.id}"
        self.nurse.opens(self.address)
        self.nurse.presses(STEPS[0])
        self.and_is_kept()

    def and_is_kept(self):
        self.page.wait_for_function("navigator.serviceWorker?.controller")
        self.nurse.opens(self.address)
        self.page.wait_for_function(f"{BOX}.then((one) => one.match('{self.address}'))")
        expect(self.page.locator("#without-signal")).to_be_hidden()

    def when_the_signal_goes_and_the_page_is_opened_again(self):
        self.page.context.set_offline(True)
        self.page.goto("about:blank")
        self.page.goto(self.address)

    def then_it_is_there_and_says_as_at_when(self):
        expect(self.page.get_by_text(re.compile(r"As at \d\d:\d\d, without signal\."))).to_be_visible()
        expect(self.page.get_by_text("1 Mill Lane, Millbrook").first).to_be_visible()

    def and_it_has_its_looks_and_a_note_is_kept(self):
        assert self.page.evaluate("getComputedStyle(document.querySelector('.nwd-main')).display") == "block"
        assert self.page.evaluate("document.styleSheets.length") >= 4
        assert chromium.violations(self.page) == []
        self.page.get_by_role("button", name="We are there", exact=True).click()
        expect(self.page.get_by_text("No signal: nobody has been told.")).to_be_visible()

    def and_no_other_page_is(self):
        for other in ("/", "/rapid"):
            with pytest.raises(Error):
                self.page.goto(other)
            self.page.wait_for_url("chrome-error://**")  # the browser's own page comes after the refusal
            self.page.goto(self.address)
        assert self.page.evaluate(LEFT_OF_VISITS) == [self.address]

    def when_nobody_has_used_it_for_as_long_as_a_sign_in_lasts(self):
        self.page.evaluate(
            """async () => {
                const box = await caches.open("visits without signal"), last = await box.match("/last-used");
                const then = String(Number(await last.text()) - Number(last.headers.get("X-Keep-Idle")) - 1);
                await box.put("/last-used", new Response(then, { headers: last.headers }));
            }"""
        )

    def then_it_is_not_shown_and_not_there(self):
        answer = self.page.goto(self.address)
        assert answer.status == 503
        self.nurse.watch.refusals.clear()
        expect(self.page.get_by_text("this page is not kept on this phone")).to_be_visible()
        assert self.page.evaluate(LEFT_OF_VISITS) == []

    def when_it_is_kept_again_and_they_sign_out(self):
        self.page.context.set_offline(False)
        self.page.set_viewport_size({"width": 1280, "height": 800})
        self.and_is_kept()
        self.page.get_by_role("button", name="Account: ").click()
        self.nurse.presses("Sign out", within="#account")

    def then_nothing_is_left_with_or_without_signal(self):
        self.page.wait_for_function("caches.has('visits without signal').then((one) => !one)")
        self.page.context.set_offline(True)
        answer = self.page.goto(self.address)
        assert answer.status == 503
        self.nurse.watch.refusals.clear()
        self.page.context.set_offline(False)


@pytest.mark.usefixtures("no_signal_is_told")
class TestSigningOutWithANote(Story):
    WORDS = "He wants to stay at home."

    def test_who_signs_out_is_asked_first_and_then_nothing_is_left(self):
        self.given_a_note_is_typed_and_not_sent()
        self.when_they_sign_out_and_think_better_of_it()
        self.then_it_is_in_the_form_still()
        self.when_they_sign_out_all_the_same()
        self.then_nothing_is_left_on_the_phone()

    def given_a_note_is_typed_and_not_sent(self):
        self.nurse = self.at_work(CRISIS, "team_lead", own_browser=True)
        self.page = self.nurse.page
        visit = given.a_visit(self.nurse, self.rows, "He will not open the curtains.", crew="Crew 9")
        self.address = f"/visits/{visit.id}"
        self.nurse.opens(self.address)
        self.nurse.presses("We are on the way")
        self.page.locator("textarea[name=words]").fill(self.WORDS)
        assert self.page.evaluate(LEFT) == 1

    def when_they_sign_out_and_think_better_of_it(self):
        self.asked = []
        self.page.once("dialog", lambda box: (self.asked.append(box.message), box.dismiss()))
        self.page.get_by_role("button", name="Account: ").click()
        self.page.locator("#account").get_by_role("button", name="Sign out").click()
        assert self.asked == ["What you typed on a visit has not been sent. Sign out and throw it away?"]

    def then_it_is_in_the_form_still(self):
        self.nurse.opens(self.address)
        self.nurse.has_typed("What happened, what matters to them, and what was agreed?", self.WORDS)

    def when_they_sign_out_all_the_same(self):
        self.page.once("dialog", lambda box: box.accept())
        self.page.get_by_role("button", name="Account: ").click()
        self.nurse.presses("Sign out", within="#account")

    def then_nothing_is_left_on_the_phone(self):
        assert self.page.evaluate(LEFT) == 0


@pytest.mark.usefixtures("no_signal_is_told")
class TestTheMinutesOfARapidResponse(Story):
    """From a plan on the board to what comes next, on a phone, with the signal off and on."""

    WORDS = "Her ankle is as thick as her knee, she cannot get to the door."
    NOTE = "Bandaged, and a chair by the door. She wants to be asked before anybody comes."
    PLAN = "A plan with the person"

    def test_a_plan_is_accepted_and_what_was_found_is_handed_back_though_the_signal_went(self):
        self.given_somebody_waits_for_a_visit_and_a_crew_is_on()
        self.when_the_lead_accepts_what_the_plan_proposes_for_them()
        self.then_the_phone_of_the_crew_has_the_visit()
        self.when_they_go_there_step_by_step()
        self.when_the_signal_goes_while_they_type_and_send()
        self.then_it_is_kept_and_nothing_is_recorded_yet()
        self.when_the_signal_is_back()
        self.then_it_has_arrived_once_and_the_visit_is_done()
        self.and_what_comes_next_is_owed_by_whoever_holds_the_person()

    def given_somebody_waits_for_a_visit_and_a_crew_is_on(self):
        self.nurse = self.at_work(AMBULANCE, NURSE, own_browser=True)
        self.lead = self.at_work(AMBULANCE, "team_lead", own_browser=True)
        self.page = self.nurse.page
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.visit = given.a_visit_to_make(self.nurse, self.rows, self.WORDS, crew="Crew 7")

    def when_the_lead_accepts_what_the_plan_proposes_for_them(self):
        self.lead.opens("/rapid/plan")
        with self.lead.page.expect_navigation():
            self.lead.page.locator(f'button[name="one"][value="{self.visit.id}"]').click()
        self.lead.sees_heading("Visits and crews")
        assert self.row().state == "planned"

    def then_the_phone_of_the_crew_has_the_visit(self):
        self.nurse.opens("/visits")
        assert chromium.violations(self.page) == []
        self.page.locator(f'main a[href="/visits/{self.visit.id}"]').first.click()
        self.nurse.sees("1 Mill Lane, Millbrook")

    def when_they_go_there_step_by_step(self):
        for step in ("We know of this visit", *STEPS):
            self.nurse.presses(step)
            assert chromium.violations(self.page) == []
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390, "no scrolling sideways"
        self.nurse.sees("Say that you are safe")

    def when_the_signal_goes_while_they_type_and_send(self):
        self.page.locator("input[name=outcome]").first.check()
        self.nurse.chooses(self.PLAN)
        self.page.context.set_offline(True)
        self.page.locator("textarea[name=words]").fill(self.NOTE)
        self.page.get_by_role("button", name="Send it", exact=True).press("Enter")

    def then_it_is_kept_and_nothing_is_recorded_yet(self):
        expect(self.page.locator("form[data-keeps] [data-kept-says]")).to_contain_text(KEPT)
        assert self.row().state == "with_person"

    def when_the_signal_is_back(self):
        self.page.context.set_offline(False)

    def then_it_has_arrived_once_and_the_visit_is_done(self):
        said = self.page.locator("form[data-keeps] [data-kept-says]")
        expect(said).to_contain_text("Sent at")
        said.get_by_role("link", name="The visit as it is now").click()
        self.nurse.sees_heading("What came of it")
        self.nurse.sees(f"“{self.NOTE}”")
        assert chromium.violations(self.page) == []
        done = self.row()
        assert (done.state, done.ended_words, done.told) == ("done", self.NOTE, 1)

    def and_what_comes_next_is_owed_by_whoever_holds_the_person(self):
        owed = self.rows.one(
            """SELECT p.words, t.name AS team FROM promises_promise p
               JOIN agencies_team t ON t.id = p.owner_team_id
               WHERE p.kind = 'after_visit' AND p.state = 'open' AND p.referral_id = %(id)s""",
            id=self.rows.referral(self.WORDS).id,
        )
        assert (owed.words, owed.team) == (f"{self.PLAN}.", AMBULANCE)
        self.lead.opens(f"/referrals/{self.rows.referral(self.WORDS).id}")
        expect(self.lead.page.get_by_text(owed.words).first).to_be_visible()

    def row(self):
        return self.rows.one(
            """SELECT state, ended_words, (SELECT count(*) FROM journal_entry e
                 WHERE e.subject_id = v.id AND e.kind = 'visit.finished') AS told
               FROM visits_visit v WHERE id = %(id)s""",
            id=self.visit.id,
        )
