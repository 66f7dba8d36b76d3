"""Figures of holding: for leads and commissioners, about nobody, and no small number."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse

from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.journeys import rota
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import holding_figures
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


def front_door(place, *, at=None):
    (found,) = [one.holds for one in holding_figures.of_place(at=at or now()) if one.team == "Front door"]
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
    assert (found.most_by_one, found.without_holder_s) == (6, 0.0)


@pytest.mark.parametrize(("days", "seconds"), [(0, 1740), (40, 28 * 24 * 3600)])
def test_somebody_whom_nobody_has_taken_over_is_counted_up_to_now(place, days, seconds):
    """The database refuses such a gap when an act ends; this one is taken back before it would."""
    referral_id = place.a_referral()
    (held,) = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
    since = held.from_at + timedelta(minutes=1)
    with transaction.atomic():
        with connection.cursor() as cursor:
            planted = "UPDATE holdings_holding SET until_at = %s, ended_by = 'handover' WHERE id = %s"
            cursor.execute(planted, [since, held.id])
        found = front_door(place, at=held.from_at + timedelta(days=days, minutes=30))
        transaction.set_rollback(True)
    assert (found.held, found.without_holder_s) == (0, seconds)
    assert front_door(place).without_holder_s == 0


def test_no_small_number_is_shown(place):
    for _ in range(6):
        place.a_referral()
    place.a_referral(by=place.viewers["Priya of Front door"])
    lou = stories.browser(place.viewers["Lou of Front door"])
    shown = text(lou.get(reverse("figures")))
    assert "Front door 5 * * 100% 5 0" in shown
    assert "Crisis team * * * * * 0" in shown


def test_of_every_agency_is_read_by_whoever_commissions_at_another(place):
    for _ in range(6):
        place.a_referral()
    shown = text(stories.as_role(place, "commissioner").get(reverse("figures")))
    assert "Averley Mental Health 10 * * 100% 5 0" in shown and "Averley Council * * * * * 0" in shown
    assert "The whole place 10 " in shown
    assert "Front door" not in shown, "teams are told of one's own agency alone"


def test_what_an_agency_holds_is_told_as_what_its_teams_come_to(place):
    """Rounded in two ways it would be known more closely than by either."""
    for _ in range(7):
        place.a_referral()
    shown = text(stories.browser(place.viewers["Lou of Front door"]).get(reverse("figures")))
    (teams,) = re.findall(r"Every team (\S+) ", shown)
    assert re.findall(r"Averley Mental Health ([\d*]\S*) ", shown) == [teams] == ["10"]


def test_who_was_held_by_nobody_is_counted_though_the_team_has_closed(place):
    referral_id = place.a_referral()
    (held,) = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
    with transaction.atomic():
        with connection.cursor() as cursor:
            planted = "UPDATE holdings_holding SET until_at = %s, ended_by = 'handover' WHERE id = %s"
            cursor.execute(planted, [held.from_at + timedelta(minutes=1), held.id])
            closed = "UPDATE agencies_team SET closed_at = %s, successor_id = %s WHERE id = %s"
            cursor.execute(closed, [held.from_at, place.teams["Crisis team"], held.team_id])
        of_place = holding_figures.of_place(at=held.from_at + timedelta(minutes=2))
        transaction.set_rollback(True)
    assert [one.holds.without_holder_s for one in of_place if one.team == "Front door"] == [60.0]


def test_who_may_read_them(place):
    assert stories.browser(place.amir).get(reverse("figures")).status_code == 403
    assert stories.browser(place.viewers["Lou of Front door"]).get(reverse("figures")).status_code == 200
