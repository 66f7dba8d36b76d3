"""In the demonstration one agency lends somebody to the rapid response team; another has a crew beside it."""

import pytest
from django.urls import reverse

from nowrongdoor.console import demo_loans, demo_place
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import viewers
from tests.pages.sending import text
from tests.worlds import stories


@pytest.mark.django_db
def test_the_rapid_response_team_borrows_somebody_and_sees_the_crew_of_the_ambulance_service():
    at = now()
    demo_place.act(people=1, progress=lambda *_: None, seed=7, until=at)
    lead = next(
        viewers.at_work(membership_id=one.membership_id)
        for one in viewers.personas(at=at)
        if (one.team_name, one.role) == (demo_loans.RAPID, "team_lead")
    )
    browser = stories.browser(lead)
    before = text(browser.get(reverse("loans")))
    assert "Nobody is lent to this team." in before
    demo_loans.lend(until=at)
    assert "Lent to us 1" in text(browser.get(reverse("loans")))
    assert "Car 12" in text(browser.get(reverse("rapid")))


@pytest.mark.django_db
def test_a_place_without_these_teams_lends_nobody(place):
    """The control."""
    demo_loans.lend(until=now())
    assert "Nobody is lent" in text(stories.browser(place.viewers["Lou of Front door"]).get(reverse("loans")))
