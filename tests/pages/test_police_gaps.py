"""The partner gap monitor on a screen: the whole place, counts alone, and nobody in it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.police.facts import POLICE
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import care_contacts, police, seals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import police_calls
from tests.journeys import police as scenes
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
LATER = timedelta(days=31)


@pytest.fixture
def lead(place):
    return stories.browser(place.viewers["Lou of Front door"])


def one_call(place, *, at=None):
    (found,) = police_calls.told(at=at or now() + LATER)
    return found


def test_a_call_is_told_up_to_the_answer_that_settled_it_and_minutes_run_from_the_asking(place):
    referral = place.a_referral(person_id=stories.maryam(place))
    about = {"referral_id": referral, "by": place.amir}
    first, second = uuid4(), uuid4()
    police.decide(decision_id=first, call=scenes.OPEN, follows_id=None, **about, at=place.later(minutes=1))
    police.decide(decision_id=second, call=scenes.NO, follows_id=first, **about, at=place.later(minutes=25))
    one = one_call(place)
    assert (one.outcome, one.without_s, one.age_band, one.force) == (
        "not_attending",
        1500,
        "adult",
        "averley",
    )
    assert one.accepted_by and (one.seen_s, one.seen_by, one.is_repeated) == (None, "", False)
    assert one.stood == ("held", "held", "held")


def test_who_saw_them_and_when_and_that_the_police_seeing_them_is_something_else(place):
    key = scenes.a_decision(place)
    referral = store.peek(POLICE, key).referral_id
    police.see(decision_id=key, seen_as="awake", words="", seen_at=None, by=place.amir,
               at=place.later(minutes=10), seen=1)  # fmt: skip
    assert one_call(place).seen_s is None and one_call(place).police_s == 600
    care_contacts.record(
        care_contact_id=uuid4(), referral_id=referral, way="face_to_face", words="At home.", happened_at=None,
        by=place.amir, at=place.later(minutes=20),
    )  # fmt: skip
    one = one_call(place)
    assert (one.seen_s, one.seen_by) == (1800, place.amir.agency_name)
    assert one.stood == ("seen", "seen", "seen")


def test_a_time_that_is_not_over_is_said_to_be_so(place):
    scenes.a_decision(place)
    decided = place.later(minutes=1)
    assert one_call(place, at=decided).stood == ("not_yet",) * 3
    assert one_call(place, at=decided + timedelta(hours=25)).stood == ("held", "not_yet", "not_yet")


def test_nobody_who_is_restricted_is_in_a_number(place):
    referral = place.a_referral(person_id=stories.maryam(place))
    police.decide(decision_id=uuid4(), referral_id=referral, call=scenes.NO, follows_id=None, by=place.amir,
                  at=place.later())  # fmt: skip
    assert police_calls.told(at=now() + LATER)
    seals.put(
        seal_id=uuid4(), person_id=store.peek(REFERRALS, referral).person_id, referral_id=None,
        contact_id=None, why="in_danger", words="", by=place.amir, at=place.later(),
    )  # fmt: skip
    assert police_calls.told(at=now() + LATER) == ()


def test_no_small_number_is_on_the_page_nor_in_the_file_and_larger_ones_are(lead, place):
    for _ in range(4):
        scenes.a_decision(place)
    page = lead.get(reverse("police_gaps"))
    assert "All of them * * of * *" in text(page)
    for _ in range(3):
        scenes.a_decision(place)
    shown = text(
        lead.get(
            reverse("police_gaps"), {"each": "week", "measure": "declined", "phase": "averley/all@2020-01-01"}
        )
    )
    assert "All of them 5 5 of 5 (100%) * 0, 0" in shown
    assert "Not known: nothing recorded says" in shown and "there is no line to draw yet" in shown
    exported = lead.get(reverse("police_gaps_export"))
    assert exported["Content-Disposition"] == 'attachment; filename="partner-gaps.csv"'
    assert "Calls,All of them,Police did not attend,5,5,100%" in exported.content.decode()


def test_who_may_read_it_and_what_nobody_offered_is_refused(lead, place):
    assert stories.browser(place.amir).get(reverse("police_gaps")).status_code == 403
    assert lead.get(reverse("police_gaps"), {"phase": "nobody's"}).status_code == 422
    assert lead.get(reverse("police_gaps_export"), {"force": "nobody's"}).status_code == 200
