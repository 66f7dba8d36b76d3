"""A disagreement with the police is looked at afterwards, and climbs until somebody has."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nowrongdoor.rules import police_review
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.police_review import Found
from tests.rules.test_crisis import AMIR, a_call, decided, row
from tests.worlds.facts import TEN, id_of

DAY = timedelta(days=1)
NOTHING = Found("", "Both sides were short of one fact.", "nothing_changes")
UP = replace(NOTHING, finding="passed_up")
CHANGE = Found("", "Nobody knew.", "something_changes", "One number for both.", "Lou", date(2026, 12, 1))
DISPUTED = replace(row(decided(a_call())), disputed_at=TEN)


def reviewed(*levels, found=UP):
    return [act(level, found=found, before=(), at=None, name=level) for level in levels]


def act(level, *, found=NOTHING, before=(), at=TEN, name="review", one=DISPUTED):
    if at is None:  # a row, as it would be once recorded
        return police_review.PoliceReview(
            id_of(name), one.id, one.referral_id, level, "", "x", found.finding, "", "", None, TEN, AMIR
        )
    steps = police_review.review(one, before, review_id=id_of(name), level=level, found=found, by=AMIR, at=at)
    return steps[-1].change.after


def owes(level, *, found, before=(), at=TEN):
    """What the decision owes once it was reviewed."""
    first, _ = police_review.review(
        DISPUTED, before, review_id=id_of("review"), level=level, found=found, by=AMIR, at=at
    )
    after = first.change.after
    return after.review_level, after.review_due_at, after.review_ended_at


def test_what_is_passed_up_is_owed_by_the_time_of_the_next_level_and_any_other_finding_ends_it():
    assert owes("bronze", found=UP, at=TEN + 2 * DAY) == ("silver", TEN + 21 * DAY, None)
    assert owes("silver", found=UP, at=TEN + 20 * DAY) == ("gold", TEN + 49 * DAY, None)
    level, _, ended = owes("bronze", found=NOTHING, at=TEN + DAY)
    assert (level, ended) == (DISPUTED.review_level, TEN + DAY)


def waits(after, before=()):
    return police_review.waits(TEN, before, at=TEN + after)


@pytest.mark.parametrize(
    ("days", "level", "climbed", "late"),
    [
        (0, "bronze", False, False),
        (6, "bronze", False, False),
        (7, "silver", True, False),
        (20, "silver", True, False),
        (21, "gold", True, False),
        (48, "gold", True, False),
        (400, "gold", True, True),
    ],
)
def test_a_review_that_nobody_makes_climbs_and_never_goes_away(days, level, climbed, late):
    found = waits(days * DAY)
    assert (found.level, found.has_climbed, found.is_late) == (level, climbed, late)


def test_what_is_passed_up_waits_at_the_next_level_and_any_other_finding_ends_it():
    assert waits(DAY, reviewed("bronze")).level == "silver"
    assert not waits(DAY, reviewed("bronze")).has_climbed
    assert waits(DAY, reviewed("bronze", "silver")).level == "gold"
    assert waits(DAY, reviewed("bronze", found=NOTHING)) is None
    assert waits(400 * DAY, reviewed("silver", found=CHANGE)) is None


def test_a_review_is_made_at_the_level_where_it_waits_now():
    with pytest.raises(Refused, match="This waits at bronze now"):
        act("silver")
    with pytest.raises(Refused, match="This waits at silver now"):
        act("bronze", at=TEN + 8 * DAY)
    assert act("silver", at=TEN + 8 * DAY).level == "silver"


def test_a_change_has_who_sees_to_it_and_a_day_that_has_not_passed():
    made = act("bronze", found=CHANGE)
    assert (made.change, made.change_by, made.change_on) == ("One number for both.", "Lou", date(2026, 12, 1))
    for field, gone in (("change", " "), ("change_by", ""), ("change_on", None)):
        with pytest.raises(Refused) as refusal:
            act("bronze", found=replace(CHANGE, **{field: gone}))
        assert refusal.value.field == field
    with pytest.raises(Refused, match="has not passed yet"):
        act("bronze", found=replace(CHANGE, change_on=date(2026, 11, 1)))
    assert act("bronze", found=replace(CHANGE, finding="nothing_changes")).change == ""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"one": replace(DISPUTED, disputed_at=None)}, "nothing to review"),
        ({"before": reviewed("bronze", found=NOTHING)}, "is ended"),
        ({"found": replace(NOTHING, learned="")}, "what was learned"),
        ({"found": replace(NOTHING, finding="all fine")}, "whether something changes"),
    ],
)
def test_what_was_agreed_ended_or_says_nothing_is_no_review(said, words):
    with pytest.raises(Refused, match=words):
        act("bronze", **said)


def test_from_gold_there_is_nowhere_to_pass_it_up_to():
    with pytest.raises(Refused, match="Gold is the last"):
        act("gold", found=UP, at=TEN + 30 * DAY)
