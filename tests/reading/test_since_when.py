"""A referral that was taken up again started then, in every list; it keeps its place by when it came."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import referrals
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import my_work, traffic_board, traffic_table, triage_inbox
from nowrongdoor.reading.traffic_board import Chosen
from tests.worlds import stories


@pytest.fixture
def place(db):
    return stories.a_place()


def taken_up_again(place) -> UUID:
    referral_id = place.a_referral()
    given = Referral.objects.get(pk=referral_id)
    referrals.close(
        referral_id=referral_id, outcome="help_given", told="Done.", told_by="us",
        by=place.amir, at=place.later(), seen=given.version,
    )  # fmt: skip
    referrals.reopen(
        referral_id=referral_id, holding_id=uuid4(), why="She rang again.",
        by=place.amir, at=place.later(), seen=given.version + 1,
    )  # fmt: skip
    return referral_id


def told(place) -> dict[str, dict[UUID, datetime]]:
    """By list and referral: since when the list says that it runs."""
    at = now()
    day = at - timedelta(days=1)
    board = traffic_board.board(viewer=place.amir, asked=Chosen(), at=at, day_began=day)
    lists = {
        "triage": triage_inbox.of(name="all", viewer=place.amir, at=at).rows,
        "board": [one for strips in board.strips.values() for one in strips],
        "table": traffic_table.table(viewer=place.amir, asked=Chosen(), at=at, day_began=day).rows,
    }
    work = (*my_work.needs_you(viewer=place.amir, at=at).tasks, *my_work.in_progress(viewer=place.amir).tasks)
    return {
        **{name: {one.referral_id: one.since_at for one in rows} for name, rows in lists.items()},
        "work": {one.referral_id: one.since_at for one in work},
    }


def test_every_list_says_that_what_was_reopened_started_then(place):
    again, first = taken_up_again(place), place.a_referral()
    rows = {one.id: one for one in Referral.objects.all()}
    assert rows[again].reopened_at > rows[again].received_at
    for name, since in told(place).items():
        assert since == {again: rows[again].reopened_at, first: rows[first].received_at}, name


def test_what_was_reopened_is_still_listed_by_when_it_was_received(place):
    again, at = taken_up_again(place), now()
    received = Referral.objects.get(pk=again).received_at
    (waiting,) = triage_inbox.of(name="all", viewer=place.amir, at=at).rows
    assert waiting.bookmark.received_at == received
    (row,) = traffic_table.table(viewer=place.amir, asked=Chosen(), at=at, day_began=at).rows
    assert row.bookmark.received_at == received
