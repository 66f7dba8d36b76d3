"""The place in memory keeps what the database keeps: acts are whole, races are told, forms are made once."""

from datetime import timedelta
from typing import Any

import pytest

from nowrongdoor.rules.agency import Agency, Member, Membership
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Missing, Refused
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.person import Details
from nowrongdoor.sim.rows import Entry
from nowrongdoor.sim.world import PureWorld
from tests.worlds.facts import GIVER, MESSAGE, NINE, RECEIVER, THIRD, a_team, a_viewer, id_of

AMIR = a_viewer("triage_clinician", GIVER, "Amir")
LOU = a_viewer("team_lead", GIVER, "Lou")
PRIYA = a_viewer("team_lead", RECEIVER, "Priya")
SAM = a_viewer("team_lead", THIRD, "Sam")


def minute(number: float) -> Any:
    return NINE + timedelta(minutes=number)


@pytest.fixture
def journal() -> list[Entry]:
    return []


@pytest.fixture
def world(journal: list[Entry]) -> PureWorld:
    """Three teams, four members, and one referral that Amir took in at one minute past nine."""
    place = PureWorld(journal)
    agency = Agency(id_of("agency"), "Averley", "council", "England and Wales")
    members = [Member(one.member_id, one.member_name, "") for one in (AMIR, LOU, PRIYA, SAM)]
    works = [
        Membership(id_of(f"{one.member_name} works"), one.member_id, one.team_id, one.role, NINE, None)
        for one in (AMIR, LOU, PRIYA, SAM)
    ]
    place.agencies.enter(facts=[agency, GIVER, RECEIVER, THIRD, *members, *works], by=LOU, at=NINE)
    refer(place)
    return place


def refer(place: PureWorld, name: str = "referral", at: float = 1) -> None:
    place.referrals.refer(
        referral_id=id_of(name),
        holding_id=id_of(f"{name} held"),
        person_id=None,
        contact_id=None,
        needs=("mental",),
        request="Please help.",
        words="",
        by=AMIR,
        at=minute(at),
    )


def offer(place: PureWorld, to: Any = RECEIVER, at: float = 2) -> None:
    place.handovers.offer(
        referral_id=id_of("referral"),
        handover_id=id_of("handover"),
        to_team_id=to.id,
        message=MESSAGE,
        by=AMIR,
        at=minute(at),
        seen=place.case(id_of("referral")).referral.version,
    )


def accept(place: PureWorld, at: float = 3, seen: int = 1) -> None:
    place.handovers.accept(
        handover_id=id_of("handover"),
        read_back="We visit.",
        holding_id=id_of("theirs"),
        by=PRIYA,
        at=minute(at),
        seen=seen,
    )


def snapshot(place: PureWorld) -> tuple[Any, ...]:
    lists = tuple(
        (tuple(place.offers_waiting(team.id)), tuple(place.held(team.id)), tuple(place.owed(team.id)))
        for team in (GIVER, RECEIVER, THIRD)
    )
    return (*place.rows.everything(), lists)


def test_accepting_moves_the_referral_from_one_list_to_the_other(world: PureWorld) -> None:
    offer(world)
    assert [one.id for one in world.offers_waiting(RECEIVER.id)] == [id_of("handover")]
    assert [one.id for one in world.held(GIVER.id)] == [id_of("referral")], "the giver holds until then"
    accept(world)
    assert not world.offers_waiting(RECEIVER.id) and not world.held(GIVER.id)
    assert [one.id for one in world.held(RECEIVER.id)] == [id_of("referral")]


def test_a_refused_act_leaves_the_world_equal(world: PureWorld, journal: list[Entry]) -> None:
    offer(world)
    before, told = snapshot(world), len(journal)
    with pytest.raises(Refused):
        accept(world, at=1)
    with pytest.raises(Refused):
        offer(world, to=THIRD)
    assert (snapshot(world), len(journal)) == (before, told)


def test_an_act_is_refused_whole_when_its_last_row_exists(world: PureWorld, journal: list[Entry]) -> None:
    before, told = snapshot(world), len(journal)
    with pytest.raises(AlreadyRecorded) as twice:
        world.contacts.receive(
            contact_id=id_of("contact"),
            said=Said("telephone"),
            outcome="handed_over",
            callback_id=id_of("unused"),
            referral=NewReferral(id_of("referral"), id_of("another holding"), ("mental",), "Please help."),
            happened_at=minute(4),
            by=AMIR,
            at=minute(4),
        )
    assert twice.value.subject_id == id_of("referral")
    assert (snapshot(world), len(journal)) == (before, told)


def test_a_lost_race_is_told_who_did_what_and_when(world: PureWorld) -> None:
    offer(world)
    accept(world)
    with pytest.raises(ChangedMeanwhile) as lost:
        world.handovers.withdraw(
            handover_id=id_of("handover"), reason="changed", words="", by=AMIR, at=minute(4), seen=1
        )
    told = lost.value
    assert (told.kind, told.by_name, told.changed_at) == ("handover.accepted", "Priya", minute(3))
    assert (told.seen, told.found) == (1, 2)


