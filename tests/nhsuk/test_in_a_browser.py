"""The furniture in a real browser: narrow and wide, by keyboard, by the clock, and with the network gone."""

import json
from datetime import timedelta

import pytest

from nowrongdoor.nhsuk import wording
from tests import chromium
from tests.nhsuk import gallery

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 768, 1440)


def wide(width: int) -> dict:
    return {"viewport": {"width": width, "height": 800}}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", gallery.PAGES)
def test_no_page_scrolls_sideways(look, name, width):
    assert (
        look(
            name,
            lambda page: page.evaluate("document.documentElement.scrollWidth"),
            viewport=wide(width)["viewport"],
        )
        <= width
    )


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", gallery.PAGES)
def test_axe_finds_nothing(look, name, width):
    assert look(name, chromium.violations, **wide(width)) == []


PRESSED = "a, button, summary, input:not([type=hidden]), select, textarea"
IN_A_HURRY = (
    ".nwd-header a, .nwd-header button, .nwd-act, .nhsuk-button, .nwd-tabs a, .nwd-pages a, .nwd-why summary,"
    " .nhsuk-radios__item, .nhsuk-checkboxes__item"
)
LOWER_THAN = """([selector, height]) => [...document.querySelectorAll(selector)]
  .filter((one) => one.checkVisibility() && !one.closest("p, .nhsuk-skip-link, .nhsuk-error-summary"))
  .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
  .filter(([, high]) => high < height)"""


@pytest.mark.parametrize("name", gallery.PAGES)
def test_on_a_phone_what_is_pressed_is_large_enough_for_a_thumb(look, name):
    def low(page):
        return [page.evaluate(LOWER_THAN, [PRESSED, 24]), page.evaluate(LOWER_THAN, [IN_A_HURRY, 43.9])]

    assert look(name, low, **wide(390)) == [[], []]


def test_the_name_of_a_late_person_looks_like_any_other_name(look):
    def act(page):
        return page.eval_on_selector_all(
            ".nwd-name, .nwd-name a",
            """all => all.map((one) => { const s = getComputedStyle(one);
               return [one.tagName, s.color, s.backgroundColor, s.fontWeight].join(" "); })""",
        )

    for name in ("work", "board", "triage"):
        for media in ({}, {"forced_colors": "active"}):
            looks = look(name, act, **media)
            assert len(looks) > 8
            assert len(set(looks)) == 2, name


def test_a_focused_link_is_never_under_the_bar_or_the_banner(look):
    def act(page):
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        hidden = []
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            box = page.evaluate(
                """() => { const one = document.activeElement; const b = one.getBoundingClientRect();
                  const top = document.elementFromPoint(b.x + b.width / 2, b.y + Math.min(b.height / 2, 8));
                  return [one.outerHTML.slice(0, 80),
                    one === document.body || one.contains(top) || top?.contains(one)]; }"""
            )
            if not box[1]:
                hidden.append(box[0])
        return hidden

    for name in ("person", "triage", "contact"):
        assert look(name, act, viewport={"width": 1024, "height": 420}) == [], name


def test_the_banner_keeps_its_one_line_on_screen(look):
    def act(page):
        page.evaluate("window.scrollTo(0, 600)")
        return page.locator(".nwd-person__line").bounding_box()["y"], page.locator(
            ".nwd-person-more"
        ).bounding_box()["y"]

    line, rest = look("person", act, viewport={"width": 1024, "height": 420})
    assert line == 56
    assert rest < 0


def test_the_summary_of_mistakes_has_the_focus_without_a_script(look):
    def focused(page):
        return page.evaluate("document.activeElement.id")

    assert look("mistakes", focused) == "problems"
    assert look("conflict", focused) == "conflict"


def test_without_javascript_help_and_menus_still_open(look):
    def act(page):
        page.get_by_role("button", name="Help now").click()
        return page.get_by_text("116 123").is_visible()

    assert look("work", act, java_script_enabled=False)


def test_an_answer_opens_its_own_question_without_a_script(look):
    def act(page):
        box = page.get_by_label("Which agency?")
        before = box.is_visible()
        page.get_by_label("A professional", exact=True).check()
        return before, box.is_visible()

    assert look("contact", act, java_script_enabled=False) == (False, True)


# Keys


# What was pressed is noted, and nothing is followed.
HIT = "document.onclick = (e) => { window.hit = e.target.textContent; e.preventDefault(); }; 0"
SENT = """document.querySelector('#contact').onsubmit = (e) => {
  window.by = e.submitter.textContent; e.preventDefault(); }; 0"""


def focus(page):
    return page.evaluate("document.activeElement.textContent")


def test_j_and_k_move_through_a_list_and_a_letter_acts_on_the_row(look):
    def act(page):
        page.locator("[data-open]").first.focus()
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        here = focus(page)
        page.evaluate(HIT)
        page.keyboard.press("a")
        return here, page.evaluate("window.hit")

    here, hit = look("work", act)
    assert here == "OKONJO-BELL, Tunde"
    assert hit == "Accept OKONJO-BELL, Tunde"


