"""The check that stands behind every journey test sees what it is there to see."""

import pytest
from django.db import connection

from nowrongdoor.kernel.journal.models import Entry
from tests.parity.journal import why_not_one_story
from tests.worlds.small_place import SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return SmallPlace.begin()


def do(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_the_journeys_did_is_told(place):
    place.an_offer()
    assert why_not_one_story() == ""


def test_a_row_changed_behind_the_journals_back_is_seen(place):
    referral_id = place.a_referral()
    do("UPDATE referrals_referral SET request = 'Something else.' WHERE id = %s", referral_id)
    assert f"{referral_id}: the row differs from what was told, in request" in why_not_one_story()


def test_a_row_nobody_told_of_is_seen(place):
    do("INSERT INTO agencies_member VALUES (gen_random_uuid(), 1, 'Nobody', 'Practitioner', '')")
    assert "no entry tells of this row" in why_not_one_story()


def test_an_entry_that_is_missing_is_seen(place):
    offer_id = place.an_offer()
    (triaged,) = Entry.objects.filter(kind="triage.handed_on").values_list("subject_id", flat=True)
    do("CREATE TEMPORARY TABLE journal_entry ON COMMIT DROP AS SELECT * FROM public.journal_entry")
    do("DELETE FROM pg_temp.journal_entry WHERE kind = 'referral.received'")
    assert f"{triaged}: an entry is missing: versions [2]" in why_not_one_story()
    do("DELETE FROM pg_temp.journal_entry WHERE subject_id = %s", offer_id)
    assert f"{offer_id}: no entry tells of this row" in why_not_one_story()


def test_a_test_that_touches_nothing_is_seen():
    assert "nothing was touched" in why_not_one_story()
