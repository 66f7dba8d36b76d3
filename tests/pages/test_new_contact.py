"""Recording a contact: anonymous or known, once, with what came of it, nothing typed lost."""

from uuid import UUID

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.referrals.models import Referral
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
NEW = "/contacts/new"


def record(client, **answers):
    return fill(client, NEW, form="contact", **answers)


def test_only_channel_and_outcome_must_be_answered(amir):
    answer = record(amir, outcome="advice_given")
    contact = Contact.objects.get()
    assert answer.url == reverse("contact", args=[contact.id])
    assert (contact.channel, contact.outcome, contact.person_id, contact.state) == (
        "telephone",
        "advice_given",
        None,
        "closed",
    )


def test_a_contact_without_an_outcome_is_asked_for_it_and_keeps_every_word(amir):
    words = "Not slept.\n\n  “The radio talks back.” 😢"
    answer = record(amir, words=words, where="behind the bus station")
    assert answer.status_code == 422
    assert "Choose what came of this contact" in text(answer)
    again = fields(answer, form="contact")
    assert (again["words"], again["where"]) == ([words], ["behind the bus station"])
    assert answer.content.decode().count("<title>Error:") == 1
    assert not Contact.objects.exists()


def test_the_words_are_kept_verbatim_and_shown_in_quotation_marks(amir):
    words = "  I can't.\n\tNot <b>now</b> & “never”.  "
    answer = record(amir, words=words, outcome="advice_given")
    assert Contact.objects.get().words == words
    shown = amir.get(answer.url)
    assert "“  I can&#39;t.\n\tNot &lt;b&gt;now&lt;/b&gt; &amp; “never”.  ”" in shown.content.decode()


def test_one_submit_records_refers_and_asks_a_team(amir, place):
    crisis = place.teams["Crisis team"]
    answer = record(
        amir, words="Mum has not slept.", outcome="handed_over", needs=["mental", "carer"],
        ask="See her tonight.", to_team=str(crisis), told="You will ring her.", sharing_basis="consent",
    )  # fmt: skip
    contact, referral, offer = Contact.objects.get(), Referral.objects.get(), Handover.objects.get()
    assert referral.contact_id == contact.id and referral.needs == ["mental", "carer"]
    assert (offer.receiver_team_id, offer.ask, offer.summary, offer.told) == (
        crisis,
        "See her tonight.",
        "Mum has not slept.",
        "You will ring her.",
    )
    held = Holding.objects.get()
    assert (held.team_id, held.member_id, held.until_at) == (place.amir.team_id, place.amir.member_id, None)
    assert "Crisis team has been asked. Your team holds the person until they accept." in text(
        amir.get(answer.url)
    )


def test_handing_over_without_a_team_leaves_it_with_ours_to_triage(amir, place):
    record(amir, outcome="handed_over", needs=["housing"])
    assert Referral.objects.get().state == "new"
    assert not Handover.objects.exists()


def test_a_team_that_is_asked_must_be_told_what_for(amir, place):
    answer = record(amir, outcome="handed_over", to_team=str(place.teams["Crisis team"]), words="Help")
    assert answer.status_code == 422
    assert "Say what you are asking the team to do." in text(answer)
    assert fields(answer, form="contact")["words"] == ["Help"]
    assert not Contact.objects.exists()


def test_what_is_needed_is_never_dropped_because_of_the_outcome(amir):
    answer = record(amir, outcome="advice_given", needs=["housing"], ask="A bed for tonight")
    assert answer.status_code == 422
    assert "nobody would hold it with this outcome" in text(answer)
    assert not Contact.objects.exists()


@pytest.mark.parametrize("written", [{"told": "You will ring."}, {"sharing_basis": "consent"}])
def test_what_only_the_team_that_is_asked_would_read_needs_that_team(amir, written):
    answer = record(amir, outcome="handed_over", needs=["housing"], **written)
    assert answer.status_code == 422
    assert "Name it, or clear them." in text(answer)
    assert not Contact.objects.exists()


def test_a_caller_who_is_lost_is_owed_a_call_within_fifteen_minutes(amir, place):
    record(amir, words="I can't go on like", callback_number="01632 960114", outcome="caller_lost")
    contact, owed = Contact.objects.get(), Promise.objects.get()
    assert contact.state == "open"
    assert (owed.kind, owed.contact_id, owed.owner_member_id) == (
        "callback",
        contact.id,
        place.amir.member_id,
    )
    assert (owed.due_at - owed.made_at).total_seconds() == 15 * 60


