"""A form sent again with one answer changed: what stands is said, what is new is kept, nothing is done."""

import pytest
from django.urls import reverse

from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.triage.forms import TYPED
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
NOT_SAVED = "What is new in it has not been saved"


def contact(place):
    given = {
        "outcome": "handed_over", "words": "Help", "needs": ["money"], "ask": "Ring her", "told": "Soon",
        "sharing_basis": "consent", "to_team": str(place.teams["Crisis team"]), "answer_in_danger": "no",
    }  # fmt: skip
    return stories.browser(place.amir), reverse("contact_new"), "contact", given


def call_back(place):
    given = {"outcome": "callback_booked", "callback_time": "15:30", "callback_number": "01632 960114"}
    return stories.browser(place.amir), reverse("contact_new"), "contact", given


def offer(place):
    given = {"to_team": str(place.teams["Crisis team"]), "ask": "See her", "done": "Talked"}
    return stories.browser(place.amir), reverse("handover_new", args=[place.a_referral()]), "offer", given


def returned(place):
    url = reverse("handover_return", args=[place.an_offer()])
    given = {"reason": "not_ours", "words": "Not us", "next_team": str(place.teams["Social care"])}
    return stories.browser(place.priya), url, "", given


def withdrawn(place):
    url = reverse("handover_withdraw", args=[place.an_offer()])
    return stories.browser(place.amir), url, "", {"reason": "changed", "words": "She is well"}


def referred(place):
    url = reverse("person_refer", args=[stories.maryam(place)])
    return stories.browser(place.amir), url, "", {"needs": ["money"], "request": "Help", "words": "Please"}


def reopened(place):
    referral_id = place.a_referral()
    amir = stories.browser(place.amir)
    close = reverse("referral_close", args=[referral_id])
    assert fill(amir, close, outcome="help_given", told="Done.", told_by="us").status_code == 302
    return amir, reverse("referral_reopen", args=[referral_id]), "", {"why": "She rang again"}


def in_touch(place):
    url = reverse("referral_care_contact", args=[place.a_referral()])
    return stories.browser(place.amir), url, "", {"way": "telephone", "words": "She sleeps a little"}


def triaged(decision):
    def begin(place):
        person_id = stories.maryam(place)
        other, referral_id = place.a_referral(person_id=person_id), place.a_referral(person_id=person_id)
        given = {
            "decision": decision, "urgency": "urgent", "needs": ["money"], "why": "Rent due",
            "to_team": str(place.teams["Crisis team"]), "ask": "See her", "asked_of": "Her GP",
            "question": "Which?", "within": "", "other": str(other), "duplicate_told": "We know",
            "duplicate_told_by": "us", "advice_told": "Rest", "advice_told_by": "us",
        }  # fmt: skip
        return stories.browser(place.amir), reverse("triage_decide", args=[referral_id]), "decide", given

    return begin


CHANGED = [
    (contact, {"needs": ["housing"]}),
    (contact, {"ask": "See her today"}),
    (contact, {"to_team": "Social care"}),
    (contact, {"told": "Today"}),
    (contact, {"sharing_basis": ""}),
    (contact, {"answer_in_danger": "yes"}),
    (call_back, {"callback_time": "16:30"}),
    (offer, {"to_team": "Social care"}),
    (offer, {"done": "Nothing yet"}),
    (returned, {"reason": "no_capacity"}),
    (returned, {"words": "Not us, and hurry"}),
    (withdrawn, {"reason": "mistake"}),
    (withdrawn, {"words": "She is worse"}),
    (referred, {"request": "Help today"}),
    (referred, {"needs": ["housing"]}),
    (reopened, {"why": "She rang twice"}),
    (in_touch, {"way": "face_to_face"}),
    (in_touch, {"words": "She does not sleep"}),
    (in_touch, {"happened_time": "00:00"}),
    (triaged("hand"), {"to_team": "Social care"}),
    (triaged("hand"), {"ask": "See her now"}),
    (triaged("hand"), {"why": "Something else"}),
    (triaged("ask"), {"question": "Which tablets?"}),
    (triaged("ask"), {"within": "60"}),
    (triaged("duplicate"), {"duplicate_told_by": "referrer"}),
    (triaged("advise"), {"advice_told_by": "referrer"}),
]


