"""“On the way” by text: offered for a number that is said to be safe, in words that say nothing of why."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import messages
from nowrongdoor.kernel import store
from nowrongdoor.nhsuk import wording
from nowrongdoor.pages.rapid import on_the_way
from nowrongdoor.rules import message
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import text
from tests.pages.test_key_contacts import rang
from tests.pages.test_own_record import reads_own, sealed
from tests.pages.test_rapid import a_crew, a_visit, go, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
BUTTON = "Text “on the way”"


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


def off(amir, place, maryam):
    """The visit's page once the crew has set off."""
    crew_id, visit_id = a_crew(place), a_visit(place, person_id=maryam)
    sending(amir, visit_id, crew_id)
    url = reverse("visit", args=[visit_id])
    assert BUTTON not in text(amir.get(url)), "nobody is on the way yet"
    assert go(amir, visit_id, "set_off").status_code == 302
    return store.peek(VISITS, visit_id), amir.get(url)


def test_a_number_that_is_safe_is_texted_by_the_phone_itself_and_nothing_is_said_of_why(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, page = off(amir, place, maryam)
    about = wording.local_time(message.expected(visit))
    assert BUTTON in text(page) and f"“We are on our way to you, about {about}.”" in text(page)
    (address,) = re.findall(r'href="sms:(01632960114[^"]*)"', page.content.decode())
    assert address.startswith("01632960114?&amp;body=We%20are%20on%20our%20way")
    for told in ("Crew", "Front", "door", "Mental", "Averley", "team", "NHS"):
        assert told.lower() not in address.lower(), "whoever picks up that phone reads it too"


@pytest.mark.parametrize(
    ("safe", "why_not"),
    [
        ("no", "it is not safe to ring this number"),
        ("declined", "they preferred not to say whether it is safe to ring"),
        ("", "whether it is safe to ring was not asked"),
    ],
)
def test_whatever_is_not_a_plain_yes_is_said_and_not_texted(amir, place, maryam, safe, why_not):
    if safe:
        rang(place, maryam, caller_kind="person", safe_to_call=safe)
    _, page = off(amir, place, maryam)
    assert f"No text “on the way”: {why_not}." in text(page)
    assert "body=" not in page.content.decode()
    assert go(amir, store.find(VISITS, state="on_the_way")[0].id, "arrive").status_code == 302


def test_when_they_are_there_is_the_next_five_minutes_after_the_way(amir, place, maryam):
    visit, _ = off(amir, place, maryam)
    way = visit.free_at - visit.leaves_at - timedelta(minutes=visit.minutes)
    there = message.expected(visit)
    assert there.minute % 5 == 0 and there.second == there.microsecond == 0
    assert timedelta() <= there - (visit.set_off_at + way) < timedelta(minutes=5)


def test_a_time_that_has_passed_is_not_named(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, _ = off(amir, place, maryam)
    person = store.peek(PEOPLE, maryam)
    said = on_the_way.text(visit, person, "yes", told=(), at=message.expected(visit) + timedelta(minutes=1))
    assert said is not None and said.words == "We are on our way to you."


# --- sent from here, where somebody carries texts ---------------------------------------------------------


@pytest.fixture
def carried(settings):
    settings.NWD_SENDERS = {"text": "gateway"}


def send(browser, visit_id):
    seen = store.peek(VISITS, visit_id).version
    return browser.post(reverse("visit", args=[visit_id]), {"step": "text", "seen": seen})


def now_said(browser, visit_id):
    return text(browser.get(reverse("visit", args=[visit_id])))


@pytest.mark.usefixtures("carried")
def test_one_tap_promises_the_text_once_and_the_visit_says_what_came_of_it(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, page = off(amir, place, maryam)
    assert "It is sent from here, to their number on record." in text(page)
    assert 'href="sms:' not in page.content.decode().replace("sms:85258", "")
    assert send(amir, visit.id).status_code == 302
    assert send(amir, visit.id).status_code == 302, "pressed again, it is the same"
    (one,) = store.find(MESSAGES, visit_id=visit.id)
    said = now_said(amir, visit.id)
    assert "The text “on the way” waits to be sent, since" in said and BUTTON not in said
    messages.note_sent(message_id=one.id, reference="", by=NOBODY, at=one.promised_at)
    said = now_said(amir, visit.id)
    assert "was taken by whoever carries texts" in said and "Whether it arrived is not known here." in said


@pytest.mark.usefixtures("carried")
def test_a_text_that_never_went_says_so_and_that_a_call_is_owed(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, _ = off(amir, place, maryam)
    send(amir, visit.id)
    (one,) = store.find(MESSAGES, visit_id=visit.id)
    messages.give_up(message_id=one.id, why="would_not", by=NOBODY, at=one.promised_at)
    said = now_said(amir, visit.id)
    assert "was not sent: whoever carries it would not take it. A call is owed to them instead." in said
    work = text(amir.get(reverse("my_work")))
    assert "was not sent: whoever carries it would not take it. Ring them." in work


@pytest.mark.usefixtures("carried")
def test_a_number_that_became_unsafe_while_the_page_was_open_is_refused_in_words(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, _ = off(amir, place, maryam)
    rang(place, maryam, caller_kind="person", safe_to_call="no")
    answer = send(amir, visit.id)
    assert answer.status_code == 422
    assert "Nobody has said that it is safe to text this number. Nothing was sent." in text(answer)
    assert not store.find(MESSAGES, visit_id=visit.id)


def test_without_a_sender_a_press_is_refused_in_words_and_the_phone_is_offered(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, page = off(amir, place, maryam)
    assert "sms:01632960114" in page.content.decode()
    answer = send(amir, visit.id)
    assert answer.status_code == 422 and "nobody has set up who carries it" in text(answer)


def test_a_demonstration_says_that_nothing_leaves_it(amir, place, maryam, settings):
    settings.NWD_SENDERS = {"text": "shown"}
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, page = off(amir, place, maryam)
    assert "This is a demonstration: nothing leaves it." in text(page)
    send(amir, visit.id)
    (one,) = store.find(MESSAGES, visit_id=visit.id)
    messages.note_sent(message_id=one.id, reference="", by=NOBODY, at=one.promised_at)
    said = now_said(amir, visit.id)
    assert "would have been sent" in said and "nothing leaves it" in said


@pytest.mark.usefixtures("carried")
def test_the_story_tells_what_was_sent_and_to_no_number(amir, place, maryam):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, _ = off(amir, place, maryam)
    send(amir, visit.id)
    (one,) = store.find(MESSAGES, visit_id=visit.id)
    messages.take(ours=one.promised_at, by=NOBODY, at=one.promised_at)
    messages.note_sent(message_id=one.id, reference="", by=NOBODY, at=one.promised_at)
    story = text(amir.get(reverse("person_timeline", args=[maryam])))
    assert "The text “on the way” is sent to them by text:" in story
    assert "We are on our way to you" in story
    assert "Whoever carries it took the message. Whether it arrived is not known here." in story


@pytest.mark.usefixtures("carried")
def test_the_person_reads_what_was_sent_to_them_unless_it_is_withheld_to_keep_somebody_safe(
    amir, place, maryam
):
    rang(place, maryam, caller_kind="person", safe_to_call="yes")
    visit, _ = off(amir, place, maryam)
    herself = reads_own(maryam)
    assert "What we sent you" not in text(herself.get("/my-record"))
    send(amir, visit.id)
    (one,) = store.find(MESSAGES, visit_id=visit.id)
    said = text(herself.get("/my-record"))
    assert "What we sent you By text," in said and "We are on our way to you" in said
    assert "It has not gone yet." in said
    messages.note_sent(message_id=one.id, reference="", by=NOBODY, at=one.promised_at)
    assert "We do not know whether it reached you." in text(herself.get("/my-record"))
    sealed(place, "in_danger", referral_id=visit.referral_id)
    assert "What we sent you" not in text(herself.get("/my-record"))
