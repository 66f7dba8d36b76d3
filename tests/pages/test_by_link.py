"""A partner without a login answers one offer by a link: what it opens, what it does not, and how it ends."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from nowrongdoor.console import senders
from nowrongdoor.console.relaying import Relay
from nowrongdoor.data.attachments.models import Attachment
from nowrongdoor.data.handovers.models import AnswerLink, Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.messages.models import Message
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.stages.models import Stage
from nowrongdoor.journeys import agencies, handovers, seals, services
from nowrongdoor.kernel import now as clock
from nowrongdoor.kernel import signed_links
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.agency import Agency, Team
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.law import seeing
from nowrongdoor.site import doors
from tests.pages.sending import fields, sent, text
from tests.worlds import stories
from tests.worlds.small_place import ASK, SINCE

pytestmark = pytest.mark.django_db
WHO = {"name": "Jo Carter", "job": "Volunteer"}


@pytest.fixture
def kettle(place):
    """A charity of this place in which nobody signs in."""
    charity = Agency(uuid4(), "Lantern House", "voluntary", "England")
    team = Team(uuid4(), charity.id, "Lantern Lunch", "Company and a warm meal", "01632 960777", True, SINCE,
                None, None)  # fmt: skip
    agencies.enter(facts=[charity, team], by=place.viewers["Lou of Front door"], at=SINCE)
    place.teams["Lantern Lunch"] = team.id
    return team


@pytest.fixture
def offer(place, kettle):
    person = stories.maryam(place)
    return place.an_offer(referral_id=place.a_referral(person_id=person), to="Lantern Lunch")


def made(browser, offer):
    """The address of a link that the giver makes, as it stands on their page this once."""
    url = reverse("handover_links", args=[offer])
    page = sent(browser, url, fields(browser.get(url), action=url))
    return "/answer/" + text(page).split("/answer/")[1].split(" ")[0]


@pytest.fixture
def link(amir, offer):
    return made(amir, offer)


@pytest.fixture
def phone():
    return Client()


def opened(browser, link, **who):
    return browser.post(link, WHO | who)


def accepted(browser, link, **changed):
    seen = fields(opened(browser, link), form="accept")
    return sent(browser, link, seen, **{"read_back": "We ring her today and she comes to lunch.", **changed})


def test_the_giver_makes_a_link_that_is_shown_once_and_kept_as_a_digest(amir, offer, link):
    row = AnswerLink.objects.get()
    token = link.removeprefix("/answer/")
    assert row.digest == signed_links.digest_of(token, kind="answer")
    stored = str(list(AnswerLink.objects.values())) + str(list(Entry.objects.values("changes")))
    assert token not in stored and token[:22] not in stored
    page = text(amir.get(reverse("handover_links", args=[offer])))
    assert token not in page and "Not opened yet" in page and "Amir of Front door" in page
    assert "Links for this offer" in text(amir.get(reverse("handover", args=[offer])))


def test_whoever_chooses_whom_to_ask_reads_beforehand_that_nobody_signs_in_there(amir, place, kettle):
    page = text(amir.get(reverse("handover_new", args=[place.a_referral()])))
    assert "Lantern Lunch (does not sign in)" in page
    assert page.count("Nobody of this team signs in here. Ring them;") == 1, "not said of those that do"


def test_looking_at_a_link_shows_nobody_and_changes_nothing(phone, link):
    before = (Entry.objects.count(), Look.objects.count(), AnswerLink.objects.values().get())
    for page in (phone.get(link), phone.head(link), phone.get(link)):
        assert page.status_code == 200 and page["Referrer-Policy"] == "strict-origin"
        assert page["Cache-Control"] == "no-store"
    page = text(phone.get(link))
    assert "Lantern Lunch is asked to help somebody" in page and "01632 960001" in page
    assert "Maryam" not in page and "ALI" not in page and "sleep" not in page
    assert (Entry.objects.count(), Look.objects.count(), AnswerLink.objects.values().get()) == before


def test_whoever_opens_it_says_who_they_are_and_is_on_record(phone, link, offer):
    assert phone.post(link, {"name": " ", "job": ""}).status_code == 422
    page = text(opened(phone, link))
    assert "Maryam" in page and "Please see her at home tomorrow morning." in page
    assert "999" not in page.replace("ring 999", ""), "no NHS number"
    look = Look.objects.get(page="answer_by_link")
    assert look.member_name == "Jo Carter, holder of the link for Lantern Lunch"
    assert (look.team_name, look.role, look.relationship) == ("Lantern Lunch", "link_holder", "offered")
    told = [one.kind for one in Entry.objects.filter(by_name=look.member_name).order_by("id")]
    assert sorted(told) == sorted([
        "member.entered", "membership.began", "answer_link.received", "stage.reached", "stage.awaited",
        "stage.reached", "stage.awaited",
    ])  # fmt: skip
    assert Handover.objects.get(pk=offer).state == "offered"


def test_accepting_by_link_is_accepting(phone, amir, link, offer):
    answer = accepted(phone, link)
    assert answer.status_code == 303 and answer["Location"].startswith("/onward/")
    assert answer["Referrer-Policy"] == "strict-origin"
    row = Handover.objects.select_related("answered_by").get(pk=offer)
    assert (row.state, row.answered_by.name) == ("accepted", "Jo Carter")
    held = Holding.objects.select_related("team", "member").get(referral_id=row.referral_id, until_at=None)
    assert (held.team.name, held.member.name) == ("Lantern Lunch", "Jo Carter")
    assert AnswerLink.objects.get(goes_on=False).answered_at == row.answered_at
    said = text(amir.get(reverse("handover", args=[offer])))
    assert "Jo Carter accepted this" in said and "she comes to lunch" in said


def test_whoever_gave_the_person_owes_it_to_ask_after_them(phone, amir, link, offer):
    """Nobody of the team that holds the person is told by a screen that something is late."""
    accepted(phone, link)
    row = Handover.objects.get(pk=offer)
    owed = Promise.objects.get(referral_id=row.referral_id, kind="information")
    assert (owed.owner_team_id, owed.state, owed.asked_of) == (row.giver_team_id, "open", "Lantern Lunch")
    assert owed.due_at > row.answered_at
    # On My work from the morning it is owed; among what the team owes at any hour.
    assert "Ask Lantern Lunch whether they were in touch" in text(amir.get(reverse("due")))


def test_without_a_read_back_it_is_not_accepted_and_what_was_typed_stays(phone, link, offer):
    answer = accepted(phone, link, read_back="  ")
    assert answer.status_code == 422 and "In one line, say what you will do" in text(answer)
    assert fields(answer, form="accept")["name"] == ["Jo Carter"]
    assert Handover.objects.get(pk=offer).state == "offered"


def test_saying_no_needs_a_reason_and_who_is_asked_next(phone, link, offer, place):
    seen = fields(opened(phone, link), form="return")
    refused = sent(phone, link, seen, reason="not_ours", words="Not a meal she needs.")
    assert refused.status_code == 422 and "Name the team to ask next" in text(refused)
    assert "Not a meal she needs." in refused.content.decode()
    crisis_team = str(place.teams["Crisis team"])
    given = {"reason": "not_ours", "words": "Not a meal she needs.", "next_team": crisis_team}
    assert sent(phone, link, seen, **given).status_code == 303
    row = Handover.objects.get(pk=offer)
    assert (row.state, row.next_team_id) == ("returned", place.teams["Crisis team"])
    page = text(phone.get(link))
    assert "Lantern Lunch has said no" in page and "Crisis team was asked in the same moment" in page
    assert opened(phone, link).status_code == 409, "the link answers the next offer no more than this one"


def test_after_the_answer_the_link_tells_what_was_answered_and_nothing_of_the_person(phone, link):
    accepted(phone, link)
    again = accepted_again = phone.post(link, WHO | {"act": "accept", "read_back": "Once more.", "seen": "1"})
    assert accepted_again.status_code == 409
    for page in (phone.get(link), again, opened(phone, link)):
        said = text(page)
        assert "Lantern Lunch has accepted" in said and "Jo Carter accepted" in said
        assert "Maryam" not in said and "she comes to lunch" not in said
    assert Look.objects.filter(page="answer_by_link").count() == 1


def test_an_offer_that_was_taken_back_says_so_and_shows_nobody(phone, amir, link, offer, place):
    opened(phone, link)
    handovers.withdraw(handover_id=offer, reason="changed", words="", by=place.amir, at=place.later(), seen=1)
    page = text(phone.get(link))
    assert "There is nothing for you to do" in page and "Front door took this back" in page
    assert "Maryam" not in page


def at(monkeypatch, instant):
    monkeypatch.setattr(doors, "now", lambda: instant)


def test_what_opens_nothing_answers_alike_to_the_letter(phone, amir, link, offer, place, monkeypatch):
    token = link.removeprefix("/answer/")
    lasts = seeing.lasts("answer_link", at=clock.now())
    guesses = ["nothing", "x" * len(token), token[:-1], token + "a", "%C3%A9" * 5, token.swapcase()]
    other_kind = signed_links.fresh("places").token
    never_made = signed_links.fresh("answer").token
    answers = [phone.get(f"/answer/{one}") for one in (*guesses, other_kind, never_made)]
    with monkeypatch.context() as later:
        at(later, clock.now() + lasts + timedelta(seconds=1))
        answers += [phone.get(link), phone.post(link, WHO)]
    url = reverse("handover_link_withdraw", args=[offer, AnswerLink.objects.get().id])
    assert amir.post(url, {"seen": AnswerLink.objects.get().version}).status_code == 302
    answers += [phone.get(link), phone.post(link, WHO), phone.post(link, WHO | {"act": "accept"})]
    assert {one.status_code for one in answers} == {404}
    assert len({(one.content, str(sorted(one.items()))) for one in answers}) == 1
    assert "ring whoever sent you the link" in text(answers[0])


def test_the_very_last_instant_opens_and_the_next_does_not(phone, link, monkeypatch):
    until = AnswerLink.objects.get().until_at
    at(monkeypatch, until - timedelta(microseconds=1))
    assert phone.get(link).status_code == 200
    at(monkeypatch, until)
    assert phone.get(link).status_code == 404


def test_a_link_answers_the_offer_it_was_made_for_and_no_other(phone, amir, link, offer, place):
    """Somebody else's keys in the form of one's own link are not asked about."""
    other = place.an_offer(to="Lantern Lunch")
    theirs = made(amir, other)
    seen = fields(opened(phone, link), form="accept")
    other_link = AnswerLink.objects.get(handover_id=other).id
    strange = {"handover_id": str(other), "link_id": str(other_link), "read_back": "We go."}
    assert sent(phone, link, seen, **strange).status_code == 303
    assert Handover.objects.get(pk=other).state == "offered"
    assert Handover.objects.get(pk=offer).state == "accepted"
    assert phone.get(theirs).status_code == 200


def test_an_answer_under_a_name_that_never_opened_it_opens_it_first(phone, link, offer):
    seen = fields(opened(phone, link), form="accept")
    answer = sent(phone, link, seen, name="Somebody Else", read_back="We go.")
    assert answer.status_code == 422 and "Open this first, under the name you answer with" in text(answer)
    assert "Maryam" not in text(answer) and Handover.objects.get(pk=offer).state == "offered"
    stranger = Client()
    for read_back in ("", "We go."):
        bare = stranger.post(link, WHO | {"act": "accept", "read_back": read_back, "seen": "1"})
        assert bare.status_code == 422 and "Maryam" not in text(bare), "an answer is no way round opening it"
        assert read_back in text(bare) and Handover.objects.get(pk=offer).state == "offered"


def test_on_another_device_it_opens_and_says_so_and_one_too_many_is_refused(amir, link, offer):
    most = seeing.most("link_devices", at=clock.now())
    for number in range(most):
        assert opened(Client(), link, name=f"Helper {number}").status_code == 200
    same = Client()
    said = text(amir.get(reverse("handover_links", args=[offer])))
    assert f"Opened {most} times on {most} devices, last by Helper {most - 1}" in said
    refused = opened(same, link, name="One too many")
    assert refused.status_code == 422 and f"opened on {most} devices, and opens on no other" in text(refused)
    assert "Maryam" not in text(refused) and not Look.objects.filter(member_name__startswith="One").exists()


def test_the_same_device_is_one(phone, link):
    for _ in range(3):
        opened(phone, link)
    row = AnswerLink.objects.get()
    assert (row.times, len(row.devices)) == (3, 1)
    assert phone.cookies["nwd_device"].value not in str(row.devices)


def test_a_hub_from_which_somebody_guesses_is_not_locked_out(phone, link):
    most = seeing.most("link_guesses", at=clock.now())
    came = [phone.get(f"/answer/guess{number}").status_code for number in range(most + 2)]
    assert came[:most] == [404] * most and came[most:] == [429, 429]
    assert phone.get(link).status_code == 200 and opened(phone, link).status_code == 200


def test_of_what_is_sealed_no_link_is_made_and_none_opens(phone, amir, link, offer, place):
    referral = Handover.objects.get(pk=offer).referral_id
    seals.put(seal_id=uuid4(), person_id=None, referral_id=referral, contact_id=None, why="in_danger",
              words="", by=place.amir, at=place.later())  # fmt: skip
    assert phone.get(link).status_code == 404 and phone.post(link, WHO).status_code == 404
    url = reverse("handover_links", args=[offer])
    assert "A link can be passed on" in text(amir.get(url))
    answer = amir.post(url, {"link_id": str(uuid4())})
    assert answer.status_code == 422 and AnswerLink.objects.count() == 1


def test_where_somebody_signs_in_there_is_no_link(amir, place):
    offer = place.an_offer()
    url = reverse("handover_links", args=[offer])
    assert "Links for this offer" not in text(amir.get(reverse("handover", args=[offer])))
    answer = amir.post(url, {"link_id": str(uuid4())})
    assert answer.status_code == 409 and "A link would be a second way in" in text(answer)


def test_one_button_makes_one_link(amir, offer):
    url = reverse("handover_links", args=[offer])
    seen = fields(amir.get(url), action=url)
    first, second = sent(amir, url, seen), sent(amir, url, seen)
    assert (first.status_code, second.status_code) == (200, 409)
    assert "/answer/" in text(first) and "/answer/" not in text(second)
    assert AnswerLink.objects.count() == 1


def test_the_seconds_an_answer_took_are_told_to_the_giver(phone, amir, link, offer, monkeypatch):
    start = clock.now()
    at(monkeypatch, start)
    seen = fields(opened(phone, link), form="accept")
    at(monkeypatch, start + timedelta(seconds=95))
    sent(phone, link, seen, read_back="We ring her.")
    said = text(amir.get(reverse("handover_links", args=[offer])))
    assert "1 answer by link in the last 90 days; half of them took 95 seconds or less" in said


def test_whoever_answers_by_link_signs_in_nowhere(phone, link, place):
    from nowrongdoor.data.agencies.models import Membership
    from nowrongdoor.reading import viewers

    opened(phone, link)
    works = Membership.objects.get(role="link_holder")
    assert viewers.at_work(membership_id=works.id) is None
    assert all(one.role != "link_holder" for one in viewers.personas(at=place.at))


def test_another_team_neither_sees_nor_takes_back_a_link(sam, priya, link, offer):
    row = AnswerLink.objects.get()
    assert sam.get(reverse("handover_links", args=[offer])).status_code == 404
    assert sam.post(reverse("handover_link_withdraw", args=[offer, row.id]), {"seen": 1}).status_code == 404


SOUP = b"She likes soup."


@pytest.fixture
def letter():
    return NewFile(uuid4(), "letter.txt", SOUP, len(SOUP))


def offered_with(place, file, **about):
    key = uuid4()
    to = {"to_team_id": place.teams["Lantern Lunch"], "message": ASK, "attachments": [file]}
    referral = place.a_referral(**about)
    handovers.offer(referral_id=referral, handover_id=key, **to, by=place.amir, at=place.later(), seen=1)
    return key


@pytest.fixture
def with_letter(place, kettle, letter):
    return offered_with(place, letter, person_id=stories.maryam(place))


def test_a_file_of_the_offer_is_saved_by_its_link_and_the_look_is_on_record(phone, amir, with_letter):
    link, file = made(amir, with_letter), Attachment.objects.get()
    assert "Save letter.txt" in text(opened(phone, link))
    asked = WHO | {"act": "file", "file": str(file.id)}
    answer = phone.post(link, asked)
    assert (answer.status_code, answer.content) == (200, b"She likes soup.")
    assert answer["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert "sandbox" in answer["Content-Security-Policy"] and answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "strict-origin" and answer["X-Content-Type-Options"] == "nosniff"
    look = Look.objects.get(page="attachment")
    assert (look.member_name, look.role) == (
        "Jo Carter, holder of the link for Lantern Lunch", "link_holder",
    )  # fmt: skip
    assert AnswerLink.objects.get().times == 2
    onward = accepted(phone, link)["Location"].partition("?")[0]
    assert phone.post(link, asked).status_code == 409, "the link that answered opens none any more"
    opened(phone, onward)
    assert phone.post(onward, asked).content == b"She likes soup."


def test_a_file_is_not_had_from_another_browser_nor_of_another_offer(phone, amir, place, with_letter, letter):
    link, file = made(amir, with_letter), Attachment.objects.get()
    opened(phone, link)
    second = replace(letter, id=uuid4(), name="other.txt")
    other_offer = offered_with(place, second)
    other = Attachment.objects.get(handover_id=other_offer)
    stranger = Client().post(link, WHO | {"act": "file", "file": str(file.id)})
    assert stranger.status_code == 422 and b"She likes soup." not in stranger.content
    for key in (other.id, uuid4(), "", "x", "\x00"):
        answer = phone.post(link, WHO | {"act": "file", "file": str(key)})
        assert answer.status_code == 404 and b"She likes soup." not in answer.content
    assert not Look.objects.filter(page="attachment").exists()
# --- sent to them, where somebody carries messages ----------------------------------------------------------


@pytest.fixture
def reached(place, kettle, settings):
    """The team's entry says how it is reached by e-mail, and a mail server carries letters."""
    entry = Service(uuid4(), place.amir.agency_id, kettle.id, "Lantern Lunch", "A meal", ("loneliness",),
                    "Tue", kettle.phone, {"email": "lunch@lantern.example"})  # fmt: skip
    services.enter(services=[entry], by=place.viewers["Lou of Front door"], at=place.later())
    settings.NWD_SENDERS = {"text": "gateway", "email": "letter_box"}
    settings.DEFAULT_FROM_EMAIL = "nwd@averley.example"