def test_letters_do_nothing_outside_a_list_or_when_switched_off(look):
    def act(page):
        page.evaluate(HIT)
        page.get_by_role("link", name="Reload for changes").focus()
        page.keyboard.press("a")
        outside = page.evaluate("window.hit ?? ''")
        page.evaluate("document.onclick = null")
        page.get_by_role("button", name="Keyboard shortcuts").click()
        page.get_by_role("button", name="Switch single keys off").click()
        page.keyboard.press("Escape")
        page.evaluate(HIT)
        page.locator("[data-open]").first.focus()
        page.keyboard.press("j")
        page.keyboard.press("a")
        off = focus(page), page.evaluate("window.hit ?? ''")
        page.reload()
        page.locator("[data-open]").first.focus()
        page.keyboard.press("j")
        return outside, off, focus(page)

    assert look("work", act) == ("", ("CALLOWAY, Iris", ""), "CALLOWAY, Iris")


def test_arrows_cross_the_board_from_column_to_column(look):
    def act(page):
        page.locator("[data-open]").nth(1).focus()
        seen = []
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
            seen.append(focus(page).split(",")[0])
        return seen

    assert look("board", act) == [
        "CALLOWAY",
        "LLŶR",
        "FEATHERSTONE-HAUGH",
        "SALIM",
        "SALIM",
        "FEATHERSTONE-HAUGH",
    ]


def test_a_question_mark_in_a_list_shows_the_keys(look):
    def act(page):
        page.locator("[data-open]").first.focus()
        page.keyboard.press("?")
        return page.get_by_role("heading", name="Keyboard shortcuts").is_visible()

    assert look("work", act)


def test_alt_and_a_number_jump_to_a_section_and_typing_letters_stays_typing(look):
    def act(page):
        page.keyboard.press("Alt+3")
        page.keyboard.type("jka?")
        return page.evaluate("document.activeElement.id"), page.get_by_label(
            "Where are they now?"
        ).input_value()

    assert look("contact", act) == ("id_place", "jka?")


def test_control_and_enter_send_the_form_by_its_main_button(look):
    def act(page):
        page.evaluate(SENT)
        page.get_by_label("Their words").focus()
        page.keyboard.press("Control+Enter")
        return page.evaluate("window.by")

    assert look("contact", act) == "Save and hand over"


# Drafts


def drafting(look, answers, act, words="Draft saved 14:03"):
    """Runs `act` while the draft address answers as told; gives what `act` saw and what was sent."""
    sent = []

    def opened(page):
        def answer(route):
            sent.append(route.request.post_data)
            kind = answers.pop(0) if len(answers) > 1 else answers[0]
            if kind == "gone":
                route.abort()
            else:
                route.fulfill(
                    status=kind,
                    content_type="application/json",
                    body=json.dumps({"words": words}),
                )

        page.route("**/draft/1", answer)
        page.clock.install(time=gallery.AT)
        page.reload()
        return act(page)

    return look("contact", opened, expected_faults=("Failed to load resource",)), sent


def status(page):
    return page.locator("[data-draft-status]").text_content()


def test_a_draft_is_kept_every_ten_seconds_and_only_when_something_changed(look):
    def act(page):
        page.clock.run_for(30_000)
        page.get_by_label("Their words").fill("mum worried")
        page.clock.run_for(10_000)
        page.wait_for_timeout(200)  # the answer to the saving is on its way
        page.clock.run_for(30_000)
        page.wait_for_timeout(200)
        return status(page), page.evaluate("[localStorage.length, sessionStorage.length]")

    (words, stored), sent = drafting(look, [200], act)
    assert words == "Draft saved 14:03"
    assert len(sent) == 1 and "words=mum+worried" in sent[0]
    assert stored == [0, 0]


def test_a_draft_is_kept_when_a_box_is_left_and_by_control_s(look):
    def act(page):
        page.get_by_label("Their words").fill("one")
        page.keyboard.press("Tab")
        page.wait_for_timeout(100)
        page.get_by_label("Their words").focus()
        page.keyboard.press("Control+s")
        page.wait_for_timeout(100)

    _, sent = drafting(look, [200], act)
    assert len(sent) == 2


def test_with_the_network_gone_the_text_stays_and_it_is_said_since_when(look):
    def act(page):
        page.get_by_label("Their words").fill("one")
        page.clock.run_for(10_000)
        page.wait_for_timeout(100)
        gone = status(page), page.locator("[data-draft-alert]").text_content()
        page.clock.run_for(60_000)
        page.wait_for_timeout(100)
        later = status(page)
        text = page.get_by_label("Their words").input_value()
        page.unroute("**/draft/1")
        page.route(
            "**/draft/1",
            lambda route: route.fulfill(
                status=200, content_type="application/json", body='{"words": "Draft saved 14:04"}'
            ),
        )
        page.clock.run_for(10_000)
        page.wait_for_timeout(100)
        return gone, later, text, status(page), page.locator("[data-draft-alert]").text_content()

    (gone, later, text, back, said), _ = drafting(look, ["gone"], act)
    expected = "Not saved to the server since 14:02 – keep typing, we’ll retry."
    assert gone == (expected, expected)
    assert (later, text) == (expected, "one")
    assert (back, said) == ("Draft saved 14:04", "Draft saved 14:04")


