"""Crews of other teams beside one's own: of the same agency, and of those that have agreed to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.journeys import agreements, sharing
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from tests.journeys import deciding, looking
from tests.pages.sending import fields, text
from tests.pages.test_joint_visits import a_crew_of_sams
from tests.pages.test_rapid import a_crew, a_visit, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
NOBODY = "nor one of an agency that has agreed to have its crews beside yours."


def agreed(place, purpose="crews_beside", *, began=-100, ends=200, one=None, other=None):
    """Health and the council agree about their crews; days are counted from today."""
    day = lambda days: local_date(now()) + timedelta(days=days)  # noqa: E731
    facts = Agreement(
        uuid4(), one or place.amir.agency_id, other or place.sam.agency_id, purpose, "Who is out, and when.",
        "Care Act 2014, section 3", day(began), day(began + 1), day(ends),
    )  # fmt: skip
    given = looking.agreeing(place)
    agreements.enter(facts=facts, by=given["by"], at=now())
    return facts


@pytest.mark.parametrize("purpose", ["crews_beside", "crews_lent"])
def test_a_crew_of_an_agency_that_agreed_stands_beside_ones_own_and_is_asked_along(amir, place, purpose):
    visit_id = a_visit(place)
    a_crew_of_sams(place)
    before = text(amir.get(reverse("rapid")))
    assert NOBODY in before and "Van 2" not in before
    agreed(place, purpose)
    page = amir.get(reverse("rapid"))
    said = text(page)
    assert "Van 2: Priya of Social care, nurse. Free." in said and NOBODY not in said
    url = f"{reverse('visit_ask_along', args=[visit_id])}?team={place.sam.team_id}"
    assert url in page.content.decode()
    assert fields(amir.get(url))["team"] == [str(place.sam.team_id)]
    assert fields(amir.get(url.split("?")[0]))["team"] == [""], "asked for without a team, none is chosen"
    assert fields(amir.get(f"{url.split('?')[0]}?team=%3Cb%3E"))["team"] == [""]


@pytest.mark.parametrize(
    "said",
    [{"purpose": "direct_care"}, {"began": -20, "ends": 0}, {"began": 1}],
    ids=["other", "over", "not yet"],
)
def test_no_other_agreement_shows_a_crew(amir, place, said):
    a_crew_of_sams(place)
    agreed(place, **said)
    assert NOBODY in text(amir.get(reverse("rapid")))


def test_it_says_from_when_a_crew_is_free_and_nothing_of_whom_it_visits(sam, amir, place):
    agreed(place)
    crew_id, visit_id = a_crew(place), a_visit(place)
    before = text(sam.get(reverse("rapid")))
    assert "Amir of Front door, nurse" in before and "Priya of Front door, support worker" in before
    assert ". Free. Until" in before
    assert sending(amir, visit_id, crew_id).status_code == 302
    said = text(sam.get(reverse("rapid")))
    assert ". Free from" in said and ". Free. Until" not in said
    assert "ALI" not in said and "Mill Lane" not in said
    assert "Crew 1" not in text(sam.get(reverse("rapid") + "?wall=1")), "nor on a wall screen"


def test_another_team_of_the_same_agency_needs_no_agreement(place):
    a_crew(place)
    assert "Crew 1" in text(stories.browser(place.priya).get(reverse("rapid")))


def test_crews_are_shown_to_those_alone_who_may_ask_a_team_along(place):
    a_crew(place)
    handler: Viewer = looking.a_governance_lead(place, team="Crisis team", name="Owen Shah")
    said = text(stories.browser(handler).get(reverse("rapid")))
    assert "Crews beside yours" not in said and "Amir" not in said


def test_what_is_agreed_about_crews_is_no_purpose_of_looking_at_anybody(place):
    given = deciding.sharing_it(place) | {"purpose": "crews_lent"}
    with pytest.raises(Refused, match="purpose"):
        sharing.decide(**given, at=now())
    sharing.decide(**given | {"purpose": "direct_care"}, at=now())


def test_an_agreement_about_crews_is_put_on_record_and_said_in_words(place):
    lead = stories.browser(looking.a_governance_lead(place, team="Social care", name="Owen Shah"))
    assert "Crews lent to each other (phase 2: integrated)" in text(lead.get(reverse("agreement_new")))
    agreed(place)
    said = text(lead.get(reverse("governance")))
    assert "Crews beside each other (phase 1: co-located)" in said and "To be looked at again" in said
