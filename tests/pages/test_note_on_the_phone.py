"""A note that a phone kept: answered alike however often it is sent, and kept where it cannot be recorded."""

import re
from unittest.mock import patch

import pytest
from django.urls import reverse

from nowrongdoor.data.drafts.models import Draft
from nowrongdoor.data.stages.models import CareContact
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import visits
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.change import ChangedMeanwhile
from tests.pages.sending import fields, text
from tests.pages.test_rapid import a_crew, a_visit, go, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
SAID = {"outcome": "seen", "next_step": "plan", "words": "Tea and a plan."}


@pytest.fixture
def there(amir, place):
    """A visit whose crew is with the person."""
    crew_id, visit_id = a_crew(place), a_visit(place)
    sending(amir, visit_id, crew_id)
    for step in ("set_off", "arrive", "meet"):
        assert go(amir, visit_id, step).status_code == 302
    return visit_id


def typed(client, visit_id, **said):
    """The note as the visit's own page has it, where there may be no signal for another."""
    page = client.get(reverse("visit", args=[visit_id])).content.decode()
    form = page[page.index("data-keeps") :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)) | SAID | said


def by_phone(client, visit_id, sent):
    return client.post(reverse("visit_finish", args=[visit_id]), sent, HTTP_ACCEPT="application/json")


def finished(visit_id):
    return Entry.objects.filter(subject_id=visit_id, kind="visit.finished").count()


def test_the_note_is_on_the_page_of_the_visit_and_is_sent_from_there_without_a_script(amir, there):
    sent = amir.post(reverse("visit_finish", args=[there]), typed(amir, there))
    assert sent.status_code == 302 and finished(there) == 1


def test_it_can_be_typed_on_the_way_already(amir, place):
    crew_id, visit_id = a_crew(place), a_visit(place)
    sending(amir, visit_id, crew_id)
    assert "data-keeps" not in amir.get(reverse("visit", args=[visit_id])).content.decode()
    go(amir, visit_id, "set_off")
    answer = by_phone(amir, visit_id, typed(amir, visit_id))
    assert answer.status_code == 409
    assert answer.json()["words"].startswith("A crew is on the way to this visit.")
    assert finished(visit_id) == 0


def test_sent_again_it_is_answered_alike_and_recorded_once(amir, there):
    sent = typed(amir, there)
    first = by_phone(amir, there, sent)
    assert first.status_code == 200 and re.fullmatch(r"\d\d:\d\d", first.json()["sent"])
    assert first.json()["url"] == reverse("visit", args=[there])
    again = by_phone(amir, there, sent)
    assert (again.status_code, again.json()) == (200, first.json())
    assert finished(there) == 1


def test_sent_twice_at_once_the_second_is_no_conflict(amir, place, there):
    """The phone gave up on the answer and sent again while the first was still being written."""
    sent, finish = typed(amir, there), visits.finish

    def overtaken(**said):
        finish(**said)
        raise ChangedMeanwhile(
            by_name="Amir", by_member_id=place.amir.member_id, kind="visit.finished", changed_at=said["at"],
            seen=5, found=6,
        )  # fmt: skip

    with patch.object(visits, "finish", overtaken):
        answer = by_phone(amir, there, sent)
    assert answer.status_code == 200 and answer.json()["sent"]
    assert finished(there) == 1


@pytest.mark.parametrize("changed", [{"next_step": "hand_over"}, {"words": "Tea."}, {"outcome": "advice"}])
def test_another_note_is_never_taken_for_the_one_that_stands(amir, there, changed):
    sent = typed(amir, there)
    by_phone(amir, there, sent)
    answer = by_phone(amir, there, sent | changed)
    assert answer.status_code in (409, 422) and answer.json()["words"]
    assert store.peek(VISITS, there).ended_words == "Tea and a plan."


def test_what_a_colleague_did_meanwhile_is_told_and_nothing_recorded(amir, place, there):
    sent = typed(amir, there)
    go(stories.browser(place.viewers["Lou of Front door"]), there, "leave")
    answer = by_phone(amir, there, sent)
    assert answer.status_code == 409 and "Lou of Front door" in answer.json()["words"]
    assert finished(there) == 0


def test_what_is_missing_is_said_in_words(amir, there):
    answer = by_phone(amir, there, typed(amir, there, words="", outcome=""))
    assert answer.status_code == 422
    assert answer.json()["words"].endswith(".") and "what came of it" in answer.json()["words"]


def test_the_session_ended_meanwhile_it_is_recorded_after_its_member_has_signed_in(amir, place, there):
    sent = typed(amir, there)
    amir.cookies.pop("sessionid")
    assert by_phone(amir, there, sent).status_code == 401
    assert finished(there) == 0
    (draft,) = Draft.objects.exclude(fields={})
    assert draft.member_id == place.amir.member_id
    assert by_phone(stories.browser(place.amir), there, sent).status_code == 200
    assert finished(there) == 1 and not Draft.objects.exclude(fields={}).exists()


def test_it_is_not_sent_in_the_name_of_whoever_signs_in_next(amir, place, there):
    lou = stories.browser(place.viewers["Lou of Front door"])
    answer = by_phone(lou, there, typed(amir, there))
    assert answer.status_code == 403 and "Tea" not in answer.content.decode()
    assert finished(there) == 0


def test_a_contact_is_answered_alike_too(amir, place):
    url = reverse("referral_care_contact", args=[place.a_referral()])
    sent = fields(amir.get(url)) | {"way": "telephone", "words": "She sleeps a little."}
    first, again = (amir.post(url, sent, HTTP_ACCEPT="application/json") for _ in range(2))
    assert first.status_code == 200 and again.json() == first.json()
    assert CareContact.objects.count() == 1
    other = amir.post(url, sent | {"words": "She does not."}, HTTP_ACCEPT="application/json")
    assert other.status_code == 409 and "has not been saved" in other.json()["words"]


def test_pages_keep_for_whoever_goes_on_visits_and_for_nobody_else(amir, place):
    page = amir.get(reverse("my_work")).content.decode()
    assert f'data-kept-for="{place.amir.member_id}"' in page and "kept.js" in page
    stranger = text(amir.post(reverse("sign_out"), follow=True))
    assert "data-kept-for" not in stranger and "kept.js" not in stranger


def test_a_draft_of_it_is_in_the_form_again_on_the_version_that_stands(amir, there):
    sent = typed(amir, there)
    url = reverse("draft", args=[sent["draft_key"]])
    assert amir.post(url, sent, HTTP_ACCEPT="application/json").status_code == 200
    page = amir.get(reverse("visit", args=[there]))
    assert "You have a draft from" in text(page) and "Tea and a plan." not in text(page)
    colleague_left = go(amir, there, "leave")
    assert colleague_left.status_code == 302
    used = amir.get(reverse("visit", args=[there]), {"draft": sent["draft_key"]}).content.decode()
    assert "Tea and a plan." in used
    assert f'name="seen" value="{store.peek(VISITS, there).version}"' in used[used.index("data-keeps") :]
