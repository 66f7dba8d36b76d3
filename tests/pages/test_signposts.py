"""From a contact to a service they ask themselves: recorded, and owed where they want to be asked."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Signpost
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.journeys import contacts, services
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.clock import local_date
from nowrongdoor.sim import entries
from tests.pages.sending import fields, sent, text
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
