"""Which kinds of service an entry is of, and how what they do may end: all by dated data."""

from datetime import UTC, datetime

import pytest

from nowrongdoor.rules import law, service_kinds
from nowrongdoor.rules.clock import local_date

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Averley Social Prescribing", {"social_prescribing"}),
        ("Link workers at your GP", {"social_prescribing"}),
        ("Shared Lives Averley", {"shared_lives"}),
        ("Averley timebank", {"time_bank"}),
        ("The Haven, a crisis café", {"crisis_cafe"}),
        ("A lunch club with its own time bank", {"community_group", "time_bank"}),
        ("District nursing", set()),
    ],
)
def test_an_entry_is_of_the_kinds_that_its_words_say(text, kinds):
    assert service_kinds.kinds([text], at=AT) == kinds


def test_a_team_of_no_kind_ends_as_every_team_and_none_is_offered_what_only_an_act_says():
    every = {one.code for one in service_kinds.outcomes((), at=AT)}
    assert "help_given" in every and "duplicate" not in every
    assert not every & service_kinds.own(at=AT).keys()


def test_each_kind_has_endings_of_its_own_and_no_other_kind_has_them():
    own = service_kinds.own(at=AT)
    kinds = {one.code for one in law.codes("kinds_with_endings", on=local_date(AT))}
    assert set(own.values()) == kinds and len(kinds) == 5
    for kind in kinds:
        offered = {one.code for one in service_kinds.outcomes([kind], at=AT)}
        assert {code for code, of in own.items() if of == kind} == offered & own.keys()


def test_nobody_has_checked_them_and_they_say_so():
    rows = [row for row in law.rows("code_lists") if row["list"] == "kinds_with_endings"]
    rows += law.rows("service_kind_words")
    assert rows and all(row["verified"] == "no" and row["source"] for row in rows)
