"""A story narrowed to one type of entry, one agency, or both: by links, and kept from page to page."""

import pytest
from django.urls import reverse

from nowrongdoor.pages.people import filtering, story
from tests.pages.sending import fill, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(place):
    """Registered and referred by one agency, handed on and accepted by another team of it."""
    person = stories.maryam(place)
    offer = place.an_offer(referral_id=place.a_referral(person_id=person), to="Social care")
    stories.accepted(place, offer, by=place.sam)
    return reverse("person_timeline", args=[person])


def test_each_entry_says_who_in_which_team_of_which_agency(amir, told):
    said = text(amir.get(told))
    assert "Amir of Front door, Front door, Averley Mental Health" in said
    assert "Priya of Social care, Social care, Averley Council" in said


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("?type=record", "Registered this person", "Accepted the handover"),
        ("?type=handovers", "Accepted the handover", "Registered this person"),
        ("?type=referrals", "Took in a referral", "Accepted the handover"),
        ("?type=promises", "Nothing of this kind is recorded here", "Registered this person"),
        ("?type=rubbish", "Registered this person", "Nothing of this kind"),
        ("", "Accepted the handover", "Nothing of this kind"),
    ],
)
def test_only_entries_of_the_type_are_shown(amir, told, asked, there, not_there):
    said = text(amir.get(told + asked))
    assert there in said and not_there not in said


def test_an_act_that_is_told_under_another_type_leaves_no_empty_line(amir, place):
    person = stories.maryam(place)
    referral = place.a_referral(person_id=person)
    fill(amir, reverse("referral_close", args=[referral]), outcome="help_given", told="Done.", told_by="us")
    html = amir.get(f"{reverse('person_timeline', args=[person])}?type=handovers").content.decode()
    acts = [part.partition("</li>")[0] for part in html.split('<li class="nwd-told">')[1:]]
    assert acts and all("nwd-told__what" in act for act in acts)


def test_type_and_agency_narrow_together_and_each_link_keeps_the_other(amir, place, told):
    theirs = f"{told}?agency={place.sam.agency_id}&type=handovers"
    answer = amir.get(theirs)
    said, html = text(answer), answer.content.decode()
    assert "Accepted the handover" in said and "Offered it to" not in said
    assert f'href="{told}?type=handovers"' in html
    assert f'href="{told}?agency={place.sam.agency_id}&amp;type=record"' in html
    assert 'aria-label="Type of entry"' in html and html.count('aria-current="page">') >= 3


def test_the_next_page_is_of_the_same_type(amir, place):
    person = stories.maryam(place)
    for _ in range(55):
        place.a_referral(person_id=person)
    url = reverse("person_timeline", args=[person])
    html = amir.get(f"{url}?type=referrals").content.decode()
    (following,) = (part.partition('"')[0] for part in html.split('href="') if "before=" in part)
    assert following.startswith(f"{url}?type=referrals&amp;before=")
    later = amir.get(following.replace("&amp;", "&"))
    assert later.status_code == 200 and "Took in a referral" in text(later)
    assert "Front door holds the person" not in text(later)


def test_every_kind_of_entry_belongs_to_one_type():
    nouns = [noun for _, ours in filtering.TYPES.values() for noun in ours]
    assert len(nouns) == len(set(nouns))
    assert {kind.partition(".")[0] for kind in story.SENTENCES} <= set(nouns)
