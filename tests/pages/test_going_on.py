"""A team that accepted by a link goes on by another: what it writes, what it never takes from the person."""

# ruff: noqa: F401, F811 (fixtures of the link that is answered)
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from nowrongdoor.data.handovers.models import AnswerLink, Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.data.stages.models import CareContact, Stage
from nowrongdoor.journeys import handovers, seals
from nowrongdoor.kernel import now as clock
from nowrongdoor.kernel import signed_links
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.law import seeing
from tests.pages.sending import fields, sent, text
from tests.pages.test_by_link import WHO, accepted, at, kettle, link, offer, opened, phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def onward(phone, link):
    """The address at which the volunteer is once they have accepted."""
    return accepted(phone, link)["Location"].partition("?")[0]


def written(browser, onward, **said):
    seen = fields(opened(browser, onward), form="write-form")
    return sent(browser, onward, seen, **said)


def the(offer):
    return Referral.objects.get(pk=Handover.objects.get(pk=offer).referral_id)


def owed(referral, **about):
    return Promise.objects.get(referral_id=referral.id, state="open", **about)


def test_accepting_leads_straight_to_the_link_by_which_they_go_on(phone, link, onward):
    page = phone.get(onward + "?done=accept")
    said = text(page)
    assert page.status_code == 200 and "You hold this person now" in said and "Keep this address" in said
    assert "Maryam" not in said and page["Referrer-Policy"] == "strict-origin"
    row = AnswerLink.objects.get(goes_on=True)
    token = onward.removeprefix("/onward/")
    assert row.digest == signed_links.digest_of(token, kind="onward")
    stored = str(list(AnswerLink.objects.values())) + str(list(Entry.objects.values("changes")))
    assert token[:22] not in stored
    assert phone.get(f"/answer/{token}").status_code == 404 and phone.get(link).status_code == 200


def test_looking_changes_nothing_and_opening_is_on_record(phone, onward):
    before = (Entry.objects.count(), Look.objects.count())
    assert "Maryam" not in text(phone.get(onward)) and phone.head(onward).status_code == 200
    assert (Entry.objects.count(), Look.objects.count()) == before
    said = text(opened(phone, onward))
    assert "Maryam" in said and "we ring her today" in said.lower() and "Be in touch with them by" in said
    look = Look.objects.get(page="go_on_by_link")
    assert (look.member_name, look.relationship) == (
        "Jo Carter, holder of the link for Lantern Lunch", "held",
    )  # fmt: skip
    assert AnswerLink.objects.get(goes_on=True).times == 1


def test_first_contact_is_written_and_the_giver_reads_it_and_asks_again(phone, amir, onward, offer):
    asked = owed(the(offer), kind="information")
    answer = written(phone, onward, way="telephone", words="She comes to lunch on Friday.")
    assert (answer.status_code, answer["Location"]) == (303, onward + "?done=write")
    assert "It is written down" in text(phone.get(answer["Location"]))
    row = CareContact.objects.select_related("member").get()
    assert (row.member.name, row.way) == ("Jo Carter", "telephone")
    assert row.words == "She comes to lunch on Friday."
    assert Stage.objects.get(handover_id=offer, kind="first_contact").reached_at == row.happened_at
    assert the(offer).state == "under_way"
    asked.refresh_from_db()
    assert (asked.state, asked.ending_words) == ("kept", "Jo Carter wrote by a link")
    again = owed(the(offer), kind="information")
    assert "She comes to lunch on Friday." in again.words and again.asked_of == "Lantern Lunch"
    assert again.due_at <= AnswerLink.objects.get(goes_on=True).until_at
    page = text(amir.get(reverse("referral", args=[the(offer).id])))
    assert "Lantern Lunch wrote by a link: By telephone. She comes to lunch on Friday." in page
    assert "By telephone" in text(opened(phone, onward))


def test_until_they_write_the_giver_owes_it_to_ring_and_ask(phone, onward, offer):
    opened(phone, onward)
    asked = owed(the(offer), kind="information")
    assert "they answered by a link, and have written nothing here" in asked.words
    assert asked.due_at <= AnswerLink.objects.get(goes_on=True).until_at


def test_only_a_note_and_a_try_begin_no_help(phone, onward, offer):
    assert written(phone, onward, way="note", words=" ").status_code == 422
    assert written(phone, onward, way="note", words="We ring on Monday.").status_code == 303
    assert written(phone, onward, way="tried", words="").status_code == 303
    assert the(offer).state == "accepted"
    assert not Stage.objects.get(handover_id=offer, kind="first_contact").reached_at
    assert CareContact.objects.get().way == "tried"


