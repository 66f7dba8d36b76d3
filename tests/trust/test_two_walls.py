"""
G5: with either wall down the other still hides another agency's people, on pages as they are served. With
both down they are shown, or this could not have seen the fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse

from nowrongdoor.kernel import wall
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.reading import standing
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element, Relationship, Sight
from nowrongdoor.rules.contact import Said
from nowrongdoor.site import starting
from tests.behind_the_wall import COMMITTED
from tests.behind_the_wall import standing as wall_standing
from tests.worlds import stories
from tests.worlds.small_place import SmallPlace

pytestmark = COMMITTED
EVERYTHING = Sight(Relationship.HELD, frozenset(one.value for one in Element), "direct_care")
SAID = "There is water under the cellar door."
PROMISED = "Ring about the cellar before noon."


@pytest.fixture(scope="module", autouse=True)
def reader_url(test_database, django_db_setup) -> Iterator[str]:
    with wall_standing(test_database.name) as url:
        yield url


@pytest.fixture
def no_wall(monkeypatch) -> None:
    monkeypatch.setattr(wall, "is_configured", lambda: False)


@pytest.fixture
def no_checks(monkeypatch) -> None:
    """The mutant: the application lets everyone see everything."""
    monkeypatch.setattr(access, "sight_of_person", lambda *_, **__: EVERYTHING)
    monkeypatch.setattr(access, "sight_of_item", lambda *_, **__: EVERYTHING)


@pytest.fixture
def theirs(db) -> dict[str, Any]:
    """A person of one agency, with what they said and what was promised; and a member of another."""
    from nowrongdoor.journeys import contacts, promises

    place = stories.a_place()
    person, contact, promise = stories.maryam(place), uuid4(), uuid4()
    contacts.receive(
        contact_id=contact,
        said=Said(channel="telephone", words=SAID, callback_number="01632 960114"),
        person_id=person,
        outcome="caller_lost",
        callback_id=uuid4(),
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    promises.make(
        promise_id=promise,
        kind="callback",
        words=PROMISED,
        due_at=None,
        contact_id=None,
        referral_id=None,
        person_id=person,
        by=place.amir,
        at=place.later(),
    )
    return {"place": place, "person": person, "contact": contact, "promise": promise}


def pages_of(theirs: dict[str, Any], viewer: Any) -> dict[str, tuple[int, str]]:
    browser = stories.browser(viewer)
    addresses = {
        "person": reverse("person", args=[theirs["person"]]),
        "timeline": reverse("person_timeline", args=[theirs["person"]]),
        "sharing": reverse("person_sharing", args=[theirs["person"]]),
        "contact": reverse("contact", args=[theirs["contact"]]),
        "promise": reverse("promise_keep", args=[theirs["promise"]]),
    }
    answers = {name: browser.get(address) for name, address in addresses.items()}
    return {name: (one.status_code, one.content.decode()) for name, one in answers.items()}


def leaks(pages: dict[str, tuple[int, str]]) -> set[str]:
    return {name for name, (_, text) in pages.items() if SAID in text or PROMISED in text}


def place_of(theirs: dict[str, Any]) -> SmallPlace:
    return theirs["place"]


def test_their_own_agency_sees_it_behind_both_walls(theirs):
    pages = pages_of(theirs, place_of(theirs).amir)
    assert {name: status for name, (status, _) in pages.items()} == dict.fromkeys(pages, 200)
    assert {"person", "contact", "promise"} <= leaks(pages)


def test_another_agency_is_answered_as_if_nobody_were_there(theirs):
    pages = pages_of(theirs, place_of(theirs).sam)
    assert {name: status for name, (status, _) in pages.items()} == dict.fromkeys(pages, 404)


def test_with_the_applications_checks_off_the_database_shows_nothing_of_theirs(theirs, no_checks):
    pages = pages_of(theirs, place_of(theirs).sam)
    assert leaks(pages) == set()
    assert pages["person"][0] == 200, "the check is off: the page was made"
    assert pages["contact"][0] == pages["promise"][0] == 404, "the rows are not there for them"


def test_with_the_second_wall_off_the_application_shows_nothing_of_theirs(theirs, no_wall):
    pages = pages_of(theirs, place_of(theirs).sam)
    assert leaks(pages) == set()
    assert {name: status for name, (status, _) in pages.items()} == dict.fromkeys(pages, 404)


def test_control_with_both_off_it_leaks(theirs, no_checks, no_wall):
    assert {"person", "contact", "promise"} <= leaks(pages_of(theirs, place_of(theirs).sam))


# -- the opener


def whoami() -> str:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_inside_pages_read_as_the_reader_and_acts_write_as_the_web(theirs):
    assert whoami() == "nwd_app" and wall.engine() == "default"
    with wall.reading():
        assert whoami() == "nwd_reader" and wall.engine() == "engine"
        with wall.reading():  # the same transaction, and never another agency's (T18)
            assert whoami() == "nwd_reader"
        stories.a_call_owed(place_of(theirs))  # an act, in a transaction of its own, is over and done
    assert whoami() == "nwd_app"
    assert "engine" not in vars(connections).get("_connections", {}).__dict__


def test_a_page_that_fails_leaves_no_look_and_no_agency_behind(theirs, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise standing.Missing("person")

    before = Look.objects.count()
    monkeypatch.setattr("nowrongdoor.nhsuk.answers.render", fails)
    browser = stories.browser(place_of(theirs).amir)
    browser.raise_request_exception = False
    assert browser.get(reverse("person", args=[theirs["person"]])).status_code >= 400
    monkeypatch.undo()
    assert Look.objects.count() == before
    assert whoami() == "nwd_app"
    with pytest.raises(Exception, match=r"app\.agency|uuid"), wall.reading():
        standing.of("contact", theirs["contact"], viewer=place_of(theirs).amir, at=place_of(theirs).later())


def test_a_page_says_who_looked_as_the_reader(theirs):
    before = Look.objects.count()
    stories.browser(place_of(theirs).amir).get(reverse("person", args=[theirs["person"]]))
    assert Look.objects.count() == before + 1


# -- what is said when it is off


def test_without_a_reader_it_is_said_in_words_at_the_start_and_when_asked(no_wall, caplog, settings, capsys):
    settings.TESTING = False
    starting.stand_behind_the_wall()
    assert "The second wall is off: DATABASE_READER_URL names no reader" in caplog.text
    assert [one.id for one in wall.say_that_it_is_off()] == ["nowrongdoor.W001"]
    call_command("check", "--deploy")
    assert "The second wall is off" in capsys.readouterr().err


def test_a_reader_that_the_wall_does_not_hold_is_refused_where_it_is_live(settings, monkeypatch):
    reader = connections.settings[wall.READER]
    starting.stand_behind_the_wall()
    assert wall.READER in connections.settings, "the control: nwd_reader is held"
    monkeypatch.setitem(connections.settings, wall.READER, connections.settings["default"])
    del connections[wall.READER]
    settings.LIVE = True
    with pytest.raises(Exception, match="The second wall is not built"):
        starting.stand_behind_the_wall()
    settings.LIVE = False
    starting.stand_behind_the_wall()
    assert wall.READER not in connections.settings
    connections.settings[wall.READER] = reader
