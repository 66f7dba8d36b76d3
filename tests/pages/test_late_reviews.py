"""A review that nobody decides in time climbs as all that is late does; no list tells whose record it was."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.sharing.facts import REVIEWS
from nowrongdoor.journeys import agencies, clocks, openings, reviews, seals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys import looking
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
LATE = "A governance review that nobody has decided"
UNLED = "This agency has no governance lead who can look into it"


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


def broken(place, person_id, *, by=None, days=4):
    review_id, at = uuid4(), now() - timedelta(days=days)
    openings.break_glass(
        opening_id=uuid4(), review_id=review_id, person_id=person_id, reason="danger_now", words="Now.",
        by=by or place.sam, at=at,
    )  # fmt: skip
    return review_id


def swept():
    at = now()
    clocks.sweep(ours=at, by=NOBODY, at=at)


def clock_of(review_id):
    return store.peek(CLOCKS, review_id)


def of_social_care(place):
    return stories.browser(place.viewers["Lou of Social care"])


def test_a_late_review_climbs_for_the_team_of_its_governance_lead_and_names_nobody(place, maryam):
    ffion = looking.a_governance_lead(place, team="Social care", name="Ffion Rees")
    seals.put(
        seal_id=uuid4(), person_id=maryam, referral_id=None, contact_id=None, why="in_danger", words="",
        by=place.amir, at=place.later(),
    )  # fmt: skip
    review_id = broken(place, maryam)
    swept()
    one = clock_of(review_id)
    assert (one.team_id, one.kind, one.is_running) == (ffion.team_id, "governance_review", True)
    assert (one.person_id, one.referral_id, one.contact_id) == (None, None, None)
    assert one.due_at == store.peek(REVIEWS, review_id).due_at and one.rung == "on_call_manager"
    page = of_social_care(place).get("/")
    said = text(page)
    assert LATE in said and "Escalated to" in said and UNLED not in said
    assert "ALI" not in said and "Maryam" not in said and reverse("review", args=[review_id]) not in said
    assert str(maryam) not in page.content.decode()
    assert LATE not in text(stories.browser(place.priya).get("/")), "another agency hears nothing"
    assert LATE not in text(of_social_care(place).get("/board")), "the board is of people"


def test_whoever_hears_for_the_agency_hears_of_it_without_a_name(place, maryam):
    looking.a_governance_lead(place, team="Crisis team", name="Owen Shah")
    broken(place, maryam, by=place.amir)
    swept()
    said = text(stories.browser(place.viewers["Lou of Front door"]).get("/"))
    assert "Crisis team: escalated to the on-call manager 1" in said and LATE in said
    assert "Look into it" not in said, "that is for whoever leads governance"


def test_it_stops_when_it_is_decided_and_is_answered_by_nothing_else(place, maryam):
    ffion = looking.a_governance_lead(place, team="Social care", name="Ffion Rees")
    review_id = broken(place, maryam)
    swept()
    lou = place.viewers["Lou of Social care"]
    with pytest.raises(Refused) as said:
        clocks.reply(
            clock_id=review_id, reply_id=uuid4(), step=clock_of(review_id).step, decision="Later.",
            dissent="", told="Nobody.", rests_until=None, by=lou, at=now(),
        )  # fmt: skip
    assert said.value.words == "A review is answered by deciding it."
    assert of_social_care(place).get(reverse("clock_reply", args=[review_id])).status_code == 404
    reviews.decide(review_id=review_id, outcome="right", words="Yes.", by=ffion, at=now(), seen=1)
    assert not clock_of(review_id).is_running
    assert LATE not in text(of_social_care(place).get("/"))


def test_where_nobody_leads_governance_the_duty_lead_hears_and_the_line_says_so(place, maryam):
    review_id = broken(place, maryam)
    swept()
    assert LATE in (said := text(of_social_care(place).get("/"))) and UNLED in said
    ffion = looking.a_governance_lead(place, team="Social care", name="Ffion Rees")
    assert clock_of(review_id).team_id == ffion.team_id
    assert UNLED not in text(of_social_care(place).get("/"))
    lou = place.viewers["Lou of Social care"]
    agencies.leave(member_id=ffion.member_id, words="She has moved away.", by=lou, at=now())
    assert UNLED in text(of_social_care(place).get("/")), "who leaves is no lead from then on"


def test_whoever_acted_does_not_answer_for_the_review_of_it(place, maryam):
    ffion = looking.a_governance_lead(place, team="Social care", name="Ffion Rees")
    review_id = uuid4()
    openings.break_glass(
        opening_id=uuid4(), review_id=review_id, person_id=maryam, reason="danger_now", words="Now.",
        by=replace(ffion, role="team_member"), at=now() - timedelta(days=4),
    )  # fmt: skip
    swept()
    assert UNLED in text(of_social_care(place).get("/"))
