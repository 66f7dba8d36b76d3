"""Each look catches what it looks for: one fault is planted in a page that was well, and must be told of."""

from __future__ import annotations

import pytest

from tests.browser import looks
from tests.browser.given import CENTRE, CLINICIAN, Story
from tests.browser.living import is_live

PLANTED = {
    "320 px: scrolls sideways": "document.querySelector('h1').style.width = '2000px'",
    "axe image-alt": "document.querySelector('main').append(document.createElement('img'))",
    "“Elsewhere” leads to": """document.querySelector('main').insertAdjacentHTML('beforeend',
        '<div><a href="/board">Elsewhere</a> <a href="/people">Elsewhere</a></div>')""",
    "an empty paragraph before <details": """document.querySelector('main').insertAdjacentHTML('beforeend',
        '<p><details><summary>More</summary>Text</details></p>')""",
    "names look different": "document.querySelector('.nwd-row--late .nwd-name').style.color = 'red'",
    "the Tab key does not reach": """document.querySelector('h1').insertAdjacentHTML('afterend',
        '<span id="stuck" tabindex="0">Stuck</span>');
        document.addEventListener('focusin', (e) => e.target.id === 'stuck'
          && document.querySelector('.nwd-footer button').focus())""",
    "the focus goes backwards to": "document.querySelector('.nwd-live a').tabIndex = 1",
    "the focus is hidden on": """document.querySelector('main').insertAdjacentHTML('beforeend',
        '<div class="nwd-decide" id="bar"></div>'); const bar = document.querySelector('#bar');
        Object.assign(bar.style, { position: 'fixed', inset: '200px 0 0', zIndex: 99 })""",
    "the focus does not show on": """Object.assign(document.querySelector('.nwd-live a').style,
        { outline: 'none', boxShadow: 'none', background: 'none', color: 'inherit' })""",
    "200% text at 768 px: scrolls sideways": """document.querySelector('h1').insertAdjacentHTML('beforeend',
        '<span id="long"></span>'); Object.assign(document.querySelector('#long').style,
        { display: 'inline-block', width: '40rem' })""",
    "forced colours: no outline on": "document.querySelector('.nwd-live a').style.outlineStyle = 'none'",
    "on paper: does not say that it may be out of date": "document.querySelector('.nwd-printed').remove()",
    "on paper: button “Stays” is still there": """document.querySelector('main').insertAdjacentHTML(
        'beforeend', '<button id="stays">Stays</button>');
        document.querySelector('#stays').style.setProperty('display', 'block', 'important')""",
}


class TestALook(Story):
    @pytest.mark.parametrize("words", PLANTED)
    def test_tells_of_a_planted_fault(self, words):
        self.given_a_page_that_is_well()
        self.when_a_fault_is_planted(PLANTED[words])
        self.then_it_is_told_of(words)

    def given_a_page_that_is_well(self):
        self.page = self.at_work(CENTRE, CLINICIAN).page
        # A live page puts right what is planted in it: it has been shown the newest, and waits from then on.
        self.page.goto("/")
        is_live(self.page)
        self.page.get_by_role("button", name="Pause updates").click()

    def when_a_fault_is_planted(self, script):
        self.page.evaluate(f"() => {{ {script}; }}")

    def then_it_is_told_of(self, words):
        told = looks.complaints(self.page)
        assert any(words in one for one in told), f"only {told}"
