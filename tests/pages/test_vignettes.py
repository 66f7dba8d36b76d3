"""Invented cases are rated blind by many; what one said is theirs alone, and small numbers say nothing."""

from dataclasses import replace
from uuid import uuid4

import pytest

from nowrongdoor.data.guidance.models import VignetteRating
from nowrongdoor.journeys import vignettes as journey
from nowrongdoor.rules import vignettes
from nowrongdoor.rules.clock import local_date
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
CASES = "/guidance/cases"
CASE = f"{CASES}/stairs_at_night"
PAGE = "/guidance/consistency"


def asks(answer):
    return "urgency" in answer.content.decode()


def rated_by(place, count, *, code="stairs_at_night", urgency="soon"):
    """So many members say the same of one case."""
    version = vignettes.one(code, on=local_date(place.at)).version
    for who in members(place)[:count]:
        journey.rate(rating_id=uuid4(), vignette=version, urgency=urgency, by=who, at=place.later())


def members(place):
    seen, found = set(), []
    for one in place.viewers.values():
        if one.member_id not in seen and one.member_id != place.amir.member_id:
            seen.add(one.member_id)
            found.append(replace(one, role="team_lead"))
    return found


def test_a_case_is_rated_once_and_what_was_said_is_shown_to_oneself_alone(amir, place):
    page = text(amir.get(CASE))
    assert "This case is invented, and about nobody." in page and "sat on the stairs" in page
    assert amir.post(CASE, {"rating_id": uuid4()}).status_code == 422
    said = {"rating_id": str(uuid4()), "urgency": "very_urgent"}
    assert amir.post(CASE, said).status_code == 302
    assert amir.post(CASE, said).status_code == 302, "sent twice"
    again = amir.post(CASE, said | {"rating_id": str(uuid4()), "urgency": "soon"})
    assert again.status_code in (409, 422) and "already" in text(again)
    kept = VignetteRating.objects.get()
    assert (kept.rated, kept.rated_by_id) == ("very_urgent", place.amir.member_id)
    assert all("You said: Very urgent" in text(amir.get(url)) for url in (CASES, CASE))
    assert not asks(amir.get(CASE))
    lou = stories.browser(place.viewers["Lou of Front door"])
    for url in (CASES, CASE, PAGE):
        assert "You said" not in text(lou.get(url)), url
        assert place.amir.member_id not in lou.get(url).content.decode().split()


def test_a_case_that_is_not_there_is_not_found_and_others_may_not_rate(amir, place):
    assert amir.get(f"{CASES}/nothing").status_code == 404
    partner = stories.browser(replace(place.sam, role="voluntary_partner"))
    assert partner.get(CASES).status_code == 403


def test_a_case_that_fewer_than_five_rated_says_nothing(amir, place):
    rated_by(place, 4)
    said = text(amir.get(PAGE))
    assert "Too few of us have rated them" in said


def test_agreement_is_shown_by_case_and_over_all_and_names_nobody(amir, place):
    everybody = members(place)
    assert len(everybody) >= 5
    rated_by(place, 5, urgency="soon")
    rated_by(place, 5, code="only_silence", urgency="emergency")
    answer = amir.get(PAGE)
    said = text(answer)
    assert "A man on the stairs at night 5 *" in said and "A call in which nobody speaks 5 *" in said
    assert "Beyond chance, over all cases" in said and "1.00 (1.00 to 1.00)" in said
    assert "After six weeks" not in said and "Six weeks after a funeral * *" in said
    shown = answer.content.decode()
    assert not [one for one in everybody if str(one.member_id) in shown]


def test_what_differs_is_a_share_of_pairs(amir, place):
    version = vignettes.one("exam_week", on=local_date(place.at)).version
    for number, who in enumerate(members(place)[:6]):
        urgency = "soon" if number % 2 else "urgent"
        journey.rate(rating_id=uuid4(), vignette=version, urgency=urgency, by=who, at=place.later())
    assert "A student in the week of exams 5 67%" in text(amir.get(PAGE))
