"""Every page in every state: narrow and wide, by keyboard, large, in other colours, on paper, read aloud."""

from __future__ import annotations

import pytest

from tests.browser import looks, pages
from tests.browser.found import Found
from tests.browser.given import CENTRE
from tests.browser.pages import RAPID, State
from tests.browser.rows import Rows
from tests.browser.seat import Door

# Words on the wall that are smaller than 18 pixels.
SMALL = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const small = [];
  while (walker.nextNode()) {
    const { textContent, parentElement: at } = walker.currentNode;
    const size = parseFloat(getComputedStyle(at).fontSize);
    const shown = at.checkVisibility() && !at.closest(".nhsuk-skip-link, .nhsuk-u-visually-hidden");
    if (shown && size < 18 && textContent.trim()) small.push(`${textContent}: ${size} px`);
  }
  return small;
}"""


@pytest.fixture(scope="package")
def found(rows: Rows) -> Found:
    return Found(rows)


@pytest.mark.parametrize("state", pages.PAGES, ids=lambda state: state.name)
def test_every_page_can_be_used_by_everyone(door: Door, at_work, found: Found, state: State):
    team = state.team if isinstance(state.team, str) else state.team(found)
    seat = at_work(team, state.role, own_browser=state.own_browser) if team else door.stranger()
    state.come(seat, found)
    if state.status != 200:
        seat.is_refused(state.status)
    complaints = looks.complaints(seat.page, is_form=state.is_form)
    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize(("path", "team"), [("/board?wall=1", CENTRE), ("/rapid?wall=1", RAPID)])
def test_the_wall_shows_no_name_and_nothing_small_and_nothing_to_press(at_work, rows: Rows, path, team):
    page = at_work(team).page
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(path)
    small = page.evaluate(SMALL)
    assert not small, small
    assert page.locator("nav:visible, .nwd-header__acts:visible, main button:visible").count() == 0
    words = page.locator("main").inner_text()
    names = {
        one.family_name for one in rows.all("SELECT family_name FROM people_person WHERE family_name <> ''")
    }
    assert len(names) > 20
    assert [name for name in names if name.upper() in words] == []
