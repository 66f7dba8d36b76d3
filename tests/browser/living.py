"""Colleagues before boards that are alive."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, CRISIS, Story
from tests.browser.seat import Seat

WITHIN = 1000  # milliseconds from an act to the screen


def state_of(page: Any) -> Locator:
    """What the page says of how alive it is."""
    return page.locator("[data-of]")


def is_live(page: Any) -> None:
    expect(state_of(page)).to_have_text("Live")


class Live(Story):
    def looks_at(self, path: str, team: str, role: str = "", **how) -> Seat:
        seat = self.at_work(team, role, **how)
        seat.opens(path)
        is_live(seat.page)
        return seat

    def an_offer(self, to_team: str = CRISIS):
        giver = self.at_work(CENTRE, CALL_HANDLER)
        words = f"Something is happening now ({time.monotonic()})."
        return given.an_offer(giver, self.rows, words, to_team=to_team)

    def accepts(self, offer, *, team: str = CRISIS) -> Seat:
        colleague = self.at_work(team, number=1)
        colleague.opens(f"/handovers/{offer.id}")
        colleague.writes("In one line, what will you do?", "We ring them now.")
        colleague.presses("Accept")
        return colleague

    def row(self, seat: Seat, offer) -> Locator:
        return seat.page.locator(f"#offer-{offer.id}")

    def is_there(self, seat: Seat, offer, *, times: int = 1) -> None:
        expect(self.row(seat, offer)).to_have_count(times, timeout=WITHIN)
