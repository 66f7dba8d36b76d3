"""Disagreements with the police are reviewed on a screen, and the list of those that wait shows nobody."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.police.facts import POLICE
from nowrongdoor.data.police.models import PoliceReview
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import police
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import police_reviews
from tests.journeys import police as scenes
from tests.pages.sending import fill, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
SAID = {
    "took_part": "Control room supervisor",
    "learned": "Neither side knew what the other did.",
    "finding": "something_changes",
    "change": "One number for both.",
    "change_by": "Lou",
    "change_on_day": "1",
    "change_on_month": "2",
    "change_on_year": "2030",
}


@pytest.fixture
def lead(place):
    return stories.browser(place.viewers["Lou of Front door"])


@pytest.fixture
def disputed(place):
    given = scenes.disputing(place)
    police.dispute(**given, at=place.later())
    return store.peek(POLICE, given["decision_id"])


def test_a_review_is_on_record_with_what_was_learned_what_changes_by_whom_and_when(lead, disputed):
    page = reverse("referral_police_review", args=[disputed.referral_id])
    shown = text(lead.get(page))
    assert "Bronze" in shown and disputed.our_view in shown and disputed.police_view in shown
    assert fill(lead, page, **SAID).status_code == 302
    one = PoliceReview.objects.get()
    assert (one.level, one.change_by, one.change_on.year) == ("bronze", "Lou", 2030)
    after = text(lead.get(reverse("referral_police", args=[disputed.referral_id])))
    assert "Reviewed at bronze" in after and "One number for both." in after
    assert lead.get(page).status_code == 302, "nothing waits any more"
    person = store.peek(REFERRALS, disputed.referral_id).person_id
    if person:
        assert "was reviewed at bronze" in text(lead.get(reverse("person_timeline", args=[person])))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"learned": ""}, "Say in a line what was learned"),
        ({"finding": ""}, "Say whether something changes"),
        ({"change_by": ""}, "Say who sees to it"),
        ({"change_on_year": "2020"}, "has not passed yet"),
    ],
)
def test_half_a_review_is_refused_and_what_was_typed_stays(lead, disputed, change, says):
    refused = fill(lead, reverse("referral_police_review", args=[disputed.referral_id]), **(SAID | change))
    assert refused.status_code == 422 and says in text(refused)
    assert "One number for both." in refused.content.decode() and not PoliceReview.objects.exists()


def test_the_list_says_what_waits_at_which_level_and_shows_nobody(lead, place, disputed):
    shown = text(lead.get(reverse("police_reviews")))
    assert "Bronze" in shown and "Averley Police (invented)" in shown and disputed.our_view not in shown
    viewer = place.viewers["Lou of Front door"]
    elsewhere = replace(viewer, agency_id=uuid4(), team_id=uuid4(), member_id=uuid4())
    assert police_reviews.listed(viewer=elsewhere, at=now()).waiting == (), "nor that there is one"
    (climbed,) = police_reviews.listed(viewer=viewer, at=now() + timedelta(days=9)).waiting
    assert climbed.waits.level == "silver" and climbed.waits.has_climbed
    fill(lead, reverse("referral_police_review", args=[disputed.referral_id]), **SAID)
    after = text(lead.get(reverse("police_reviews")))
    assert "No disagreement waits" in after and "One number for both." in after


def test_the_database_keeps_a_review_and_takes_none_of_what_nobody_disputed(lead, place, disputed):
    fill(lead, reverse("referral_police_review", args=[disputed.referral_id]), **SAID)
    one = PoliceReview.objects.get()
    agreed = scenes.a_decision(place)
    insert = """INSERT INTO police_policereview (id, version, level, took_part, learned, finding, change,
            change_by, change_on, reviewed_at, decision_id, referral_id, reviewed_by_id)
        SELECT gen_random_uuid(), 1, 'bronze', '', 'x', 'nothing_changes', '', '', NULL, now(), d.id,
            d.referral_id, d.decided_by_id
        FROM police_policedecision d WHERE d.id = %s"""
    with pytest.raises(IntegrityError, match="no disagreement"), transaction.atomic():
        connection.cursor().execute(insert, [agreed])
    for statement in ("UPDATE police_policereview SET learned = 'x'", "DELETE FROM police_policereview"):
        with pytest.raises(Exception, match=r"permission denied|kept"), transaction.atomic():
            connection.cursor().execute(statement)
    assert PoliceReview.objects.get().learned == one.learned