def test_a_call_back_is_booked_for_the_next_time_it_is_that_hour(amir):
    answer = record(amir, outcome="callback_booked")
    assert answer.status_code == 422 and "Say when they will be rung back" in text(answer)
    record(amir, outcome="callback_booked", callback_time="3.30pm")
    owed = Promise.objects.get()
    assert owed.due_at > owed.made_at
    from nowrongdoor.nhsuk import wording

    assert wording.local_time(owed.due_at) == "15:30"


def test_a_time_that_is_none_is_said_and_shown_again(amir):
    answer = record(amir, outcome="callback_booked", callback_time="half past tea")
    assert answer.status_code == 422
    assert "Write the time like 15:30 or 3.30pm" in text(answer)
    assert fields(answer, form="contact")["callback_time"] == ["half past tea"]


def test_sent_twice_is_recorded_once(amir):
    page = amir.get(NEW)
    seen = fields(page, form="contact")
    first = sent(amir, NEW, seen, words="Help", outcome="advice_given")
    second = sent(amir, NEW, seen, words="Help", outcome="advice_given")
    assert first.url == second.url
    assert Contact.objects.count() == 1


def test_what_was_changed_after_it_was_sent_is_not_thrown_away(amir):
    """Browser back after save, a line added, and sent again."""
    seen = fields(amir.get(NEW), form="contact")
    sent(amir, NEW, seen, words="Help", outcome="advice_given")
    answer = sent(amir, NEW, seen, words="Help\nShe rang off crying.", outcome="advice_given")
    assert answer.status_code == 409
    assert "already recorded at" in text(answer)
    again = fields(answer, form="contact")
    assert again["words"] == ["Help\nShe rang off crying."]
    assert sent(amir, NEW, again).status_code == 302
    assert sorted(Contact.objects.values_list("words", flat=True)) == ["Help", "Help\nShe rang off crying."]


def test_whom_it_was_about_is_kept_though_nobody_looked_for_them(amir):
    record(
        amir, outcome="advice_given", caller_kind="carer", caller_name="Ann Ali", name="Maryam Ali",
        born_on_day="7", born_on_month="3", born_on_year="1984", postcode="ZZ7 2AB",
    )  # fmt: skip
    contact = Contact.objects.get()
    assert (contact.caller_name, contact.about) == ("Ann Ali", "Maryam Ali, born 07-Mar-1984, ZZ7 2AB")
    said = text(amir.get(reverse("contact", args=[contact.id])))
    assert "In words: Maryam Ali, born 07-Mar-1984, ZZ7 2AB." in said
    assert "Told to be about Maryam Ali" in text(amir.get(reverse("contact_link", args=[contact.id])))


def test_the_person_is_found_by_two_identifiers_and_chosen_without_a_script(amir, place):
    person_id = stories.maryam(place)
    page = amir.get(NEW)
    answers = {"words": "Worse today", "name": "Maryam Ali", "callback_number": "01632 960114"}
    looked = sent(amir, NEW, fields(page, form="contact"), look="1", **answers)
    assert looked.status_code == 200
    assert "Same name and phone number" in text(looked)
    chosen = sent(amir, NEW, fields(looked, form="contact"), choose=str(person_id))
    assert "This contact is about ALI, Maryam" in text(chosen)
    assert fields(chosen, form="contact")["words"] == ["Worse today"]
    sent(amir, NEW, fields(chosen, form="contact"), outcome="advice_given")
    assert Contact.objects.get().person_id == person_id


def test_one_identifier_shows_a_possible_match_and_nothing_that_would_confirm_it(amir, place):
    person_id = stories.maryam(place)
    looked = fill(amir, NEW, form="contact", look="1", callback_number="01632 960114")
    said = text(looked)
    assert "Possible match. Ask one more: name, date of birth or postcode." in said
    assert "1984" not in said and "Saltmarsh" not in said and "This is the person" not in said
    refused = sent(amir, NEW, fields(looked, form="contact"), choose=str(person_id))
    assert refused.status_code == 422
    assert "Ask one more, then choose the record." in text(refused)


def test_two_people_of_one_name_are_told_apart(amir, place):
    """The wrong twin: both are on the list, each says so, and what differs is said."""
    from datetime import date

    first = stories.maryam(place)
    second = stories.maryam(place, nhs_number="", phone="", born_on=date(1991, 1, 2))
    looked = fill(
        amir, NEW, form="contact", look="1", name="Maryam Ali", postcode="ZZ7 2AB",
        born_on_day="2", born_on_month="1", born_on_year="1991",
    )  # fmt: skip
    said = text(looked)
    assert said.count("Another person with this name is on this list.") == 2
    assert "but another date of birth" in said
    content = looked.content.decode()
    assert content.index(str(second)) < content.index(str(first))


