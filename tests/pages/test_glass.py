"""Glass that is broken is told at once to whoever holds the person and to whoever looks into it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.journeys import openings, reviews
from nowrongdoor.kernel.access_log.models import Look
from tests.journeys import looking
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
WORDS = "She rang from a bridge."
BROKEN = "Glass broken"


@pytest.fixture
def maryam(place):
    """Held by the front door, where Amir works."""
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


@pytest.fixture
def ffion(place):
    return looking.a_governance_lead(place, team="Social care", name="Ffion Rees")


def broken(place, person_id, *, by=None, at=None):
    review_id = uuid4()
    openings.break_glass(
        opening_id=uuid4(), review_id=review_id, person_id=person_id, reason="danger_now", words=WORDS,
        by=by or place.sam, at=at or place.later(),
    )  # fmt: skip
    return review_id


def reviewed(place, review_id, *, by):
    found = "It was right to look; she is safe."
    reviews.decide(review_id=review_id, outcome="right", words=found, by=by, at=place.later(), seen=1)


def test_whoever_holds_the_person_sees_who_broke_the_glass_when_why_and_for_how_long(amir, place, maryam):
    assert BROKEN not in text(amir.get("/"))
    broken(place, maryam)
    page = text(amir.get("/"))
    assert "Glass broken: a record your team holds 1" in page and "Open until" in page
    assert "Someone may come to serious harm if I do not see it now" in page
    assert f"“{WORDS}”" in page and "By Priya of Social care, Social care" in page
    assert page.index(BROKEN) < page.index("Needs you now 1"), "it comes first"
    assert reverse("person_sharing", args=[maryam]) in amir.get("/").content.decode()
    look = Look.objects.filter(member_id=place.amir.member_id, elements__contains=["access"]).first()
    assert look.person_id == maryam, "and that it was shown is on record"


def test_it_stays_after_the_record_has_closed_and_until_it_is_reviewed(amir, place, maryam, ffion):
    review_id = broken(place, maryam, at=place.later() - timedelta(days=2))
    assert "Was open until" in text(amir.get("/"))
    assert BROKEN in text(stories.browser(ffion).get("/"))
    reviewed(place, review_id, by=ffion)
    assert BROKEN not in text(amir.get("/"))
    assert BROKEN not in text(stories.browser(ffion).get("/"))


def test_the_governance_lead_sees_it_on_their_first_page_with_the_way_to_review_it(place, maryam, ffion):
    lead = stories.browser(ffion)
    assert BROKEN not in text(lead.get("/"))
    review_id = broken(place, maryam)
    answer = lead.get("/")
    page = text(answer)
    assert "Glass broken, to review 1" in page and "ALI, Maryam" in page and WORDS in page
    assert "Someone may come to serious harm if I do not see it now" in page and "Open until" in page
    assert "By Priya of Social care, Social care" in page
    assert reverse("review", args=[review_id]) in answer.content.decode()
    assert Look.objects.filter(member_id=ffion.member_id, person_id=maryam, page="my_work").exists()


def test_a_governance_lead_is_told_of_what_they_look_into_and_of_no_other(place, maryam, ffion):
    broken(place, maryam)
    other = looking.a_governance_lead(place, team="Crisis team", name="Mei Lin")
    broken(place, place.a_person(family_name="Okoro"), by=place.viewers["Lou of Crisis team"])
    page = text(stories.browser(other).get("/"))
    assert "Glass broken, to review 1" in page and "OKORO" in page and "ALI, Maryam" not in page
    assert "OKORO" not in text(stories.browser(ffion).get("/"))


def test_nobody_else_is_told_on_their_first_page(place, maryam, ffion):
    other = looking.a_governance_lead(place, team="Crisis team", name="Mei Lin")
    broken(place, maryam)
    for viewer in (place.sam, place.priya, other, place.viewers["Lou of Crisis team"]):
        assert BROKEN not in text(stories.browser(viewer).get("/")), viewer
    assert BROKEN in text(stories.browser(ffion).get("/"))


def test_glass_broken_by_a_colleague_of_the_team_that_holds_is_told_to_the_others(amir, place, maryam):
    lou = place.viewers["Lou of Front door"]
    broken(place, maryam, by=lou)
    assert BROKEN in text(amir.get("/"))
    assert BROKEN not in text(stories.browser(lou).get("/")), "who did it knows"


def test_a_claim_is_not_broken_glass(amir, place, maryam):
    openings.claim(
        opening_id=uuid4(), person_id=maryam, reason="in_contact", words="", by=place.sam, at=place.later()
    )
    assert BROKEN not in text(amir.get("/"))


def test_it_is_a_part_that_a_screen_asks_for_again(place, maryam, ffion):
    broken(place, maryam)
    again = stories.browser(ffion).get("/", HTTP_NWD_LIVE="0").content.decode()
    part = again[again.index('<div id="reviews" data-live>') :]
    assert BROKEN in part[: part.index('id="jumps"')]
