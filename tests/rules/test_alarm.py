"""What follows from rows is raised by nobody, once, and never merged away."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Facts
from uuid import UUID, uuid4

import pytest

from nowrongdoor.rules import alarm, promise
from nowrongdoor.rules.alarm import Elsewhere
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.promise_kinds import ALARMS, BY_ROWS_ALONE
from nowrongdoor.rules.words import PromiseKind

TEN = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
OURS, THEIRS = UUID(int=1), UUID(int=2)
REFERRAL = Facts(
    id=UUID(int=9), person_id=UUID(int=8), received_at=TEN - timedelta(hours=3), reopened_at=None
)


def minutes(count: int) -> datetime:
    return TEN - timedelta(minutes=count)


def returned(reason: str = "not_ours", *, ago: int = 30) -> Facts:
    return Facts(id=uuid4(), state="returned", reason=reason, offered_at=minutes(ago))


def an_open(kind: str) -> Facts:
    return Facts(kind=kind, state="open")


def raised(steps) -> list[str]:
    return [str(one.change.after.kind) for one in steps]


@pytest.mark.parametrize(
    ("reason", "before", "open_now", "kinds"),
    [
        ("not_ours", 0, (), []),
        ("not_ours", 1, (), ["loop"]),
        ("not_ours", 4, (), ["loop"]),
        ("not_ours", 1, ("loop",), []),
        ("no_capacity", 0, (), ["no_capacity"]),
        ("no_capacity", 1, (), ["loop", "no_capacity"]),
        ("no_capacity", 1, ("no_capacity",), ["loop"]),
    ],
)
def test_returned_twice_is_passed_round_and_no_capacity_is_told(reason, before, open_now, kinds):
    steps = alarm.after_return(
        REFERRAL, returned=returned(reason), before=[returned() for _ in range(before)],
        elsewhere=Elsewhere(), holder_id=OURS,
        open_promises=[an_open(one) for one in open_now], at=TEN,
    )  # fmt: skip
    assert raised(steps) == kinds
    assert {one.change.after.owner_team_id for one in steps} <= {OURS}


def test_what_was_returned_before_it_was_reopened_is_another_story():
    reopened = Facts(**vars(REFERRAL) | {"reopened_at": minutes(20)})
    given = {"elsewhere": Elsewhere(), "holder_id": OURS, "open_promises": (), "at": TEN}
    assert raised(alarm.after_return(reopened, returned=returned(ago=5), before=[returned()], **given)) == []


@pytest.mark.parametrize(("team", "ago", "kinds"), [(THEIRS, 60, ["loop"]), (THEIRS, 61, []), (OURS, 5, [])])
def test_back_at_a_door_within_the_hour_is_passed_round(team, ago, kinds):
    steps = alarm.after_acceptance(
        REFERRAL, accepted=Facts(id=uuid4(), receiver_team_id=THEIRS), at=TEN, open_promises=(),
        elsewhere=Elsewhere(),
        before=[Facts(team_id=team, until_at=minutes(ago)), Facts(team_id=THEIRS, until_at=None)],
    )  # fmt: skip
    assert raised(steps) == kinds


@pytest.mark.parametrize(
    ("ago", "kinds"),
    [((), []), ((5,), []), ((5, 60), ["repeated_contact"]), ((5, 24 * 60 - 1), ["repeated_contact"]),
     ((5, 24 * 60), []), ((5, 6, 7, 8), ["repeated_contact"])],
)  # fmt: skip
def test_three_contacts_about_one_person_in_a_day_by_anyone_raise_it(ago, kinds):
    others = [Facts(id=uuid4(), happened_at=minutes(one)) for one in ago]
    given = {"person_id": UUID(int=8), "team_id": OURS, "happened_at": TEN, "left": (), "at": TEN}
    steps = alarm.after_contact(uuid4(), others=others, open_promises=(), **given)
    assert raised(steps) == kinds
    assert all(one.change.after.contact_id is None for one in steps), "so that no contact is kept from ending"
    stands = [an_open("repeated_contact")]
    assert alarm.after_contact(uuid4(), others=others, open_promises=stands, **given) == ()


@pytest.mark.parametrize(
    ("happened", "others", "kinds"),
    [
        (50, (1, 2), []),
        (50, (51, 52), ["repeated_contact"]),
        (50, (40, 60), ["repeated_contact"]),
        (50, (30, 70), []),
        (50, (49, 27), ["repeated_contact"]),
    ],
)
def test_what_is_told_later_counts_when_it_happened(happened, others, kinds):
    found = [Facts(id=uuid4(), happened_at=minutes(60 * one)) for one in others]
    given = {"person_id": UUID(int=8), "team_id": OURS, "left": (), "open_promises": (), "at": TEN}
    steps = alarm.after_contact(uuid4(), happened_at=minutes(60 * happened), others=found, **given)
    assert raised(steps) == kinds


DAY = 24 * 60


@pytest.mark.parametrize(
    ("elsewhere", "is_told", "kinds"),
    [
        ((), False, []),
        ((60,), False, ["loop"]),
        ((30 * DAY - 1,), False, ["loop"]),
        ((30 * DAY,), False, []),
        ((60,), True, []),
    ],
)
def test_returned_once_here_and_once_on_another_referral_of_theirs_is_twice(elsewhere, is_told, kinds):
    there = Elsewhere(
        offers=[Facts(state="returned", answered_at=minutes(ago)) for ago in elsewhere],
        promises=[an_open("loop")] if is_told else (),
    )
    given = {"before": (), "holder_id": OURS, "open_promises": (), "at": TEN}
    assert raised(alarm.after_return(REFERRAL, returned=returned(), elsewhere=there, **given)) == kinds


@pytest.mark.parametrize(
    ("team", "ago", "is_told", "kinds"),
    [(THEIRS, 60, False, ["loop"]), (THEIRS, 61, False, []), (OURS, 5, False, []), (THEIRS, 5, True, [])],
)
def test_back_at_a_door_by_another_referral_within_the_hour_is_passed_round(team, ago, is_told, kinds):
    there = Elsewhere(
        left=[Facts(team_id=team, until_at=minutes(ago))], promises=[an_open("loop")] if is_told else ()
    )
    accepted = Facts(id=uuid4(), receiver_team_id=THEIRS)
    steps = alarm.after_acceptance(
        REFERRAL, accepted=accepted, before=(), elsewhere=there, open_promises=(), at=TEN
    )
    assert raised(steps) == kinds


def a_contact(way: str, ago: int) -> Facts:
    return Facts(id=uuid4(), way=way, happened_at=minutes(ago))


@pytest.mark.parametrize(
    ("way", "others", "open_now", "kinds"),
    [
        ("tried", (), (), []),
        ("tried", (("tried", 30),), (), []),
        ("tried", (("tried", 30), ("tried", 60)), (), ["lost_to_contact"]),
        ("tried", (("tried", 30), ("tried", 60)), ("lost_to_contact",), []),
        ("tried", (("telephone", 20), ("tried", 30), ("tried", 60)), (), []),
        ("tried", (("tried", 20), ("tried", 30), ("telephone", 60)), (), ["lost_to_contact"]),
        ("tried", (("telephone", 2), ("tried", 30), ("tried", 60)), (), []),
        ("telephone", (("tried", 30), ("tried", 60)), (), []),
        ("tried", (("tried", 30), ("tried", 500)), (), []),
    ],
)
def test_tried_three_times_and_never_reached_since_is_lost_to_contact(way, others, open_now, kinds):
    steps = alarm.after_try(
        REFERRAL, tried=a_contact(way, 5), others=[a_contact(*one) for one in others], holder_id=OURS,
        open_promises=[an_open(one) for one in open_now], at=TEN,
    )  # fmt: skip
    assert raised(steps) == kinds
    assert {one.change.after.owner_team_id for one in steps} <= {OURS}


@pytest.mark.parametrize(("chases", "kinds"), [(0, []), (1, []), (2, ["partner_unreachable"])])
def test_a_team_asked_after_three_times_is_out_of_reach(chases, kinds):
    steps = alarm.after_chase(
        REFERRAL, offered=Facts(giver_team_id=OURS), chase_id=uuid4(), chases=[None] * chases,
        open_promises=(), at=TEN,
    )  # fmt: skip
    assert raised(steps) == kinds


@pytest.mark.parametrize("kind", sorted(ALARMS))
def test_every_alarm_is_told_at_once_and_up_to_the_executive(kind):
    rungs = ladder.rungs(kind, promised=timedelta(minutes=30), on=TEN.date())
    assert {one.kind for one in rungs} == {kind}
    assert rungs[0].starts_percent == 0
    # Before a duty ends it is the team's own to settle; nobody above is called for that.
    assert (rungs[0].code == "practitioner") == (kind == "holder_off")
    assert rungs[-1].code == "executive"


@pytest.mark.parametrize("kind", sorted(BY_ROWS_ALONE))
def test_nobody_raises_by_hand_what_rows_say(kind):
    with pytest.raises(Refused) as refused:
        promise.make(
            promise_id=uuid4(), kind=kind, team_id=OURS, member_id=None, words="So it is", due_at=None, at=TEN,
            person_id=uuid4(),
        )  # fmt: skip
    assert refused.value.code == "kind_of_rows"


def test_an_alarm_without_words_is_refused():
    with pytest.raises(Refused) as refused:
        promise.make(
            promise_id=uuid4(), kind=PromiseKind.DISAGREEMENT, team_id=OURS, member_id=None, words=" ",
            due_at=None, at=TEN, person_id=uuid4(),
        )  # fmt: skip
    assert refused.value.field == "words"


AGENCY, AMIR = UUID(int=3), UUID(int=4)
HOLDING = Facts(id=UUID(int=5), referral_id=REFERRAL.id, team_id=OURS, member_id=AMIR)
OPEN_TEAM = Facts(id=OURS, agency_id=AGENCY, closed_at=None)


def at_work(*hours: float, team: UUID | None = OURS, rung: str = "practitioner", taken_off: float | None = None):
    """Amir's duty, from and until so many hours from ten, perhaps taken off before."""
    from_at, until_at = (TEN + timedelta(hours=one) for one in hours)
    ends_at = until_at if taken_off is None else min(until_at, TEN + timedelta(hours=taken_off))
    return Facts(
        id=uuid4(), agency_id=AGENCY, team_id=team, member_id=AMIR, rung=rung, from_at=from_at, ends_at=ends_at
    )


