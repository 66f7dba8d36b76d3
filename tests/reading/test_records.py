"""What the pages of a person, a referral and a handover are told."""

from itertools import pairwise
from uuid import uuid4

import pytest

from nowrongdoor.pages.people import story
from nowrongdoor.reading import (
    contact_record,
    handover_composer,
    handover_record,
    open_teams,
    owed,
    person_record,
    person_timeline,
    referral_record,
    standing,
)
from nowrongdoor.rules.change import Missing
from tests.architecture import guards, source
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db):
    return stories.a_place()


def seen(place, what, key, *, by=None):
    """How a member of the place stands to a record, as its page would ask."""
    return standing.of(what, key, viewer=by or place.amir, at=place.later())


def test_the_holder_line_has_neither_gap_nor_overlap(place):
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)
    stories.accepted(place, place.an_offer(referral_id=referral_id), by=place.priya)
    again = stories.offered_again(place, referral_id, to="Social care", by=place.priya, seen=3)
    stories.accepted(place, again, by=place.sam)
    (one,) = person_record.of(person_id, seen=seen(place, "person", person_id)).open
    line = [time.holding for time in one.holds]
    assert [time.team_name for time in one.holds] == ["Front door", "Crisis team", "Social care"]
    assert all(one.until_at == then.from_at for one, then in pairwise(line))
    assert line[-1].until_at is None and one.held_now.member_name == "Priya of Social care"


def test_an_open_referral_comes_before_a_closed_one_however_old(place):
    from nowrongdoor.journeys import referrals

    person_id = stories.maryam(place)
    old, new = place.a_referral(person_id=person_id), place.a_referral(person_id=person_id)
    referrals.close(
        referral_id=new,
        outcome="help_given",
        told="Bye.",
        told_by="us",
        by=place.amir,
        at=place.later(),
        seen=1,
    )
    record = person_record.of(person_id, seen=seen(place, "person", person_id))
    assert [one.referral.id for one in record.open] == [old]
    assert [one.referral.id for one in record.earlier] == [new]


def test_what_is_owed_is_found_by_referral_by_contact_and_by_person(place):
    from nowrongdoor.journeys import contacts, promises

    person_id = stories.maryam(place)
    contact_id, _ = stories.a_call_owed(place)
    contacts.link(contact_id=contact_id, person_id=person_id, by=place.amir, at=place.later(), seen=1)
    referral_id = place.a_referral(person_id=person_id)
    for about in ({"referral_id": referral_id}, {"person_id": person_id}):
        promises.make(
            promise_id=uuid4(), kind="callback", words="Ring", due_at=None, by=place.amir, at=place.later(),
            **{"contact_id": None, "referral_id": None, "person_id": None, **about},
        )  # fmt: skip
    assert len(person_record.of(person_id, seen=seen(place, "person", person_id)).owed) == 3


def test_the_rules_say_why_not_and_nothing_is_changed_by_asking(place):
    referral_id = place.a_referral()
    for_holder = referral_record.of(
        referral_id, seen=seen(place, "referral", referral_id, by=place.amir)
    ).why_not
    assert set(for_holder) == {"take", "begin", "reopen", "accept_re_homed"}
    place.an_offer(referral_id=referral_id, to="Social care")
    for_other = referral_record.of(
        referral_id, seen=seen(place, "referral", referral_id, by=place.sam)
    ).why_not
    acts = {"take", "be_in_touch", "begin", "visit", "police", "statutory", "offer", "close", "reopen"}
    acts.add("accept_re_homed")
    assert set(for_other) == acts
    now_so = referral_record.of(referral_id, seen=seen(place, "referral", referral_id))
    assert now_so.about.referral.version == 2


def test_teams_that_help_with_the_need_come_first(place):
    _, referral_id = place.a_contact()
    composer = handover_composer.of(referral_id, seen=seen(place, "referral", referral_id, by=place.amir))
    assert [one.team.name for one in composer.teams] == ["Crisis team", "Social care"]


def test_a_team_that_has_closed_is_not_offered(place):
    from nowrongdoor.journeys import agencies

    agencies.close_team(
        team_id=place.teams["Social care"],
        successor_id=place.teams["Crisis team"],
        words="Merged.",
        by=place.viewers["Lou of Front door"],
        at=place.later(),
        seen=1,
    )
    assert "Social care" not in [one.team.name for one in open_teams.names()]


def test_what_is_not_there_is_missing(place):
    nowhere, who = uuid4(), {"viewer": place.amir, "at": place.later()}
    known = seen(place, "referral", place.a_referral())
    for ask in (
        lambda: standing.of("person", nowhere, **who),
        lambda: standing.of("contact", nowhere, **who),
        lambda: standing.of("referral", nowhere, **who),
        lambda: standing.of("handover", nowhere, **who),
        lambda: person_record.of(nowhere, seen=known),
        lambda: person_timeline.of(nowhere, seen=known),
        lambda: contact_record.of(nowhere, seen=known),
        lambda: referral_record.of(nowhere, seen=known),
        lambda: handover_record.of(nowhere, seen=known),
        lambda: handover_composer.of(nowhere, seen=known),
        lambda: owed.one(nowhere),
    ):
        with pytest.raises(Missing):
            ask()


def test_a_contact_linked_later_is_part_of_the_story_from_its_beginning(place):
    from nowrongdoor.journeys import contacts

    contact_id, _ = place.a_contact()
    person_id = stories.maryam(place)
    contacts.link(contact_id=contact_id, person_id=person_id, by=place.amir, at=place.later(), seen=1)
    told = [
        one.kind
        for act in person_timeline.of(person_id, seen=seen(place, "person", person_id)).acts
        for one in act.told
    ]
    assert told.count("contact.received") == told.count("referral.received") == 1
    ids = [
        one.id
        for act in person_timeline.of(person_id, seen=seen(place, "person", person_id)).acts
        for one in act.told
    ]
    assert len(ids) == len(set(ids))


def test_every_kind_of_the_journal_about_people_has_its_sentence():
    kinds = set(guards.journal_kinds(source.PACKAGE))
    not_about_people = {"agency", "team", "member", "membership", "duty", "crew", "seat", "skill", "going"}
    not_about_people |= {"register_reading", "places_link", "service", "capacity", "draft", "agreement"}
    not_about_people.add("sweep")
    not_about_people |= {"sitting", "suggestion", "guidance", "vignette"}
    untold = {one for one in kinds if one.split(".")[0] not in not_about_people} - set(story.SENTENCES)
    assert not untold


def test_a_kind_without_a_sentence_is_still_told(place):
    at = place.later()
    changed = ({"phone": ""}, {"phone": "1"})
    told = person_timeline.Told(uuid4(), "person.something_new", uuid4(), None, at, *changed)
    assert story.line_of(told, {}, at=at).sentence == "Person: something new"
