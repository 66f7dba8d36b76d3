"""What staff wrote before is looked through by a worker: so much at a time, and once however often."""

import pytest

from nowrongdoor.console import looking_through as work
from nowrongdoor.console.looking_through import LookThrough
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.journeys import contacts, second_readings
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import written
from nowrongdoor.rules import withholding
from nowrongdoor.rules.withholding import Parted
from tests.journeys.reading_again import HELD, an_offer_that_may_withhold

pytestmark = pytest.mark.django_db


@pytest.fixture
def person_id(place):
    return place.a_person(family_name="Pugh")


def looked_through(worker=None) -> int:
    """How many readings a worker asks for, until nothing more waits."""
    worker, asked = worker or LookThrough(say=print), 0
    for _ in range(200):
        more, waits = worker.some()
        asked += more
        if not waits:
            return asked
    raise AssertionError("it never ends")


def owed(person_id):
    return store.find(PROMISES, person_id=person_id, kind="second_reading")


def test_what_an_offer_asks_is_raised_for_another_to_read_and_changes_no_time(place, person_id):
    an_offer_that_may_withhold(place, person_id=person_id)
    (referral,) = store.find(REFERRALS, person_id=person_id)
    assert looked_through() == 1
    (waits,) = owed(person_id)
    assert (waits.held_words, waits.held_from) == ("Do not", "what an offer asks")
    assert (waits.written_by_id, waits.owner_team_id) == (place.amir.member_id, place.amir.team_id)
    assert waits.referral_id == referral.id
    assert store.find(REFERRALS, person_id=person_id) == [referral]


def test_looked_through_again_by_this_worker_or_another_it_asks_for_nothing_more(place, person_id):
    an_offer_that_may_withhold(place, person_id=person_id)
    worker = LookThrough(say=print)
    assert [looked_through(worker), looked_through(worker), looked_through()] == [1, 0, 0]
    assert len(owed(person_id)) == 1


def test_a_worker_takes_so_many_at_once_and_goes_on_where_it_was(place, person_id, monkeypatch):
    monkeypatch.setattr(work, "MOST", 2)
    for number in range(5):
        an_offer_that_may_withhold(place, person_id=person_id, ask=f"{HELD} {number}")
    worker = LookThrough(say=print)
    rounds = [worker.some() for _ in range(2)]
    assert all(asked <= 2 and waits for asked, waits in rounds)
    assert sum(asked for asked, _ in rounds) + looked_through(worker) == 5


def test_what_stands_in_the_way_of_one_is_tried_again_and_keeps_no_other(place, person_id, monkeypatch):
    for ask in (HELD, "Limit visits."):
        an_offer_that_may_withhold(place, person_id=person_id, ask=ask)
    fails, real = [True], second_readings.look_through

    def falters(**given):
        if fails and fails.pop():
            raise RuntimeError("planted")
        return real(**given)

    monkeypatch.setattr(second_readings, "look_through", falters)
    worker = LookThrough(say=print)
    with pytest.raises(RuntimeError, match="planted"):
        looked_through(worker)
    looked_through(worker)
    assert len(owed(person_id)) == 2


def test_what_was_written_of_somebody_unknown_is_looked_through_once_they_are_known(place, person_id):
    contact_id, referral_id = place.a_contact()
    an_offer_that_may_withhold(place, referral_id=referral_id)
    assert looked_through() == 0
    contacts.link(contact_id=contact_id, person_id=person_id, by=place.amir, at=place.later(), seen=1)
    assert looked_through() == 1
    assert owed(person_id)[0].held_from == "what an offer asks"


def test_a_line_that_stands_since_before_the_words_named_it_is_shown_as_waiting(place, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(withholding, "part", lambda details, *, stood="", at: Parted(details, ()))
        person_id = place.a_person(family_name="Ellis", know_first=f"Ring first\n{HELD}")
    assert looked_through() == 1
    known = store.peek(PEOPLE, person_id)
    assert (known.know_first, known.know_waits) == ("Ring first", HELD)
    second_readings.answer(
        promise_id=owed(person_id)[0].id, how="agree", words="", reason="She asked for it.",
        by=place.viewers["Lou of Front door"], at=now(), seen=1,
    )  # fmt: skip
    assert looked_through() == 0, "what somebody has read stands"
    assert HELD in store.peek(PEOPLE, person_id).know_first


def test_an_answer_is_read_by_another_and_the_record_stays_as_it_was(place, person_id):
    an_offer_that_may_withhold(place, person_id=person_id)
    looked_through()
    (waits,) = owed(person_id)
    second_readings.answer(
        promise_id=waits.id, how="set_aside", words="", reason="Nobody asked her.",
        by=place.viewers["Lou of Front door"], at=now(), seen=1,
    )  # fmt: skip
    assert store.peek(PROMISES, waits.id).ending_words == "Nobody asked her."
    assert store.peek(PEOPLE, person_id).know_first == ""
    assert looked_through() == 0


def test_a_place_in_which_nothing_was_ever_written_has_nothing_to_look_through(place, monkeypatch):
    monkeypatch.setattr(written, "begins", lambda: None)
    assert looked_through() == 0


def test_the_words_are_found_in_any_form_and_spelling_and_not_within_others(place, person_id):
    an_offer_that_may_withhold(place, person_id=person_id, ask="Ring.\nDon’t  send\nanybody; MUST\nNOT come.")
    an_offer_that_may_withhold(place, person_id=person_id, ask="Undo the limitless donot.")
    looked_through()
    assert [one.held_words for one in owed(person_id)] == ["Do not, Must not"]
