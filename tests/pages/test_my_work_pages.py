"""More than fits on My work: each part goes on over pages of its own, and nobody is skipped or doubled."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.journeys import promises, referrals, triage
from nowrongdoor.kernel.now import now
from tests.worlds.small_place import SOON

pytestmark = pytest.mark.django_db
MANY = 104


def held(place) -> None:
    for number in range(MANY):
        referral_id = place.a_referral()
        triage.accept_here(referral_id=referral_id, decision=SOON, by=place.amir, at=place.later(), seen=1)
        if number % 3 == 0:
            referrals.begin(referral_id=referral_id, by=place.amir, at=place.later(), seen=2)


def given(place) -> None:
    for _ in range(MANY):
        place.an_offer()


def owed(place) -> None:
    referral_id, at = place.a_referral(), now()
    for number in range(MANY):
        promises.make(
            promise_id=uuid4(), kind="callback", words="Ring",
            due_at=at + timedelta(hours=30, minutes=number // 2),
            contact_id=None, referral_id=referral_id, person_id=None, by=place.amir, at=at,
        )  # fmt: skip


def rows(page: str) -> list[str]:
    return re.findall(r'<tr id="([^"]+)"', page)


@pytest.mark.parametrize(("name", "many"), [("mine", held), ("given", given), ("owed", owed)])
def test_the_pages_of_a_part_follow_each_other_without_gap_or_double(place, amir, name, many):
    many(place)
    found, url, pages = [], f"/work/{name}", 0
    while url:
        with CaptureQueriesContext(connection) as asked:
            page = unescape(amir.get(url).content.decode())
        assert len(asked) <= 8
        found += rows(page)
        pages += 1
        more = re.search(r'rel="next" href="([^"]+)"', page)
        url = more.group(1) if more else ""
    assert (pages, len(found), len(set(found))) == (3, MANY, MANY)


@pytest.mark.parametrize(("part", "name", "many"), [("mine", "mine", held), ("given", "given", given)])
def test_my_work_leads_to_the_next_page_of_the_same_and_not_to_everyones(place, amir, part, name, many):
    many(place)
    first = unescape(amir.get("/").content.decode())
    start = first.index(f'id="{part}"')
    shown = first[start : first.index("</section>", start)]
    (url,) = re.findall(rf'href="(/work/{name}\?after=[^"]+)"', shown)
    assert "/board/table" not in shown
    assert not set(rows(shown)) & set(rows(amir.get(url).content.decode()))


def test_a_part_that_is_not_there_is_not_found_and_a_place_that_is_none_begins_at_the_top(place, amir):
    assert amir.get("/work/rubbish").status_code == 404
    for after in ("rubbish", "%00", "0~x~y~z"):
        assert "You hold nobody else by name." in amir.get(f"/work/mine?after={after}").content.decode()
