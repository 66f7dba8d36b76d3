"""Which pages a phone may keep for when there is no signal: one's own visits, on shift, and nobody sealed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.visits.facts import CREWS, VISITS
from nowrongdoor.journeys import seals, visits
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from tests.pages.sending import text
from tests.pages.test_rapid import a_crew, a_visit, go, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
UNTIL, MINE = "X-Keep-Until", "my_visits"


@pytest.fixture
def visit_id(amir, place):
    """One that Amir goes on."""
    key = a_visit(place)
    sending(amir, key, a_crew(place))
    return key


def page(client, visit_id):
    return client.get(reverse("visit", args=[visit_id]))


def test_whoever_goes_may_keep_it_until_their_shift_is_over(amir, visit_id, settings):
    shown = page(amir, visit_id)
    (crew,) = store.find(CREWS)
    assert shown[UNTIL] == str(int(crew.until_at.timestamp()))
    assert shown["X-Keep-Idle"] == str(settings.NWD_IDLE_SECONDS)
    assert shown["Cache-Control"] == "no-store", "the browser itself keeps nothing"
    assert "without signal" in shown.content.decode() and "visits.js" in shown.content.decode()
    assert amir.get(reverse(MINE))[UNTIL] == shown[UNTIL]


def test_it_is_over_with_the_sign_in_where_that_ends_first(amir, visit_id):
    session = amir.session
    session.set_expiry(now() + timedelta(hours=1))
    session.save()
    assert int(page(amir, visit_id)[UNTIL]) <= int((now() + timedelta(hours=1)).timestamp())


def test_nobody_keeps_a_visit_that_is_not_theirs(place, visit_id):
    lou = stories.browser(place.viewers["Lou of Front door"])
    for shown in (page(lou, visit_id), lou.get(reverse(MINE))):
        assert UNTIL not in shown and "visits.js" not in shown.content.decode()


def test_no_other_page_says_that_it_may_be_kept(amir, visit_id):
    one = store.peek(VISITS, visit_id)
    for other in (reverse("rapid"), reverse("referral", args=[one.referral_id]), "/", reverse("skills")):
        assert UNTIL not in amir.get(other), other


def test_a_visit_that_is_over_is_not_kept_nor_one_that_was_taken_back(amir, place, visit_id):
    one = store.peek(VISITS, visit_id)
    visits.take_back(
        visit_id=visit_id, words="Another is nearer.", by=place.amir, at=now(), seen=one.version
    )
    assert UNTIL not in page(amir, visit_id)
    other = a_visit(place, person_id=place.a_person(family_name="Ansty"))
    crew_id = CREWS.model.objects.get().pk
    sending(amir, other, crew_id)
    for step in ("set_off", "arrive"):
        go(amir, other, step)
    assert UNTIL in page(amir, other)
    stands = store.peek(VISITS, other)
    visits.finish(
        visit_id=other, outcome="not_at_home", next_step="", words="Nobody came to the door.", by=place.amir,
        at=now(), seen=stands.version,
    )  # fmt: skip
    assert UNTIL not in page(amir, other)


@pytest.mark.parametrize("whole", [True, False], ids=["the person", "the referral"])
def test_nothing_of_somebody_sealed_is_kept(amir, place, visit_id, whole):
    one = store.peek(VISITS, visit_id)
    (person_id,) = VISITS.model.objects.filter(pk=visit_id).values_list("referral__person_id", flat=True)
    seals.put(
        seal_id=uuid4(), why="staff", words="She works here.", by=place.amir, at=now(), contact_id=None,
        person_id=person_id if whole else None, referral_id=None if whole else one.referral_id,
    )  # fmt: skip
    shown = page(amir, visit_id)
    assert "See her at home." in text(shown), "whoever goes reads it"
    assert UNTIL not in shown and UNTIL not in amir.get(reverse(MINE))


def test_a_place_can_say_that_no_phone_keeps_any(amir, visit_id, settings):
    settings.NWD_WITHOUT_SIGNAL = False
    assert UNTIL not in page(amir, visit_id) and UNTIL not in amir.get(reverse(MINE))


def test_the_worker_may_look_at_who_comes_and_goes_and_nothing_else_of_ours_may(client):
    assert client.get("/static/nhsuk/without-signal.js")["Service-Worker-Allowed"] == "/"
    assert "Service-Worker-Allowed" not in client.get("/static/nhsuk/kept.js")
