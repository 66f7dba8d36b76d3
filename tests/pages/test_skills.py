"""Skills and powers on the pages: entered with their days, ending by themselves, and never silently."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.visits.facts import SKILLS
from nowrongdoor.journeys import skills
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk.wording import local_date
from nowrongdoor.rules.clock import local_date as day
from tests.pages.sending import fields, sent, text
from tests.pages.test_rapid import a_crew, a_visit, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
LEAD = "Lou of Front door"
LIST = "skills"


@pytest.fixture
def lou(place):
    return stories.browser(place.viewers[LEAD])


def held(place, *, kind="prescriber", ends_in=400, at=None, member=None, **other):
    """Amir holds it; what is over by now was entered while it lasted."""
    at = at or now()
    skills.enter(
        skill_id=(key := uuid4()), member_id=member or place.amir.member_id, kind=kind,
        from_on=day(at) - timedelta(days=300),
        until_on=None if ends_in is None else day(now()) + timedelta(days=ends_in),
        said_by="Amir", checked="The register", by=place.viewers[LEAD], at=at, **other,
    )  # fmt: skip
    return key


def over(place, *, kind="prescriber", ended=-7):
    return held(place, kind=kind, ends_in=ended, at=now() - timedelta(days=30))


def typed(place, **other):
    today = day(now())
    return {
        "member": str(place.amir.member_id), "kind": "amhp_approval", "from_on_day": 1, "from_on_month": 1,
        "from_on_year": today.year - 1, "until_on_day": 1, "until_on_month": 1,
        "until_on_year": today.year + 3, "said_by": "The council", "checked": "Their letter", **other,
    }  # fmt: skip


def test_a_lead_enters_a_power_with_its_days_once_and_others_read_it(amir, lou, place):
    url = reverse("skill_enter")
    form = fields(lou.get(url)) | typed(place)
    assert sent(lou, url, form).url == reverse(LIST)
    assert sent(lou, url, form).url == reverse(LIST) and SKILLS.model.objects.count() == 1
    shown = text(lou.get(reverse(LIST)))
    assert "AMHP approval" in shown and "Told by The council" in shown and "Their letter" in shown
    assert "AMHP approval" in text(amir.get(reverse(LIST)))
    assert amir.get(url).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"checked": ""}, "Say where it was checked"),
        ({"said_by": ""}, "Write who told us"),
        ({"member": ""}, "who holds it"),
        ({"kind": "juggling"}, "Choose one of the answers shown"),
        ({"until_on_year": 2001}, "The last day must not come before the first"),
        ({"until_on_day": 31, "until_on_month": 2}, "does not exist"),
    ],
)
def test_what_is_missing_is_said_at_its_box_and_what_was_typed_stays(lou, place, wrong, words):
    url = reverse("skill_enter")
    answer = sent(lou, url, fields(lou.get(url)) | typed(place, **wrong))
    assert answer.status_code == 422 and words in text(answer)
    assert wrong.get("said_by", "The council") in answer.content.decode()
    assert not SKILLS.model.objects.exists()


def test_a_power_that_is_over_is_not_counted_and_the_page_says_since_when(amir, place):
    over(place)
    crew_id, visit_id = a_crew(place), a_visit(place, skills=("medicines",))
    shown = text(amir.get(reverse("rapid_assign", args=[visit_id])))
    ended = local_date(day(now()) - timedelta(days=7))
    assert "Nobody who would go has this skill: Prescribe or change medicines" in shown
    assert f"Amir of Front door: prescriber ended on {ended}: not counted" in shown
    assert sending(amir, visit_id, crew_id).status_code == 422
    held(place)
    shown = text(amir.get(reverse("rapid_assign", args=[visit_id])))
    assert "not counted" not in shown and sending(amir, visit_id, crew_id).status_code == 302


def test_nobody_says_a_power_for_a_shift_and_an_old_page_is_refused(amir, place):
    url = reverse("crew_put_on")
    page = amir.get(url)
    assert "skills_1" in page.content.decode() and 'value="amhp"' not in page.content.decode()
    form = fields(page) | {
        "name": "Crew 7", "base": "millbrook", "travel": "car", "hours": "8",
        "member_1": str(place.amir.member_id), "role_1": "nurse", "skills_1": ["amhp"],
    }  # fmt: skip
    assert sent(amir, url, form).status_code == 422


def test_a_skill_without_a_known_end_counts_and_is_said_to_be_so(amir, place):
    held(place, ends_in=None)
    a_crew(place)
    board = text(amir.get(reverse("rapid")))
    assert "prescribe or change medicines" in board and "No end date known: prescriber" in board
    assert "No end date known: counted" in text(amir.get(reverse(LIST)))


def test_a_visit_that_was_planned_with_it_says_so_once_it_is_ended_and_nobody_is_sent_elsewhere(
    amir, lou, place
):
    key = held(place)
    crew_id, visit_id = a_crew(place), a_visit(place, skills=("medicines",))
    sending(amir, visit_id, crew_id)
    assert "Look again at who goes" not in text(amir.get(reverse("rapid")))
    url = reverse("skill_end", args=[key])
    assert sent(lou, url, fields(lou.get(url)), words="Suspended.").url == reverse(LIST)
    board = text(amir.get(reverse("rapid")))
    assert "Look again at who goes" in board and "prescriber ended on" in board
    assert "Look again at who goes" in text(amir.get(reverse("visit", args=[visit_id])))
    from nowrongdoor.data.visits.facts import VISITS

    assert store.peek(VISITS, visit_id).crew_id == crew_id
    again = sent(lou, url, {"words": "Again.", "seen": "1"})
    assert again.status_code == 409, "whoever comes second is told"


def test_what_ends_soon_stands_on_the_page_of_the_lead_until_it_is_renewed(amir, lou, place):
    held(place, ends_in=20)
    assert "Skills and powers that end soon, or have" in text(lou.get(reverse("our_team")))
    assert "Skills and powers that end soon" not in text(amir.get(reverse("our_team")))
    page = lou.get(reverse(LIST)).content.decode()
    assert "in 20 days" in page and "kind=prescriber" in page
    renewal = lou.get(f"{reverse('skill_enter')}?member={place.amir.member_id}&kind=prescriber")
    assert f'value="{place.amir.member_id}" selected' in renewal.content.decode()
    held(place, ends_in=700)
    assert "end soon" not in text(lou.get(reverse("our_team")))


def test_a_registration_that_has_ended_keeps_whoever_it_is_at_home(amir, place):
    over(place, kind="nursing")
    a_crew(place, *a_lone_nurse(place))
    shown = text(amir.get(reverse("rapid_assign", args=[a_visit(place)])))
    assert "Nobody of this crew may go then as what they go as" in shown and "Send Crew" not in shown


def a_lone_nurse(place):
    from nowrongdoor.rules.crew import Seating

    return [Seating(place.amir.member_id, "nurse")]


def test_another_teams_lead_finds_none_of_it(lou, place):
    key = held(place)
    other = stories.browser(place.viewers["Lou of Crisis team"])
    assert other.get(reverse("skill_end", args=[key])).status_code == 404
    assert other.get(reverse("skill_end", args=[uuid4()])).status_code == 404
    assert "Prescriber" not in text(other.get(reverse(LIST)))
