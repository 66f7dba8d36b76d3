"""From a contact to a service they ask themselves: recorded, and owed where they want to be asked."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact, Signpost
from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.journeys import contacts, promises, services
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import gap_ledger
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.gap_figures import Months
from nowrongdoor.sim import entries
from tests.pages.sending import fields, sent, text
from tests.pages.test_key_contacts import rang
from tests.pages.test_own_record import reads_own, sealed
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def ear(place):
    at = now()
    listed = entries.outside(of=place.amir.agency_id, on=local_date(at))
    services.enter(services=listed, by=replace(place.amir, role="team_lead"), at=at)
    return next(one for one in listed if one.name == "Listening Ear")


def test_a_call_handler_tells_somebody_of_a_service_and_owes_them_a_call_after(place, amir, ear):
    contact_id, _ = place.a_contact()
    form = fields(amir.get(f"/options?contact={contact_id}"), form="options")
    assert form["contact"] == [str(contact_id)]
    found = amir.post("/options", {"needs": ["just_to_talk"], **form}).content.decode()
    address = f"/contacts/{contact_id}/signpost?service={ear.id}"
    assert address in found
    answers = {"words": "Ring them any evening.", "ask_after": "wants_to_be_asked"}
    form = fields(amir.get(address), form="signpost")
    assert sent(amir, address, form, **answers).status_code == 302
    (told,) = Signpost.objects.all()
    owed = Promise.objects.get(pk=told.promise_id)
    assert (told.told_of, owed.kind, owed.state) == ("Listening Ear", "callback", "open")
    page = text(amir.get(f"/contacts/{contact_id}"))
    assert "Listening Ear: Ring them any evening." in page
    assert "Ask how it went with Listening Ear" in page
    again = sent(amir, address, form, **answers)
    assert Signpost.objects.count() == 1 and again.status_code == 302
    changed = sent(amir, address, form, **{**answers, "words": "Something else."})
    assert changed.status_code == 409 and "Something else." in changed.content.decode()


def test_the_story_of_the_person_tells_it(place, amir, ear):
    person_id = stories.maryam(place)
    contact_id, _ = place.a_contact()
    contacts.link(contact_id=contact_id, person_id=person_id, by=place.amir, at=place.later(), seen=1)
    address = f"/contacts/{contact_id}/signpost?service={ear.id}"
    form = fields(amir.get(address), form="signpost")
    sent(amir, address, form, words="They ring.", ask_after="not_asked")
    assert "Told them of Listening Ear" in text(amir.get(reverse("person_timeline", args=[person_id])))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"words": "", "ask_after": "not_asked"}, "Say what you told them"),
        ({"words": "They ring."}, "Choose whether they want to be asked afterwards"),
        ({"words": "They ring.", "ask_after": "not_asked", "service": str(uuid4())}, "not in the directory"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_what_was_typed_stays(place, amir, ear, said, words):
    contact_id, _ = place.a_contact()
    address = f"/contacts/{contact_id}/signpost?service={ear.id}"
    answer = sent(amir, address, fields(amir.get(address), form="signpost"), **said)
    assert answer.status_code == 422
    assert words in text(answer)


def test_a_contact_of_another_agency_is_not_there(place, ear):
    contact_id, _ = place.a_contact()
    sam = stories.browser(place.sam)
    assert sam.get(f"/contacts/{contact_id}/signpost?service={ear.id}").status_code == 404


# --- its leaflet by text ------------------------------------------------------------------------------------


QUESTION = "Would they like it by text as well?"


@pytest.fixture
def carried(settings):
    settings.NWD_SENDERS = {"text": "gateway"}


def told_of_ear(place, amir, ear, *, safe="yes", **answers):
    """Somebody known rings and is told of the service; the page that asked, and the answer."""
    person_id = stories.maryam(place)
    rang(place, person_id, caller_kind="person", safe_to_call=safe)
    contact_id = Contact.objects.get(person_id=person_id).pk
    address = f"/contacts/{contact_id}/signpost?service={ear.id}"
    page = amir.get(address)
    said = {"words": "Ring them any evening.", "ask_after": "not_asked", **answers}
    return person_id, contact_id, page, sent(amir, address, fields(page, form="signpost"), **said)


@pytest.mark.usefixtures("carried")
def test_the_leaflet_is_promised_with_what_they_were_told_and_has_no_note_of_ours(place, amir, ear):
    person_id, contact_id, page, answer = told_of_ear(place, amir, ear, leaflet="yes")
    assert QUESTION in text(page) and answer.status_code == 302
    (one,) = store.find(MESSAGES, person_id=person_id)
    assert one.words.startswith("Listening Ear") and ear.phone in one.words and "116 123" in one.words
    assert "any evening" not in one.words and "Maryam" not in one.words
    assert (one.kind, one.contact_id, one.state) == ("leaflet", contact_id, "waiting")
    assert {e.kind for e in Entry.objects.filter(recorded_at=one.promised_at)} == {
        "signpost.given", "message.promised"
    }  # fmt: skip
    assert "The leaflet waits to be sent" in text(amir.get(f"/contacts/{contact_id}"))
    story = text(amir.get(reverse("person_timeline", args=[person_id])))
    assert "The leaflet is sent to them by text:" in story
    assert "Listening Ear" in text(reads_own(person_id).get("/my-record"))


@pytest.mark.usefixtures("carried")
@pytest.mark.parametrize("answers", [{"leaflet": "no"}, {}])
def test_it_is_not_sent_unless_they_said_yes(place, amir, ear, answers):
    told_of_ear(place, amir, ear, **answers)
    assert Signpost.objects.count() == 1 and not store.find(MESSAGES)


@pytest.mark.usefixtures("carried")
@pytest.mark.parametrize("safe", ["no", "declined", "not_asked"])
def test_it_is_not_offered_for_a_number_that_is_not_plainly_safe_and_is_refused_whole(
    place, amir, ear, safe
):
    _, _, page, answer = told_of_ear(place, amir, ear, safe=safe, leaflet="yes")
    assert QUESTION not in text(page)
    assert answer.status_code == 422
    assert "Nobody has said that it is safe to text this number" in text(answer)
    assert "Ring them any evening." in answer.content.decode(), "what was typed stays"
    assert not Signpost.objects.exists() and not store.find(MESSAGES), "neither of the two"


def test_without_a_sender_nobody_is_asked(place, amir, ear):
    _, _, page, _ = told_of_ear(place, amir, ear)
    assert QUESTION not in text(page)


@pytest.mark.usefixtures("carried")
def test_of_a_contact_that_is_kept_neither_the_leaflet_nor_what_they_were_told_is_in_the_story(
    place, amir, ear
):
    person_id, contact_id, _, _ = told_of_ear(place, amir, ear, leaflet="yes")
    place.a_referral(person_id=person_id, by=place.sam)
    other = stories.browser(place.sam)
    address = reverse("person_timeline", args=[person_id])
    assert "Listening Ear" in text(other.get(address)), "the control: without a seal it is told"
    sealed(place, "in_danger", contact_id=contact_id)
    story = text(other.get(address))
    assert "Listening Ear" not in story and "leaflet" not in story
    assert "Listening Ear" not in text(reads_own(person_id).get("/my-record"))


# --- what came of it ----------------------------------------------------------------------------------------


def asked_after(place, amir, name, summary=""):
    """Somebody known is told of a service called so, and wants to be asked how it went."""
    listed = Service(uuid4(), place.amir.agency_id, None, name, summary, ("just_to_talk",), "", "")
    services.enter(services=[listed], by=replace(place.amir, role="team_lead"), at=now())
    person_id = stories.maryam(place)
    rang(place, person_id, caller_kind="person", safe_to_call="yes")
    contact_id = Contact.objects.get(person_id=person_id).pk
    address = f"/contacts/{contact_id}/signpost?service={listed.id}"
    said = {"words": "They meet on Tuesdays.", "ask_after": "wants_to_be_asked"}
    assert sent(amir, address, fields(amir.get(address), form="signpost"), **said).status_code == 302
    told = Signpost.objects.get()
    return person_id, contact_id, told, reverse("promise_keep", args=[told.promise_id])


def counted():
    on = local_date(now())
    period = Months("now", "now", on - timedelta(days=1), on + timedelta(days=2))
    return gap_ledger.of(period, at=now()).endings


def test_whoever_was_only_told_of_a_time_bank_ends_as_one_does_and_counts_there(place, amir):
    person_id, contact_id, told, keep = asked_after(place, amir, "Averley time bank")
    page = amir.get(keep)
    assert "Did they get there, and did it help?" in text(page) and "Joined the time bank" in text(page)
    assert "Got there, and it helped" in text(page) and "Went home with a plan" not in text(page)
    form = fields(page)
    unsaid = sent(amir, keep, form, words="She likes it there.")
    assert unsaid.status_code == 422 and "Choose what came of it" in text(unsaid)
    assert "She likes it there." in unsaid.content.decode(), "what was typed stays"
    other = sent(amir, keep, form, words="She likes it.", came_of="cc_plan")
    assert other.status_code == 422 and counted() == ()
    assert sent(amir, keep, form, words="She likes it there.", came_of="tb_joined").status_code == 302
    told.refresh_from_db()
    assert told.came_of == "tb_joined" and counted() == (("time_bank", "tb_joined", 1),)
    assert "Joined the time bank" in text(amir.get(f"/contacts/{contact_id}"))
    story = text(amir.get(reverse("person_timeline", args=[person_id])))
    assert "Asked how it went with a service they were told of: Joined the time bank." in story


def test_a_service_of_no_such_kind_is_asked_only_whether_it_helped_and_counts_for_no_kind(place, amir):
    _, _, told, keep = asked_after(place, amir, "Averley advice desk")
    page = amir.get(keep)
    assert "Got there, and it did not help" in text(page) and "time bank" not in text(page).lower()
    assert sent(amir, keep, fields(page), words="Shut.", came_of="did_not_get_there").status_code == 302
    told.refresh_from_db()
    assert told.came_of == "did_not_get_there" and counted() == ()


def test_any_other_call_back_is_not_asked_where_they_got(place, amir):
    contact_id, _ = place.a_contact()
    promise_id = uuid4()
    about = {"contact_id": contact_id, "referral_id": None, "person_id": None, "due_at": None}
    given = {"promise_id": promise_id, "kind": "callback", "words": "Ring her", "by": place.amir}
    promises.make(**given, **about, at=place.later())
    keep = reverse("promise_keep", args=[promise_id])
    page = amir.get(keep)
    assert "Did they get there" not in text(page)
    answer = sent(amir, keep, fields(page), words="Rang her.", came_of="helped")
    assert answer.status_code == 302 and Promise.objects.get(pk=promise_id).state == "kept"
