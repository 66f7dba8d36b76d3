"""Which path somebody is on, and its list: what is open, why it is asked, who sees to it."""

import pytest
from django.urls import reverse

from nowrongdoor.data.police.models import PoliceDecision, PolicePath
from tests.pages.sending import fields, fill, sent, text
from tests.pages.test_police import CALL
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(place):
    return place.a_referral(person_id=stories.maryam(place))


def screen(referral, *path):
    return reverse("referral_path_list" if path else "referral_path", args=[referral, *path])


def test_a_path_is_chosen_and_its_list_says_what_is_open_why_and_who_sees_to_it(amir, referral):
    page = screen(referral)
    assert fill(amir, page, path="awol", words="From the ward, at four.").status_code == 302
    shown = text(amir.get(page))
    assert "Absent without leave" in shown and "Still open" in shown and "From the ward, at four." in shown
    assert "Most people who are absent are found nearby." in shown and "The ward, with security" in shown
    said = {"rung": "done", "rung_who": "Priya", "rung_words": "His sister has him."}
    assert fill(amir, screen(referral, "awol"), **said).status_code == 302
    after = text(amir.get(page))
    assert "Done, or not needed here: 1" in after and "His sister has him." in after
    assert PolicePath.objects.get().answers["rung"]["who"] == "Priya"


def test_half_an_answer_is_refused_and_what_was_typed_stays(amir, referral):
    fill(amir, screen(referral), path="missing")
    page = screen(referral, "missing")
    refused = fill(amir, page, told_who="Priya")
    assert refused.status_code == 422 and "Say how far that is" in text(refused)
    assert "Priya" in refused.content.decode()
    assert "why that is not needed" in text(fill(amir, page, told="not_needed"))
    assert fill(amir, screen(referral), path="").status_code == 422
    assert amir.get(screen(referral, "elsewhere")).status_code == 302


def test_with_nothing_done_the_police_are_asked_and_attend_all_the_same(amir, referral):
    fill(amir, screen(referral), path="awol")
    danger = {"answer_serious_harm": "yes", "answer_happening_now": "yes"}
    said = {"outcome": "attend", "reason": "limb_b", "told": "told", "call_back_when": "If he moves."}
    asked = fill(amir, reverse("referral_police", args=[referral]), **(CALL | danger | said))
    assert asked.status_code == 302 and PoliceDecision.objects.get().outcome == "attend"


def test_on_its_path_stands_what_the_law_gives_a_time_and_what_of_it_nobody_has_begun(amir, referral):
    fill(amir, screen(referral), path="s136")
    assert "Begin a clock, from when it was so" in text(amir.get(screen(referral)))
    begins = reverse("referral_statutory", args=[referral])
    arrived = {"kind": "place_of_safety", "words": "The suite, and two officers."}
    assert fill(amir, begins, **arrived).status_code == 302
    assert fill(amir, begins, **(arrived | {"kind": "s136_handover"})).status_code == 302
    page = text(amir.get(screen(referral)))
    assert "Handover by the police (section 136)" in page and "No clock was begun" not in page
    fill(amir, screen(referral), path="walk_out")
    assert "A nurse’s holding power on a ward" in text(amir.get(screen(referral)))


def test_two_who_answer_at_once_are_told_of_each_other(referral, amir):
    fill(amir, screen(referral), path="awol")
    page = screen(referral, "awol")
    old = fields(amir.get(page))
    fill(amir, page, rung="done")
    late = sent(amir, page, old | {"searched": "under_way"})
    assert late.status_code == 409 and "said how far things on this list are" in text(late)
