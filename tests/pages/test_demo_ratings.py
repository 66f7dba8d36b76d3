"""In the demonstration invented staff have rated: agreement is shown with its interval, and no person."""

import re
from datetime import UTC, datetime

import pytest

from nowrongdoor.console import demo_place, demo_ratings
from nowrongdoor.data.guidance.models import SecondRating, VignetteRating
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import second_looks, vignettes
from tests.pages.sending import text
from tests.worlds import stories

UNTIL = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_those_who_may_have_rated_blind_and_some_is_left_to_try():
    demo_place.act(people=12, progress=lambda done, of: None, seed=7, until=UNTIL)
    demo_ratings.give(seed=7, until=UNTIL)
    raters = list(demo_ratings._raters(at=UNTIL))
    assert len({one.member_id for one in raters}) == len(raters) > demo_ratings.LEFT
    silent = raters[: demo_ratings.LEFT]
    assert all(vignettes.own(one) == {} for one in silent), "they may try it themselves"
    assert {sum(given.values()) for given in vignettes.given().values()} == {len(raters) - len(silent)}
    for one in SecondRating.objects.select_related("advice"):
        assert one.rated_by_id != one.advice.decided_by_id and one.decided == one.advice.decided
    shown = text(stories.browser(raters[0]).get("/guidance/consistency"))
    assert re.search(r"0\.\d\d \(0?-?\d?\.\d\d to \d\.\d\d\)", shown), shown
    assert not any(one.member_name in shown for one in raters[1:]), "nobody is ranked or named"


@pytest.mark.django_db
def test_where_few_have_rated_nothing_is_shown(place):
    """The control: in a place of six who may rate, four have, and four say nothing of anybody."""
    demo_ratings.give(seed=7, until=now())
    assert VignetteRating.objects.count() > 0 and not second_looks.rated()
    shown = text(stories.browser(place.viewers["Lou of Front door"]).get("/guidance/consistency"))
    assert not re.search(r"\d\.\d\d \(", shown)
