"""The rapid-response board on a wall: how far and by when, and nothing that says who."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import visits
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.rapid import wall
from nowrongdoor.reading.rapid_board import VisitLine
from nowrongdoor.reading.whom import NOBODY_YET
from nowrongdoor.rules.access import Element
from tests.pages.sending import text
from tests.pages.test_rapid import a_crew, a_visit, go, sending

pytestmark = pytest.mark.django_db
WALL = "/rapid?wall=1"


def main(client):
    page = client.get(WALL).content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_it_says_how_far_and_where_and_nothing_of_who_or_what_for(amir, place):
    visit_id = a_visit(place, pair_rules=("moving_handling",), need="Help her up.", access_words="Key safe 1")
    crew_id = a_crew(place, name="Jo and Sam")
    assert "Waits for a crew" in main(amir) and "Two go" in main(amir) and "Millbrook" in main(amir)
    sending(amir, visit_id, crew_id)
    go(amir, visit_id, "set_off")
    shown = main(amir)
    assert "On the way since" in shown
    names = ("ALI", "Maryam", "Mill Lane", "Help her up", "Key safe", "Jo and Sam", "Amir", "Priya")
    assert not [told for told in (*names, "/visits/", "<form") if told in shown]
    board = text(amir.get(reverse("rapid")))
    assert "Maryam" in board and "Jo and Sam" in board, "control: the board says all of it"


def test_nobody_is_on_record_as_looked_at_for_the_wall_shows_nobody(amir, place):
    a_visit(place)

    def looks():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_log_look")
            return cursor.fetchone()[0]

    before = looks()
    amir.get(WALL)
    assert looks() == before
    amir.get(reverse("rapid"))
    assert looks() > before, "control"


def test_whoever_is_alone_and_silent_stands_at_the_top(amir, place):
    visit_id, crew_id = a_visit(place), a_crew(place)
    sending(amir, visit_id, crew_id)
    begun = now() - timedelta(minutes=31)
    for n, step in enumerate(("set_off", "arrive"), start=store.peek(VISITS, visit_id).version):
        visits.go_on(visit_id=visit_id, step=step, by=place.amir, at=begun, seen=n)
    shown = text(amir.get(WALL))
    assert "Millbrook: a crew has not said that they are safe. Open the board and ring them now." in shown
    assert "1 have not said that they are safe" in shown


def test_it_goes_on_with_nobody_there_and_the_board_beside_it_does_not(amir, place, settings):
    settings.NWD_IDLE_SECONDS = 0
    assert amir.get(WALL).status_code == 200
    assert amir.get(WALL, HTTP_NWD_LIVE="0").status_code == 200
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in amir.get(WALL).content.decode()
    assert amir.get(reverse("rapid")).status_code == 303


def test_of_whom_the_whereabouts_are_kept_not_even_the_area_is_told(place):
    at = now()
    visit = store.peek(VISITS, a_visit(place))
    told = VisitLine(visit, None, NOBODY_YET, "Crew 1", frozenset({Element.WHEREABOUTS}))
    assert wall.strip(told, at=at).name == "Millbrook"
    assert wall.strip(replace(told, shows=frozenset({Element.RESPONSE})), at=at).name == "Area kept"


def test_another_agency_sees_none_of_it(sam, place):
    a_visit(place)
    assert "Millbrook" not in main(sam)
