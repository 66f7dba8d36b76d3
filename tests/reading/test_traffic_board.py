"""The board counts what the slow and obvious way counts, at any size in the same number of statements."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.participations.models import Participation
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk import wording
from nowrongdoor.reading import traffic_board, traffic_table
from nowrongdoor.reading.traffic_board import COLUMNS, Chosen
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Team
from tests.worlds import stories
from tests.worlds.small_place import ASK, SINCE, SOON

NOW = now()
MIDNIGHT = NOW - timedelta(hours=6)
# Somebody without a part in anyone's care: what is counted, and in which column, is the same for everyone.
ANYBODY = Viewer(uuid4(), "Nia", "team_member", uuid4(), "Elsewhere", uuid4())


@pytest.fixture
def place(db):
    return stories.a_place()


@pytest.fixture
def busy(place):
    """A referral in each state, offered, returned once and twice, withdrawn, re-homed, some of them late."""
    from nowrongdoor.journeys import agencies, handovers, referrals, triage

    by, at = place.amir, place.later
    crisis, social = place.teams["Crisis team"], place.teams["Social care"]

    def returned(handover_id: UUID, next_team: UUID, by) -> UUID:
        next_id = uuid4()
        handovers.send_back(
            handover_id=handover_id, reason="not_ours", words="", next_team_id=next_team,
            next_handover_id=next_id, by=by, at=at(), seen=1,
        )  # fmt: skip
        return next_id

    def taken(**how) -> UUID:
        referral_id = place.a_referral(**how)
        triage.accept_here(referral_id=referral_id, decision=SOON, by=how.get("by", by), at=at(), seen=1)
        return referral_id

    for _ in range(2):
        place.a_referral()
    place.an_offer()
    accepted = place.an_offer()
    stories.accepted(place, accepted, by=place.priya)
    begun = taken()
    referrals.begin(referral_id=begun, by=by, at=at(), seen=2)
    waits = place.a_referral()
    triage.ask(
        referral_id=waits, promise_id=uuid4(), asked_of="GP", words="Which?", due_at=None,
        by=by, at=at(), seen=1,
    )  # fmt: skip
    back = place.an_offer()
    handovers.withdraw(handover_id=back, reason="changed", words="", by=by, at=at(), seen=1)
    new_and_back, handover_id = place.a_referral(), uuid4()
    handovers.offer(
        referral_id=new_and_back, handover_id=handover_id, to_team_id=crisis, message=ASK,
        by=by, at=at(), seen=1,
    )  # fmt: skip
    handovers.withdraw(handover_id=handover_id, reason="changed", words="", by=by, at=at(), seen=1)
    returned(place.an_offer(), social, place.priya)
    third = uuid4()
    housing = Team(third, place.sam.agency_id, "Housing", "Homes", "", False, SINCE, None, None)
    agencies.enter(facts=[housing], by=place.viewers["Lou of Front door"], at=at())
    twice = returned(returned(place.an_offer(), social, place.priya), third, place.sam)
    assert Handover.objects.get(pk=twice).hop == 3
    taken(by=place.sam)
    done = place.a_referral()
    referrals.close(
        referral_id=done, outcome="help_given", told="All well", told_by="us", by=by, at=at(), seen=1
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET due_at = %s WHERE id IN"
            " (SELECT id FROM referrals_referral WHERE state <> 'closed' ORDER BY received_at LIMIT 4)",
            [NOW - timedelta(minutes=1)],
        )
    return place


def columns_the_obvious_way(at) -> dict[UUID, str]:
    """One referral at a time, as a person would say it."""
    found = {}
    for referral in Referral.objects.exclude(state="closed"):
        holding = Holding.objects.get(referral_id=referral.id, until_at=None)
        asked = list(Handover.objects.filter(referral_id=referral.id, holding_id=holding.id))
        if any(one.state == "offered" for one in asked):
            found[referral.id] = "offered"
        elif referral.state in {"new", "triaged"} and (asked or referral.state == "triaged"):
            found[referral.id] = "back"
        else:
            found[referral.id] = referral.state
    return found


def clock_the_obvious_way(referral) -> object:
    live = Handover.objects.filter(referral_id=referral.id, state="offered").first()
    return min(referral.due_at, live.answer_by) if live else referral.due_at


def test_every_open_referral_is_in_exactly_one_column_and_the_counts_are_the_obvious_ones(busy):
    obvious = columns_the_obvious_way(NOW)
    board = traffic_board.board(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT)
    counted = Counter(obvious.values()) | Counter(closed=1)
    assert board.counts == {column: counted.get(column, 0) for column in COLUMNS}
    assert all(board.counts[column] for column in COLUMNS), "every column has something in it"
    shown = {one.referral_id: name for name in COLUMNS[:-1] for one in board.strips[name]}
    assert shown == obvious


def test_late_soon_unowned_and_returned_are_the_obvious_ones(busy):
    still = list(Referral.objects.exclude(state__in=["closed", "under_way"]))
    clocks = [clock_the_obvious_way(one) for one in still]
    board = traffic_board.board(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT)
    assert board.late == sum(clock <= NOW for clock in clocks) > 0
    assert board.soon == sum(NOW < clock <= NOW + traffic_board.SOON for clock in clocks)
    returned = Counter(Handover.objects.filter(state="returned").values_list("referral_id", flat=True))
    assert board.returned == sum(count >= 2 for count in returned.values()) == 1
    assert board.unowned == 0


def test_unowned_is_counted_and_not_taken_for_granted(busy):
    """The database refuses a gap; here a trigger is off, so that the count has something to find."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(
            "UPDATE holdings_holding SET until_at = %s, ended_by = 'closing'"
            " WHERE id = (SELECT id FROM holdings_holding WHERE until_at IS NULL LIMIT 1)",
            [NOW],
        )
        for asked in (Chosen(), Chosen(agency_id=uuid4(), need="housing")):
            assert traffic_board.board(viewer=ANYBODY, asked=asked, at=NOW, day_began=MIDNIGHT).unowned == 1
            page = traffic_table.table(
                viewer=ANYBODY,
                asked=Chosen(asked.agency_id, asked.need, clock="unowned"),
                at=NOW,
                day_began=MIDNIGHT,
            )
            assert [one.team for one in page.rows] == [""]
        connection.needs_rollback = True


