"""A call just to talk, from whoever asks for it to the volunteer who says what came of it."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.people.models import Person
from nowrongdoor.data.promises.models import Promise, Talk
from nowrongdoor.journeys import agencies, promises, seals, services
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.clock import WALL_CLOCK
from nowrongdoor.rules.directory import Service
from tests.pages.sending import fields, sent, text
from tests.pages.test_own_record import reads_own
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
LONG_AGO = {"day_day": "1", "day_month": "1", "day_year": "2020"}
ANSWERS = {"ask_for": "Maryam", "number": "01632 960111", "safe_to_call": "yes", "agreed": "yes"}


@pytest.fixture
def network(place):
    """Volunteers of an agency of their own, who ring just to talk; and the browsers of two of them."""
    kettle = Agency(uuid4(), "The Kettle", "voluntary", "England")
    team = Team(uuid4(), kettle.id, "Good Company", "Ring", "01632 960009", True, SINCE, None, None)
    people = [Member(uuid4(), name, "Volunteer") for name in ("Ines Volunteer", "Otto Volunteer")]
    works = [Membership(uuid4(), one.id, team.id, "voluntary_partner", SINCE, None) for one in people]
    by = place.viewers["Lou of Front door"]
    agencies.enter(facts=[kettle, team, *people, *works], by=by, at=SINCE)
    listed = Service(uuid4(), kettle.id, team.id, "Listening Ear", "A call", ("just_to_talk",), "", "")
    services.enter(services=[listed], by=by, at=now())
    viewers = [
        replace(
            place.amir, member_id=one.id, member_name=one.name, role="voluntary_partner", team_id=team.id,
            team_name=team.name, agency_id=kettle.id, agency_name=kettle.name,
        )
        for one in people
    ]  # fmt: skip
    return [stories.browser(one) for one in viewers]


def asked(amir, address, **told):
    form = fields(amir.get(address), form="talk")
    answer = sent(amir, address, form, **{**ANSWERS, **told})
    assert answer.status_code == 302, text(answer)
    return Talk.objects.latest("asked_at")


def pressed(volunteer, talk, act, **told):
    owed = Promise.objects.get(pk=talk.promise_id)
    data = {"seen": owed.version, "next_id": uuid4(), "next_promise_id": uuid4(), **told}
    return volunteer.post(reverse(f"talk_{act}", args=[talk.id]), data)


def test_a_call_handler_asks_and_a_volunteer_rings(place, amir, network):
    ines, otto = network
    person_id = stories.maryam(place)
    form = fields(amir.get(reverse("person_talk", args=[person_id])), form="talk")
    assert form["ask_for"] == ["Maryam"]
    talk = asked(amir, reverse("person_talk", args=[person_id]), words="The cat, mostly.")
    page = text(ines.get("/calls"))
    assert "Maryam" in page and "The cat, mostly." in page and "By " in page
    assert "960111" not in page, "a number is for whoever will ring"
    assert pressed(ines, talk, "take").status_code == 302
    assert "960111" in text(ines.get("/calls"))
    others = text(otto.get("/calls"))
    assert "Ines Volunteer will ring" in others and "960111" not in others
    assert pressed(ines, talk, "tell", came_of="talked").status_code == 302
    after = text(ines.get("/calls"))
    assert "Nobody waits for a call" in after and "We talked" in after and "960111" not in after
    story = text(amir.get(reverse("person_timeline", args=[person_id])))
    assert "A volunteer said that they will ring them" in story and "Rang them, just to talk" in story


def test_two_take_one_call_and_the_other_is_told_who_was_first(place, amir, network):
    ines, otto = network
    talk = asked(amir, reverse("person_talk", args=[stories.maryam(place)]))
    seen = Promise.objects.get(pk=talk.promise_id).version
    assert ines.post(reverse("talk_take", args=[talk.id]), {"seen": seen}).status_code == 302
    answer = otto.post(reverse("talk_take", args=[talk.id]), {"seen": seen})
    assert answer.status_code == 409 and "Ines Volunteer said that they will ring" in text(answer)


def test_a_contact_of_nobody_known_can_be_rung_too(place, amir, network):
    ines, _ = network
    contact_id, _ = place.a_contact(referred=False)
    assert reverse("contact_talk", args=[contact_id]) in amir.get(f"/contacts/{contact_id}").content.decode()
    talk = asked(amir, reverse("contact_talk", args=[contact_id]), clock_from="18:00", clock_until="20:00")
    assert "From " in text(ines.get("/calls")) and talk.suits_from is not None
    page = text(amir.get(f"/contacts/{contact_id}"))
    assert "Ring them, just to talk" in page and "Say what came of it" not in page


def test_a_referral_is_held_as_before(place, amir, network):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    address = reverse("referral_talk", args=[referral_id])
    assert address in amir.get(reverse("referral", args=[referral_id])).content.decode()
    talk = asked(amir, address)
    assert Promise.objects.get(pk=talk.promise_id).referral_id is None, "nothing waits for it to close"


def test_a_volunteer_sees_nothing_of_the_record(place, amir, network):
    ines, _ = network
    person_id = stories.maryam(place)
    talk = asked(amir, reverse("person_talk", args=[person_id]), words="The cat, mostly.")
    pressed(ines, talk, "take")
    for page in ("/calls", "/", "/our-team", "/work/owed", "/due"):
        answer = ines.get(page)
        if answer.status_code == 200:
            told = text(answer)
            assert "ALI" not in told and "Ali," not in told, page
    assert "somebody who asked for a call" in text(ines.get("/work/owed"))
    for name in ("person", "person_timeline", "person_talk"):
        assert ines.get(reverse(name, args=[person_id])).status_code == 404
    looks = Look.objects.filter(page="talks", person_id=person_id)
    assert {tuple(one.elements) for one in looks} == {("identity", "whereabouts", "story")}
    assert {one.member_name for one in looks} == {"Ines Volunteer"}


def test_my_work_of_a_volunteer_names_nobody_and_is_no_look_at_anyone(place, amir, network):
    ines, _ = network
    soon = (now() + timedelta(minutes=10)).astimezone(WALL_CLOCK)
    by = {"day_day": soon.day, "day_month": soon.month, "day_year": soon.year, "clock_until": f"{soon:%H:%M}"}
    asked(amir, reverse("person_talk", args=[stories.maryam(place)]), **by)
    page = text(ines.get(reverse("my_work")))
    assert "Ring them, just to talk" in page and "Maryam" not in page
    assert not Look.objects.filter(member_name="Ines Volunteer").exists()


def test_no_paper_of_a_network_tells_where_or_on_which_number_somebody_is(place, amir, network):
    ines, _ = network
    person_id = stories.maryam(place)
    asked(amir, reverse("person_talk", args=[person_id]))
    paper = text(ines.get(reverse("downtime")))
    assert "A call to make, just to talk" in paper
    assert "stand on the list of calls alone" in paper and "No number and no address are known" not in paper
    theirs = Person.objects.get(pk=person_id)
    for known in (theirs.family_name, theirs.phone, theirs.address, theirs.postcode, "960111"):
        assert known and known not in paper


def test_a_paper_does_not_count_two_calls_to_one_person_as_two_people(place, amir, network):
    ines, _ = network
    person_id = stories.maryam(place)
    asked(amir, reverse("person_talk", args=[person_id]))
    assert "1 line about 1 person." in text(ines.get(reverse("downtime")))
    asked(amir, reverse("person_talk", args=[person_id]), words="And the garden.")
    assert "2 lines about at most 2 people." in text(ines.get(reverse("downtime")))


def test_no_answer_asks_again_and_then_goes_back(place, amir, network):
    ines, _ = network
    talk = asked(amir, reverse("person_talk", args=[stories.maryam(place)]))
    for tries in (1, 2):
        assert pressed(ines, talk, "tell", came_of="no_answer").status_code == 302
        assert f"Nobody answered {tries} call" in text(ines.get("/calls"))
    pressed(ines, talk, "tell", came_of="no_answer")
    assert "No answer, tried 3 times" in text(ines.get("/calls"))
    # Whether it presses on My work by now depends on the hour; that it is owed by the asker does not.
    back = Promise.objects.filter(kind="callback", words__contains="Nobody answered 3 calls just to talk")
    assert back.get().owner_team_id == place.amir.team_id


def test_a_call_is_stopped_with_a_reason_and_whoever_took_it_reads_not_to_ring(place, amir, network):
    ines, otto = network
    person_id = stories.maryam(place)
    talk = asked(amir, reverse("person_talk", args=[person_id]))
    assert pressed(ines, talk, "take").status_code == 302
    address = reverse("talk_withdraw", args=[talk.promise_id])
    assert address in amir.get(reverse("person", args=[person_id])).content.decode()
    page = amir.get(address)
    assert "Ines Volunteer said that they will ring" in text(page)
    form = fields(page, form="withdraw")
    empty = sent(amir, address, form, why=" ")
    assert empty.status_code == 422 and Promise.objects.get(pk=talk.promise_id).state == "open"
    assert sent(amir, address, form, why="She asked us to stop.").status_code == 302
    owed = Promise.objects.get(pk=talk.promise_id)
    assert (owed.state, owed.ending_words) == ("let_go", "Do not ring: She asked us to stop.")
    told = text(ines.get("/calls"))
    assert "You said that you would ring Maryam. Do not" in told and "She asked us to stop." in told
    assert "960111" not in told
    others = text(otto.get("/calls"))
    assert "You said that you would ring" not in others and "She asked us to stop." in others
    late = pressed(ines, talk, "tell", came_of="talked")
    assert late.status_code == 409 and Promise.objects.get(pk=talk.promise_id).state == "let_go"
    again = sent(amir, address, form, why="Again.")
    assert again.status_code == 409


def test_nobody_without_a_part_stops_a_call_and_no_other_promise_is_stopped_by_it(place, amir, network):
    person_id = stories.maryam(place)
    talk = asked(amir, reverse("person_talk", args=[person_id]))
    address = reverse("talk_withdraw", args=[talk.promise_id])
    priya = stories.browser(place.viewers["Priya of Crisis team"])
    for browser in (priya, network[0]):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"why": "Stop.", "seen": 1}).status_code == 404
    other = uuid4()
    about = {"contact_id": None, "referral_id": None, "person_id": person_id, "due_at": None}
    given = {"promise_id": other, "kind": "callback", "words": "Ring her", "by": place.amir}
    promises.make(**given, **about, at=place.later())
    assert amir.get(reverse("talk_withdraw", args=[other])).status_code == 404
    assert Promise.objects.get(pk=talk.promise_id).state == "open"


def test_a_worry_is_a_contact_at_once(place, amir, network):
    ines, _ = network
    person_id = stories.maryam(place)
    talk = asked(amir, reverse("person_talk", args=[person_id]))
    address = reverse("talk_worry", args=[talk.id])
    form = fields(ines.get(address), form="worry")
    assert sent(ines, address, form, words=" ").status_code == 422
    assert sent(ines, address, form, words="He said goodbye twice.").status_code == 302
    assert sent(ines, address, form, words="He said goodbye twice.").status_code == 302, "sent twice"
    (contact,) = Contact.objects.filter(words="He said goodbye twice.")
    assert (contact.person_id, contact.caller_name, contact.state) == (person_id, "Ines Volunteer", "open")
    assert "A volunteer who rang to talk is worried about them" in text(amir.get("/"))


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"ask_for": ""}, "Say whom the volunteer asks for"),
        ({"number": ""}, "Say which number to ring"),
        ({"safe_to_call": "no"}, "It is not safe to ring this number"),
        ({"agreed": "no"}, "Ask them first"),
        ({"agreed": ""}, "Choose whether they agreed"),
        ({"clock_until": "25:99"}, "Write the time like 15:30"),
        ({**LONG_AGO, "clock_until": "10:00"}, "that has not passed"),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(place, amir, network, told, words):
    address = reverse("person_talk", args=[stories.maryam(place)])
    form = fields(amir.get(address), form="talk")
    answer = sent(amir, address, form, **{**ANSWERS, "words": "My old dog.", **told})
    assert answer.status_code == 422 and words in text(answer)
    assert "My old dog." in answer.content.decode() and not Talk.objects.exists()


def test_what_is_sent_twice_stands_once(place, amir, network):
    address = reverse("person_talk", args=[stories.maryam(place)])
    form = fields(amir.get(address), form="talk")
    assert sent(amir, address, form, **ANSWERS).status_code == 302
    assert sent(amir, address, form, **ANSWERS).status_code == 302 and Talk.objects.count() == 1
    otherwise = sent(amir, address, form, **{**ANSWERS, "words": "Something else."})
    assert otherwise.status_code == 409 and "Something else." in otherwise.content.decode()


def test_without_a_network_the_page_says_so(place, amir):
    page = text(amir.get(reverse("person_talk", args=[stories.maryam(place)])))
    assert "No network that rings just to talk takes part here" in page


def test_what_a_volunteer_sends_must_say_what_came_of_it(place, amir, network):
    ines, _ = network
    talk = asked(amir, reverse("person_talk", args=[stories.maryam(place)]))
    answer = pressed(ines, talk, "tell", came_of="sulked")
    assert answer.status_code == 422 and "Not recorded" in text(answer)
    assert ines.post(reverse("talk_take", args=[talk.id]), {}).status_code == 409
    assert ines.post(reverse("talk_take", args=[uuid4()]), {"seen": 1}).status_code == 404
    assert ines.get(reverse("talk_worry", args=[uuid4()])).status_code == 404


def test_another_team_neither_sees_nor_answers_a_call(place, amir, network):
    talk = asked(amir, reverse("person_talk", args=[stories.maryam(place)]))
    sam = stories.browser(place.sam)
    assert "Maryam" not in text(sam.get("/calls"))
    assert sam.get(reverse("talk_worry", args=[talk.id])).status_code == 404
    assert pressed(sam, talk, "tell", came_of="talked").status_code in (403, 404, 422)
    assert Promise.objects.get(pk=talk.promise_id).state == "open"


def test_of_somebody_sealed_since_the_list_keeps_name_and_number(place, amir, network):
    ines, _ = network
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    talk = asked(amir, reverse("person_talk", args=[person_id]), words="My sister in Leeds.")
    pressed(ines, talk, "take")
    seals.put(
        seal_id=uuid4(), person_id=person_id, referral_id=None, contact_id=None, why="asked", words="",
        by=place.amir, at=place.later(),
    )  # fmt: skip
    page = text(ines.get("/calls"))
    assert "kept back" in page and not re.search("Maryam|960111|Leeds", page)
    for address in ("/", "/work/owed", "/our-team"):
        assert "Maryam" not in text(ines.get(address))


def test_the_person_reads_what_was_promised_and_that_it_was_kept(place, amir, network):
    ines, _ = network
    person_id = stories.maryam(place)
    talk = asked(amir, reverse("person_talk", args=[person_id]))
    own = reads_own(person_id)
    assert "Ring you, just to talk" in text(own.get("/my-record"))
    pressed(ines, talk, "tell", came_of="talked")
    after = text(own.get("/my-record"))
    assert "Ring you, just to talk" in after and "kept" in after