def test_when_it_was_is_asked_and_a_time_to_come_is_refused_with_what_was_typed(phone, onward):
    far = {"happened_day_day": "1", "happened_day_month": "1", "happened_day_year": "2020"}
    answer = written(phone, onward, way="telephone", words="Spoke.", happened_time="10:00", **far)
    assert answer.status_code == 422 and "before the referral was received" in text(answer)
    assert "Spoke." in answer.content.decode() and not CareContact.objects.exists()
    assert written(phone, onward, way="telephone", words="Kept.", happened_time="99").status_code == 422


def test_sent_twice_it_is_written_once_and_something_else_is_not_lost(phone, onward):
    seen = fields(opened(phone, onward), form="write-form")
    assert sent(phone, onward, seen, way="telephone", words="Once.").status_code == 303
    again = sent(phone, onward, seen, way="telephone", words="Other words.")
    assert again.status_code == 409 and "Other words." in again.content.decode()
    assert CareContact.objects.count() == 1
    anew = fields(again, form="write-form")
    assert sent(phone, onward, anew, way="telephone", words="Other words.").status_code == 303
    assert CareContact.objects.count() == 2


def test_what_came_of_it_is_said_and_closes(phone, amir, onward, offer):
    seen = fields(opened(phone, onward), form="close-form")
    empty = sent(phone, onward, seen)
    assert empty.status_code == 422 and "Choose how it ended" in text(empty)
    said = {"outcome": "help_given", "told": "She knows the way now.", "told_by": "us"}
    answer = sent(phone, onward, seen, **said)
    assert (answer.status_code, answer["Location"]) == (303, onward + "?done=close")
    row = the(offer)
    assert (row.state, row.outcome, row.told) == ("closed", "help_given", "She knows the way now.")
    assert not Promise.objects.filter(referral_id=row.id, state="open").exists()
    over = phone.get(answer["Location"])
    assert "It is closed" in text(over) and "Maryam" not in text(over)
    late = opened(phone, onward)
    assert late.status_code == 409 and "holds this person no more" in text(late)
    assert "Maryam" not in text(late)


def test_it_does_not_close_while_something_is_owed_and_tells_not_what(phone, place, onward, offer):
    from uuid import uuid4

    from nowrongdoor.journeys import promises

    promises.make(
        promise_id=uuid4(), kind="callback", words="About the secret matter", due_at=None, contact_id=None,
        referral_id=the(offer).id, person_id=None, by=place.amir, at=place.later(),
    )  # fmt: skip
    seen = fields(opened(phone, onward), form="close-form")
    answer = sent(phone, onward, seen, outcome="help_given", told="She knows.", told_by="us")
    assert answer.status_code == 422 and "Something is still owed" in text(answer)
    assert "secret matter" not in text(answer) and the(offer).state != "closed"


def test_handing_back_asks_the_giver_and_the_team_holds_until_they_accept(phone, amir, place, onward, offer):
    seen = fields(opened(phone, onward), form="back-form")
    assert sent(phone, onward, seen, words=" ").status_code == 422
    answer = sent(phone, onward, seen, words="Our cook is ill until May.")
    assert answer["Location"] == onward + "?done=back"
    asked = Handover.objects.exclude(pk=offer).get()
    assert (asked.state, asked.receiver_team_id) == ("offered", place.teams["Front door"])
    assert asked.done == "Our cook is ill until May."
    held = Holding.objects.get(referral_id=asked.referral_id, until_at=None)
    assert held.team_id == place.teams["Lantern Lunch"]
    said = text(opened(phone, onward))
    assert "has not answered yet" in said
    twice = sent(phone, onward, fields(opened(phone, onward), form="back-form"), words="Again.")
    assert twice.status_code == 422
    form = fields(amir.get(reverse("handover", args=[asked.id])), form="accept")
    url = reverse("handover_accept", args=[asked.id])
    assert sent(amir, url, form, read_back="We have them again.").status_code == 302
    assert "holds this person no more" in text(phone.get(onward))


