"""Some people of the demonstration were asked for their sex and ethnic category; who was not is not asked."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from nowrongdoor.console import demo_equality, demo_place
from nowrongdoor.data.people.models import AboutAnswer, Person
from nowrongdoor.rules import equality
from nowrongdoor.sim.streams import Streams

UNTIL = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("heading", equality.SAID)
def test_all_three_kinds_of_not_knowing_come_about_and_the_same_seed_says_the_same(heading):
    drawn = [[demo_equality._said(heading, chance) for _ in range(400)]
             for chance in (Streams(7)[heading], Streams(7)[heading])]  # fmt: skip
    assert drawn[0] == drawn[1]
    states = Counter(one.state if one else "not_asked" for one in drawn[0])
    assert set(states) == {"answered", "declined", "not_known", "not_asked"}
    assert states["answered"] > 200 and states["declined"] > 10


def test_sex_goes_with_the_pronouns_of_most_and_not_of_all():
    for pronouns, code in (("she/her", "2"), ("he/him", "1")):
        chance = Streams(7)[pronouns]
        drawn = [demo_equality._said("sex", chance, pronouns) for _ in range(400)]
        codes = Counter(one.codes[0] for one in drawn if one and one.codes)
        assert codes.most_common(1)[0][0] == code and len(codes) > 1
    free = [demo_equality._said("sex", Streams(7)[f"{one}"], "they/them") for one in range(100)]
    assert {"1", "2"} <= {one.codes[0] for one in free if one and one.codes}


@pytest.mark.django_db
def test_some_answered_and_some_were_not_asked_and_the_looks_of_it_are_there():
    demo_place.act(people=12, progress=lambda done, of: None, seed=7, until=UNTIL)
    for heading in equality.SAID:
        asked = AboutAnswer.objects.filter(heading=heading)
        assert 3 <= asked.count() < Person.objects.count()
        assert {one.state for one in asked} <= {"answered", "declined", "not_known"}
        assert all(one.codes for one in asked if one.state == "answered")
        assert all(one.written_at <= UNTIL for one in asked)
