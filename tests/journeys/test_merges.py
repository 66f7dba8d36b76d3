"""What the database itself keeps of merges, and what a merge means for seals on either record."""

import pytest
from django.db import IntegrityError, connection, transaction

from nowrongdoor.console import superseding
from nowrongdoor.data.merges.facts import MERGES
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.sharing.facts import REVIEWS, SEALS
from nowrongdoor.journeys import merges, people, seals
from nowrongdoor.kernel import store
from nowrongdoor.reading import people_search
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.identity import Asked
from nowrongdoor.rules.sealing import Against
from tests.journeys import merging
from tests.journeys.acts import lead

pytestmark = pytest.mark.django_db


def restricting(person_id):
    return store.find(SEALS, person_id=person_id, referral_id=None, contact_id=None, lifted_at=None)


def test_a_restriction_holds_on_both_records_until_the_merge_is_undone(place):
    given = merging.merging_them(place)
    known = store.peek(MERGES, given["merge_id"])
    seal_id = merging.restricted(place, known.other_id)
    merges.merge(**given | {"by": lead(place, "Front door")}, at=place.later())
    (carried,) = restricting(known.one_id)
    assert (carried.carried_from_id, carried.words) == (seal_id, "")
    again = {"merge_id": known.id, "words": "Sisters.", "by": lead(place, "Front door"), "seen": 2}
    merges.unmerge(**again, at=place.later())
    assert restricting(known.one_id) == []
    assert [one.id for one in restricting(known.other_id)] == [seal_id]


def test_a_seal_put_on_one_of_merged_records_holds_on_both_and_is_lifted_from_both(place):
    merged = merging.merged(place)
    known = store.peek(MERGES, merged["merge_id"])
    seal_id = merging.restricted(place, known.one_id)
    assert [one.carried_from_id for one in restricting(known.other_id)] == [seal_id]
    lifted = {"seal_id": seal_id, "words": "He has moved.", "by": lead(place, "Front door"), "seen": 1}
    seals.lift(**lifted, at=place.later())
    assert restricting(known.one_id) == restricting(known.other_id) == []


def test_a_record_is_sealed_once_whomever_it_is_against_beside_what_is_carried_to_it(place):
    given = merging.merging_them(place)
    known = store.peek(MERGES, given["merge_id"])
    merging.restricted(place, known.other_id)
    merges.merge(**given | {"by": lead(place, "Front door")}, at=place.later())
    against = Against(agency_id=place.sam.agency_id)
    own = merging.restricted(place, known.one_id, against=against)
    (carried,) = (one for one in restricting(known.one_id) if one.id != own)
    assert carried.carried_from_id is not None
    with pytest.raises(Refused, match="sealed already"):
        merging.restricted(place, known.other_id, against=against)
    assert {one.against_agency_id for one in restricting(known.other_id)} == {None, against.agency_id}


def test_of_restricted_people_nothing_is_said_to_whoever_may_not_know_of_them(place):
    given = merging.merging_them(place)
    merging.restricted(place, store.peek(MERGES, given["merge_id"]).other_id)
    with pytest.raises(Missing):
        merges.merge(**given | {"by": lead(place, "Social care")}, at=place.later())


def test_a_superseded_number_gives_way_and_still_finds_the_person(place):
    given = merging.superseding(place)
    people.supersede(**given, at=place.later())
    known = store.peek(PEOPLE, given["person_id"])
    assert (known.nhs_number, known.other_numbers) == ("9990000026", "9990000018")
    found = people_search.search(Asked(other_number="9990000018"), viewer=place.amir, at=place.later())
    assert [one.person.id for one in found.matches] == [known.id]


def test_no_two_records_share_the_number_that_replaced_another_and_a_steward_is_asked(place):
    given = merging.superseding(place)
    other = place.a_person(family_name="Aly", given_names="Mariam", nhs_number="9990000026")
    for _ in range(2):  # told twice, asked once
        people.supersede(**given, at=place.later())
    assert store.peek(PEOPLE, given["person_id"]).nhs_number == "9990000018"
    (asked,) = store.find(MERGES)
    assert {asked.one_id, asked.other_id} == {given["person_id"], other} and asked.found_by == "number"


def test_of_a_restricted_person_with_that_number_nothing_is_told_and_it_is_looked_into(place):
    given = merging.superseding(place)
    other = merging.held(place, family_name="Aly", given_names="Mariam", nhs_number="9990000026")
    merging.restricted(place, other)
    people.supersede(**given | {"by": lead(place, "Social care")}, at=place.later())
    known = store.peek(PEOPLE, given["person_id"])
    assert (known.nhs_number, known.number_in_doubt) == ("9990000026", True)
    assert store.find(MERGES) == [] and len(store.find(REVIEWS)) == 1


def test_a_file_of_replaced_numbers_is_taken_in_row_by_row_and_what_cannot_be_is_named(place, tmp_path):
    given = merging.superseding(place)
    file = tmp_path / "replaced.csv"
    file.write_text("old,new\n9990000018,9990000026\n9990000034,9990000042\n9990000026,123\n,\n")
    told = superseding.of_file(file, by=given["by"], at=place.later())
    assert told.replaced == 1
    assert told.faults[0] == (3, "Nobody here has that number.")
    assert told.faults[1][0] == 4 and "10 digits" in told.faults[1][1]
    assert store.peek(PEOPLE, given["person_id"]).nhs_number == "9990000026"


def test_no_ring_is_made_at_a_prompt_either(place):
    merged = merging.merged(place)
    known = store.peek(MERGES, merged["merge_id"])
    third = merging.held(place, family_name="Alli", given_names="Mary")
    pairs = [merging.alike(known.into_id, third), merging.alike(known.record_id, third)]
    merges.propose(found=pairs, by=lead(place, "Front door"), at=place.later())
    first, second = (merging.key_of(one.one_id, one.other_id) for one in pairs)
    with transaction.atomic():
        _at_a_prompt(first, record=known.into_id, into=third)
        with pytest.raises(IntegrityError, match="in a ring"), transaction.atomic():
            _at_a_prompt(second, record=third, into=known.record_id)
        transaction.set_rollback(True)  # what no act did, no journal tells


def _at_a_prompt(merge_id, *, record, into):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE merges_merge SET state = 'merged', record_id = %s, into_id = %s, words = 'x',"
            " decided_at = proposed_at, decided_by_id = proposed_by_id WHERE id = %s",
            [record, into, merge_id],
        )


def test_the_database_finds_all_records_of_a_person_from_any_of_them(place):
    merged = merging.merged(place)
    known = store.peek(MERGES, merged["merge_id"])
    with connection.cursor() as cursor:
        for record in (known.one_id, known.other_id):
            cursor.execute("SELECT stands_for(%s), ARRAY(SELECT records_of(%s))", [record, record])
            stands, records = cursor.fetchone()
            assert stands == known.into_id and set(records) == {known.one_id, known.other_id}
