"""A part of a screen, its rows, and what a browser that has it is told of it."""

import random

import pytest
from markupsafe import Markup

from nowrongdoor.kernel.live.parts import Part

KEYS = [f"row-{number}" for number in range(9)]
NOT_ROWS = (
    '<tr class="a" data-row><td>of no id</td></tr>',
    '<tr id="other"><td>no row</td></tr>',
    '<li data-row id="after">its id comes after</li>',
    "<p>data-row</p>",
    '<tr id="first" data-row aria-current="true"><td>marked within</td></tr>',
)


def a_row(chance, key, text):
    tag = {"a": "tr", "b": "article", "c": "li"}[text[0]]
    attributes = chance.choice((f'id="{key}"', f'class="late" id="{key}"', f'id="{key}" class="late"'))
    return f"<{tag} {attributes} data-row><p>{text}</p><a href='#'>Open</a></{tag}>", tag


def a_part(chance, texts):
    """A part with these rows, as pieces: what is no row, and (key, text, what is told in its place)."""
    pieces = ['<section id="now" data-live>']
    for key in chance.sample(list(texts), len(texts)):
        text, tag = a_row(random.Random(key), key, texts[key])
        pieces += [chance.choice(("", "\n", *NOT_ROWS)), (key, text, f'<{tag} id="{key}" data-same></{tag}>')]
    return [*pieces, "</section>"]


def written(pieces):
    return "".join(one if isinstance(one, str) else one[1] for one in pieces)


@pytest.mark.parametrize("seed", range(60))
def test_of_a_part_what_is_new_is_told_and_in_the_place_of_each_row_that_stays_an_empty_one(seed):
    chance = random.Random(seed)
    texts = {key: chance.choice("abc") + str(chance.randrange(2)) for key in chance.sample(KEYS, seed % 9)}
    before = a_part(chance, texts)
    changed = {key: chance.choice((text, text[0] + "9")) for key, text in texts.items()}
    now = a_part(chance, changed | {"new": "a"})
    had = {one[0]: one[1] for one in before if not isinstance(one, str)}
    part = Part(Markup(written(now)))
    assert part.rows == {one[0]: one[1] for one in now if not isinstance(one, str)}
    told = written([
        one if isinstance(one, str) else one[2] if had.get(one[0]) == one[1] else one[1] for one in now
    ])  # fmt: skip
    assert part.since(Part(written(before))) == told
    assert part.since(None) == written(now), "all of it to a browser that has none of it"
    assert part.since(part) is None and part.since(Part(written(now))) is None, "nothing is nothing new"


def test_what_stands_in_a_row_is_told_with_it():
    inner = '<li id="inner" data-row>b</li>'
    part = Part(f'<ul id="x" data-live><tr id="outer" data-row><td>{inner}</td></tr></ul>')
    assert list(part.rows) == ["outer"] and inner in part.rows["outer"]


def test_a_row_that_does_not_end_is_told_as_it_is():
    text = '<ul id="x" data-live><li id="open" data-row>a'
    assert Part(text).rows == {} and Part(text).since(Part("<ul></ul>")) == text
