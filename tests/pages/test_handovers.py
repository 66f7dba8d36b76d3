"""Handing over warmly: written once, seen first as the receiver will see it, answered by one of two."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.journeys import agencies
from nowrongdoor.rules.agency import Member, Membership
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db


def composer(referral_id):
    return reverse("handover_new", args=[referral_id])


def answer_url(name, handover_id):
    return reverse(f"handover_{name}", args=[handover_id])


def test_what_is_known_already_is_not_asked_again(amir, place):
    _, referral_id = place.a_contact(words="Mum has not slept.")
    seen = fields(amir.get(composer(referral_id)), form="offer")
    assert (seen["summary"], seen["ask"]) == (["Mum has not slept."], ["Help her sleep"])


def test_the_rule_of_the_clock_is_said_with_its_source(amir, place):
    said = text(amir.get(composer(place.a_referral())))
    assert "Not triaged yet, so answered as very urgent: they answer within 30 min, by " in said
    assert "No Wrong Door default (local policy decides) (not checked against its source)" in said


def test_teams_are_by_agency_with_services_hours_and_numbers(amir, place):
    page = amir.get(composer(place.a_referral()))
    assert '<optgroup label="Averley Council">' in page.content.decode()
    said = text(page)
    assert "Home treatment: Visits at home, day and night. Every day, all hours" in said
    assert "Helps with mental health." in said and "01632 960001" in said
    # The team that holds is not asked.
    assert f'value="{place.teams["Crisis team"]}"' in page.content.decode()
    assert f'value="{place.teams["Front door"]}"' not in page.content.decode()


def test_the_preview_is_exactly_what_the_receiver_will_see(amir, priya, place):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    answers = {
        "to_team": str(place.teams["Crisis team"]),
        "why_urgent": "Four nights <awake>",
        "ask": "See her\ntonight.",
        "watch_for": "Not eating",
        "sharing_basis": "consent",
    }
    page = fill(amir, composer(referral_id), form="offer", preview="1", **answers)
    assert page.status_code == 200 and not Handover.objects.exists()
    previewed = _message(page)
    offered = sent(amir, composer(referral_id), fields(page, form="offer"))
    shown = _message(priya.get(offered.url))
    # The clock runs from sending: only the minute of the answer may differ.
    assert [line for line in shown if "Answer by" not in line] == [
        line for line in previewed if "Answer by" not in line
    ]
    assert any("Four nights &lt;awake&gt;" in line for line in shown)


def _message(page):
    content = page.content.decode()
    start = content.index('<div class="nwd-message">')
    return content[start : content.index("Why this is shared", start)].splitlines()


def test_a_preview_without_a_team_still_shows_the_message(amir, place):
    page = fill(amir, composer(place.a_referral()), form="offer", preview="1", ask="See her")
    assert page.status_code == 200
    assert "As no team chosen yet will see it" in text(page)


def test_the_giver_holds_while_it_waits_and_sees_what_to_do(amir, place):
    referral_id = place.a_referral()
    answer = fill(
        amir, composer(referral_id), form="offer", to_team=str(place.teams["Crisis team"]), ask="See her"
    )
    said = text(amir.get(answer.url))
    assert "Offered to Crisis team" in said
    assert "Front door – Amir of Front door since" in said and "They hold until this is accepted." in said
    assert "Phone Crisis team now: 01632 960001" in said and "Take the offer back" in said
    assert Holding.objects.get(until_at=None).team_id == place.amir.team_id


@pytest.mark.parametrize("missing", ["to_team", "ask"])
def test_whom_and_what_for_must_be_said_and_the_rest_is_kept(amir, place, missing):
    answers = {"to_team": str(place.teams["Crisis team"]), "ask": "See her", "done": "Talked for an hour."}
    answer = fill(amir, composer(place.a_referral()), form="offer", **{**answers, missing: ""})
    assert answer.status_code == 422
    assert fields(answer, form="offer")["done"] == ["Talked for an hour."]


@pytest.mark.parametrize("team", ["rubbish", str(uuid4()), "\x00"], ids=["rubbish", "nobody's", "nothing"])
def test_a_team_that_is_none_is_refused_in_words(amir, place, team):
    answer = fill(amir, composer(place.a_referral()), form="offer", to_team=team, ask="See her")
    assert answer.status_code == 422 and "Choose one of the answers shown" in text(answer)


def test_an_offer_sent_twice_is_one_offer(amir, place):
    referral_id = place.a_referral()
    seen = fields(amir.get(composer(referral_id)), form="offer")
    answers = {"to_team": str(place.teams["Crisis team"]), "ask": "See her"}
    first, second = (sent(amir, composer(referral_id), seen, **answers) for _ in range(2))
    assert first.url == second.url and Handover.objects.count() == 1


def test_a_second_offer_waits_for_the_first(amir, place):
    place.an_offer()
    referral_id = Handover.objects.get().referral_id
    answer = fill(
        amir, composer(referral_id), form="offer", to_team=str(place.teams["Social care"]), ask="Help"
    )
    assert answer.status_code == 409
    assert "already been offered to a team that has not answered" in text(answer)
    assert fields(answer, form="offer")["ask"] == ["Help"]


def test_accepting_needs_a_read_back_and_moves_the_holder(priya, place):
    offer = place.an_offer()
    page = reverse("handover", args=[offer])
    blank = fill(priya, page, form="accept", action=answer_url("accept", offer), read_back=" ")
    assert blank.status_code == 422
    assert "In one line, say what you will do, so the giver knows you mean the same." in text(blank)
    answer = fill(priya, page, form="accept", action=answer_url("accept", offer), read_back="We ring at ten.")
    assert answer.status_code == 302
    said = text(priya.get(answer.url))
    assert "Held now by Crisis team – Priya of Crisis team" in said
    assert "Priya of Crisis team accepted this" in text(priya.get(page))


def test_the_second_to_accept_is_told_who_and_when_and_loses_nothing(priya, place):
    offer = place.an_offer()
    page, accept = reverse("handover", args=[offer]), answer_url("accept", offer)
    seen = fields(priya.get(page), form="accept")
    lou = stories.browser(place.viewers["Lou of Crisis team"])
    fill(lou, page, form="accept", action=accept, read_back="I see her.")
    answer = sent(priya, accept, seen, read_back="I will ring at ten.")
    assert answer.status_code == 409
    said = text(answer)
    assert "Lou of Crisis team accepted this" in said
    assert "What you had written – nothing has been lost I will ring at ten." in said
    assert "Name not given is held by Crisis team – Lou of Crisis team." in said


def test_a_colleague_of_the_same_name_is_not_oneself(priya, place):
    """Said "you" of somebody else's act, a page would claim what this member never did."""
    offer = place.an_offer()
    accept = answer_url("accept", offer)
    seen = fields(priya.get(reverse("handover", args=[offer])), form="accept")
    namesake = replace(place.viewers["Lou of Crisis team"], member_name=place.priya.member_name)
    stories.accepted(place, offer, by=namesake, words="We ring at ten.")
    answer = sent(priya, accept, seen, read_back="We ring at ten.")
    assert answer.status_code == 409
    said = text(answer)
    assert "Priya of Crisis team accepted this" in said and "You accepted this" not in said


