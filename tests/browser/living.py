"""Colleagues before boards that are alive."""

from __future__ import annotations

import os
import time
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, CRISIS, Story
from tests.browser.seat import Seat

# Milliseconds from an act to the screen. In lanes a neighbour uses the same processors: there a story says
# that the screen follows, and `bench live` says how fast.
WITHIN = 3000 if "PYTEST_XDIST_WORKER" in os.environ else 1000
TAKEN_OVER = 10_000  # milliseconds for another tab to take up the stream of one that is gone


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
