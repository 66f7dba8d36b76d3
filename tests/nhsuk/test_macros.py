"""The furniture as HTML: what was typed is there, each box is tied to its words, and nothing is unescaped."""

import re
from dataclasses import fields
from html.parser import HTMLParser
from time import process_time

import pytest
from jinja2 import UndefinedError

from nowrongdoor.nhsuk import shapes, wording
from nowrongdoor.nhsuk.frame import Frame
from tests.architecture import source
from tests.nhsuk import gallery


class Page(HTMLParser):
    """Elements as (tag, attributes), with the ids and the text of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [
            attrs
            for found, attrs in self.elements
            if found == tag and all(attrs.get(name) == value for name, value in wanted.items())
        ]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if attrs.get("id")]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(scope="module")
def jinja():
    return gallery.jinja()


def furniture(jinja, source: str, **context: object) -> Page:
    template = jinja.from_string('{% import "nhsuk/ui.jinja" as ui %}' + source)
    return Page(template.render(at=gallery.AT, **context))


def test_every_piece_of_furniture_is_used_by_a_page_and_not_by_the_gallery_alone():
    templates = {path: path.read_text(encoding="utf-8") for path in source.PACKAGE.rglob("*.jinja")}
    (ui,) = (text for path, text in templates.items() if path.name == "ui.jinja")
    names = re.findall(r"{% set (\w+) =", ui)
    # Called by a page as ui.…, or by other furniture under its own name; being defined is no use.
    used = {
        name for text in templates.values() for name in re.findall(r"(?<!macro )\b(?:ui\.)?(\w+)\(", text)
    }
    assert names and [name for name in names if name not in used] == []


@pytest.mark.parametrize("name", gallery.PAGES)
def test_every_label_error_and_control_leads_to_an_element_that_is_there_once(name):
    page = Page(gallery.rendered(name))
    assert len(page.ids) == len(set(page.ids))
    for _, attrs in page.elements:
        for one in ("for", "aria-describedby", "aria-labelledby", "popovertarget"):
            assert set((attrs.get(one) or "").split()) <= set(page.ids), attrs
        if (attrs.get("href") or "").startswith("#id_"):
            assert attrs["href"][1:] in page.ids
    named = {attrs["for"] for attrs in page.all("label")}
    for tag in ("input", "textarea", "select"):
        for attrs in page.all(tag):
            assert attrs.get("type") == "hidden" or attrs["id"] in named


def test_a_form_with_mistakes_keeps_everything_that_was_typed():
    page = Page(gallery.rendered("mistakes"))
    assert "Not slept, hearing voices, mum worried. Says “the radio talks back”." in page.text
    assert [page.all("input", id=f"id_born_on_{part}")[0]["value"] for part in ("day", "month", "year")] == [
        "31",
        "2",
        "1990",
    ]
    ticked = [attrs["value"] for attrs in page.all("input") if "checked" in attrs]
    assert ticked == ["professional", "mental", "housing"]


def test_the_error_summary_comes_first_takes_the_focus_and_leads_to_each_box():
    page = Page(gallery.rendered("mistakes"))
    summary = page.all("div", id="problems")[0]
    assert summary["tabindex"] == "-1" and "autofocus" in summary
    links = [attrs["href"] for attrs in page.all("a") if (attrs.get("href") or "").startswith("#id_")]
    assert links == ["#id_channel", "#id_born_on_day", "#id_outcome"]
    assert page.text.startswith("Error: New contact – No Wrong Door")
    assert not Page(gallery.rendered("contact")).text.startswith("Error")


def test_an_empty_first_line_survives_the_trip_through_a_box(jinja):
    form = gallery.Contact({"words": "\nafter a blank line"})
    html = jinja.from_string('{% import "nhsuk/ui.jinja" as ui %}{{ ui.textarea(form.words) }}').render(
        form=form
    )
    # A browser drops one line feed after the opening tag: two must be there for one to be left.
    assert ">\n\nafter a blank line</textarea>" in html


HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


@pytest.mark.parametrize(
    "source",
    [
        "{{ ui.words(text) }}",
        "{{ ui.tag(text) }}",
        "{{ ui.flags([text]) }}",
        "{{ ui.empty(text, text, '#') }}",
        "{{ ui.summary_list([(text, text, '#', text)]) }}",
        "{{ ui.inset(text) }}{{ ui.warning(text, text) }}{{ ui.done(text, text) }}",
        "{{ ui.text(form.place) }}{{ ui.textarea(form.words) }}",
        "{{ ui.text(form.place, hint=text, why=text, attrs={'data-x': text}) }}",
        "{{ ui.button(text, name=text, value=text) }}{{ ui.row_action(text, '#', about=text) }}",
        "{{ ui.strip(strip) }}{{ ui.person_banner(banner) }}{{ ui.conflict(case) }}",
        "{{ ui.holder_line(holds, at) }}{{ ui.held_now(holds[0], at) }}",
    ],
)
def test_text_from_people_is_always_escaped(jinja, source):
    def filled(shape, **exact):
        texts = {each.name: HOSTILE for each in fields(shape) if each.type is str}
        return shape(**texts | exact)

    page = furniture(
        jinja,
        source,
        text=HOSTILE,
        form=gallery.Contact({"words": HOSTILE, "place": HOSTILE}),
        strip=filled(shapes.Strip, chip=wording.done_chip(HOSTILE)),
        banner=filled(shapes.Banner, communication=(HOSTILE,), alerts=(HOSTILE,)),
        case=filled(shapes.Conflict, actions=((HOSTILE, "#"),)),
        holds=[filled(shapes.Hold, from_at=gallery.AT)],
    )
    assert page.all("script") == []
    assert HOSTILE in page.text


def test_a_misspelt_name_fails_instead_of_showing_a_blank(jinja):
    with pytest.raises(UndefinedError):
        furniture(jinja, "{{ person.naem }}", person=gallery.BANNER)


def test_what_someone_said_keeps_its_line_breaks_and_stands_in_quotation_marks(jinja):
    assert "“one\ntwo”" in "".join(furniture(jinja, "{{ ui.words('one\ntwo') }}").words)


def test_the_holder_line_runs_from_the_first_holder_to_now_without_a_gap(jinja):
    page = furniture(jinja, "{{ ui.holder_line(holds, at) }}", holds=list(reversed(gallery.HOLDS)))
    assert len(page.all("ol")) == 1 and len(page.all("li")) == 3
    order = [page.text.index(hold.holder) for hold in gallery.HOLDS]
    assert order == sorted(order)
    assert page.text.endswith("Now, 14:02: held by Crisis team")
    bars = page.all("rect")
    ends = [float(bar["x"][:-1]) + float(bar["width"][:-1]) for bar in bars]
    assert [float(bar["x"][:-1]) for bar in bars] == pytest.approx([0, *ends[:-1]], abs=0.02)
    assert ends[-1] == pytest.approx(100, abs=0.02)


def test_a_line_that_has_ended_does_not_claim_to_reach_now(jinja):
    page = furniture(jinja, "{{ ui.holder_line(holds, at) }}", holds=gallery.HOLDS[:2])
    assert "Now" not in page.text
    assert page.all("li")[-1]["class"] == "nwd-hold nwd-hold--closed"


@pytest.mark.parametrize("state", ["late", "soon", "ok", "done"])
def test_only_the_edge_and_the_clock_of_a_strip_know_its_state(jinja, state):
    def strip(state):
        return shapes.Strip(id="s", url="#", name="A", chip=wording.Chip("words", state))

    states = {
        attrs["class"]
        for attrs in furniture(jinja, "{{ ui.strip(s) }}", s=strip(state)).all("span")
        if "class" in attrs
    }
    assert f"nwd-chip nwd-chip--{state}" in states
    name = furniture(jinja, "{{ ui.strip(s) }}", s=strip(state)).all("h3")
    assert name == furniture(jinja, "{{ ui.strip(s) }}", s=strip("ok")).all("h3")


@pytest.mark.parametrize("shape", [shapes.Banner, shapes.Strip, shapes.Hold, Frame])
def test_a_person_has_no_place_for_a_colour_a_score_or_a_level(shape):
    names = " ".join(each.name for each in fields(shape))
    assert not any(word in names for word in ("risk", "level", "score", "colour", "band", "severity"))


def test_a_clock_ticks_by_the_servers_due_time(jinja):
    chip = wording.chip(gallery.AT + gallery.minutes(8), at=gallery.AT)
    assert (
        furniture(jinja, "{{ ui.chip(c) }}", c=chip).all("span")[0]["data-due"] == "2026-11-25T14:10:31+00:00"
    )
    assert (
        furniture(jinja, "{{ ui.chip(c) }}", c=wording.done_chip("Accepted")).all("span", data_due="") == []
    )


def test_a_count_is_shown_only_where_someone_must_act():
    page = Page(gallery.rendered("work"))
    nav = gallery.rendered("work").split('aria-label="Main">')[1].split("</nav>")[0]
    assert Page(nav).text == "My work 3 need you Triage 12 need you Board People"
    assert page.all("a", aria_current="page")


def test_what_has_just_been_done_is_said_once():
    assert Page(gallery.rendered("work")).text.count("You accepted Gwenllian Llŷr at 13:52") == 1
    assert Page(gallery.rendered("board")).all("div", role="status") == []


def test_nothing_about_a_person_goes_into_an_address(jinja):
    page = furniture(jinja, '<div {{ ui.live_match("/match", "#id_phone", "#contact") }}></div>')
    (match,) = page.all("div")
    assert match["hx-post"] == "/match" and "hx-get" not in match
    assert match["hx-trigger"] == 'input delay:400ms from:"#id_phone"'


def test_the_bare_frame_needs_no_viewer_and_says_demonstration_only_in_one():
    assert "Demonstration – invented people" in Page(gallery.rendered("signin")).text
    assert "Demonstration" not in Page(gallery.rendered("bare")).text


def test_a_page_of_200_rows_is_drawn_within_50_ms(jinja):
    template = jinja.get_template("rows.jinja")
    many = [row | {"id": f"r-{n}"} for n, row in enumerate(gallery.rows() * 34)][:200]
    template.module.table(many)
    spent = []
    for _ in range(5):
        started = process_time()
        html = template.module.table(many)
        spent.append(process_time() - started)
    assert html.count("<tr id=") == 200
    assert min(spent) < 0.050, spent


def test_a_form_field_is_drawn_within_a_millisecond(jinja):
    source = "{{ ui.text(form.place, hint='h') }}{{ ui.date(form.born_on) }}{{ ui.checkboxes(form.needs) }}"
    template = jinja.from_string('{% import "nhsuk/ui.jinja" as ui %}' + source * 10)
    form = gallery.Contact({})
    template.render(form=form)
    started = process_time()
    template.render(form=form)
    assert (process_time() - started) / 30 < 0.001
