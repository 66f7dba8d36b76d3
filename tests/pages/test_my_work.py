"""My work: what needs this team now, by due time; parts that fail alone; empty parts that tell the truth."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.kernel.now import now
from nowrongdoor.rules import law
from tests.worlds import stories

PARTS = ("now", "mine", "given", "today")


def part(page: str, name: str) -> str:
    """One part of the page, as text with its addresses."""
    start = page.index(f'id="{name}"')
    return unescape(page[start : page.index("</section>", start)])


def names(markup: str) -> list[str]:
    return re.findall(r"data-open[^>]*>([^<]+)<", markup)


def whom(place, family: str, given: str = "Ada"):
    return place.a_person(family_name=family, given_names=given)


def referred(place, family: str, **how):
    return place.a_referral(person_id=whom(place, family), **how)


def test_an_offer_to_my_team_needs_me_and_says_what_is_asked_and_by_whom(place, priya):
    place.an_offer(referral_id=referred(place, "Okoro"))
    mine = part(priya.get("/").content.decode(), "now")
    assert "OKORO, Ada" in mine
    assert "Handover to answer" in mine
    assert "Please see her at home tomorrow morning." in mine
    assert "From Front door, Amir of Front door" in mine
    assert "/accept" in mine


def test_what_needs_me_is_in_order_of_when_it_is_due_whatever_kind_it_is(place, amir):
    place.at = now() - timedelta(minutes=50)
    referred(place, "Late")  # due 30 minutes after it was received: late by 19 minutes
    place.at = now() - timedelta(minutes=20)
    referred(place, "Soon")  # 9 minutes left
    place.at = now() - timedelta(minutes=14)
    stories.a_call_owed(place)  # due 15 minutes after: under 2 minutes left
    place.at = now() - timedelta(minutes=3)
    referred(place, "Later")
    found = part(amir.get("/").content.decode(), "now")
    assert names(found) == ["LATE, Ada", "Name not given", "SOON, Ada", "LATER, Ada"]
    assert found.count("nwd-row--late") == 1


def test_a_tie_goes_to_whoever_was_received_first(place, amir):
    place.at = now() - timedelta(minutes=50)
    first, second = referred(place, "Zuber"), referred(place, "Abel")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET due_at = %s WHERE id = ANY(%s)",
            [now() - timedelta(minutes=5), [first, second]],
        )
    assert names(part(amir.get("/").content.decode(), "now")) == ["ZUBER, Ada", "ABEL, Ada"]


def test_what_i_hold_by_name_says_what_comes_next_in_it(place, amir, priya):
    handover_id = place.an_offer(referral_id=referred(place, "Okoro"))
    stories.accepted(place, handover_id, by=place.priya)
    mine = part(priya.get("/").content.decode(), "mine")
    assert names(mine) == ["OKORO, Ada"]
    assert "Get in touch with the person" in mine
    assert names(part(amir.get("/").content.decode(), "mine")) == []


def test_what_we_handed_over_stays_on_our_list_until_it_is_accepted(place, amir):
    handover_id = place.an_offer(referral_id=referred(place, "Okoro"))
    given = part(amir.get("/").content.decode(), "given")
    assert names(given) == ["OKORO, Ada"]
    assert "Asked of Crisis team, by you" in given
    stories.accepted(place, handover_id, by=place.priya)
    given = part(amir.get("/").content.decode(), "given")
    assert "Nothing Front door has handed over is waiting for an answer." in given


def test_what_was_offered_waits_for_no_triage_and_is_held_until_it_is_accepted(place, amir):
    place.an_offer(referral_id=referred(place, "Okoro"))
    page = amir.get("/").content.decode()
    assert names(part(page, "now")) == [] and names(part(page, "mine")) == ["OKORO, Ada"]
    assert "Handed over to Crisis team, not accepted yet" in part(page, "mine")


def test_what_i_hold_by_name_is_there_before_anything_was_decided(place, amir):
    referred(place, "Okoro")
    page = amir.get("/").content.decode()
    assert names(part(page, "mine")) == ["OKORO, Ada"] and "New, to triage" in part(page, "mine")
    assert "Held by you; came to Front door" in part(page, "now")


def test_what_waits_for_triage_says_which_colleague_holds_it(place):
    referred(place, "Okoro")
    lou = stories.browser(place.viewers["Lou of Front door"])
    page = lou.get("/").content.decode()
    assert "Held by Amir of Front door; came to Front door" in part(page, "now")
    assert names(part(page, "mine")) == []


@pytest.mark.parametrize("safe", ["yes", "no"])
def test_a_call_back_says_whom_to_ring_on_which_number_and_says_it_once(place, amir, safe):
    from nowrongdoor.journeys import contacts
    from nowrongdoor.rules.contact import Said

    said = Said(channel="telephone", caller_name="Mrs Bell", callback_number="01632 960114",
                safe_to_call=safe, words="Ring me")  # fmt: skip
    contacts.receive(contact_id=uuid4(), said=said, outcome="caller_lost", callback_id=uuid4(),
                     happened_at=place.at, by=place.amir, at=place.later())  # fmt: skip
    owed = part(amir.get("/").content.decode(), "now")
    assert "Call back owed" in owed and "Caller lost" in owed
    assert "Ring back" not in owed and "we ring back" not in owed
    assert "Mrs Bell" in owed and "01632 960114" in owed
    assert ("tel:01632960114" in owed) == (safe == "yes")
    assert ("it is not safe to ring this number" in owed) == (safe == "no")


# Whoever answers by a link signs in nowhere, and has no menu.
STAFF = sorted({one["role"] for one in law.rows("roles")} - {"person", "carer", "link_holder"})


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("busy", [False, True])
def test_every_place_my_work_and_the_menu_offer_opens_for_every_role(place, role, busy):

    if busy:
        referred(place, "Ellis")
        place.an_offer(referral_id=referred(place, "Okoro"))
        stories.a_call_owed(place)
    viewer = place.amir if busy else place.sam
    browser = stories.browser(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agencies_membership SET role = %s WHERE member_id = %s", [role, viewer.member_id]
        )
    page = unescape(browser.get("/").content.decode())
    links = {one for one in re.findall(r'href="(/[^"#]*)', page) if not one.startswith("/static")}
    assert len(links) > 2
    assert {one: code for one in links if (code := browser.get(one).status_code) >= 400} == {}


def test_a_promise_that_is_late_or_nearly_needs_us_and_a_later_one_is_owed_today(place, amir, monkeypatch):
    from nowrongdoor.journeys import promises
    from nowrongdoor.reading import my_work

    referral_id = referred(place, "Okoro")
    for minutes, words in ((10, "Ring her mum"), (45, "Ring the school")):
        promises.make(
            promise_id=uuid4(), kind="callback", words=words, due_at=now() + timedelta(minutes=minutes),
            contact_id=None, referral_id=referral_id, person_id=None, by=place.amir, at=now(),
        )  # fmt: skip
    # Close to midnight 45 minutes from now is tomorrow: today is held still for this test.
    monkeypatch.setattr(my_work, "local_date", lambda instant: None)
    page = amir.get("/").content.decode()
    assert "Ring her mum" in part(page, "now") and "Ring the school" not in part(page, "now")
    assert "Ring the school" in part(page, "today") and "Ring her mum" not in part(page, "today")


def test_what_is_owed_another_day_is_not_today_but_is_said(place, amir):
    from nowrongdoor.journeys import promises

    promises.make(
        promise_id=uuid4(), kind="callback", words="Ring the school", due_at=now() + timedelta(hours=30),
        contact_id=None, referral_id=referred(place, "Okoro"), person_id=None, by=place.amir, at=now(),
    )  # fmt: skip
    today = part(amir.get("/").content.decode(), "today")
    assert "No more call backs or answers are owed today. The next is due" in today
    assert "Ring the school" not in today


def test_whom_something_is_owed_another_day_is_not_on_record_as_looked_at(place, amir):
    from nowrongdoor.journeys import promises
    from nowrongdoor.kernel.access_log.models import Look

    owed_to = whom(place, "Okoro")
    promises.make(
        promise_id=uuid4(), kind="callback", words="Ring the school", due_at=now() + timedelta(hours=30),
        contact_id=None, referral_id=None, person_id=owed_to, by=place.amir, at=now(),
    )  # fmt: skip
    assert "The next is due" in part(amir.get("/").content.decode(), "today")
    assert not Look.objects.filter(page="my_work", person_id=owed_to).exists(), "nobody was shown"


def test_glass_takes_no_place_of_work_that_presses(place, amir, monkeypatch):
    from nowrongdoor.journeys import openings
    from nowrongdoor.reading import my_work

    monkeypatch.setattr(my_work, "SHOWN", 2)
    for family in ("Abel", "Bell"):
        person_id = whom(place, family)
        place.a_referral(person_id=person_id)
        openings.break_glass(
            opening_id=uuid4(), review_id=uuid4(), person_id=person_id, reason="danger_now",
            words="She rang from a bridge.", by=place.sam, at=place.later(),
        )  # fmt: skip
    page = amir.get("/").content.decode()
    assert names(part(page, "now")) == ["ABEL, Ada", "BELL, Ada"]
    assert page.count("She rang from a bridge.") == 2, "and each is told"


def test_another_teams_work_is_not_mine(place, sam):
    place.an_offer(referral_id=referred(place, "Okoro"))
    referred(place, "Ellis")
    page = sam.get("/").content.decode()
    assert all(names(part(page, name)) == [] for name in PARTS)


def test_empty_parts_are_true_sentences_with_a_next_step(place, sam):
    page = unescape(sam.get("/").content.decode())
    assert "no handover to Social care is waiting for an answer" in part(page, "now")
    assert "/board" in part(page, "now")
    assert "You hold nobody by name" in part(page, "mine")


@pytest.mark.parametrize(
    ("failing", "parts"), [("needs_you", 1), ("not_pressing", 3)]
)
def test_what_is_read_at_once_fails_alone_and_the_others_still_answer(
    place, priya, monkeypatch, failing, parts
):
    place.an_offer(referral_id=referred(place, "Okoro"))

    def fail(**_):
        raise DatabaseError("out of reach")

    monkeypatch.setattr(f"nowrongdoor.reading.my_work.{failing}", fail)
    answer = priya.get("/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("This part could not be read just now") == parts
    if failing != "needs_you":
        assert names(part(page, "now")) == ["OKORO, Ada"]


def test_a_call_handler_is_not_sent_to_a_page_their_role_does_not_cover(place):
    from nowrongdoor.pages.work.wording import row
    from nowrongdoor.reading import my_work

    referred(place, "Okoro")
    (task,) = my_work.needs_you(viewer=place.amir, at=now()).tasks
    handler = replace(place.amir, role="call_handler")
    assert row(task, viewer=place.amir, at=now()).acts[0][0] == "Triage"
    assert row(task, viewer=handler, at=now()).acts[0][0] == "Open"


def test_what_nobody_holds_by_name_is_held_by_nobody_whoever_looks(place):
    from nowrongdoor.pages.work.wording import row
    from nowrongdoor.reading import my_work

    referred(place, "Okoro")
    (task,) = my_work.needs_you(viewer=place.amir, at=now()).tasks
    assert row(task, viewer=place.amir, at=now()).who == "Held by you; came to Front door"
    nobody = replace(task, member="")
    for viewer in (place.amir, replace(place.amir, member_name="")):
        assert row(nobody, viewer=viewer, at=now()).who.startswith("Held by Front door, nobody by name")


def test_my_work_is_at_most_eight_statements_however_much_there_is(place, amir):
    counts = []
    for how_many in (1, 12):
        for number in range(how_many):
            place.an_offer(referral_id=referred(place, f"Okoro{how_many}-{number}"))
            referred(place, f"Ellis{how_many}-{number}")
            stories.a_call_owed(place)
        amir.get("/")
        with CaptureQueriesContext(connection) as asked:
            assert amir.get("/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