@pytest.mark.parametrize("column", COLUMNS)
def test_each_column_as_a_table_has_what_the_board_counts(busy, column):
    board = traffic_board.board(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT)
    page = traffic_table.table(viewer=ANYBODY, asked=Chosen(column=column), at=NOW, day_began=MIDNIGHT)
    assert len(page.rows) == board.counts[column]
    assert {one.column for one in page.rows} == {column}


@pytest.mark.parametrize("clock", ["late", "soon", "returned", "unowned"])
def test_each_tile_leads_to_as_many_as_it_says(busy, clock):
    board = traffic_board.board(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT)
    page = traffic_table.table(viewer=ANYBODY, asked=Chosen(clock=clock), at=NOW, day_began=MIDNIGHT)
    assert len(page.rows) == getattr(board, clock)


def test_the_board_of_one_agency_or_need_has_only_theirs(busy):
    agency = busy.sam.agency_id
    held = Holding.objects.filter(team_id=busy.sam.team_id, until_at=None)
    mine = set(held.values_list("referral_id", flat=True))
    board = traffic_board.board(viewer=ANYBODY, asked=Chosen(agency_id=agency), at=NOW, day_began=MIDNIGHT)
    assert {one.referral_id for strips in board.strips.values() for one in strips} == mine


def test_what_for_and_where_is_found_of_those_alone_in_whom_the_agency_has_a_part(busy):
    def found(viewer: Viewer, **asked: str) -> tuple[int, int]:
        board = traffic_board.board(viewer=viewer, asked=Chosen(**asked), at=NOW, day_began=MIDNIGHT)
        table = traffic_table.table(viewer=viewer, asked=Chosen(**asked), at=NOW, day_began=MIDNIGHT)
        return sum(board.counts.values()) - board.counts["closed"], len(table.rows)

    open_now = Referral.objects.exclude(state="closed").count()
    parts = Participation.objects.filter(agency_id=busy.amir.agency_id).values("referral_id")
    own = Referral.objects.exclude(state="closed").filter(pk__in=parts).count()
    assert 0 < own < open_now
    assert found(busy.amir, need="mental") == (own, own)
    assert found(busy.amir, need="equipment") == (0, 0)
    assert found(ANYBODY) == (open_now, open_now)
    assert found(ANYBODY, need="mental") == (0, 0), "it would tell what others are helped with"


