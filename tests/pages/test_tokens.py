"""Every address of the URL configuration, by every method that could record something, without a token."""

import pytest
from django.db import connection

from nowrongdoor.console.prove.attack import addresses
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", "text/plain"])
def test_nothing_is_taken_from_a_form_without_its_token(place, kind):
    amir = stories.browser(place.amir, enforce_csrf_checks=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry")
        before = cursor.fetchone()
        for _, path in addresses.addresses():
            for how in addresses.UNSAFE:
                answer = amir.generic(how, path, "words=Not slept.", content_type=kind)
                assert answer.status_code in addresses.REFUSED, (how, path)
        cursor.execute("SELECT count(*) FROM journal_entry")
        assert cursor.fetchone() == before
