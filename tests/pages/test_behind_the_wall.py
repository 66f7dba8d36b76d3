"""Tests of some files read their pages behind the second wall in every run, and not only by hand."""

import contextlib

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nowrongdoor.console.prove.seeing import behind
from nowrongdoor.kernel import wall
from tests.pages.conftest import BEHIND_THE_WALL, Path
from tests.worlds import stories

ASKED = "Please help her to sleep and feel safe."


@pytest.fixture
def theirs(place):
    """The record of somebody in whose care another agency has no part."""
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return reverse("person", args=[person_id])


def test_their_pages_read_as_a_role_that_the_wall_holds(theirs, amir):
    assert behind.is_built()
    with CaptureQueriesContext(connections[wall.READER]) as read:
        assert ASKED in amir.get(theirs).content.decode()
    assert len(read) > 1


def test_a_page_that_forgets_to_ask_shows_nothing_of_another_agency_and_without_the_wall_it_does(theirs, sam):
    shown = []
    for guard in (contextlib.nullcontext, behind.down):
        with behind.no_checks(), guard():
            shown.append(ASKED in sam.get(theirs).content.decode())
    assert shown == [False, True]


def test_each_of_these_files_is_there():
    here = Path(__file__).parent
    assert sorted(name for name in BEHIND_THE_WALL if not (here / name).is_file()) == []
