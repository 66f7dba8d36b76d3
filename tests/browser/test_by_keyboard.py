"""A call is taken with a headset on and both hands on the keys: no step needs a mouse."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.browser.given import CALL_HANDLER, CENTRE, CRISIS, Story

POINTED = """window.pointed = 0; for (const kind of ["pointerdown", "mousedown", "touchstart"])
  document.addEventListener(kind, () => { window.pointed += 1; }, true)"""
# A practised typist, by the keystroke-level model of Card, Moran and Newell: an estimate, not measured.
SECONDS_A_KEY = 0.28
FOCUSED = "document.activeElement.id || document.activeElement.textContent.trim()"


@dataclass
class Keys:
    """The only way this story touches the page; counts what was pressed beside the text that was typed."""

    page: Any
    pressed: list[str] = field(default_factory=list)
    typed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed.append(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.typed += len(text)

    def press_until(self, key: str, wanted: str, most: int = 12) -> None:
        """The same key again and again, as a person does who looks where the focus is."""
        for _ in range(most):
            self.press(key)
            if self.page.evaluate(FOCUSED) == wanted:
                return
        raise AssertionError(f"{most} times {key}, and the focus is on {self.page.evaluate(FOCUSED)!r}")

    def press_into_a_list(self, most: int = 5) -> None:
        """On to the first list, past what is said of the page itself, and its pause."""
        for _ in range(most):
            self.press("Tab")
            if self.page.evaluate("Boolean(document.activeElement.closest('[data-keys]'))"):
                return
        raise AssertionError(f"no list within {most} times Tab, but {self.page.evaluate(FOCUSED)!r}")


class TestAContactByKeyboard(Story):
    WORDS = "I have not slept for days, I hear voices and my mum is worried."

    def test_an_anonymous_contact_is_recorded_and_handed_over_without_a_mouse(self):
        self.given_a_call_handler_sits_at_my_work()
        self.when_a_call_comes_in_they_press_n()
        self.then_they_can_type_at_once()
        self.when_they_write_what_is_said_and_hand_it_to_the_crisis_team()
        self.then_it_is_recorded_and_the_team_has_been_asked()
        self.and_no_mouse_was_needed_and_few_keys()
        self.and_the_crisis_team_reads_the_callers_own_words_first()

    def given_a_call_handler_sits_at_my_work(self):
        self.call_taker = self.at_work(CENTRE, CALL_HANDLER)
        self.page = self.call_taker.page
        self.page.add_init_script(POINTED)
        self.call_taker.opens("/")
        self.keys = Keys(self.page)

    def when_a_call_comes_in_they_press_n(self):
        self.keys.press("Tab", "Enter")  # skip to the content
        self.keys.press_into_a_list()
        with self.page.expect_navigation():
            self.keys.press("n")

    def then_they_can_type_at_once(self):
        assert self.page.evaluate(FOCUSED) == "id_words"

    def when_they_write_what_is_said_and_hand_it_to_the_crisis_team(self):
        keys = self.keys
        keys.type(self.WORDS)
        keys.press("Alt+2", "Tab")  # the telephone is chosen already; on to who is calling
        keys.press("ArrowUp")  # the last choice: prefers not to say
        keys.press("Alt+8", "ArrowDown")  # handed over to a team
        keys.press("Alt+9", "Tab", "Space")  # needs: the second is mental health
        keys.press_until("Tab", "id_ask", most=16)
        keys.type("Ring back within the hour.")
        keys.press("Tab")
        keys.type("Crisis")
        with self.page.expect_navigation():
            keys.press("Control+Enter")

    def then_it_is_recorded_and_the_team_has_been_asked(self):
        self.call_taker.sees("Contact recorded")
        [contact] = self.rows.contacts(self.WORDS)
        assert (contact.channel, contact.caller_kind, contact.outcome) == (
            "telephone",
            "anonymous",
            "handed_over",
        )
        assert contact.person_id is None
        referral = self.rows.referral(self.WORDS)
        assert referral.needs == ["mental"]
        [self.offer] = self.rows.handovers(referral.id)
        assert (self.offer.receiver, self.offer.state) == (CRISIS, "offered")

    def and_no_mouse_was_needed_and_few_keys(self):
        assert self.page.evaluate("window.pointed") == 0
        beside_text = len(self.keys.pressed)
        estimate = (beside_text + self.keys.typed) * SECONDS_A_KEY
        print(
            f"{beside_text} keys beside {self.keys.typed} typed letters: about {estimate:.0f} s at the keys"
        )
        assert beside_text <= 40
        assert estimate <= 90

    def and_the_crisis_team_reads_the_callers_own_words_first(self):
        nurse = self.at_work(CRISIS)
        nurse.opens("/")
        nurse.page.locator(f"#offer-{self.offer.id} [data-open]").click()
        nurse.sees_heading(f"Offered to {CRISIS}")
        parts = nurse.page.locator(".nwd-message__part")
        assert parts.first.locator("blockquote").inner_text() == f"“{self.WORDS}”"


class TestOptionsByKeyboard(Story):
    def test_three_options_are_found_without_a_mouse_in_under_20_seconds_of_acts(self):
        call_taker = self.at_work(CENTRE, CALL_HANDLER)
        page = call_taker.page
        page.add_init_script(POINTED)
        call_taker.opens("/options")
        keys = Keys(page)
        keys.press("Tab", "Enter")  # skip to the content
        keys.press_until("Tab", "id_needs-2")
        keys.press("Space")
        keys.press_until("Tab", "id_postcode", most=20)
        keys.type("ZZ1")
        keys.press("Tab")
        keys.type("17")
        with page.expect_navigation():
            keys.press("Control+Enter")
        found = page.locator("main ol").first.locator("li.nwd-candidate")
        assert found.count() >= 3
        assert "Misses" in page.locator("main").inner_text()
        assert page.evaluate("window.pointed") == 0
        assert (len(keys.pressed) + keys.typed) * SECONDS_A_KEY < 20
