"""Boards that are alive: what colleagues do is on the screen within a second, and nothing jumps about."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Route, expect

from tests.browser import given
from tests.browser.coming import breaking_glass, decides
from tests.browser.found import Found
from tests.browser.given import CALL_HANDLER, CENTRE, CLINICIAN, CRISIS, SOCIAL_CARE
from tests.browser.living import TAKEN_OVER, WITHIN, Live, is_live, state_of

TOP = "(it) => it.getBoundingClientRect().top"


class TestWhatColleaguesDo(Live):
    def test_an_offer_is_on_the_screen_within_a_second_and_gone_when_it_is_answered(self):
        looking = self.looks_at("/", CRISIS)
        waiting = looking.page.locator("#places [aria-current] .nwd-count")
        before = waiting.inner_text() if waiting.count() else "0"
        offer = self.an_offer()
        self.is_there(looking, offer)
        is_live(looking.page)
        expect(waiting).not_to_have_text(before)
        self.accepts(offer)
        self.is_there(looking, offer, times=0)

    def test_the_inbox_the_board_and_the_wall_show_it_too_and_the_wall_without_a_name(self):
        inbox = self.looks_at("/triage", CENTRE, CLINICIAN)
        board, table = self.looks_at("/board", SOCIAL_CARE), self.looks_at("/board/table", SOCIAL_CARE)
        wall = self.looks_at("/board?wall=1", SOCIAL_CARE)
        counts = {seat: seat.page.locator("#live-words").inner_text() for seat in (inbox, board, table, wall)}
        words = f"The lights do not go out any more ({time.monotonic()})."
        given.a_contact(self.at_work(CENTRE, CALL_HANDLER), words)
        key = self.rows.referral(words).id
        expect(inbox.page.locator(f"#list [id$='{key}']")).to_be_visible(timeout=WITHIN)
        for seat, before in counts.items():
            expect(seat.page.locator("#live-words")).not_to_have_text(before, timeout=2 * WITHIN)
        assert wall.page.locator("main button:visible").count() == 0
        names = self.rows.all("SELECT family_name AS name FROM people_person WHERE family_name <> ''")
        shown = wall.page.locator("main").inner_text()
        assert [one.name for one in names if one.name.upper() in shown] == []

    def test_who_writes_an_answer_sees_that_a_colleague_was_first_and_keeps_the_text(self):
        offer = self.an_offer()
        writing = self.looks_at(f"/handovers/{offer.id}", CRISIS)
        writing.writes("In one line, what will you do?", "I go there with Sam at")
        self.accepts(offer)
        expect(writing.page.locator("#overtaken")).to_contain_text("Answered meanwhile", timeout=WITHIN)
        writing.has_typed("In one line, what will you do?", "I go there with Sam at")
        expect(writing.box("In one line, what will you do?")).to_be_focused()
        expect(writing.page.locator("#holds")).to_contain_text(CRISIS)


    def test_our_team_shows_a_promise_within_a_second_of_its_being_made(self):
        looking = self.looks_at("/our-team", CENTRE, CLINICIAN)
        words = f"Ring her sister as well ({time.monotonic()})."
        held = self.rows.all(
            "SELECT h.referral_id AS id FROM holdings_holding h JOIN agencies_team t ON t.id = h.team_id"
            " WHERE t.name = %(team)s AND h.until_at IS NULL ORDER BY h.from_at LIMIT 1",
            team=CENTRE,
        )[0]
        promising = self.at_work(CENTRE, CALL_HANDLER)
        promising.opens(f"/referrals/{held.id}/promise")
        promising.page.get_by_label("To call back").check()
        promising.writes("What exactly, in a line", words)
        promising.presses("Promise this")
        row = looking.page.locator("#next tr", has_text=words)
        expect(row).to_have_count(1, timeout=WITHIN)
        is_live(looking.page)


    def test_glass_that_a_colleague_breaks_is_on_the_page_of_whoever_looks_into_it(self):
        lead = self.looks_at("/governance", "Information Governance and Safety", "governance_lead")
        rows = lead.page.locator("#reviews tr[id]")
        before = rows.count()
        breaking_glass(self.at_work(CRISIS), Found(self.rows))
        expect(rows).to_have_count(before + 1, timeout=WITHIN)
        is_live(lead.page)


class TestNothingJumpsAbout(Live):
    def test_the_focus_stays_where_it_is_while_rows_come_in_above_and_go(self):
        given_away = self.an_offer()
        looking = self.looks_at("/", CENTRE, CLINICIAN)
        held = looking.page.locator(f"#given-{given_away.id} [data-open]")
        held.focus()
        top = held.evaluate(TOP)
        words = f"They are at the door again ({time.monotonic()})."
        given.a_contact(self.at_work(CENTRE, CALL_HANDLER), words)
        new = looking.page.locator(f"#now [id$='{self.rows.referral(words).id}']")
        expect(new).to_be_visible(timeout=WITHIN)
        expect(held).to_be_focused()
        assert abs(held.evaluate(TOP) - top) < 2, "it did not move under the hand"
        deciding = self.at_work(CENTRE, CLINICIAN, number=1)
        deciding.opens(f"/triage/{self.rows.referral(words).id}")
        decides(deciding)
        deciding.presses("Record decision")
        if deciding.page.locator("#advice[autofocus]").count():  # it was said who usually decides this
            deciding.presses("Record decision")
        expect(new).to_have_count(0, timeout=WITHIN)
        expect(held).to_be_focused()
        assert abs(held.evaluate(TOP) - top) < 2

    def test_a_row_that_goes_with_the_focus_on_it_leaves_it_at_the_beginning_of_the_page(self):
        offer = self.an_offer()
        looking = self.looks_at("/", CRISIS)
        self.row(looking, offer).locator("[data-open]").focus()
        self.accepts(offer)
        self.is_there(looking, offer, times=0)
        expect(looking.page.locator("#main")).to_be_focused()

    def test_what_was_opened_stays_open(self):
        looking = self.looks_at("/", CRISIS, number=0)
        offer = self.an_offer()
        clock = self.row(looking, offer).locator(".nwd-clock")
        clock.locator("summary").click()
        self.is_there(looking, self.an_offer())
        expect(clock).to_have_attribute("open", "")

    def test_a_new_row_is_marked_for_a_second_but_not_for_whoever_wants_nothing_to_move(self):
        looking = self.looks_at("/", CRISIS)
        for wish, name in (("no-preference", "nwd-moved"), ("reduce", "none")):
            looking.page.emulate_media(reduced_motion=wish)
            offer = self.an_offer()
            self.is_there(looking, offer)
            row = self.row(looking, offer)
            expect(row).to_have_class(re.compile("nwd-moved"))
            assert row.evaluate("(it) => getComputedStyle(it).animationName") == name

    def test_updates_can_be_paused_and_are_counted_and_come_when_one_goes_on(self):
        looking = self.looks_at("/", CRISIS)
        pause = looking.page.get_by_role("button", name="Pause updates")
        expect(pause).to_have_attribute("aria-pressed", "false")
        pause.click()
        state = state_of(looking.page)
        expect(state).to_have_text("Paused")
        expect(pause).to_have_attribute("aria-pressed", "true")
        offer = self.an_offer()
        expect(state).to_have_text(re.compile(r"^Paused – there are new updates \(\d+\)$"))
        self.is_there(looking, offer, times=0)
        pause.click()
        self.is_there(looking, offer)
        expect(state).to_have_text("Live")
        expect(pause).to_have_attribute("aria-pressed", "false")


class TestOneBrowser(Live):
    def test_a_tab_that_opens_before_the_stream_has_answered_starts_no_other(self):
        first = self.at_work(CRISIS, own_browser=True)
        is_live(first.page)  # the page after signing in has a stream of its own, which is not counted
        asked: list[Route] = []
        first.page.context.route("**/live?*", lambda route: asked.append(route))
        first.page.goto("/")
        assert state_of(first.page).inner_text() == "", "it is not known yet whether it is live"
        other = first.page.context.new_page()
        other.goto("/")
        other.wait_for_timeout(300)
        assert len(asked) == 1
        asked[0].continue_()
        is_live(first.page)
        is_live(other)
        assert len(asked) == 1

    def test_eight_tabs_listen_through_one_and_another_takes_its_place(self):
        first = self.at_work(CRISIS, own_browser=True)
        is_live(first.page)
        streams: list[str] = []
        first.page.context.on(
            "request", lambda asked: streams.append(asked.url) if "/live?" in asked.url else None
        )
        tabs = [first.page, *(first.page.context.new_page() for _ in range(7))]
        for tab in tabs:
            tab.goto("/")
        for tab in tabs:
            is_live(tab)
        assert len(streams) == 1, streams
        offer = self.an_offer()
        for tab in tabs:
            expect(tab.locator(f"#offer-{offer.id}")).to_be_visible(timeout=2 * WITHIN)
        tabs.pop(0).close()
        again = self.an_offer()
        for tab in tabs:
            expect(tab.locator(f"#offer-{again.id}")).to_be_visible(timeout=TAKEN_OVER)
            is_live(tab)
        assert len(streams) == 2, streams
