"""./nwd bench match: what it holds our linking to, and that it would notice."""

import pytest

from nowrongdoor.console.bench import match
from nowrongdoor.linkage.resolving import best_of_each

GOOD = {"f1": 0.99, "splink_f1": 0.985, "seconds": 1.0, "splink_seconds": 1.0}


@pytest.mark.parametrize(
    ("figures", "missed"),
    [
        ({}, []),
        ({"f1": 0.9885}, ["one: F1 0.9885, at least 0.9890 wanted"]),
        ({"f1": 0.98}, ["one: F1 0.9800, below Splink's 0.9850"]),
        ({"f1": 0.999, "splink_f1": 0.998}, []),
        ({"f1": 0.997, "splink_f1": 0.998}, ["one: F1 0.9970, below Splink's 0.9980"]),
        ({"f1": 1.0, "splink_f1": 1.0}, []),
        ({"seconds": 1.31}, ["one: 1.31 s, at most 1.3 times Splink's 1.0 s"]),
    ],
)
def test_a_goal_that_is_not_reached_is_said(figures: dict[str, float], missed: list[str]) -> None:
    assert match.missed("one", {**GOOD, **figures}) == missed


def test_pairs_are_judged_by_the_labels() -> None:
    assert match.judged({(1, 1), (2, 2), (3, 4)}, {(1, 1), (2, 2), (3, 3), (4, 4)}) == (0.66667, 0.5, 0.57143)
    assert match.judged(set(), {(1, 1)}) == (0.0, 0.0, 0.0)


def test_each_record_takes_its_best_partner_only() -> None:
    assert best_of_each([(1, 1, 0.9), (1, 2, 0.8), (2, 1, 0.99), (3, 3, 0.6)]) == {(2, 1), (1, 2), (3, 3)}
