"""Locks are taken in one order, an act is one transaction, and a wait is an answer."""

from uuid import uuid4

import psycopg
import pytest
from django.db import OperationalError

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import records, referrals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.tables import all_tables
from nowrongdoor.kernel.transactions import NoTransaction, transaction
from nowrongdoor.rules.change import Missing, Refused
from tests.journeys import acts

pytestmark = pytest.mark.django_db


def test_an_act_that_locks_against_the_order_is_stopped(place):
    offer = store.peek(HANDOVERS, place.an_offer())

    @transaction
    def backwards() -> None:
        store.lock(HANDOVERS, offer.id)
        store.lock(REFERRALS, offer.referral_id)

    with pytest.raises(store.OutOfOrder, match=r"referrals\.referral is locked after"):
        backwards()


def test_what_is_held_steady_is_held_in_the_same_order(place):
    offer = store.peek(HANDOVERS, place.an_offer())

    @transaction
    def backwards() -> None:
        store.lock_where(REFERRALS, id=offer.referral_id)
        store.steady(TEAMS, offer.receiver_team_id)

    with pytest.raises(store.OutOfOrder):
        backwards()


@pytest.mark.usefixtures("touches_nothing")
def test_the_order_is_one_order_for_every_table_that_is_locked():
    ranks = [table.rank for table in all_tables()]
    assert len(set(ranks)) == len(ranks), "two tables of one rank have no order between them"


def test_a_part_of_an_act_refuses_to_be_an_act(place):
    with pytest.raises(NoTransaction):
        records.hold(place.a_referral())
    with pytest.raises(NoTransaction):
        store.one_at_a_time("anything")


def test_an_act_refuses_to_be_part_of_another(place):
    @transaction
    def outer() -> None:
        acts.contacts.receive(**acts.received(place), at=place.at)

    with pytest.raises(RuntimeError, match="durable"):
        outer()


def failing(cause: type[psycopg.Error], *, times: int):
    """An act that PostgreSQL ends so many times with this fault."""
    tries = []

    @transaction
    def act() -> str:
        tries.append(cause)
        if len(tries) <= times:
            raise OperationalError("the database said no") from cause("the database said no")
        return "done"

    return act, tries


def test_a_deadlock_is_tried_again_twice(place):
    act, tries = failing(psycopg.errors.DeadlockDetected, times=2)
    assert act() == "done"
    assert len(tries) == 3
    place.a_referral()


def test_a_third_deadlock_and_a_long_wait_are_answers_and_not_faults(place):
    place.a_referral()
    for cause, expected in ((psycopg.errors.DeadlockDetected, 3), (psycopg.errors.LockNotAvailable, 1)):
        act, tries = failing(cause, times=3)
        with pytest.raises(Refused, match="Nothing was recorded; try again in a moment"):
            act()
        assert len(tries) == expected


def test_another_fault_of_the_database_is_not_hidden(place):
    place.a_referral()
    act, tries = failing(psycopg.errors.AdminShutdown, times=1)
    with pytest.raises(OperationalError):
        act()
    assert len(tries) == 1


def test_a_row_that_is_not_there_is_said_to_be_missing(place):
    place.a_referral()
    with pytest.raises(Missing):
        referrals.begin(referral_id=uuid4(), by=place.amir, at=place.later(), seen=1)
