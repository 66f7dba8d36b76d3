"""Whoever goes too fast is slowed, in words and with everything kept; nobody beside them is."""

from datetime import timedelta

import pytest

from nowrongdoor.kernel import paces as counting
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.law import seeing
from nowrongdoor.site import doors, paces
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
FEW = 3


@pytest.fixture
def few(monkeypatch):
    """Limits that are met at once."""
    monkeypatch.setattr(seeing, "most", lambda code, *, at: FEW)


def looked(client, **more):
    return fill(client, "/people", form="search", name="Maryam Ali", phone="01632 960888", **more)


def test_one_search_too_many_waits_and_keeps_what_was_typed(few, place, amir):
    assert {looked(amir).status_code for _ in range(FEW)} == {200}
    answer = looked(amir)
    assert answer.status_code == 429 and 0 < int(answer.headers["Retry-After"]) <= 600
    page = text(answer)
    assert "You have looked for people very often in a short time." in page
    assert "Maryam Ali" in page and "Nobody else is slowed by this." in page
    again = fields(answer, action="/people")
    assert (again["name"], again["phone"]) == (["Maryam Ali"], ["01632 960888"])
    assert sent(amir, "/people", again).status_code == 429


def test_what_waited_is_sent_again_when_the_time_is_over(few, place, amir, monkeypatch):
    for _ in range(FEW):
        looked(amir)
    again = fields(looked(amir), action="/people")
    later = now() + seeing.lasts("search_window", at=now()) + timedelta(seconds=1)
    monkeypatch.setattr(doors, "now", lambda: later)
    assert sent(amir, "/people", again).status_code == 200


def test_a_colleague_at_the_same_address_goes_on_and_so_does_the_member_elsewhere(few, place, amir):
    for _ in range(FEW + 1):
        looked(amir)
    bethan = stories.browser(place.bethan) if hasattr(place, "bethan") else stories.browser(place.priya)
    assert looked(bethan).status_code == 200
    at_home = stories.browser(place.amir, REMOTE_ADDR="203.0.113.9")
    assert looked(at_home).status_code == 200
    assert looked(amir).status_code == 429


def test_whoever_is_slowed_still_takes_contacts_and_opens_pages(few, place, amir):
    for _ in range(FEW + 1):
        looked(amir)
    taken = fill(amir, "/contacts/new", form="contact", words="Not slept.", outcome="advice_given")
    assert taken.status_code == 302
    assert {amir.get(path).status_code for path in ("/", "/people", taken.url)} == {200}


@pytest.mark.parametrize("path", ["/break-glass", "/people/register", "/contacts/match", "/people/claim"])
def test_every_other_way_to_guess_is_slowed_too(few, place, amir, path):
    assert 429 not in {amir.post(path, {"name": "Maryam Ali"}).status_code for _ in range(FEW)}
    answer = amir.post(path, {"name": "Maryam Ali"})
    assert answer.status_code == 429 and "Maryam Ali" in text(answer)


def test_a_part_of_a_page_is_slowed_in_one_sentence(few, place, amir):
    part = {"HX-Request": "true"}
    for _ in range(FEW):
        amir.post("/contacts/match", {"name": "Ali"}, headers=part)
    answer = amir.post("/contacts/match", {"name": "Ali"}, headers=part)
    assert answer.status_code == 429 and "<html" not in answer.content.decode()
    assert "go on without" in text(answer)


def test_tries_are_counted_from_the_first_and_forgotten_after_the_window(place):
    at, hour = now(), timedelta(hours=1)

    def tried(whose, when):
        return counting.count(counting.of("search", whose, within=hour, most=FEW, at=when))

    first = [tried("one", at + timedelta(minutes=n)) for n in range(FEW)]
    assert [tries for tries, _ in first] == [1, 2, 3] and {until for _, until in first} == {at + hour}
    assert tried("two", at)[0] == 1
    with pytest.raises(counting.TooFast):
        tried("one", at + timedelta(minutes=5))
    assert tried("one", at + hour)[0] == 1


def test_every_limit_and_its_window_is_dated_data():
    assert set(paces.PACED.values()) == set(paces.DID)
    for code in paces.DID:
        assert seeing.most(code, at=now()) >= 20
        assert seeing.lasts(f"{code}_window", at=now()) == timedelta(minutes=10)
    assert set(paces.PACED) <= set(doors.DOORS)