def offered_on(*duties, also=(), promises=(), team=OPEN_TEAM):
    """What is offered on where these duties end or have ended, and Amir has these others."""
    return alarm.after_duty(
        duties, duties=[*duties, *also], holdings=[HOLDING], teams=[team], promises=promises,
        person_of={REFERRAL.id: REFERRAL.person_id}, at=TEN,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "also", "kinds"),
    [
        ([at_work(-8, 0.25)], [], ["holder_off"]),
        ([at_work(-8, 0.25)], [at_work(0.25, 8)], []),
        ([at_work(-8, 0.25)], [at_work(0.25, 8, team=None)], []),
        ([at_work(-8, 0.25)], [at_work(0.25, 8, team=THEIRS)], ["holder_off"]),
        ([at_work(-8, 0.25, team=None)], [], ["holder_off"]),
        ([at_work(-8, 0.25, team=THEIRS)], [], []),
        ([at_work(-8, 0.25, rung="duty_lead")], [], []),
        ([at_work(-8, 8, taken_off=-0.1)], [], ["holder_off"]),
        ([at_work(2, 8, taken_off=-0.1)], [], []),
        ([at_work(2, 8, taken_off=-0.1), at_work(-1, 0.25)], [], ["holder_off"]),
    ],
)
def test_whoever_stays_at_work_keeps_whom_they_hold_and_whoever_goes_does_not(ending, also, kinds):
    steps = offered_on(*ending, also=also)
    assert raised(steps) == kinds
    assert {(one.change.after.owner_team_id, one.change.after.referral_id) for one in steps} <= {
        (OURS, REFERRAL.id)
    }


def test_of_all_duties_that_have_ended_the_last_is_answered_for_and_no_other():
    yesterday, before, today = at_work(-24, -20), at_work(-48, -40), at_work(-8, 0.25)
    (first,) = offered_on(yesterday, before)
    made = Facts(id=first.change.after.id, referral_id=REFERRAL.id, kind="holder_off", state="kept")
    assert offered_on(yesterday, before, promises=[made]) == (), "answered once, whatever ended before it"
    assert raised(offered_on(yesterday, before, today, promises=[made])) == ["holder_off"]
    stands = Facts(**vars(made) | {"state": "open"})
    assert offered_on(yesterday, before, today, promises=[stands]) == ()


def test_a_team_that_has_closed_comes_to_owe_nothing():
    closed = Facts(**vars(OPEN_TEAM) | {"closed_at": minutes(1)})
    assert offered_on(at_work(-8, 0.25), team=closed) == ()
