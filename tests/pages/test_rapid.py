"""Visits and crews: asked for, given by a person, followed on a phone, and never ended in silence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.visits.facts import CREWS, GOINGS, VISITS
from nowrongdoor.journeys import clocks, crews, seals, visits
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.sealing import Against
from nowrongdoor.rules.sweeping import NOBODY
from nowrongdoor.rules.visit_record import Asked
from tests.pages.sending import fields, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
DOOR = "Front door"


@pytest.fixture
def lou(place):
    return stories.browser(place.viewers["Lou of Front door"])


def a_crew(place, *people, name="Crew 1"):
    """Amir, a nurse, and Priya, who supports him; or whoever is named."""
    seatings = people or (
        Seating(place.amir.member_id, "nurse", ("falls",)),
        Seating(place.viewers["Priya of Front door"].member_id, "support_worker"),
    )
    at = now()
    crews.put_on(
        crew_id=(key := uuid4()), name=name, base="averley_market", travel="car", device="Alarm 4",
        from_at=at, until_at=at + timedelta(hours=8), seatings=seatings, by=place.amir, at=at,
    )  # fmt: skip
    return key


def a_visit(place, *, person_id=None, **said):
    whose = person_id or stories.maryam(place)
    visit_id, referral_id = uuid4(), place.a_referral(person_id=whose)
    asked = Asked(**{"need": "See her at home.", "place": "1 Mill Lane", "area": "millbrook", **said})
    visits.ask(visit_id=visit_id, referral_id=referral_id, asked=asked, by=place.amir, at=now())
    return visit_id


def go(client, visit_id, step):
    one = store.peek(VISITS, visit_id)
    return client.post(reverse("visit", args=[visit_id]), {"step": step, "seen": one.version})


def sending(client, visit_id, crew_id, **more):
    url = reverse("rapid_assign", args=[visit_id])
    page = fields(client.get(url), form="offers")
    return client.post(url, page | {"crew": str(crew_id)} | more)


def test_a_visit_is_asked_for_from_the_referral_and_stands_on_the_board(amir, place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    url = reverse("referral_visit", args=[referral_id])
    assert url in amir.get(reverse("referral", args=[referral_id])).content.decode()
    form = fields(amir.get(url)) | {
        "need": "Help her up.", "place": "1 Mill Lane", "area": "millbrook", "minutes": "45",
        "pair_rules": ["moving_handling"],
    }  # fmt: skip
    assert sent(amir, url, form).url == reverse("rapid")
    board = text(amir.get(reverse("rapid")))
    assert "ALI, Maryam" in board and "Two go: two are needed to help them move" in board
    assert sent(amir, url, form).url == reverse("rapid"), "sent twice, it is one visit"
    assert VISITS.model.objects.count() == 1


def test_crews_are_ranked_with_reasons_and_a_person_sends_one(amir, place):
    crew_id, visit_id = a_crew(place), a_visit(place, skills=("falls",))
    answer = amir.get(reverse("rapid_assign", args=[visit_id]))
    assert "Leaves now" in text(answer) and "min away" in text(answer)
    assert 'data-key="1"' in answer.content.decode()
    assert sending(amir, visit_id, crew_id).url == reverse("rapid")
    assert store.peek(VISITS, visit_id).crew_id == crew_id
    assert "Given a visit, leaves" in text(amir.get(reverse("rapid")))


def test_what_speaks_against_a_crew_needs_a_reason_and_what_was_typed_stays(amir, place):
    crew_id, visit_id = a_crew(place), a_visit(place, wish_language="bsl")
    refused = sending(amir, visit_id, crew_id)
    assert refused.status_code == 422 and "Nobody who would go speaks British Sign Language" in text(refused)
    assert sending(amir, visit_id, crew_id, words="Her sister signs for her.").status_code == 302
    assert store.peek(VISITS, visit_id).chosen_words == "Her sister signs for her."


@pytest.mark.parametrize("on", ["person_id", "referral_id"])
def test_a_crew_with_anybody_whom_a_seal_names_is_not_sent_and_the_page_says_no_more(amir, place, on):
    """Whoever of it would go in: the other would wait in the car, at the door."""
    priya, lou = (place.viewers[f"{who} of Front door"] for who in ("Priya", "Lou"))
    theirs = a_crew(place)
    other = a_crew(place, Seating(lou.member_id, "nurse"), name="Crew 2")
    visit_id = a_visit(place)
    referral = store.peek(REFERRALS, store.peek(VISITS, visit_id).referral_id)
    about = {"person_id": None, "referral_id": None, "contact_id": None}
    about[on] = referral.person_id if on == "person_id" else referral.id
    seals.put(
        seal_id=uuid4(), **about, why="in_danger", words="Her former husband.",
        against=Against(member_id=priya.member_id), by=lou, at=now(),
    )  # fmt: skip
    refused = sending(amir, visit_id, theirs)
    assert refused.status_code == 422
    assert "This crew cannot go to this person. Choose another crew." in text(refused)
    assert "former husband" not in text(refused) and store.peek(VISITS, visit_id).crew_id is None
    assert sending(amir, visit_id, other).status_code == 302


def test_of_two_who_send_at_once_the_second_is_told_who_was_first(amir, lou, place):
    crew_id, visit_id = a_crew(place), a_visit(place)
    other_id = a_visit(place, person_id=place.a_person(family_name="Ansty"))
    url = reverse("rapid_assign", args=[visit_id])
    page = fields(lou.get(url), form="offers")
    sending(amir, other_id, crew_id)
    second = lou.post(url, page | {"crew": str(crew_id)})
    assert second.status_code == 409
    assert "Amir of Front door gave this visit to a crew" in text(second)
    assert not GOINGS.model.objects.filter(visit_id=visit_id).exists()


def test_a_visit_goes_on_at_the_door_and_whoever_is_alone_says_that_they_are_safe(amir, lou, place):
    crew_id, visit_id = a_crew(place), a_visit(place)
    sending(amir, visit_id, crew_id)
    assert "See her at home." in text(amir.get(reverse("my_visits")))
    for step in ("set_off", "arrive", "meet"):
        assert go(amir, visit_id, step).status_code == 302
    first = store.peek(VISITS, visit_id).check_in_at
    assert "I’m safe" in text(amir.get(reverse("visit", args=[visit_id])))
    elsewhere = text(lou.get(reverse("visit", args=[visit_id])))
    assert "They told me that they are safe" in elsewhere and "I’m safe" not in elsewhere
    assert go(amir, visit_id, "safe").status_code == 302
    assert store.peek(VISITS, visit_id).check_in_at > first
    again = amir.post(reverse("visit", args=[visit_id]), {"step": "arrive", "seen": "2"})
    assert again.status_code == 409, "an old page says what was done since, and does nothing"
    assert go(amir, visit_id, "dance").status_code == 422


def test_who_does_not_say_that_they_are_safe_is_told_of_and_shown(amir, place):
    crew_id, visit_id = a_crew(place), a_visit(place)
    sending(amir, visit_id, crew_id)
    begun = now() - timedelta(minutes=31)
    one = store.peek(VISITS, visit_id)
    for n, step in enumerate(("set_off", "arrive"), start=one.version):
        visits.go_on(visit_id=visit_id, step=step, by=place.amir, at=begun, seen=n)
    at = now()
    clocks.sweep(ours=at, by=NOBODY, at=at)
    assert "Crew 1 has not said that they are safe" in text(amir.get(reverse("rapid")))
    assert "Whoever is alone on a visit has not said that they are safe" in text(amir.get(reverse("due")))


def test_the_note_is_sent_once_and_what_comes_next_is_owed(amir, place):
    crew_id, visit_id = a_crew(place), a_visit(place)
    sending(amir, visit_id, crew_id)
    for step in ("set_off", "arrive", "meet"):
        go(amir, visit_id, step)
    url = reverse("visit_finish", args=[visit_id])
    page = fields(amir.get(url))
    silent = sent(amir, url, page, outcome="seen", words="Tea and a plan.")
    assert silent.status_code == 422 and "A visit never ends in silence" in text(silent)
    said = {"outcome": "seen", "next_step": "plan", "words": "Tea and a plan."}
    assert sent(amir, url, page, **said).status_code == 302
    assert sent(amir, url, page, **said).status_code == 302, "sent again, it is recorded once"
    assert sent(amir, url, page, **said | {"words": "Something else."}).status_code in (409, 422)
    owed = PROMISES.model.objects.filter(kind="after_visit", state="open")
    assert [one.words for one in owed] == ["A plan with the person."]


def test_a_crew_is_put_on_by_a_form_and_does_not_go_home_while_somebody_waits(amir, place):
    url = reverse("crew_put_on")
    form = fields(amir.get(url)) | {
        "name": "Crew 7", "base": "millbrook", "travel": "car", "hours": "8",
        "member_1": str(place.amir.member_id), "role_1": "nurse",
    }  # fmt: skip
    assert sent(amir, url, form).url == reverse("rapid")
    assert sent(amir, url, form).url == reverse("rapid") and CREWS.model.objects.count() == 1
    crew_id = CREWS.model.objects.get().pk
    visit_id = a_visit(place)
    sending(amir, visit_id, crew_id)
    end = reverse("crew_end", args=[crew_id])
    refused = sent(amir, end, fields(amir.get(end)), words="The car will not start.")
    assert "This crew still has a visit" in text(refused)
    back = reverse("visit_take_back", args=[visit_id])
    assert sent(amir, back, fields(amir.get(back)), words="Another is nearer.").status_code == 302
    assert sent(amir, end, fields(amir.get(end)), words="The car will not start.").url == reverse("rapid")
    amir.get(reverse("rapid"))  # says once that it is done
    assert "Crew 7" not in text(amir.get(reverse("rapid")))


def test_another_agency_finds_no_such_visit(sam, place):
    visit_id = a_visit(place)
    for name in ("visit", "visit_finish", "rapid_assign"):
        assert sam.get(reverse(name, args=[visit_id])).status_code == 404
    assert "Maryam" not in text(sam.get(reverse("rapid")))


# --- a plan for the whole board ---------------------------------------------------------------------------

PLAN = "rapid_plan"


def planned(client, **chosen):
    url = reverse(PLAN)
    page = fields(client.get(url), form="plan")
    return client.post(url, page | chosen)


def test_a_plan_says_who_could_go_and_why_and_gives_nothing(amir, place):
    whose = stories.maryam(place)
    first, second = a_visit(place, person_id=whose), a_visit(place, person_id=whose, skills=("wound",))
    a_crew(place)
    page = text(amir.get(reverse(PLAN)))
    assert "The only crew that can be there in time" in page and "min before it is due" in page
    assert "No crew that may go has what is needed: wounds and dressings" in page
    assert {store.peek(VISITS, key).state for key in (first, second)} == {"asked"}
    assert not GOINGS.model.objects.exists()


def test_all_that_nothing_speaks_against_is_given_at_once(amir, place):
    whose = stories.maryam(place)
    keys = [a_visit(place, person_id=whose), a_visit(place, person_id=whose)]
    a_crew(place)
    page = fields(amir.get(reverse(PLAN)), form="plan")
    assert amir.post(reverse(PLAN), page | {"visit": [str(key) for key in keys]}).url == reverse("rapid")
    assert [store.peek(VISITS, key).state for key in keys] == ["planned", "planned"]
    assert "2 visits were given to crews" in text(amir.get(reverse("rapid")))


def test_one_is_given_and_the_rest_left(amir, place):
    whose = stories.maryam(place)
    one, other = a_visit(place, person_id=whose), a_visit(place, person_id=whose)
    a_crew(place)
    assert planned(amir, one=str(one)).url == reverse("rapid")
    assert [store.peek(VISITS, key).state for key in (one, other)] == ["planned", "asked"]


def test_what_changed_since_the_plan_was_shown_is_told_and_nobody_sent_elsewhere(amir, lou, place):
    visit_id, crew_id = a_visit(place), a_crew(place)
    page = fields(amir.get(reverse(PLAN)), form="plan")
    assert sending(lou, visit_id, crew_id).url == reverse("rapid")
    answer = amir.post(reverse(PLAN), page | {"one": str(visit_id)})
    assert answer.status_code == 409 and "Not all of it was done" in text(answer) and "Lou" in text(answer)
    assert GOINGS.model.objects.count() == 1


def test_whoever_would_be_late_goes_with_a_reason_alone(amir, place):
    visit_id = a_visit(place, area="saltings", due_at=now() + timedelta(minutes=5))
    a_crew(place)
    shown = text(amir.get(reverse(PLAN)))
    assert "No crew can be there in time" in shown
    assert "Against: It would be there after the visit is due" in shown
    assert planned(amir, one=str(visit_id)).status_code == 422
    why = {f"words_{visit_id}": "Nobody is nearer."}
    assert planned(amir, one=str(visit_id), **why).url == reverse("rapid")
    assert store.peek(VISITS, visit_id).chosen_words == "Nobody is nearer."


@pytest.mark.parametrize("sent", [{}, {"one": "nothing"}, {"one": "00000000-0000-4000-8000-000000000000"}])
def test_a_plan_sent_without_sense_is_refused_in_words(amir, place, sent):
    a_visit(place)
    answer = amir.post(reverse(PLAN), sent)
    assert answer.status_code in (404, 422) and "Not all of it was done" in text(answer)
