"""What was re-homed to a team waits for its answer: accepted with a read-back, or handed over instead."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.agencies.models import Membership
from nowrongdoor.data.holdings.models import Holding, ReHoming
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.journeys import agencies, handovers
from nowrongdoor.reading import my_work, viewers
from tests.journeys.acts import lead
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
WORDS = "I ring her at ten, and we go on as before."


@pytest.fixture
def re_homed(place):
    """The crisis team held Maryam Ali and has closed; social care holds her and has not answered."""
    handover_id = place.an_offer(referral_id=place.a_referral(person_id=stories.maryam(place)))
    accepted = {"read_back": "We see her.", "by": place.priya, "seen": 1}
    handovers.accept(handover_id=handover_id, holding_id=uuid4(), **accepted, at=place.later())
    agencies.close_team(
        team_id=place.teams["Crisis team"],
        successor_id=place.teams["Social care"],
        words="Merged into social care.",
        by=lead(place, "Crisis team"),
        at=place.later(),
        seen=1,
    )
    return Holding.objects.get(until_at=None).referral_id


def waiting(viewer):
    membership = Membership.objects.get(member_id=viewer.member_id, team_id=viewer.team_id)
    return viewers.at_work_and_waiting(membership_id=membership.id)[1]


def page(referral_id):
    return reverse("referral", args=[referral_id])


def accept_url(referral_id):
    return reverse("referral_accept_re_homed", args=[referral_id])


def person_page(referral_id):
    return reverse("person", args=[Holding.objects.get(until_at=None).referral.person_id])


def test_my_work_shows_it_from_the_first_with_both_answers(sam, re_homed):
    answer = sam.get("/")
    now = text(answer).partition("Needs you now")[2].partition("Held by you")[0]
    assert "Re-homed to your team, not accepted yet" in now and "Please help her to sleep" in now
    assert accept_url(re_homed) in answer.content.decode()
    assert reverse("handover_new", args=[re_homed]) in answer.content.decode()


def test_the_menu_counts_it_with_the_offers_until_it_is_answered(sam, place, re_homed):
    assert waiting(place.sam).offers == 1
    fill(sam, accept_url(re_homed), form="accept", read_back=WORDS)
    assert waiting(place.sam).offers == 0


def test_who_left_is_named_where_it_stays_with_the_team(place):
    referral_id = place.a_referral()
    lou = lead(place, "Front door")
    agencies.leave(member_id=place.amir.member_id, words="A new post.", by=lou, at=place.later())
    said = text(stories.browser(lou).get(page(referral_id)))
    assert "It stayed with Front door when Amir of Front door left" in said and "A new post." in said


def test_it_is_not_also_owed_later(place, re_homed):
    at = Promise.objects.get().made_at
    assert [one.state for one in my_work.needs_you(viewer=place.sam, at=at).tasks] == ["re_homing"]
    assert not my_work.owed_later(viewer=place.sam, at=at).tasks


def test_offered_on_it_presses_only_when_it_is_due(sam, place, re_homed):
    fill(sam, reverse("handover_new", args=[re_homed]), form="offer",
         to_team=str(place.teams["Front door"]), ask="You know her.")  # fmt: skip
    owed = Promise.objects.get()
    viewer = place.sam
    assert not my_work.needs_you(viewer=viewer, at=owed.made_at).tasks
    assert [one.state for one in my_work.owed_later(viewer=viewer, at=owed.made_at).tasks] == ["re_homing"]
    late = owed.due_at + timedelta(minutes=1)
    assert [one.state for one in my_work.needs_you(viewer=viewer, at=late).tasks] == ["re_homing"]


def test_the_referral_says_from_whom_it_came_and_why_and_asks_for_a_read_back(sam, re_homed):
    said = text(sam.get(page(re_homed)))
    assert "Not yet accepted" in said and "Merged into social care." in said
    assert "It came to Social care from Crisis team" in said and "the team has closed" in said
    assert "In one line, what will you do?" in said and "Hand over instead" in said
    assert "Say what came of it" not in said, "it is not ticked off"


def test_accepting_names_whoever_accepts_and_keeps_what_was_owed(sam, place, re_homed):
    answer = fill(sam, accept_url(re_homed), form="accept", read_back=WORDS)
    assert answer.status_code == 302
    held, owed = Holding.objects.get(until_at=None), Promise.objects.get()
    assert (held.member_id, held.re_homing.read_back) == (place.sam.member_id, WORDS)
    assert (owed.state, owed.ended_by_id) == ("kept", place.sam.member_id)
    said = text(sam.get(answer.url))
    assert "has taken this person on, and you are named" in said and "Not yet accepted" not in said


def test_the_line_of_holders_says_whether_it_was_accepted(sam, re_homed):
    assert "Re-homed, because the holder was gone" in text(sam.get(person_page(re_homed)))
    assert "Not yet accepted" in text(sam.get(person_page(re_homed)))
    fill(sam, accept_url(re_homed), form="accept", read_back=WORDS)
    said = text(sam.get(person_page(re_homed)))
    assert "by Priya of Social care:" in said and WORDS in said and "Not yet accepted" not in said


def test_the_story_tells_the_acceptance_and_what_was_read_back(sam, re_homed):
    fill(sam, accept_url(re_homed), form="accept", read_back=WORDS)
    person_id = Holding.objects.get(until_at=None).referral.person_id
    said = text(sam.get(reverse("person_timeline", args=[person_id])))
    assert "Accepted the person who was re-homed to the team, and read back:" in said and WORDS in said


def test_without_a_read_back_nothing_is_accepted(sam, re_homed):
    answer = fill(sam, accept_url(re_homed), form="accept", read_back=" ")
    assert answer.status_code == 422
    assert "In one line, say what you will do" in text(answer)
    assert ReHoming.objects.get().accepted_at is None


def test_a_colleague_who_was_first_is_named_and_what_was_typed_is_kept(sam, place, re_homed):
    seen = fields(sam.get(page(re_homed)), form="accept")
    first = stories.browser(lead(place, "Social care"))
    fill(first, accept_url(re_homed), form="accept", read_back="I see her today.")
    answer = sent(sam, accept_url(re_homed), seen, read_back=WORDS)
    assert answer.status_code == 409
    assert "Lou of Social care accepted this" in text(answer) and WORDS in text(answer)
    assert ReHoming.objects.get().read_back == "I see her today."


def test_sent_twice_it_is_accepted_once(sam, re_homed):
    seen = fields(sam.get(page(re_homed)), form="accept")
    again = [sent(sam, accept_url(re_homed), seen, read_back=WORDS) for _ in range(2)]
    assert [answer.status_code for answer in again] == [302, 302]
    assert sent(sam, accept_url(re_homed), seen, read_back="Otherwise.").status_code == 409


def test_what_was_handed_over_meanwhile_is_not_accepted_any_more(sam, amir, place, re_homed):
    seen = fields(sam.get(page(re_homed)), form="accept")
    offered = fill(sam, reverse("handover_new", args=[re_homed]), form="offer",
                   to_team=str(place.teams["Front door"]), ask="You know her.")  # fmt: skip
    assert "Take the offer back first" in text(sent(sam, accept_url(re_homed), seen, read_back=WORDS))
    fill(amir, f"{offered.url}/accept", form="accept", read_back="We know her.")
    refused = sent(sam, accept_url(re_homed), seen, read_back=WORDS)
    assert refused.status_code == 422 and "Only the team that holds this can do this" in text(refused)
    assert "Not accepted by this team: handed over to the next" in text(amir.get(person_page(re_homed)))
    assert Promise.objects.get().state == "kept"


def test_another_team_reads_that_it_waits_and_is_not_asked(amir, re_homed):
    said = text(amir.get(page(re_homed)))
    assert "Not yet accepted" in said and "In one line" not in said
    assert "Only Social care can do this" in said


@pytest.mark.parametrize(
    "typed", [{}, {"re_homing_id": "rubbish"}, {"re_homing_id": "00000000-0000-4000-8000-000000000000"}]
)
def test_a_form_that_does_not_say_which_is_answered_in_words(sam, re_homed, typed):
    answer = sam.post(accept_url(re_homed), {"read_back": WORDS, **typed})
    assert 400 <= answer.status_code < 500 and WORDS in text(answer)


def test_where_nothing_was_re_homed_there_is_nothing_to_accept(amir, place):
    referral_id = place.a_referral()
    answer = amir.post(accept_url(referral_id), {"read_back": WORDS})
    assert answer.status_code == 422 and "nothing to accept" in text(answer)
    assert amir.get(accept_url(referral_id)).status_code == 200


@pytest.mark.parametrize("name", ["promise_keep", "promise_let_go"])
def test_what_is_owed_on_it_cannot_be_ticked_off(sam, re_homed, name):
    answer = fill(sam, reverse(name, args=[Promise.objects.get().id]), words="Done.")
    assert answer.status_code == 422
    assert "Accept it with a read-back, or hand it over." in text(answer)


def test_it_cannot_be_closed_before_it_is_answered(sam, re_homed):
    said = text(sam.get(page(re_homed)))
    assert "This came to your team by a re-homing that nobody has accepted yet." in said