@pytest.mark.parametrize(("begin", "changed"), CHANGED)
def test_a_changed_answer_is_never_taken_for_the_one_that_stands(place, begin, changed):
    browser, url, form, given = begin(place)
    if "to_team" in changed:
        changed = {"to_team": str(place.teams[changed["to_team"]])}
    seen = fields(browser.get(url), form=form)
    assert sent(browser, url, seen, **given).status_code == 302
    told = Entry.objects.count()
    answer = sent(browser, url, seen, **{**given, **changed})
    assert answer.status_code in (409, 422)
    assert NOT_SAVED in text(answer) or " ago." in text(answer) or "just now." in text(answer)
    kept = changed
    if form == "decide":
        # What is decided shows no boxes any more: the words are there to copy, the choices are not.
        kept = {name: text for name, text in changed.items() if name in TYPED}
    page = answer.content.decode()
    assert all(value in page for value in kept.values() if isinstance(value, str))
    assert Entry.objects.count() == told


@pytest.mark.parametrize(
    "begin", [contact, call_back, offer, returned, withdrawn, referred, reopened, in_touch]
)
def test_the_same_answers_sent_twice_are_one_act(place, begin):
    browser, url, form, given = begin(place)
    seen = fields(browser.get(url), form=form)
    first = sent(browser, url, seen, **given)
    told = Entry.objects.count()
    second = sent(browser, url, seen, **given)
    assert first.status_code == second.status_code == 302 and first.url == second.url
    assert Entry.objects.count() == told


@pytest.mark.parametrize(
    "changed",
    [
        {"pronouns": "they"},
        {"know_first": "Ring first"},
        {"postcode": "ZZ7 2AB"},
        {"born_on_unknown": "declined"},
    ],
)
def test_a_registration_changed_after_it_was_sent_is_said_to_stand_as_it_was(place, changed):
    amir, url = stories.browser(place.amir), reverse("person_register")
    found = fill(amir, reverse("people_search"), form="search", name="Ann Ffowc")
    seen = fields(sent(amir, url, fields(found, action=url)), action=url)
    assert sent(amir, url, seen).status_code == 302
    answer = sent(amir, url, seen, **changed)
    assert answer.status_code == 409 and NOT_SAVED in text(answer)
    name, value = next(iter(changed.items()))
    assert fields(answer, action=url)[name] == [value]


def offered_and_accepted(place):
    """The form of an offer as it was sent, and its answers; the crisis team has accepted meanwhile."""
    browser, url, form, given = offer(place)
    seen = fields(browser.get(url), form=form)
    assert sent(browser, url, seen, **given).status_code == 302
    place.at = now()
    stories.accepted(place, seen["handover_id"][0], by=place.priya)
    return browser, url, seen, given


def test_an_offer_sent_again_after_they_accepted_leads_to_what_became_of_it(place):
    amir, url, seen, given = offered_and_accepted(place)
    told = Entry.objects.count()
    answer = sent(amir, url, seen, **given)
    assert answer.status_code == 302
    assert answer.url == reverse("handover", args=[seen["handover_id"][0]])
    assert "Accepted by Crisis team" in text(amir.get(answer.url))
    assert Entry.objects.count() == told


def test_an_offer_changed_after_they_accepted_says_who_accepted_and_keeps_the_text(place):
    amir, url, seen, given = offered_and_accepted(place)
    answer = sent(amir, url, seen, **{**given, "ask": "See her at once"})
    assert answer.status_code == 422
    said = text(answer)
    assert "This was already offered to Crisis team at" in said
    assert "Priya of Crisis team accepted it" in said and NOT_SAVED in said
    assert "Choose one of the answers shown" not in said
    assert fields(answer, form="offer")["ask"] == ["See her at once"]


def test_the_key_of_an_offer_of_someone_else_tells_nothing_about_it(place):
    other = reverse("handover_new", args=[place.a_referral()])
    amir, _, seen, given = offered_and_accepted(place)
    answer = sent(amir, other, {**fields(amir.get(other), form="offer"), "handover_id": seen["handover_id"]},
                  **given | {"to_team": "nobody"})  # fmt: skip
    assert answer.status_code == 422 and "already offered" not in text(answer)