def sends(browser, offer, channel="email"):
    url = reverse("handover_links", args=[offer])
    answer = sent(browser, url, fields(browser.get(url), action=url), send=channel)
    return browser.get(url) if answer.status_code == 302 else answer


def relay():
    at = clock.now()
    return Relay(say=print, clock=lambda: at, time=lambda: at)


def edges(browser, offer):
    return text(browser.get(reverse("handover", args=[offer])))


@pytest.mark.usefixtures("reached")
def test_a_link_that_is_sent_says_nothing_of_the_person_and_is_the_delivery(amir, offer, phone):
    assert "text it to" not in sends(amir, offer, "none").content.decode(), "01632 is no mobile telephone"
    page = text(sends(amir, offer))
    assert "/answer/" not in page and "The link to answer by waits to be sent" in page
    (sent_edge,) = Stage.objects.filter(handover_id=offer, kind="sent")
    assert sent_edge.reached_at is None, "a button is no delivery"
    relay().round()
    (letter,) = mail.outbox
    assert letter.to == ["lunch@lantern.example"]
    for told in ("Maryam", "Ali", "999", "slept", "Saltmarsh"):
        assert told not in letter.subject + letter.body
    sent_edge.refresh_from_db()
    assert (sent_edge.how, sent_edge.reached_by_id) == ("carried", None)
    waits = Stage.objects.get(handover_id=offer, kind="received")
    assert waits.reached_at is None, "and now it is to be opened"
    assert "Their link was taken by whoever carries it. Whether it arrived is not known" in edges(amir, offer)
    link = letter.body.rpartition("http://testserver")[2]
    opened = phone.post(link, WHO)
    assert opened.status_code == 200 and "Maryam" in text(opened)
    secret = link.removeprefix("/answer/")
    assert secret[:22] not in str(list(Message.objects.values())) + str(list(Entry.objects.values()))