def test_a_chosen_record_that_no_longer_fits_is_doubted_and_can_be_let_go(amir, place):
    person_id = stories.maryam(place)
    page = fill(amir, NEW, form="contact", choose=str(person_id), name="Maryam Ali", postcode="ZZ7 2AB")
    other = sent(amir, NEW, fields(page, form="contact"), look="1", name="Ann Jones")
    assert "Check: what you typed says another name." in text(other)
    other = sent(amir, NEW, fields(other, form="contact"), look="1", name="Maryam Ali", postcode="YY1 9XX")
    assert "Check: what you typed says another postcode." in text(other)
    let_go = sent(amir, NEW, fields(other, form="contact"), unchoose="1")
    assert fields(let_go, form="contact")["person_id"] == [""]


def test_no_record_is_no_hindrance(amir):
    looked = fill(amir, NEW, form="contact", look="1", name="Nobody Here")
    assert "No record. You can carry on without one." in text(looked)
    looked = fill(amir, NEW, form="contact", look="1", born_on_year="1984")
    assert "That alone is too little to look for anybody by." in text(looked)
    assert "No record matches." not in text(looked)


def test_registering_someone_new_on_the_way_keeps_what_was_typed(amir):
    page = amir.get(NEW)
    seen = fields(page, form="contact")
    away = sent(
        amir, NEW, seen, register="1", words="Worse today", callback_number="01632 960777",
        name="Siân ap Rhys", born_on_day="1", born_on_month="5", born_on_year="1990",
    )  # fmt: skip
    assert (away.status_code, away.url) == (307, "/people/register")
    asked = amir.post(away.url, away.wsgi_request.POST.dict())
    known = fields(asked, action="/people/register")
    assert (known["family_name"], known["given_names"], known["phone"]) == (
        ["Rhys"],
        ["Siân ap"],
        ["01632 960777"],
    )
    back = sent(amir, "/people/register", known, family_name="ap Rhys", given_names="Siân")
    assert back.status_code == 302 and back.url.startswith("/contacts/new?draft=")
    returned = amir.get(back.url)
    again = fields(returned, form="contact")
    assert again["words"] == ["Worse today"]
    assert "This contact is about AP RHYS, Siân" in text(returned)
    sent(amir, NEW, again, outcome="advice_given")
    contact = Contact.objects.select_related("person").get()
    assert (contact.words, contact.person.family_name) == ("Worse today", "ap Rhys")


def test_the_fragment_answers_what_is_being_typed_and_nothing_else(amir, place):
    stories.maryam(place)
    answer = amir.post("/contacts/match", {"name": "Ali Maryam", "postcode": "zz72ab", "born_on_day": "99"})
    content = answer.content.decode()
    assert answer.status_code == 200 and "<html" not in content
    assert "same name and postcode" in content.lower()


def test_earlier_calls_of_the_day_from_the_number_are_shown(amir, place):
    stories.a_call_owed(place, number="01632 960114")
    answer = amir.post("/contacts/match", {"callback_number": "+44 1632 960114"})
    assert "I can&#39;t go on like" in answer.content.decode()


def test_services_are_suggested_with_what_they_meet_and_miss(amir):
    answer = amir.post("/contacts/match", {"needs": ["mental", "housing"]})
    assert "helps with mental health; not with housing" in text(answer)


def test_an_unknown_record_in_a_hidden_field_is_refused_with_the_text_kept(amir):
    for key in ("00000000-0000-4000-8000-000000000000", "not-a-key", "\x00"):
        answer = record(amir, words="Help", outcome="advice_given", person_id=key)
        assert answer.status_code == 422, key
        assert "The record that was chosen is not here any more." in text(answer)
        assert fields(answer, form="contact")["words"] == ["Help"]
    assert not Contact.objects.exists()


def test_a_key_that_is_none_still_records_once(amir):
    answer = record(amir, outcome="advice_given", contact_id="'; DROP TABLE", started_at="yesterday-ish")
    assert answer.status_code == 302
    assert UUID(answer.url.rsplit("/", 1)[1]) == Contact.objects.get().id


@pytest.mark.parametrize(
    "started",
    ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+00:00", "1700-01-01T00:00:00+00:00",
     "9999-12-31T23:59:59-14:00", "2026-01-01T10:00:00"],
)  # fmt: skip
def test_a_start_in_another_age_is_now_and_the_contact_can_be_read(amir, started):
    answer = record(amir, outcome="advice_given", started_at=started)
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert contact.happened_at == contact.received_at
    assert amir.get(answer.url).status_code == 200


def test_the_emergency_script_needs_nothing_filled_in(amir):
    page = text(amir.get(NEW))
    assert page.index("Stay on the line.") < page.index("What is happening?")
