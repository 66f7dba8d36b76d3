"""Figures of holding: for leads and commissioners, about nobody, and no small number."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.journeys import rota
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import holding_figures
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def front_door(place):
    lou = place.viewers["Lou of Front door"]
    (found,) = [one for one in holding_figures.of_agency(viewer=lou, at=now()) if one.team == "Front door"]
    return found


def test_what_a_team_holds_is_counted_by_how_it_is_held(place):
    for _ in range(6):
        place.a_referral()
    place.a_referral(by=place.viewers["Priya of Front door"])
    at = now()
    rota.put_on(
        duty_id=uuid4(), team_id=place.teams["Front door"], member_id=place.amir.member_id,
        rung="practitioner", phone="", from_at=at - timedelta(hours=1), until_at=at + timedelta(hours=7),
        by=place.viewers["Lou of Front door"], at=at,
    )  # fmt: skip
    found = front_door(place)
    assert (found.held, found.by_desk, found.on_duty, found.accepted) == (7, 0, 6, 7)
    assert (found.most_by_one, found.members, found.without_holder_s) == (6, 2, 0.0)


def test_no_small_number_is_shown(place):
    for _ in range(6):
        place.a_referral()
    place.a_referral(by=place.viewers["Priya of Front door"])
    lou = stories.browser(place.viewers["Lou of Front door"])
    shown = text(lou.get(reverse("figures")))
    assert "Front door 5 * * 100% 5 0" in shown
    assert "Crisis team * * * * * 0" in shown


def test_who_may_read_them(place):
    assert stories.browser(place.amir).get(reverse("figures")).status_code == 403
    officer = replace(place.viewers["Lou of Front door"], role="commissioner")
    assert holding_figures.of_agency(viewer=officer, at=now())