def test_where_restricted_people_live_is_found_by_no_area(busy):
    from nowrongdoor.journeys import seals

    person_id = busy.a_person(family_name="Okoro", given_names="Ada", postcode="LK4 2AB")
    referral_id = busy.a_referral(person_id=person_id)

    def found(**asked: str) -> set[UUID]:
        shown = traffic_table.table(viewer=busy.amir, asked=Chosen(**asked), at=NOW, day_began=MIDNIGHT)
        return {one.referral_id for one in shown.rows}

    assert found(area="LK4") == {referral_id}
    seals.put(
        seal_id=uuid4(), person_id=person_id, referral_id=None, contact_id=None, why="asked", words="",
        by=busy.amir, at=busy.later(),
    )  # fmt: skip
    assert referral_id in found(), "their own team goes on seeing them"
    assert found(area="LK4") == set()


def test_the_table_is_sorted_late_first_and_nothing_accepted_is_above_anything_that_waits(busy):
    rows = traffic_table.table(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT).rows
    assert len(rows) == Referral.objects.exclude(state="closed").count()
    keys = [(one.column in {"accepted", "under_way"}, one.clock_at, one.received_at) for one in rows]
    assert all(first <= second for first, second in pairwise(keys))
    assert keys[0][1] <= NOW < keys[-1][1]


def test_a_column_shows_the_twenty_due_first_and_the_table_has_the_rest_in_pages(place):
    for _ in range(124):
        place.a_referral()
    board = traffic_board.board(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT)
    assert board.counts["new"] == 124
    by_due = [one.id for one in Referral.objects.order_by("due_at", "received_at", "id")]
    assert [one.referral_id for one in board.strips["new"]] == by_due[:20]
    found, after = [], None
    for expected in (50, 50, 24):
        page = traffic_table.table(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT, after=after)
        assert len(page.rows) == expected
        found += [one.referral_id for one in page.rows]
        after = page.next
    assert after is None
    assert found == by_due


def test_the_table_goes_on_over_the_seam_between_what_waits_and_what_was_taken_on(place):
    from nowrongdoor.journeys import triage

    for number in range(70):
        referral_id = place.a_referral()
        if number % 2:
            triage.accept_here(
                referral_id=referral_id, decision=SOON, by=place.amir, at=place.later(seconds=1), seen=1
            )
    first = traffic_table.table(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT)
    second = traffic_table.table(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT, after=first.next)
    rows = [*first.rows, *second.rows]
    assert [one.column for one in rows] == ["new"] * 35 + ["accepted"] * 35
    assert len({one.referral_id for one in rows}) == 70
    assert second.next is None


def test_closed_today_has_pages_of_its_own_last_closed_first(place):
    from nowrongdoor.journeys import referrals

    for _ in range(60):
        referral_id = place.a_referral()
        referrals.close(
            referral_id=referral_id, outcome="help_given", told="All well", told_by="us", by=place.amir,
            at=place.later(seconds=1), seen=1,
        )  # fmt: skip
    first = traffic_table.table(viewer=ANYBODY, asked=Chosen(column="closed"), at=NOW, day_began=MIDNIGHT)
    second = traffic_table.table(
        viewer=ANYBODY, asked=Chosen(column="closed"), at=NOW, day_began=MIDNIGHT, after=first.next
    )
    closed = [one.closed_at for one in (*first.rows, *second.rows)]
    assert len(first.rows) == 50 and len(set(closed)) == 60
    assert closed == sorted(closed, reverse=True)
    earlier = traffic_board.board(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=NOW)
    assert earlier.counts["closed"] == 0


@pytest.mark.parametrize("read", ["board", "table"])
def test_the_number_of_statements_does_not_grow(busy, read):
    def ask():
        module = traffic_board if read == "board" else traffic_table
        with CaptureQueriesContext(connection) as asked:
            getattr(module, read)(viewer=ANYBODY, asked=Chosen(), at=NOW, day_began=MIDNIGHT)
        return len(asked)

    before = ask()
    for _ in range(60):
        busy.a_referral()
    assert ask() <= before == 3


def test_soon_on_the_board_is_soon_on_the_clocks():
    assert traffic_board.SOON == wording.SOON
