"""One tap rings a number, and whatever else was typed in its place is text."""

import pytest

from nowrongdoor.nhsuk import numbers


@pytest.mark.parametrize(
    ("said", "rings"),
    [
        ("07700 900616", "tel:07700900616"),
        ("+44 (0)1632 960100", "tel:+441632960100"),
        ("01632-960100 ext 5", "tel:01632960100"),
        ("999", "tel:999"),
        ("https://elsewhere.invalid/", ""),
        ("<base href='//elsewhere.invalid/'>", ""),
        ("the number of her mother", ""),
        ("07", ""),
        ("", ""),
    ],
)
def test_only_the_number_is_rung(said, rings):
    assert numbers.dial(said) == rings
    assert numbers.of(said, "yes").said == said, "the words stay as they were"


def test_nobody_rings_a_number_that_is_not_safe():
    assert numbers.url_of("07700 900616", "no") == ""
