"""What somebody types into the line of the address is in no log: the rule it fits is."""

import logging

import pytest

from nowrongdoor.site.logs import AboutNobody, NoAddresses
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What the log says, line by line."""
    said = []

    class Ear(logging.Handler):
        def emit(self, record):
            said.extend(self.format(record).splitlines())

    ear = Ear()
    ear.setFormatter(AboutNobody())
    ear.addFilter(NoAddresses())
    logging.getLogger("django").addHandler(ear)
    yield said
    logging.getLogger("django").removeHandler(ear)


def test_an_address_that_is_not_there_is_not_told(place, lines):
    stories.browser(place.amir).get("/people/Maryam%20Ali%0D%0AZQFORGED")
    assert lines == ["Not Found: (no address of ours)"]


def test_a_key_in_an_address_is_told_as_the_rule_it_fits(place, lines):
    person_id = stories.maryam(place)
    amir = stories.browser(place.amir, enforce_csrf_checks=True)
    assert amir.delete(f"/people/{person_id}").status_code == 405
    assert amir.post(f"/people/{person_id}/correct").status_code == 403
    assert len(lines) == 2 and str(person_id) not in " ".join(lines)
    assert all("/people/<uuid:person_id>" in line for line in lines)


def test_the_settings_filter_every_line(settings):
    (handler,) = settings.LOGGING["handlers"].values()
    assert "no_addresses" in handler["filters"]
