"""Two records of one person: found as one, read together by whoever may see both, and sealed as one."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.merges.facts import MERGES
from nowrongdoor.journeys import merges, people
from nowrongdoor.kernel import store
from nowrongdoor.rules.merging import Found, key_of
from nowrongdoor.rules.person import Details
from tests.journeys import merging
from tests.journeys.acts import lead
from tests.pages.sending import fill, text

pytestmark = pytest.mark.django_db
SEARCH = "/people"


@pytest.fixture
def both(place):
    """Maryam Ali, and the record of her that social care holds under another spelling: the first stands."""
    first = place.a_person(born_on=date(1984, 3, 7), postcode="ZZ7 2AB")
    place.a_referral(person_id=first)
    other, named = uuid4(), {"given_names": "Mariam", "family_name": "Aly", "phone": "01632 960411"}
    details = Details(**named, born_on=date(1984, 3, 7))
    people.register(person_id=other, details=details, looked_at=[], by=place.sam, at=place.later())
    place.a_referral(person_id=other, by=place.sam)
    found = Found(first, other, 14.0, "same birth date; surname one letter off", "steward")
    by = lead(place, "Front door")
    merges.propose(found=[found], by=by, at=place.later())
    given = {"merge_id": key_of(first, other), "stays_id": first, "words": merging.ASKED, "by": by, "seen": 1}
    merges.merge(**given, at=place.later())
    return first, other


def undo(place, first, other):
    given = {"merge_id": key_of(first, other), "words": "They are sisters.", "by": lead(place, "Front door")}
    merges.unmerge(**given, seen=store.peek(MERGES, given["merge_id"]).version, at=place.later())


def test_what_stands_on_both_is_read_on_one_page_with_how_it_was_known(amir, place, both):
    first, other = both
    place.a_claim(other, by=place.amir)
    said = text(amir.get(reverse("person", args=[first])))
    assert "Open now (2)" in said or "Open now 2" in said
    assert "Other records of this person" in said and "ALY, Mariam" in said
    assert "same birth date; surname one letter off" in said and merging.ASKED in said


def test_a_merge_opens_nothing_and_says_that_there_is_more(amir, place, both):
    said = text(amir.get(reverse("person", args=[both[0]])))
    assert "One more record of theirs is in the care of others" in said
    assert "Mariam" not in said


def test_a_search_that_fits_either_record_finds_the_one_that_stands(amir, place, both):
    said = text(fill(amir, SEARCH, form="search", name="Mariam Aly", phone="01632 960411"))
    assert "by another record of theirs" in said
    assert said.count("Open the record") == 1 and "Maryam" in said


def test_after_it_is_undone_each_is_found_and_read_by_itself(amir, place, both):
    undo(place, *both)
    said = text(fill(amir, SEARCH, form="search", name="Mariam Aly", phone="01632 960411"))
    assert "Mariam" in said and "by another record" not in said
    assert "Other records of this person" not in text(amir.get(reverse("person", args=[both[0]])))


def test_of_a_restricted_record_the_other_one_tells_nothing_to_whoever_may_not_see_it(sam, place, both):
    merging.restricted(place, both[0])
    said = text(sam.get(reverse("person", args=[both[1]])))
    assert "Maryam" not in said and "One more record" not in said
