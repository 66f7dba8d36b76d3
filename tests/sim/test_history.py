"""Four weeks in Averley: the same from the same seed, obeying every rule, ending in a realistic present."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from nowrongdoor.rules import agreement, identifiers, law, sharing
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.change import plain
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.review import Review, ReviewKind
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.sim.inspection import Inspector
from nowrongdoor.sim.rows import Entry
from nowrongdoor.sim.scenario import Told, history
from nowrongdoor.sim.world import PureWorld

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def lived(*, seed: int = 1, people: int = 150, days: int = 28, until: datetime = NOON) -> "Lived":
    journal: list[Entry] = []
    world = PureWorld(journal)
    return Lived(world, journal, history(world, people=people, until=until, days=days, seed=seed))


@cache
def a_month(seed: int) -> "Lived":
    """The usual four weeks, for tests that only look."""
    return lived(seed=seed)


class Lived:
    def __init__(self, world: PureWorld, journal: list[Entry], told: Told) -> None:
        self.world, self.journal, self.told = world, journal, told

    def every(self, kind: type) -> Sequence[Any]:
        return list(self.world.rows.every(kind))


@pytest.fixture(scope="module")
def averley() -> Lived:
    return a_month(1)


def test_the_same_seed_gives_the_same_place_id_by_id_and_word_by_word() -> None:
    one, other = lived(people=40, seed=7), lived(people=40, seed=7)
    assert [*one.world.rows.everything()] == [*other.world.rows.everything()]
    assert one.journal == other.journal


def test_another_seed_gives_other_people_and_another_history() -> None:
    one, other = lived(people=20, seed=7), lived(people=20, seed=8)
    ids, others = ({row.id for row in place.world.rows.everything()} for place in (one, other))
    assert not ids & others


def test_more_contacts_do_not_change_who_is_invented() -> None:
    few, many = lived(people=20, seed=7), lived(people=40, seed=7)
    named = [[person.name for person in sorted(one.every(Person), key=lambda who: who.registered_at)]
             for one in (few, many)]  # fmt: skip
    assert named[0][:10] == named[1][:10], "one stream of chance a purpose"


def test_fewer_people_make_fewer_contacts_and_twice_as_many_about_twice() -> None:
    ten, forty, eighty = (lived(people=number, seed=3).told.contacts for number in (10, 40, 80))
    assert ten < forty < eighty
    assert 1.5 < eighty / forty < 2.5


def test_half_the_days_make_about_half_the_contacts() -> None:
    assert 0.3 < lived(days=14, seed=3).told.contacts / a_month(3).told.contacts < 0.7


@pytest.mark.parametrize("seed", range(1, 6))
def test_every_row_obeys_every_rule(seed: int) -> None:
    place = a_month(seed)
    assert Inspector(place.world.rows).whole(place.journal) == []


@pytest.mark.parametrize("until", [NOON, NOON.replace(hour=3), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)])
def test_at_whatever_hour_it_ends_every_row_obeys_every_rule(until: datetime) -> None:
    place = lived(people=60, until=until)
    assert Inspector(place.world.rows).whole(place.journal) == []


def test_each_act_has_an_instant_of_its_own_before_the_present(averley: Lived) -> None:
    instants = list(dict.fromkeys(entry.at for entry in averley.journal))
    assert instants == sorted(instants), "no act is dated before the one before"
    assert all(later - earlier >= timedelta(milliseconds=1) for earlier, later in pairwise(instants))
    assert instants[0] == NOON - timedelta(days=28)
    assert instants[-1] < NOON
    assert all(at.tzinfo is UTC for at in instants)


def test_the_place_is_a_county_of_towns_and_villages_with_every_kind_of_agency(averley: Lived) -> None:
    kinds = {one.kind for one in averley.every(Agency)}
    assert kinds == {one.code for one in law.codes("agency_kinds", on=NOON.date())}
    figures = [len(averley.every(kind)) for kind in (Agency, Team, Member, Service, Person)]
    assert figures == [10, 27, 70, 52, 157]
    addresses = [person.address for person in averley.every(Person) if person.address]
    towns, villages = {"Averley", "Castle Bridge"}, {"Long Marsh", "Millbrook", "The Saltings", "Upper Fold"}
    assert {address.rpartition(", ")[2] for address in addresses} == towns | villages


def test_four_weeks_are_some_three_thousand_acts(averley: Lived) -> None:
    assert 2_500 <= averley.told.acts <= 3_500
    assert 400 <= len(averley.every(Referral)) <= 540


@pytest.mark.parametrize("seed", range(1, 9))
def test_the_present_has_work_in_every_state_some_of_it_late(seed: int) -> None:
    place = a_month(seed)
    states = Counter(str(one.state) for one in place.every(Referral))
    assert states["closed"] > 0.85 * sum(states.values()), "most are closed"
    assert states["new"] >= 4 and states["waiting"] >= 2
    assert states["triaged"] >= 3 and states["accepted"] >= 5
    offers = [one for one in place.every(Handover) if one.state == "offered"]
    assert len(offers) >= 5
    assert any(one.answer_by <= NOON for one in offers) and any(one.answer_by > NOON for one in offers)
    assert any(one.after_id for one in offers), "one was returned, and the next team has been asked"
    owed = Counter((str(one.kind), one.due_at <= NOON) for one in place.every(Promise) if one.state == "open")
    assert owed["callback", True] and owed["callback", False] and owed["information", False]
    assert owed["the_person", False], "somebody was given time"
    assert owed["re_homing", False], "somebody is to settle who holds whom"


@pytest.mark.parametrize("kind", ["received", "handover", "re_homing", "reopening"])
def test_holdings_begin_in_every_way_there_is(kind: str) -> None:
    began = {str(one.began_by) for seed in range(1, 6) for one in a_month(seed).every(Holding)}
    assert kind in began


def test_every_verb_that_moves_something_is_used_in_a_month() -> None:
    told = {entry.kind for seed in range(1, 6) for entry in a_month(seed).journal}
    assert told >= {
        "contact.received", "contact.linked", "contact.closed", "person.registered", "person.corrected",
        "referral.received", "referral.begun", "referral.closed", "referral.reopened", "referral.answered",
        "triage.accepted", "triage.handed_on", "triage.asked", "triage.waited", "triage.advised",
        "triage.duplicate",
        "handover.offered", "handover.accepted", "handover.returned", "handover.withdrawn",
        "holding.taken", "holding.re_homed", "holding.ended",
        "promise.made", "promise.kept", "promise.let_go", "promise.escalated",
        "team.closed", "membership.ended", "service.entered",
    }  # fmt: skip


def test_nobody_is_real(averley: Lived) -> None:
    for person in averley.every(Person):
        assert person.nhs_number is None or person.nhs_number.startswith("999")
        assert person.postcode == "" or person.postcode.startswith("ZZ")
        assert person.phone == "" or person.phone.startswith(("07700 900", "01632 960"))
        assert identifiers.check_nhs_number(person.nhs_number or "") == (person.nhs_number or "")


def test_two_share_a_name_and_two_are_twins_so_that_wrong_records_are_met(averley: Lived) -> None:
    people = averley.every(Person)
    named = Counter((one.family_key, one.given_key) for one in people)
    assert max(named.values()) >= 2
    at_home = Counter((one.family_key, one.born_on, one.address) for one in people if one.address)
    twins = [one for one, number in at_home.items() if number == 2]
    assert len(twins) == 1, "of one family, born on one day, at one address"


def test_who_rings_for_someone_speaks_of_them_by_name(averley: Lived) -> None:
    carers = [one for one in averley.every(Contact) if one.caller_kind == "carer"]
    assert carers and all(", " in one.caller_name for one in carers)
    known = {one.id: one for one in averley.every(Person)}
    spoken_of = [one for one in carers if one.person_id is not None]
    names = [known[one.person_id].known_as or known[one.person_id].given_names for one in spoken_of]
    by_name = sum(name in one.words for name, one in zip(names, spoken_of, strict=True))
    assert by_name > 0.9 * len(spoken_of)


def test_some_talks_leave_room_for_the_questions_and_the_rest_say_they_were_not_asked(averley: Lived) -> None:
    contacts = averley.every(Contact)
    given = Counter(answer for one in contacts for answer in one.answers.values())
    assert given.keys() == {"yes", "no", "not_asked", "not_known", "declined"}
    asked = sum(set(one.answers.values()) != {"not_asked"} for one in contacts)
    assert 0.3 * len(contacts) < asked < 0.7 * len(contacts)
    assert all(one.question_set and len(one.answers) == 5 for one in contacts)


def test_nobody_has_the_number_of_another() -> None:
    people = lived(people=600, days=28).every(Person)
    numbers = [one.nhs_number for one in people if one.nhs_number]
    assert len(numbers) == len(set(numbers)) > 500


def test_a_callers_words_are_theirs_and_no_level_of_anyone_is_written_down(averley: Lived) -> None:
    said = [one for kind in (Contact, Referral, Handover) for one in averley.every(kind)]
    written = " ".join(str(plain(vars(one))) for one in said)
    for graded in ("high risk", "low risk", "medium risk", "risk level", "risk score", "{first}"):
        assert graded not in written.lower()
    assert len({one.words for one in averley.every(Contact)}) > 30, "no two people say the same thing all day"


def test_progress_is_told_hour_by_hour_up_to_the_last() -> None:
    told: list[tuple[int, int]] = []
    progress = lambda done, of: told.append((done, of))  # noqa: E731  (one line says it)
    history(PureWorld(), people=20, until=NOON, days=2, seed=1, progress=progress)
    assert told == sorted(told) and told[-1][0] <= told[-1][1] == 48


def test_those_who_look_after_the_place_hold_nobody_and_have_something_to_look_into(averley: Lived) -> None:
    asked = [one for one in averley.every(Review) if one.kind == ReviewKind.BREAK_GLASS]
    reviews = sorted(asked, key=lambda one: one.raised_at)
    assert [bool(one.decided_at) for one in reviews] == [True, True, False, False]
    assert [one.due_at < NOON for one in reviews[2:]] == [True, False], "one is late, one is new"
    office = {one.role: one.team_id for one in averley.every(Membership) if one.role == "governance_lead"}
    assert not [one for one in averley.every(Holding) if one.team_id in office.values()]
    on = NOON.date()
    standings = [agreement.standing(one, on=on) for one in averley.every(Agreement)]
    assert sorted(standings) == ["expired", "in_force", "review_due"]


@pytest.mark.parametrize("seed", [1, 2, 7])
def test_some_things_are_shared_one_is_withdrawn_one_overridden_and_some_are_sealed(seed: int) -> None:
    place = a_month(seed)
    decided = place.every(SharingDecision)
    by_offer = [one for one in decided if one.handover_id is not None]
    alone = [one for one in decided if one.handover_id is None]
    assert len(by_offer) > 50, "offers to other agencies"
    assert any(one.withdrawn_at is not None for one in by_offer), "an offer that was sent back"
    assert any(one.withdrawn_at is None for one in alone) and any(one.withdrawn_at for one in alone)
    (overridden,) = [one for one in alone if sharing.is_override(one.confidentiality_basis)]
    asked = {one.subject_id for one in place.every(Review) if one.kind == ReviewKind.OVERRIDE}
    assert overridden.id in asked
    seals = place.every(Seal)
    assert sorted(one.referral_id is None for one in seals) == [False, True], "one referral, one person"