def test_they_ask_to_be_rung_and_the_giver_owes_it(phone, amir, onward, offer):
    seen = fields(opened(phone, onward), form="ring-form")
    answer = sent(phone, onward, seen, number="01632 960555", words="The way there")
    assert answer["Location"] == onward + "?done=ring"
    asked = owed(the(offer), asked_of="")
    assert asked.words == "Ring Jo Carter of Lantern Lunch, not the person, on 01632 960555: The way there"
    assert asked.owner_team_id == Handover.objects.get(pk=offer).giver_team_id
    assert "01632 960555" in text(amir.get("/"))


def test_its_end_takes_nothing_from_the_person_and_the_giver_makes_another(
    phone,
    amir,
    onward,
    offer,
    monkeypatch,
):
    asked = owed(the(offer), kind="information")
    until = AnswerLink.objects.get(goes_on=True).until_at
    with monkeypatch.context() as later:
        at(later, until - timedelta(microseconds=1))
        assert phone.get(onward).status_code == 200
        at(later, until)
        assert phone.get(onward).status_code == 404
        assert Holding.objects.get(referral_id=the(offer).id, until_at=None).team.name == "Lantern Lunch"
        asked.refresh_from_db()
        assert asked.state == "open" and asked.due_at <= until, "the giver is told by then"
    url = reverse("handover_links", args=[offer])
    assert "make them another" in text(amir.get(reverse("handover", args=[offer])))
    page = sent(amir, url, fields(amir.get(url), action=url))
    said = text(page)
    assert "/onward/" in said and "Go on, once accepted" in said
    anew = "/onward/" + said.split("/onward/")[1].split(" ")[0]
    assert phone.get(anew).status_code == 200
    assert owed(the(offer), kind="information").id == asked.id, "asked once"


def test_it_is_taken_back_by_the_giver_and_then_opens_nothing(phone, amir, onward, offer):
    opened(phone, onward)
    row = AnswerLink.objects.get(goes_on=True)
    url = reverse("handover_link_withdraw", args=[offer, row.id])
    assert amir.post(url, {"seen": row.version}).status_code == 302
    never = phone.get("/onward/nothing").content
    for answer in (phone.get(onward), phone.post(onward, WHO), phone.post(onward, WHO | {"act": "close"})):
        assert answer.status_code == 404 and answer.content == never
    assert Holding.objects.get(referral_id=the(offer).id, until_at=None).team.name == "Lantern Lunch"


def test_what_is_sealed_since_opens_nothing(phone, place, onward, offer):
    from uuid import uuid4

    seals.put(
        seal_id=uuid4(), person_id=None, referral_id=the(offer).id, contact_id=None, why="in_danger",
        words="", by=place.amir, at=place.later(),
    )  # fmt: skip
    assert phone.get(onward).status_code == 404


def test_on_a_browser_that_never_opened_it_nothing_is_written(phone, onward, offer):
    opened(phone, onward)
    stranger = Client()
    for act in ("write", "close", "back", "ring"):
        given = WHO | {"act": act, "words": "Mine.", "way": "telephone", "number": "1", "told": "x"}
        answer = stranger.post(onward, given)
        assert answer.status_code == 422 and "Maryam" not in text(answer) and "Mine." in text(answer)
    assert not CareContact.objects.exists() and the(offer).state == "accepted"
    somebody = WHO | {"name": "Somebody Else", "act": "write", "way": "note", "words": "Mine."}
    other = phone.post(onward, somebody)
    assert other.status_code == 422 and "Maryam" not in text(other)


def test_it_opens_on_few_devices(onward):
    most = seeing.most("link_devices", at=clock.now())
    came = [opened(Client(), onward, name=f"Helper {number}").status_code for number in range(most + 1)]
    assert came == [200] * most + [422]


def test_a_team_that_no_longer_holds_is_made_no_link(phone, amir, place, onward, offer):
    row = the(offer)
    seen = fields(opened(phone, onward), form="back-form")
    sent(phone, onward, seen, words="We cannot.")
    asked = Handover.objects.exclude(pk=offer).get()
    said = {"read_back": "Ours.", "holding_id": asked.id, "by": place.amir, "at": clock.now(), "seen": 1}
    handovers.accept(handover_id=asked.id, **said)
    page = text(amir.get(reverse("handover_links", args=[offer])))
    assert "Make a link" not in page and "answer nothing more" in page
    refused = amir.post(reverse("handover_links", args=[offer]), {})
    assert refused.status_code == 409 and "nothing to go on with" in text(refused)
    assert row.id == asked.referral_id
