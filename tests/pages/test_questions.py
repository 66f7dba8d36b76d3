"""New contact: the few questions, each with why we ask, and whom it was about in words."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.guidance.models import Advice
from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.kernel.now import now
from nowrongdoor.rules import law
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
NEW = "/contacts/new"


def record(client, **answers):
    return fill(client, NEW, form="contact", **answers)


def test_who_speaks_of_themselves_is_whom_it_was_about_and_no_caller_beside_them(amir):
    record(amir, outcome="advice_given", caller_kind="person", name="Maryam Ali")
    contact = Contact.objects.get()
    assert (contact.caller_name, contact.about) == ("", "Maryam Ali")


def test_a_chosen_record_says_whom_it_was_about_and_words_need_not(amir, place):
    person_id = stories.maryam(place)
    record(amir, outcome="advice_given", name="Maryam Ali", person_id=str(person_id))
    contact = Contact.objects.get()
    assert (contact.person_id, contact.about) == (person_id, "")


def test_each_question_says_why_we_ask_and_starts_as_not_asked(amir):
    page = amir.get(NEW)
    said, seen = text(page), fields(page, form="contact")
    asked = law.questions("any_contact", on=now().date())
    for question in asked.questions:
        assert f"{question.words} Why we ask {question.why}" in said
        assert "local policy decides" in said
        assert seen[f"answer_{question.code}"] == ["not_asked"]
    assert seen["question_set"] == [asked.version]


def test_answers_are_recorded_and_what_was_left_alone_was_not_asked(amir):
    answer = record(amir, outcome="advice_given", answer_in_danger="no", answer_depended_on="declined")
    contact = Contact.objects.get()
    assert contact.answers == {
        "in_danger": "no",
        "taken_or_hurt": "not_asked",
        "can_wait": "not_asked",
        "someone_trusted": "not_asked",
        "depended_on": "declined",
    }
    said = text(amir.get(answer.url))
    assert "Is anyone in danger at this moment? No" in said
    assert "Has the person taken anything, or been hurt? Not asked" in said
    assert "Are there children or adults who depend on them? Prefers not to say" in said


def test_a_form_sent_without_the_questions_says_not_asked(amir):
    amir.post(NEW, {"channel": "telephone", "outcome": "advice_given"})
    assert set(Contact.objects.get().answers.values()) == {"not_asked"}


def test_answers_are_kept_when_something_else_is_refused(amir):
    answer = record(amir, answer_can_wait="no", answer_in_danger="not_known")
    assert answer.status_code == 422
    again = fields(answer, form="contact")
    assert (again["answer_can_wait"], again["answer_in_danger"]) == (["no"], ["not_known"])
    assert again["answer_someone_trusted"] == ["not_asked"]


def test_an_answer_that_is_none_is_refused_and_becomes_no_no(amir):
    answer = record(amir, outcome="advice_given", answer_in_danger="rubbish\x00", words="Help")
    assert answer.status_code == 422 and "Choose one of the answers shown" in text(answer)
    assert fields(answer, form="contact")["words"] == ["Help"]
    assert not Contact.objects.exists()


def test_a_changed_answer_sent_again_is_not_thrown_away(amir):
    seen = fields(amir.get(NEW), form="contact")
    sent(amir, NEW, seen, outcome="advice_given")
    answer = sent(amir, NEW, seen, outcome="advice_given", answer_in_danger="yes")
    assert answer.status_code == 409
    assert fields(answer, form="contact")["answer_in_danger"] == ["yes"]


def test_whoever_triages_or_is_asked_reads_the_answers_and_whom_it_was_about(amir, priya, place):
    record(
        amir, words="He will not wake.", outcome="handed_over", needs=["mental"], ask="See him.",
        name="Tomos Rees", caller_kind="carer", caller_name="Ann Rees",
        to_team=str(place.teams["Crisis team"]), answer_someone_trusted="yes",
    )  # fmt: skip
    referral, offer = Referral.objects.get(), Handover.objects.get()
    pages = [
        amir.get(reverse("triage_decide", args=[referral.id])),
        amir.get(reverse("referral", args=[referral.id])),
        priya.get(reverse("handover", args=[offer.id])),
    ]
    for page in pages:
        said = text(page)
        assert "Is there someone with them they trust? Yes" in said, page.wsgi_request.path
        assert "Is anyone in danger at this moment? Not asked" in said, page.wsgi_request.path
        assert "Tomos Rees" in said, page.wsgi_request.path
    assert "About Tomos Rees as told; no record is linked" in text(pages[-1])


def test_whoever_triages_sees_what_guidance_advises_why_and_what_to_ask(amir, place):
    record(
        amir, words="He will not wake.", outcome="handed_over", needs=["mental"], ask="See him.",
        answer_taken_or_hurt="no",
    )  # fmt: skip
    said = text(amir.get(reverse("triage_decide", args=[Referral.objects.get().id])))
    assert "What guidance advises Emergency – now" in said
    assert "Still worth asking, for it could change this: Is anyone in danger at this moment?" in said
    assert "Because of row 2 of “How soon a response is advised”" in said and "you decide" in said


def test_a_contact_from_before_there_were_questions_shows_none(amir):
    answer = record(amir, outcome="advice_given")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_contact SET answers = '{}', question_set = ''")
    assert "Is anyone in danger" not in text(amir.get(answer.url))


def _to_triage(amir):
    answers = {"in_danger": "no", "taken_or_hurt": "no", "can_wait": "no", "someone_trusted": "yes"}
    record(amir, words="Help", outcome="handed_over", needs=["mental"],
           **{f"answer_{code}": said for code, said in answers.items()})  # fmt: skip
    return Referral.objects.get()


def _decide(amir, referral, **said):
    page = reverse("triage_decide", args=[referral.id])
    answers = {"decision": "accept", "urgency": "routine", "needs": ["mental"], "why": "Settled since."}
    return sent(amir, page, fields(amir.get(page), form="decide"), **answers | said)


def test_deciding_later_than_advised_asks_one_reason_keeps_what_was_typed_and_stores_both(amir):
    referral = _to_triage(amir)
    answer = _decide(amir, referral)
    assert answer.status_code == 422 and "later than guidance advises" in text(answer)
    assert fields(answer, form="decide")["why"] == ["Settled since."]
    assert not Advice.objects.exists(), "nothing is stored of what was refused"
    assert _decide(amir, referral, why_not_advised="person_wants").status_code == 302
    kept = Advice.objects.get()
    assert (kept.decided, kept.reason, kept.was_seen) == ("routine", "person_wants", True)
    said = text(amir.get(reverse("referral", args=[referral.id])))
    assert "Later than guidance advised" in said and "The person wants it otherwise" in said
    assert kept.guidance_version in said


def test_deciding_sooner_than_advised_is_never_held_up(amir):
    referral = _to_triage(amir)
    assert _decide(amir, referral, urgency="emergency").status_code == 302
    assert Advice.objects.get().reason == ""


def test_advice_and_decision_are_stored_together_or_not_at_all(amir, place):
    referral = _to_triage(amir)
    with pytest.raises(RuntimeError), transaction.atomic():
        _decide(amir, referral, urgency="emergency")
        raise RuntimeError
    assert not Advice.objects.exists()
    assert Referral.objects.get().triaged_at is None


def test_what_was_advised_stays_as_it_was_stored(amir):
    _decide(amir, _to_triage(amir), urgency="emergency")
    denied = pytest.raises(ProgrammingError, match="permission denied")
    with denied, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE guidance_advice SET decided = 'routine'")