def test_a_draft_that_is_refused_says_so_in_the_servers_words_and_the_text_stays(look):
    def act(page):
        page.get_by_label("Their words").fill("one")
        page.clock.run_for(10_000)
        page.wait_for_timeout(100)
        return status(page), page.get_by_label("Their words").input_value()

    seen, _ = drafting(look, [403], act, words="Someone else is signed in now.")
    assert seen == ("Someone else is signed in now.", "one")


def test_after_signing_in_again_elsewhere_drafts_and_the_form_use_the_new_token(look):
    def act(page):
        tokens = []
        page.on("request", lambda asked: tokens.append(asked.headers.get("x-csrftoken", "")))
        page.evaluate("document.cookie = 'csrftoken=new; path=/'")
        page.evaluate(
            """document.querySelector('#contact').insertAdjacentHTML('beforeend',
               '<input type="hidden" name="csrfmiddlewaretoken" value="old">'); 0"""
        )
        page.evaluate(SENT)
        page.get_by_label("Their words").fill("one")
        page.clock.run_for(10_000)
        page.wait_for_timeout(100)
        page.get_by_role("button", name="Save and hand over").click()
        return tokens, page.locator("[name=csrfmiddlewaretoken]").input_value()

    (tokens, value), sent = drafting(look, [200], act)
    assert ([one for one in tokens if one], value) == (["new"], "new")
    assert "csrfmiddlewaretoken" not in sent[0]


# Clocks


def test_the_browser_and_the_server_say_a_clock_in_the_same_words(look):
    seconds = [-3_000_000, -90_000, -3_660, -720, -61, -60, -59, -1, 0, 1, 59, 60, 61, 899, 900, 901, 3_599]
    seconds += [3_600, 3_660, 86_399, 86_400, 90_000, 200_000, 1_209_600, 3_000_000]
    script = """([due, soon]) => import('/static/nhsuk/timer.js')
      .then((timer) => due.map((s) => timer.clockWords(s * 1000, 0, soon)))"""

    def ours(soon):
        return [
            list(wording.clock_words(gallery.AT + timedelta(seconds=one), at=gallery.AT, soon=soon))
            for one in seconds
        ]

    def act(page):
        return [page.evaluate(script, [seconds, soon * 60_000]) for soon in (15, 60)]

    assert look("work", act) == [ours(timedelta(minutes=15)), ours(timedelta(minutes=60))]


def test_clocks_tick_by_the_servers_time_whatever_the_browsers_clock_says(look):
    def act(page):
        page.clock.install(time=gallery.AT - timedelta(hours=5))
        page.reload()
        chips = page.locator(".nwd-chip")
        before = chips.nth(1).inner_text()
        page.clock.run_for(10 * 60_000)
        return (
            before,
            chips.nth(1).inner_text(),
            chips.nth(1).get_attribute("class"),
            page.locator("tr#r-1").get_attribute("class"),
        )

    before, after, chip, row = look("work", act)
    assert before.strip() == "8 min left"
    assert after.strip() == "Late 1 min"
    assert chip.split() == ["nwd-chip", "nwd-chip--late"]
    assert row.split() == ["nwd-row", "nwd-row--late"]


def test_typing_asks_for_a_match_once_after_400_ms_and_puts_the_answer_in_place(look):
    def act(page):
        asked = []

        def answer(route):
            asked.append((route.request.method, route.request.url.rsplit("/", 1)[1], route.request.post_data))
            route.fulfill(status=200, content_type="text/html", body="<p>Possible match</p>")

        page.route("**/match", answer)
        page.get_by_label("Call-back number").press_sequentially("01632", delay=20)
        page.get_by_text("Possible match").wait_for()
        return asked, page.evaluate("document.activeElement.id")

    asked, focused = look("contact", act)
    assert [(method, url) for method, url, _ in asked] == [("POST", "match")]
    assert "01632" in asked[0][2]
    assert focused == "id_phone"


def test_on_paper_there_is_who_and_when_and_nothing_to_press(look):
    def act(page):
        page.emulate_media(media="print")
        return (
            page.locator(".nwd-printed").is_visible(),
            page.eval_on_selector_all(
                "button, input, .nhsuk-button, nav",
                "all => all.filter((one) => one.checkVisibility()).length",
            ),
        )

    for name in ("work", "person", "board", "triage"):
        assert look(name, act) == (True, 0), name