def test_accepting_twice_by_a_double_click_is_one_acceptance(priya, place):
    offer = place.an_offer()
    page, accept = reverse("handover", args=[offer]), answer_url("accept", offer)
    seen = fields(priya.get(page), form="accept")
    first, second = (sent(priya, accept, seen, read_back="We ring at ten.") for _ in range(2))
    assert first.url == second.url
    assert Holding.objects.filter(until_at=None).count() == 1


def test_a_return_without_a_next_team_is_refused_with_the_text_kept(priya, place):
    offer = place.an_offer()
    url = answer_url("return", offer)
    answer = fill(priya, url, reason="not_ours", words="She lives across the river.")
    assert answer.status_code == 422
    assert "Name the team to ask next. A no on its own would leave this with nobody to answer it." in text(
        answer
    )
    assert fields(answer)["words"] == ["She lives across the river."]
    assert Handover.objects.get().state == "offered"


def test_a_return_asks_the_next_team_by_the_same_time(priya, sam, place):
    offer = place.an_offer()
    url = answer_url("return", offer)
    seen = fields(priya.get(url))
    answers = {"reason": "not_ours", "words": "Council first.", "next_team": str(place.teams["Social care"])}
    first, second = (sent(priya, url, seen, **answers) for _ in range(2))
    assert first.url == second.url == reverse("handover", args=[offer])
    then = Handover.objects.get(hop=2)
    assert then.answer_by == Handover.objects.get(hop=1).answer_by
    said = text(sam.get(reverse("handover", args=[then.id])))
    assert "2nd handover" in said and "Take this person on" in said
    assert Holding.objects.get(until_at=None).team_id == place.amir.team_id


