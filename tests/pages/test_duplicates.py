"""The records steward: what is alike is listed, put side by side, decided, and undone."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.console import comparing
from nowrongdoor.data.merges.models import Merge as MergeRow
from nowrongdoor.journeys import agencies, merges
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.pages.duplicates import quality
from nowrongdoor.reading.record_quality import BandLine
from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.merging import Found, key_of
from tests.journeys import merging
from tests.journeys.acts import lead
from tests.pages.sending import fields, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
LIST = "/duplicates"
SAME = {
    "born_on": date(1984, 3, 7),
    "address": "14 Saltmarsh Row",
    "postcode": "ZZ7 2AB",
    "phone": "01632 960114",
}


@pytest.fixture
def steward(place):
    """Works at social care, in nobody's care."""
    member = Member(uuid4(), "Steph Quill", "Records steward", "")
    works = Membership(uuid4(), member.id, place.sam.team_id, "data_steward", SINCE, None)
    agencies.enter(facts=[member, works], by=lead(place, "Social care"), at=place.later())
    return replace(place.sam, member_id=member.id, member_name=member.name, role="data_steward")


@pytest.fixture
def pair(place):
    first = place.a_person(**SAME)
    other = place.a_person(given_names="Mariam", family_name="Aly", **SAME)
    for one in (first, other):
        place.a_referral(person_id=one)
    found = Found(first, other, 14.0, "same birth date; surname one letter off", "register")
    merges.propose(found=[found], by=lead(place, "Front door"), at=place.later())
    return key_of(first, other), first, other


def at(key, act="duplicate"):
    return reverse(act, args=[key])


def decides(client, key, act, **typed):
    url = at(key, f"duplicate_{act}")
    return sent(client, url, fields(client.get(at(key)), action=url) | typed)


def test_both_records_stand_side_by_side_with_how_they_agree_and_that_is_on_record(steward, pair):
    key, first, other = pair
    client = stories.browser(steward)
    assert "ALI, Maryam" in text(client.get(LIST)) and "surname one letter off" in text(client.get(LIST))
    said = text(client.get(at(key)))
    assert "ALI, Maryam" in said and "ALY, Mariam" in said
    assert "same date of birth" in said and "14 Saltmarsh Row" in said
    looks = Look.objects.filter(page="duplicate").values_list("person_id", "relationship")
    assert set(looks) == {(first, "comparing"), (other, "comparing")}


def test_the_steward_merges_says_how_they_know_and_may_undo_it(steward, pair):
    key, first, _ = pair
    client = stories.browser(steward)
    typed = {"together-stays": str(first), "together-words": merging.ASKED}
    answer = decides(client, key, "merge", **typed)
    assert answer.status_code == 302 and answer.url == LIST
    said = text(client.get(at(key)))
    assert "Two records of one person" in said and merging.ASKED in said and "Steph Quill" in said
    undone = decides(client, key, "unmerge", **{"parted-words": "They are sisters."})
    assert undone.status_code == 302
    assert MergeRow.objects.get(pk=key).state == "undone"


def test_without_how_it_is_known_nothing_is_decided_and_what_was_chosen_stays(steward, pair):
    key, first, _ = pair
    client = stories.browser(steward)
    answer = decides(client, key, "merge", **{"together-stays": str(first)})
    assert answer.status_code == 422 and "Enter how you know that they are one person" in text(answer)
    assert f'value="{first}" checked' in answer.content.decode()
    assert MergeRow.objects.get(pk=key).state == "proposed"


def test_two_people_are_kept_apart_and_leave_the_list(steward, pair):
    client = stories.browser(steward)
    answer = decides(client, pair[0], "apart", **{"parted-words": "Twins: both answered."})
    assert answer.status_code == 302
    said = text(client.get(LIST))
    assert "No two records wait for a decision" in said and "Two people" in said


def test_whoever_decides_second_is_told_and_keeps_what_they_typed(steward, place, pair):
    key, first, _ = pair
    client = stories.browser(steward)
    page = client.get(at(key))
    apart = {"merge_id": key, "words": "Twins.", "by": lead(place, "Front door"), "seen": 1}
    merges.keep_apart(**apart, at=place.later())
    form = fields(page, action=at(key, "duplicate_merge"))
    typed = {"together-stays": str(first), "together-words": "Same."}
    answer = sent(client, at(key, "duplicate_merge"), form | typed)
    assert answer.status_code == 409 and "decided that these are two people" in text(answer)


def test_a_restricted_person_is_on_no_list_of_the_steward_and_behind_no_address(steward, place, pair):
    key, first, _ = pair
    merging.restricted(place, first)
    client = stories.browser(steward)
    assert "Maryam" not in text(client.get(LIST))
    assert client.get(at(key)).status_code == 404


def test_quality_counts_by_agency_what_is_missing_and_nobody_who_is_restricted(steward, place, pair):
    _, first, _ = pair
    client = stories.browser(steward)
    counted = "2 (100 in 100)"
    said = text(client.get("/duplicates/quality"))
    assert place.amir.agency_name in said and counted in said and "Very likely one person" in said
    merging.restricted(place, first)
    assert counted not in text(client.get("/duplicates/quality"))


def test_decisions_that_come_apart_from_the_weights_are_told():
    agreed = BandLine("proposed", "Very likely one person", 3, 6, 6, 11.9)
    assert "6 of 12 were one person's; by the weights it would be 12" in quality._agreement(agreed)["said"]
    assert "Too few" in quality._agreement(replace(agreed, one_person=1, two_people=1))["said"]


def test_whoever_is_no_steward_finds_no_list(amir, pair):
    assert amir.get(LIST).status_code == amir.get("/duplicates/quality").status_code == 403
    assert amir.get(at(pair[0])).status_code == 403


def test_our_own_records_are_compared_and_what_is_alike_is_proposed_once(steward, place):
    first = place.a_person(**SAME)
    other = place.a_person(given_names="Maryam", family_name="Aly", **SAME)
    place.a_person(given_names="Tom", family_name="Rees", born_on=date(1990, 1, 2))
    assert comparing.own_records(by=steward, at=place.later())[0] == 1
    assert comparing.own_records(by=steward, at=place.later()) == (0, 0)
    known = MergeRow.objects.get(pk=key_of(first, other))
    assert known.state == "proposed" and "one letter off" in known.evidence
