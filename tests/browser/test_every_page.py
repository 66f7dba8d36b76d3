"""Every page in every state: narrow and wide, by keyboard, large, in other colours, on paper, read aloud."""

from __future__ import annotations

import pytest

from tests.browser import looks, pages
from tests.browser.pages import Found, State
from tests.browser.rows import Rows
from tests.browser.seat import Door


@pytest.fixture(scope="package")
def found(rows: Rows) -> Found:
    return Found(rows)


@pytest.mark.parametrize("state", pages.PAGES, ids=lambda state: state.name)
def test_every_page_can_be_used_by_everyone(door: Door, at_work, found: Found, state: State):
    team = state.team if isinstance(state.team, str) else state.team(found)
    seat = at_work(team, state.role) if team else door.stranger()
    state.come(seat, found)
    if state.status != 200:
        seat.is_refused(state.status)
    complaints = looks.complaints(seat.page, is_form=state.is_form)
    assert not complaints, "\n" + "\n".join(complaints)