@pytest.mark.usefixtures("reached")
def test_in_a_demonstration_it_is_never_said_to_be_sent(amir, offer, settings):
    settings.NWD_SENDERS = {"email": "shown"}
    sends(amir, offer)
    relay().round()
    assert Message.objects.get().state == "sent" and not mail.outbox
    assert Stage.objects.get(handover_id=offer, kind="sent").reached_at is None


@pytest.mark.usefixtures("reached")
def test_of_an_offer_that_is_sealed_or_over_since_no_link_goes(amir, offer, place):
    sends(amir, offer)
    person_id = Handover.objects.get(pk=offer).referral.person_id
    whole = {"person_id": person_id, "referral_id": None, "contact_id": None}
    seals.put(seal_id=uuid4(), **whole, why="in_danger", words="", by=place.amir, at=place.later())
    relay().round()
    one = Message.objects.get()
    assert not mail.outbox and (one.state, one.why) == ("failed", "link_over")
    assert not Promise.objects.filter(kind="partner_unreachable").exists()


@pytest.mark.usefixtures("reached")
def test_a_link_that_never_goes_has_the_giver_reach_the_team(amir, offer, monkeypatch):
    sends(amir, offer)

    def never(*_, **__):
        raise senders.Never

    monkeypatch.setattr(senders.LetterBox, "send", never)
    relay().round()
    owed = Promise.objects.get(kind="partner_unreachable")
    assert owed.words.endswith("whoever carries it would not take it. Ring the team.")
    page = text(amir.get(reverse("handover_links", args=[offer])))
    assert "The link to answer by was not sent" in page and "The team is to be reached instead." in page
    assert Stage.objects.get(handover_id=offer, kind="sent").reached_at is None


@pytest.mark.usefixtures("reached")
def test_one_that_was_opened_from_another_link_before_it_went_delivers_nothing_twice(amir, offer, phone):
    page = made(amir, offer)
    sends(amir, offer)
    phone.post(page, WHO)
    relay().round()
    assert len(mail.outbox) == 1 and Message.objects.get().state == "sent"
    assert Stage.objects.get(handover_id=offer, kind="sent").how == "opened"
