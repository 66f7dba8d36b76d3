"""Whoever listens is asked about every few seconds: all of them at once, by the rules of every page."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.journeys import agencies
from nowrongdoor.kernel.now import now
from nowrongdoor.site.sessions import Listens, still_there
from tests.worlds import stories
from tests.worlds.keys import a_key

pytestmark = pytest.mark.django_db


def listens(client, team_id, *, is_wall=False):
    return Listens(client.session.session_key, team_id, is_wall)


def there(*listening):
    return still_there(listening, at=now()) == set(listening)


@pytest.fixture
def priya_listens(place):
    client = stories.browser(place.priya)
    return client, listens(client, place.priya.team_id)


def test_whoever_is_signed_in_for_that_team_is_there_and_for_no_other(place, priya_listens):
    client, one = priya_listens
    assert there(one)
    assert not there(listens(client, place.amir.team_id))


def test_whoever_signed_out_is_not(priya_listens):
    client, one = priya_listens
    client.session.flush()
    assert not there(one)


def test_whose_sign_in_has_lasted_as_long_as_any_may_is_not(priya_listens):
    client, one = priya_listens
    session = client.session
    session.set_expiry(-1)
    session.save()
    assert not there(one)


def test_whoever_has_been_away_too_long_is_not_but_for_a_wall(place, priya_listens, settings):
    client, one = priya_listens
    session = client.session
    session["seen_at"] = (now() - timedelta(seconds=settings.NWD_IDLE_SECONDS + 1)).isoformat()
    session.save()
    assert not there(one)
    assert there(listens(client, place.priya.team_id, is_wall=True))


def test_whoever_has_left_is_not(place, priya_listens):
    _, one = priya_listens
    by, at = place.viewers["Lou of Crisis team"], place.later()
    agencies.leave(member_id=place.priya.member_id, words="", by=by, at=at)
    assert not there(one)


def test_one_who_is_gone_ends_nobody_elses_screen(place, priya_listens):
    amir = stories.browser(place.amir)
    _, one = priya_listens
    other = listens(amir, place.amir.team_id)
    amir.session.flush()
    assert still_there([one, other], at=now()) == {one}


def test_many_are_asked_about_in_as_many_statements_as_one(place):
    every = [listens(stories.browser(one), one.team_id) for one in place.viewers.values()]
    asked = []
    for few in (every[:1], every):
        with CaptureQueriesContext(connection) as queries:
            assert there(*few)
        asked.append(len(queries))
    assert len(every) == 9 and asked == [2, 2]


class TestWithAccounts:
    pytestmark = pytest.mark.usefixtures("with_accounts")

    @pytest.fixture
    def comes_in(self, place):
        client = a_key(place.priya).comes_in()
        return listens(client, place.priya.team_id)

    def test_whose_account_is_theirs_still_is_there(self, comes_in):
        assert there(comes_in)

    def test_whose_account_was_disabled_is_not(self, comes_in):
        get_user_model().objects.update(is_active=False)
        assert not there(comes_in)

    def test_whose_password_was_changed_elsewhere_is_not(self, comes_in):
        account = get_user_model().objects.get()
        account.set_password("another lamp eight")
        account.save()
        assert not there(comes_in)
