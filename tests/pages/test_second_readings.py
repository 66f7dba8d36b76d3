"""What may keep help from somebody is told to its writer, waits, and stands only when another has read it."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor import reading
from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import clocks, contacts, second_readings
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.work import wording as work_wording
from nowrongdoor.rules.change import Missing
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.words import PromiseKind
from tests.journeys.reading_again import an_offer_that_may_withhold
from tests.pages.sending import fields, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
HELD = "Do not send anybody out to her."
NEVER_RING = "Do not ring the number of the house."
BARE = re.compile(r"know_first(?!, p\.know_waits|\b: str)(?=,)")
SHOWN = f"Waiting for a second reader: “{HELD}”"
TOLD = "This may keep help from somebody: a second person reads it before it stands."


@pytest.fixture
def person_id(place):
    made = stories.maryam(place)
    place.a_referral(person_id=made)
    return made


def written(place, person_id, line=f"Dog at address\n{HELD}"):
    """Amir writes it, is told, and sends it once more."""
    amir, url = stories.browser(place.amir), reverse("person_correct", args=[person_id])
    first = sent(amir, url, fields(amir.get(url)), know_first=line)
    assert first.status_code == 422 and TOLD in text(first)
    assert not store.find(PROMISES, person_id=person_id)
    second = sent(amir, url, fields(first))
    assert second.status_code == 302
    return store.find(PROMISES, person_id=person_id)


def lou(place):
    return stories.browser(place.viewers["Lou of Front door"])


def page_of(person_id):
    return reverse("person", args=[person_id])


def test_the_writer_is_told_before_it_is_kept_and_what_was_typed_is_kept(place, person_id):
    amir, url = stories.browser(place.amir), reverse("person_correct", args=[person_id])
    first = sent(amir, url, fields(amir.get(url)), know_first=HELD)
    assert fields(first)["know_first"] == [HELD]
    other = sent(amir, url, fields(first), know_first="Refuse her.")
    assert other.status_code == 422 and "Refuse her." in text(other), "told of one, another was written"


def test_it_is_shown_at_once_and_as_waiting(place, person_id):
    (waits,) = written(place, person_id)
    assert store.peek(PEOPLE, person_id).know_first == "Dog at address"
    page = lou(place).get(page_of(person_id)).content.decode()
    assert "Waiting for a second reader" in page and "nobody helps less or later for it" in page
    assert f"“{HELD}”" in page and f"<li>{HELD}</li>" not in page and f"<li>{SHOWN}</li>" in page
    assert reverse("second_reading", args=[waits.id]) in page
    amirs = stories.browser(place.amir).get(page_of(person_id)).content.decode()
    assert reverse("second_reading", args=[waits.id]) not in amirs and "You wrote this" in amirs


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        ({"how": "agree"}, f"Dog at address\n{HELD}"),
        ({"how": "change", "words": "Ring before a visit."}, "Dog at address\nRing before a visit."),
        ({"how": "set_aside"}, "Dog at address"),
    ],
)
def test_another_agrees_writes_it_otherwise_or_sets_it_aside(place, person_id, answer, known):
    (waits,) = written(place, person_id)
    reader, url = lou(place), reverse("second_reading", args=[waits.id])
    seen = fields(reader.get(url))
    assert sent(reader, url, seen, **answer).status_code == 422, "why is asked"
    assert sent(reader, url, seen, reason="We asked her.", **answer).status_code == 302
    assert store.peek(PEOPLE, person_id).know_first == known
    shown = text(reader.get(page_of(person_id)))
    assert "Waiting for a second reader" not in shown
    told = text(reader.get(reverse("person_timeline", args=[person_id])))
    assert HELD in told and "We asked her." in told and "Corrected the record" not in told
    again = sent(reader, url, seen, reason="Again.", **answer)
    assert again.status_code == 409


def test_the_writer_never_answers_by_any_door(place, person_id):
    (waits,) = written(place, person_id)
    amir, url = stories.browser(place.amir), reverse("second_reading", args=[waits.id])
    shown = amir.get(url)
    assert "You wrote this." in text(shown)
    answer = sent(amir, url, fields(shown), how="agree", reason="I am sure.")
    assert answer.status_code == 422 and store.peek(PROMISES, waits.id).state == "open"
    for name in ("promise_keep", "promise_let_go"):
        url = reverse(name, args=[waits.id])
        assert sent(amir, url, fields(amir.get(url)), words="Done.").status_code == 422
    with pytest.raises(IntegrityError, match="promise_read_by_another"), transaction.atomic():
        connection.cursor().execute(
            "UPDATE promises_promise SET state = 'kept', ended_at = due_at, ended_by_id = written_by_id,"
            " ending_words = 'Yes' WHERE id = %s",
            [waits.id],
        )


def test_who_is_neither_lead_nor_clinician_does_not_answer(place, person_id):
    (waits,) = written(place, person_id)
    priya = stories.browser(place.viewers["Priya of Front door"])
    assert priya.get(reverse("second_reading", args=[waits.id])).status_code == 403


def test_one_who_sees_nothing_of_the_person_finds_nothing_there(place, person_id):
    (waits,) = written(place, person_id)
    far = stories.browser(place.viewers["Lou of Social care"])
    assert far.get(reverse("second_reading", args=[waits.id])).status_code == 404


def test_a_promise_of_another_kind_waits_for_no_reader(place):
    _, promise_id = stories.a_call_owed(place)
    reader, url = lou(place), reverse("second_reading", args=[promise_id])
    shown = reader.get(url)
    assert shown.status_code == 200 and "Nothing here waits for a second reader." in text(shown)
    assert reader.post(url, {"how": "agree", "reason": "Yes."}).status_code == 422
    assert store.peek(PROMISES, promise_id).state == "open"


def test_nobody_has_read_it_and_it_climbs_and_time_never_lets_it_stand(place, person_id):
    (waits,) = written(place, person_id)
    late = now() + timedelta(days=3)
    clocks.sweep(ours=late, by=NOBODY, at=late)
    clock = store.peek(CLOCKS, waits.id)
    assert clock.kind == "second_reading" and clock.step > 0 and clock.is_running
    assert store.peek(PEOPLE, person_id).know_first == "Dog at address"


def test_it_changes_nothing_about_how_soon_they_are_answered(place, person_id):
    before = store.peek(REFERRALS, place.a_referral(person_id=person_id))
    written(place, person_id)
    after = store.peek(REFERRALS, place.a_referral(person_id=person_id))
    assert after.due_at - after.received_at == before.due_at - before.received_at


def test_what_somebody_said_themselves_is_no_instruction(place, person_id):
    at = now()
    contacts.receive(
        contact_id=uuid4(), said=Said(channel="telephone", caller_kind="person", words="Do not let him in."),
        outcome="advice_given", callback_id=uuid4(), happened_at=at, person_id=person_id,
        by=place.amir, at=at,
    )  # fmt: skip
    assert not store.find(PROMISES, person_id=person_id, kind="second_reading")


def test_a_new_record_is_registered_and_the_line_waits_beside_it(place):
    amir = stories.browser(place.amir)
    key = place.a_person(family_name="Ellis", know_first=f"Ring first\n{HELD}")
    (waits,) = store.find(PROMISES, person_id=key)
    assert (store.peek(PEOPLE, key).know_first, waits.held_words) == ("Ring first", HELD)
    assert "Waiting for a second reader" in text(amir.get(page_of(key)))


def test_a_wish_that_keeps_somebody_safe_is_shown_at_once_wherever_staff_would_act(place, person_id):
    """Banners, lists, the composer and the paper for when nothing answers; and the board knows it too."""
    written(place, person_id, line=NEVER_RING)
    (referral,) = store.find(REFERRALS, person_id=person_id)
    shown = f"Waiting for a second reader: “{NEVER_RING}”"
    reader, amir = lou(place), stories.browser(place.amir)
    work = f"{reverse('my_work')}?show=team"
    for url in (
        page_of(person_id),
        reverse("referral", args=[referral.id]),
        reverse("handover_new", args=[referral.id]),
        reverse("triage"),
        reverse("triage_decide", args=[referral.id]),
        work,
        reverse("downtime"),
    ):
        assert shown in text(reader.get(url)), url
    assert shown in text(amir.get(reverse("downtime")))


def test_my_work_has_words_for_all_that_may_be_owed():
    assert set(PromiseKind) <= set(work_wording.PROMISES)


def test_every_list_that_reads_what_staff_know_first_reads_what_waits(place):
    folder = Path(reading.__file__).parent
    bare = [one.name for one in sorted(folder.glob("*.py")) if BARE.search(one.read_text("utf-8"))]
    assert bare == []
    assert BARE.search("p.know_first, p.id") and not BARE.search("p.know_first, p.know_waits, p.id")


def test_what_an_offer_said_is_read_where_it_stands_and_stays_as_it_was(place, person_id):
    referral_id = place.a_referral(person_id=person_id)
    key = an_offer_that_may_withhold(place, referral_id=referral_id, ask=HELD)
    entry = Entry.objects.get(subject="handovers.handover", subject_id=key)
    second_readings.look_through(entry_id=entry.id, by=NOBODY, at=now())
    (waits,) = store.find(PROMISES, person_id=person_id, kind="second_reading")
    reader, url = lou(place), reverse("second_reading", args=[waits.id])
    assert "“Do not”, in what an offer asks" in text(reader.get(page_of(person_id)))
    shown = reader.get(url)
    assert reverse("referral", args=[referral_id]) in shown.content.decode()
    assert "found in what an offer asks" in text(shown) and HELD not in text(shown)
    seen = fields(shown)
    assert sent(reader, url, seen, how="change", words="Ring.", reason="No.").status_code == 422
    assert sent(reader, url, seen, how="set_aside", reason="Nobody asked her.").status_code == 302
    told = text(reader.get(reverse("person_timeline", args=[person_id])))
    assert "Nobody asked her." in told and "What was written may keep help from them" in told
    assert store.peek(HANDOVERS, key).ask == HELD


def test_whoever_may_not_see_the_record_does_not_say_whether_it_holds(place, person_id):
    referral_id = place.a_referral(person_id=person_id)
    key = an_offer_that_may_withhold(place, referral_id=referral_id, ask=HELD)
    entry = Entry.objects.get(subject="handovers.handover", subject_id=key)
    second_readings.look_through(entry_id=entry.id, by=NOBODY, at=now())
    (waits,) = store.find(PROMISES, person_id=person_id, kind="second_reading")
    given = {"promise_id": waits.id, "how": "agree", "words": "", "reason": "Yes.", "seen": 1}
    with pytest.raises(Missing):
        second_readings.answer(**given, by=place.viewers["Lou of Social care"], at=now())