def test_neither_the_giver_nor_oneself_is_offered_as_next(priya, place):
    page = priya.get(answer_url("return", place.an_offer())).content.decode()
    offered = {name for name, key in place.teams.items() if f'value="{key}"' in page}
    assert offered == {"Social care"}


def test_an_offer_is_taken_back_with_a_reason(amir, priya, place):
    offer = place.an_offer()
    url = answer_url("withdraw", offer)
    nothing = fill(amir, url)
    assert nothing.status_code == 422 and "Choose why you are taking the offer back" in text(nothing)
    seen = fields(priya.get(reverse("handover", args=[offer])), form="accept")
    assert fill(amir, url, reason="changed").status_code == 302
    late = sent(priya, answer_url("accept", offer), seen, read_back="We ring at ten.")
    assert late.status_code == 409 and "Amir of Front door withdrew this offer" in text(late)


def test_the_giver_reads_and_may_not_answer(amir, place):
    offer = place.an_offer()
    said = text(amir.get(reverse("handover", args=[offer])))
    assert "Take this person on" not in said
    answer = sent(amir, answer_url("accept", offer), {"seen": ["1"], "read_back": ["Ours"]})
    assert answer.status_code == 422 and Handover.objects.get().state == "offered"
    assert "Only the team that was asked can do this; you are working for Front door." in text(answer)


def test_whoever_has_no_part_in_it_is_answered_as_if_it_were_not_there(sam, place):
    offer = place.an_offer()
    assert sam.get(reverse("handover", args=[offer])).status_code == 404
    answer = sent(sam, answer_url("accept", offer), {"seen": ["1"], "read_back": ["Ours"]})
    assert answer.status_code == 404 and Handover.objects.get().state == "offered"


def test_a_form_that_saw_no_version_changes_nothing(priya, place):
    offer = place.an_offer()
    for seen in ("", "rubbish", "-1", "999999999999999999999", "\x00"):
        answer = sent(priya, answer_url("accept", offer), {"seen": [seen], "read_back": ["Ours"]})
        assert answer.status_code == 409, seen
    assert Handover.objects.get().state == "offered"


def test_a_handover_that_is_not_there_is_a_page_that_says_so(amir):
    for name in ("handover", "handover_accept", "handover_return", "handover_withdraw"):
        assert amir.get(reverse(name, args=[uuid4()])).status_code == 404
    assert amir.get("/handovers/rubbish").status_code == 404


def test_what_is_not_a_viewers_to_read_does_not_look_like_nothing_written(amir, place):
    member = Member(uuid4(), "Nia of Front door", "Dispatcher")
    works = Membership(uuid4(), member.id, place.amir.team_id, "police_control", SINCE, None)
    lead = place.viewers["Lou of Front door"]
    agencies.enter(facts=[member, works], by=lead, at=place.later())
    nia = replace(lead, member_id=member.id, member_name=member.name, role="police_control")
    url = reverse("handover", args=[place.an_offer(referral_id=place.a_referral())])
    assert "Not shown to you." not in text(amir.get(url)), "the control: who reads the story too"
    shown = text(stories.browser(nia).get(url))
    assert "Summary Not shown to you." in shown and "What you are asked to do Not shown" not in shown
    assert "Why this is shared Not shown to you." in shown
