"""What is waited for stands beside the clock it does not stop: on the record, on My work and in the inbox."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest

from nowrongdoor.data.clocks.models import Clock
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import promises
from nowrongdoor.kernel.now import now
from tests.pages.test_triage import decide, referred

TIME = "She wants to talk to her daughter first"


def given_time(place, amir, **how) -> UUID:
    """Amir holds her by name, and she asked for time."""
    referral_id = referred(place, "Okoro")
    waits = {"waits_for": "the_person", "question": TIME, "urgency": "", "why": ""}
    answer = decide(amir, referral_id, "ask", **waits, **how)
    assert answer.status_code == 302, answer.content.decode()
    return referral_id


def said(client, url: str) -> str:
    page = unescape(client.get(url).content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_who_asked_for_time_is_waited_for_and_the_response_clock_runs_on(place, amir):
    before = now()
    referral_id = given_time(place, amir, within="4320")
    owed = Promise.objects.get(referral_id=referral_id)
    assert (owed.kind, owed.words, owed.asked_of, owed.owner_member_id) == (
        "the_person", TIME, "", place.amir.member_id,
    )  # fmt: skip
    assert timedelta(0) <= owed.due_at - before - timedelta(days=3) < timedelta(minutes=1)
    referral, own = Referral.objects.get(pk=referral_id), Clock.objects.get(pk=referral_id)
    assert (referral.state, own.is_running, own.due_at) == ("waiting", True, referral.due_at)
    beside = Clock.objects.get(pk=owed.pk)
    assert (beside.kind, beside.is_running, beside.due_at) == ("the_person", True, owed.due_at)


@pytest.mark.parametrize("url", ["/referrals/{}", "/", "/triage"])
def test_the_pause_and_the_clock_of_the_referral_are_read_side_by_side(place, amir, url):
    page = said(amir, url.format(given_time(place, amir)))
    assert "Waiting for the person until" in page
    assert re.search(r"(left|Late) .*Waiting for the person until", page)


def test_two_waits_show_the_one_that_ends_first_and_the_record_shows_both(place, amir):
    referral_id = given_time(place, amir)
    decide(amir, referral_id, "ask", urgency="", why="", asked_of="Her GP", question="Which tablets?")
    for url in ("/", "/triage"):
        assert "Waiting for an answer from Her GP until" in said(amir, url)
    page = said(amir, f"/referrals/{referral_id}")
    assert "Waiting for an answer from Her GP until" in page and "Waiting for the person until" in page


def test_an_offer_that_waits_for_the_person_says_so_to_both_teams(place, amir, priya):
    referral_id = referred(place, "Okoro")
    place.an_offer(referral_id=referral_id)
    promises.make(
        promise_id=uuid4(), kind="the_person", words=TIME, due_at=None, contact_id=None, person_id=None,
        referral_id=referral_id, by=place.priya, at=place.later(),
    )  # fmt: skip
    assert "Waiting for the person until" in said(priya, "/triage?queue=offered")
    assert "Waiting for the person until" in said(amir, "/")


@pytest.mark.parametrize("verb", ["keep", "let_go"])
def test_only_an_act_ends_the_wait_and_then_nothing_says_that_it_waits(place, amir, verb):
    referral_id = given_time(place, amir)
    owed = Promise.objects.get(referral_id=referral_id)
    late = place.later() + timedelta(days=30)
    assert Promise.objects.get(pk=owed.pk).state == "open"
    getattr(promises, verb)(
        promise_id=owed.pk, words="She rang: she wants help", by=place.amir, at=late, seen=owed.version
    )
    assert Referral.objects.get(pk=referral_id).state == "new"
    assert "Waiting for the person" not in said(amir, f"/referrals/{referral_id}")


def test_a_longer_wait_than_the_row_allows_is_said_at_its_box_and_keeps_what_was_typed(place, amir):
    referral_id = referred(place, "Okoro")
    page = unescape(
        amir.post(
            f"/referrals/{referral_id}/promise",
            {
                "promise_id": uuid4(), "kind": "the_person", "words": TIME, "clock_time": "10:00",
                **dict(zip(("day_day", "day_month", "day_year"), in_days(30), strict=True)),
            },
        ).content.decode()
    )  # fmt: skip
    assert "Nobody waits for this longer than 7 days" in page and TIME in page
    assert not Promise.objects.exists()


def in_days(many: int) -> tuple[int, int, int]:
    day = now() + timedelta(days=many)
    return day.day, day.month, day.year