def test_what_does_not_exist_is_missing(world: PureWorld) -> None:
    with pytest.raises(Missing):
        world.referrals.begin(referral_id=id_of("nothing"), by=AMIR, at=minute(2), seen=1)
    with pytest.raises(Missing):
        offer(world, to=a_team("No such team"))


def test_the_journal_can_be_switched_off() -> None:
    place = PureWorld()
    place.agencies.enter(facts=[GIVER], by=LOU, at=NINE)
    assert place.team(GIVER.id).name == GIVER.name


def test_a_journal_may_be_anything_that_takes_entries_in_order() -> None:
    class Kinds:
        told: tuple[str, ...] = ()

        def append(self, entry: Entry, /) -> None:
            self.told = (*self.told, entry.kind)

    kinds = Kinds()
    PureWorld(kinds).agencies.enter(facts=[GIVER, RECEIVER], by=LOU, at=NINE)
    assert kinds.told == ("team.opened", "team.opened")


def test_lists_are_ordered_by_due_time_and_cut_where_asked(world: PureWorld) -> None:
    refer(world, "second", at=5)
    refer(world, "first of all", at=4)
    held = world.held(GIVER.id)
    assert [one.due_at for one in held] == sorted(one.due_at for one in held)
    assert list(world.held(GIVER.id, limit=2)) == list(held[:2])


def test_a_team_that_closes_lets_go_of_nobody_and_nothing(world: PureWorld) -> None:
    offer(world, to=THIRD)
    world.promises.make(
        promise_id=id_of("promise"),
        kind="callback",
        words="Ring back",
        due_at=None,
        contact_id=None,
        referral_id=id_of("referral"),
        person_id=None,
        by=AMIR,
        at=minute(3),
    )
    world.agencies.close_team(
        team_id=GIVER.id, successor_id=RECEIVER.id, words="Joined.", by=LOU, at=minute(4), seen=1
    )
    assert [one.id for one in world.held(RECEIVER.id)] == [id_of("referral")]
    assert {str(one.kind) for one in world.owed(RECEIVER.id)} == {"callback", "re_homing"}
    assert not world.offers_waiting(THIRD.id), "an offer of a holder who is gone is withdrawn"
    assert not world.owed(GIVER.id) and not world.held(GIVER.id)


def test_a_closed_team_is_asked_nothing_and_takes_nothing_in(world: PureWorld) -> None:
    world.agencies.close_team(
        team_id=THIRD.id, successor_id=RECEIVER.id, words="Joined.", by=SAM, at=minute(2), seen=1
    )
    with pytest.raises(Refused, match="Social care has closed and cannot be asked"):
        offer(world, to=THIRD, at=3)
    with pytest.raises(Refused, match=r"Social care has closed\. Choose another team to work for"):
        world.referrals.refer(
            referral_id=id_of("late"),
            holding_id=id_of("late held"),
            person_id=None,
            contact_id=None,
            needs=(),
            request="",
            words="",
            by=SAM,
            at=minute(3),
        )


def test_a_member_who_leaves_is_named_nowhere(world: PureWorld) -> None:
    world.agencies.leave(member_id=AMIR.member_id, words="A new post.", by=LOU, at=minute(2))
    holding = world.case(id_of("referral")).holding
    assert holding is not None and holding.team_id == GIVER.id and holding.member_id is None
    with pytest.raises(Refused, match="You do not work for Front door any more"):
        refer(world, "another", at=3)


def test_a_search_before_registering_finds_who_could_be_the_same(world: PureWorld) -> None:
    known = Details("ap Rhys", "Siân", nhs_number="9990000018")
    world.people.register(person_id=id_of("Siân"), details=known, looked_at=[], by=AMIR, at=minute(2))
    for again in (Details("AP RHYS", "Sian"), Details("Bevan", "Nia", nhs_number="999 000 0018")):
        assert [one.id for one in world.candidates(again)] == [id_of("Siân")]
    assert not world.candidates(Details("", "")), "nobody is like everyone whose name is not known"
    married = Details("Bevan", "Siân")
    world.people.correct(person_id=id_of("Siân"), details=married, by=AMIR, at=minute(3), seen=1)
    assert not world.candidates(Details("ap Rhys", "Siân"))


def test_a_contact_is_recorded_referred_and_offered_in_one_act(
    world: PureWorld, journal: list[Entry]
) -> None:
    world.contacts.receive(
        contact_id=id_of("contact"),
        said=Said("telephone", words="Help."),
        outcome="handed_over",
        callback_id=id_of("unused"),
        referral=NewReferral(id_of("new"), id_of("new held"), ("housing",), "Please help."),
        offer=NewOffer(id_of("asked"), RECEIVER.id, MESSAGE),
        happened_at=minute(4),
        by=AMIR,
        at=minute(5),
    )
    assert [entry.kind for entry in journal[-5:]] == [
        "contact.received", "referral.received", "holding.began", "handover.offered", "stage.awaited",
    ]  # fmt: skip
    assert len({entry.at for entry in journal[-4:]}) == 1
    case = world.case(id_of("new"))
    assert case.referral.words == "Help." and case.live_offer is not None
