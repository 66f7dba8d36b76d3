"""01:30 on the nights the clocks change: entered, shown and printed so that nobody takes it for another."""

from __future__ import annotations

import time
from datetime import date, timedelta

from playwright.sync_api import expect

from tests.browser.given import CALL_HANDLER, CENTRE, Story


def change(year: int, month: int) -> date:
    """The last Sunday of the month."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


NEXT_YEAR = date.today().year + 1  # noqa: DTZ011 -- a day on the wall, far enough ahead in any zone
AUTUMN, SPRING = change(NEXT_YEAR, 10), change(NEXT_YEAR, 3)


class TestHalfPastOne(Story):
    def promise(self, day: date, said: str, words: str):
        seat = self.at_work(CENTRE, CALL_HANDLER)
        held = self.rows.all(
            "SELECT h.referral_id AS id FROM holdings_holding h JOIN agencies_team t ON t.id = h.team_id"
            " WHERE t.name = %(team)s AND h.until_at IS NULL ORDER BY h.from_at LIMIT 1",
            team=CENTRE,
        )[0]
        seat.opens(f"/referrals/{held.id}/promise")
        seat.page.get_by_label("To call back").check()
        seat.writes("What exactly, in a line", words)
        self.says(seat, day, said)
        return seat

    def says(self, seat, day: date, said: str) -> None:
        seat.page.get_by_label("By what time?").fill(said)
        for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            seat.page.get_by_label(part, exact=True).fill(str(value))
        seat.presses("Promise this")

    def test_when_the_clocks_go_back_it_asks_which_one_and_says_which_everywhere(self):
        words = f"Ring at half past one, when she is up ({time.monotonic()})."
        seat = self.promise(AUTUMN, "01:30", words)
        seat.is_refused(422)
        wrong = seat.page.locator(".nhsuk-error-summary")
        expect(wrong).to_contain_text("comes twice. Write 01:30 BST for the first, or 01:30 GMT")
        expect(seat.page.get_by_label("What exactly, in a line")).to_have_value(words)
        for zone, hour in (("GMT", 1), ("BST", 0)):
            if zone == "BST":
                words = words.replace("half past one", "the first half past one")
                seat = self.promise(AUTUMN, f"01:30 {zone}", words)
            else:
                self.says(seat, AUTUMN, f"01:30 {zone}")
            made = self.rows.one("SELECT due_at FROM promises_promise WHERE words = %(words)s", words=words)
            assert (made.due_at.astimezone(tz=None).utctimetuple()[3]) == hour
            for path in ("/our-team", "/due", "/downtime"):
                seat.opens(path)
                row = seat.page.locator("tr", has_text=words)
                expect(row).to_contain_text(f"01:30 {zone}")
                seat.page.emulate_media(media="print")
                expect(row).to_contain_text(f"01:30 {zone}")
                seat.page.emulate_media(media="screen")

    def test_when_they_go_forward_it_says_that_there_is_no_such_time_and_when_there_is(self):
        seat = self.promise(SPRING, "01:30", f"Ring in the night ({time.monotonic()}).")
        seat.is_refused(422)
        wrong = seat.page.locator(".nhsuk-error-summary")
        expect(wrong).to_contain_text("there is no 01:30. Write a time before 01:00 or from 02:00")
