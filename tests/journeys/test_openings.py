"""Records opened without a part in someone's care: what opens, for how long, and who looks into it."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from nowrongdoor.console.prove.pairs import Act, Two
from nowrongdoor.data.sharing.facts import OPENINGS, REVIEWS, SEALS
from nowrongdoor.journeys import openings, reviews
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.reading import standing
from nowrongdoor.rules import sealing
from nowrongdoor.rules.access import Element, Relationship
from nowrongdoor.rules.change import Missing, Refused
from tests.journeys import looking
from tests.worlds.small_place import SmallPlace


@transaction
def restrict(place: SmallPlace, person_id):
    put = sealing.seal(
        seal_id=uuid4(),
        person_id=person_id,
        why="asked",
        words="Fled from someone who looks for her.",
        team_id=place.amir.team_id,
        by=place.amir.member_id,
        at=place.later(),
    )
    store.save([put], by=place.amir, at=place.at)


def tie(place: SmallPlace, by, person_id):
    return standing.of("person", person_id, viewer=by, at=place.at).sight


@pytest.mark.django_db
def test_whoever_registers_someone_sees_the_record_for_half_a_day(place):
    person_id = place.a_person()
    assert tie(place, place.amir, person_id).relationship == Relationship.CLAIMED
    place.later(hours=12)
    with pytest.raises(Missing):
        tie(place, place.amir, person_id)


@pytest.mark.django_db
def test_a_claim_opens_the_record_to_one_member_and_to_no_colleague(place):
    given = looking.claiming(place)
    with pytest.raises(Missing):
        tie(place, place.sam, given["person_id"])
    openings.claim(**given, at=place.later())
    assert tie(place, place.sam, given["person_id"]).relationship == Relationship.CLAIMED
    colleague = place.viewers["Amir of Social care"]
    with pytest.raises(Missing):
        tie(place, colleague, given["person_id"])


@pytest.mark.django_db
def test_nobody_can_claim_a_restricted_person_and_is_told_what_they_would_be_of_nobody(place):
    given = looking.claiming(place)
    restrict(place, given["person_id"])
    with pytest.raises(Missing) as restricted:
        openings.claim(**given, at=place.later())
    with pytest.raises(Missing) as nobody:
        openings.claim(**given | {"person_id": uuid4()}, at=place.later())
    assert str(restricted.value) == str(nobody.value)
    assert not store.find(OPENINGS, member_id=place.sam.member_id)


@pytest.mark.django_db
def test_breaking_the_glass_opens_a_restricted_person_but_not_where_they_are(place):
    given = looking.breaking_glass(place)
    restrict(place, given["person_id"])
    openings.break_glass(**given, at=place.later())
    seen = tie(place, place.sam, given["person_id"])
    assert seen.relationship == Relationship.BROKE_GLASS
    assert seen.shows(Element.STORY) and not seen.shows(Element.WHEREABOUTS)


@pytest.mark.django_db
def test_each_breaking_of_the_glass_asks_for_one_review_by_the_agency_of_whoever_broke_it(place):
    given = looking.breaking_glass(place)
    for _ in range(5):
        openings.break_glass(**given | {"opening_id": uuid4(), "review_id": uuid4()}, at=place.later())
    broken, asked = store.find(OPENINGS, kind="break_glass"), store.find(REVIEWS)
    assert {one.subject_id for one in asked} == {one.id for one in broken} and len(asked) == 5
    assert {one.agency_id for one in asked} == {place.sam.agency_id}
    assert {one.due_at - one.raised_at for one in asked} == {timedelta(days=3)}


@pytest.mark.django_db
def test_fifty_breakings_of_the_glass_are_fifty_reviews(place):
    person_id = place.a_person()
    given = {"person_id": person_id, "reason": "danger_now", "words": "She rang from a bridge."}
    breakers = [*place.viewers.values(), place.sam]
    for number in range(50):
        at = place.later() if number < 45 else place.later(days=1)
        keys = {"opening_id": uuid4(), "review_id": uuid4()}
        openings.break_glass(**given, **keys, by=breakers[number // 5], at=at)
    broken, asked = store.find(OPENINGS, kind="break_glass"), store.find(REVIEWS)
    assert len(broken) == len(asked) == 50
    assert {one.subject_id: one.member_id for one in asked} == {one.id: one.member_id for one in broken}


@pytest.mark.django_db
def test_one_who_broke_the_glass_too_often_may_do_so_the_next_day(place):
    given = looking.breaking_glass(place)
    looking.broken_too_often(place, given)
    again = {"opening_id": uuid4(), "review_id": uuid4()}
    with pytest.raises(Refused, match="as often as one person may"):
        openings.break_glass(**given | again, at=place.later())
    openings.break_glass(**given | again, at=place.later(hours=24))


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_counted_one_by_one(place):
    given = looking.breaking_glass(place)
    for _ in range(4):
        openings.break_glass(**given | {"opening_id": uuid4(), "review_id": uuid4()}, at=place.later())

    def act(name):
        again, at = {"opening_id": uuid4(), "review_id": uuid4()}, place.later()
        return Act(name, partial(openings.break_glass, **given | again, at=at), place.sam, at)

    with Two() as two:
        first, second = two.meeting(act("the fifth"), act("the sixth"))
    assert first.won
    assert second.refusal is not None and second.refusal.code == "broken_too_often"


@pytest.mark.django_db
def test_where_an_agency_has_no_governance_lead_another_decides(place):
    given = looking.breaking_glass(place)
    openings.break_glass(**given, at=place.later())
    other = looking.a_governance_lead(place, team="Crisis team", name="Owen Shah")
    decided = {"review_id": given["review_id"], "outcome": "right", "words": "She was found.", "seen": 1}
    reviews.decide(**decided, by=other, at=place.later())
    assert store.peek(REVIEWS, given["review_id"]).decided_by_id == other.member_id
    assert not store.find(SEALS)
