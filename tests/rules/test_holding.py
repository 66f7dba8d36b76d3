"""At every instant exactly one holds; a holder who is gone is followed by another, on record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nowrongdoor.rules import agency, holding, re_homing
from nowrongdoor.rules.clock import Period
from nowrongdoor.rules.holding import Holding, ReHoming
from tests.worlds.facts import (
    GIVER,
    NINE,
    RECEIVER,
    TEN,
    a_handover,
    a_holding,
    a_membership,
    a_promise,
    a_referral,
    a_team,
    id_of,
)
from tests.worlds.tables import after, answer, cases, clock


def _passed_on(held: Holding, at: object) -> str:
    return answer(
        holding.pass_on,
        held,
        holding_id=id_of("next"),
        team_id=RECEIVER.id,
        member_id=None,
        handover_id=id_of("handover"),
        at=at,
    )


@cases("""
    held from | until | asked at | answer
    ----------+-------+----------+---------------------------------
    09:00     |       | 09:00:01 | holding.passed_on, holding.began
    09:00     |       | 09:00    | refused: The holder changed a moment ago. Look again before you act.
    09:00     |       | 08:59    | refused: The holder changed a moment ago. Look again before you act.
    08:00     | 09:00 | 10:00    | refused: Another team holds this now.
""")
def test_passing_on(case: dict[str, str]) -> None:
    until = clock(case["until"]) if case["until"] else None
    held = a_holding(from_at=clock(case["held from"]), until_at=until)
    assert _passed_on(held, clock(case["asked at"])) == case["answer"]


@cases("""
    held by | taken by | answer
    --------+----------+--------------
    nobody  | Priya    | holding.taken
    Amir    | Priya    | holding.taken
    Priya   | Priya    | refused: You are already named as the one who holds this.
""")
def test_taking_by_name(case: dict[str, str]) -> None:
    held = a_holding(member_id=None if case["held by"] == "nobody" else id_of(case["held by"]))
    given = {"open_promises": [a_promise()], "member_id": id_of(case["taken by"]), "at": TEN}
    assert answer(holding.take, held, **given) == case["answer"]


def test_whoever_takes_them_on_by_name_relieves_the_one_who_goes_off_duty() -> None:
    owed = [a_promise(kind=one) for one in ("holder_off", "callback", "re_homing", "no_capacity")]
    given = {"open_promises": owed, "member_id": id_of("Priya"), "at": TEN}
    taken, settled = holding.take(a_holding(member_id=id_of("Amir")), **given)
    assert taken.change.after.member_id == id_of("Priya")
    assert (settled.change.after.kind, settled.change.after.state) == ("holder_off", "kept")


@given(st.lists(st.integers(1, 10_000_000), min_size=1, max_size=8), st.integers(-1, 80_000_000))
def test_through_any_chain_of_handovers_each_instant_is_held_by_exactly_one(
    waits: list[int], probe: int
) -> None:
    held, at, chain = a_holding(), NINE, []
    for number, wait in enumerate(waits):
        at += timedelta(microseconds=wait)
        ended, begun = holding.pass_on(
            held,
            holding_id=id_of(f"holding {number}"),
            team_id=RECEIVER.id,
            member_id=None,
            handover_id=id_of(f"handover {number}"),
            at=at,
        )
        chain.append(ended.change.after)
        held = begun.change.after
    chain.append(held)
    instant = NINE + timedelta(microseconds=probe)
    holding_now = [one for one in chain if Period(one.from_at, one.until_at).contains(instant)]
    assert len(holding_now) == (1 if probe >= 0 else 0)


def test_re_homing_leaves_no_gap_and_a_promise_to_settle() -> None:
    steps = re_homing.re_home(
        a_holding(member_id=id_of("Amir")),
        referral=a_referral(),
        live_offer=None,
        open_promises=[],
        to_team_id=RECEIVER.id,
        ids=re_homing.ids_for(id_of("holding")),
        reason="team_closed",
        words="The team has closed.",
        by=id_of("Lou"),
        at=TEN,
    )
    recorded, ended, begun, owed = (step.change.after for step in steps)
    assert ended.until_at == begun.from_at == recorded.re_homed_at == TEN
    assert (begun.team_id, begun.member_id, begun.re_homing_id) == (RECEIVER.id, None, recorded.id)
    assert (owed.kind, owed.owner_team_id, owed.due_at) == ("re_homing", RECEIVER.id, TEN + timedelta(hours=1))


@cases("""
    offer | owed   | words               | answer
    ------+--------+---------------------+-----------------------------------------------------------------
          |        | The team has closed | holding.re_homed, holding.passed_on, holding.began, promise.made
    live  |        | The team has closed | handover.withdrawn, holding.re_homed, holding.passed_on, holding.began, promise.made
          | answer | The team has closed | holding.re_homed, holding.passed_on, holding.began
          |        |                     | refused: Say why this is being re-homed.
""")
def test_re_homing(case: dict[str, str]) -> None:
    told = answer(
        re_homing.re_home,
        a_holding(),
        referral=a_referral(),
        live_offer=a_handover() if case["offer"] else None,
        open_promises=[a_promise(), a_promise(kind="re_homing")] if case["owed"] else [a_promise()],
        to_team_id=RECEIVER.id,
        ids=re_homing.ids_for(id_of("holding")),
        reason="team_closed",
        words=case["words"],
        by=id_of("Lou"),
        at=TEN,
    )
    assert told == case["answer"]


RE_HOMED = "re_homed"


@cases("""
    accepted | holds by | offer | reads back    | named | asked at | answer
    ---------+----------+-------+---------------+-------+----------+----------------
             | this     |       | I ring her.   |       | 10:30    | holding.re_homing_accepted, holding.taken, promise.settled
             | this     |       | I ring her.   |       | +9 09:00 | holding.re_homing_accepted, holding.taken, promise.settled
             | this     |       | I ring her.   | Amir  | 10:30    | holding.re_homing_accepted, promise.settled
             | this     |       |               |       | 10:30    | refused: In one line, say what you will do, so that everyone knows this person was taken on.
             | this     | live  | I ring her.   |       | 10:30    | refused: Your team has offered this to another team. Take the offer back first, if you keep the person.
             | another  |       | I ring her.   |       | 10:30    | refused: The holder has changed since. Look again before you act.
             | this     |       | I ring her.   |       | 09:59    | refused: The holder has changed since. Look again before you act.
    10:10    | this     |       | I ring her.   |       | 10:30    | refused: This has already been accepted.
""")
def test_accepting_what_was_re_homed(case: dict[str, str]) -> None:
    told = answer(
        re_homing.accept_re_homed,
        a_re_homing(accepted_at=clock(case["accepted"]) if case["accepted"] else None),
        held=a_holding(
            from_at=TEN,
            re_homing_id=id_of(RE_HOMED if case["holds by"] == "this" else "another"),
            member_id=id_of(case["named"]) if case["named"] else None,
        ),
        live_offer=a_handover() if case["offer"] else None,
        open_promises=[a_promise(), a_promise(kind="re_homing")],
        read_back=case["reads back"],
        by=id_of("Priya"),
        at=clock(case["asked at"]),
    )
    assert told == case["answer"]


def test_who_accepts_what_was_re_homed_is_named_and_what_they_said_is_kept() -> None:
    accepted, taken, settled = (
        step.change.after
        for step in re_homing.accept_re_homed(
            a_re_homing(),
            held=a_holding(from_at=TEN, re_homing_id=id_of(RE_HOMED)),
            live_offer=None,
            open_promises=[a_promise(kind="re_homing")],
            read_back="I ring her.",
            by=id_of("Priya"),
            at=TEN + timedelta(minutes=5),
        )
    )
    assert (accepted.read_back, accepted.accepted_by_id) == ("I ring her.", id_of("Priya"))
    assert accepted.accepted_at == settled.ended_at == TEN + timedelta(minutes=5)
    assert (taken.member_id, taken.from_at) == (id_of("Priya"), TEN), "held since it was re-homed, without a gap"


def a_re_homing(**known: Any) -> ReHoming:
    """At ten, from the crisis team, which closed, to the front door."""
    made = ReHoming(
        id_of(RE_HOMED), id_of("referral"), RECEIVER.id, GIVER.id, "team_closed", "Merged.", TEN, id_of("Lou"),
        version=1,
    )  # fmt: skip
    return replace(made, **known)


def test_re_homing_one_holding_twice_makes_the_same_rows() -> None:
    assert re_homing.ids_for(id_of("holding")) == re_homing.ids_for(id_of("holding"))
    ids = re_homing.ids_for(id_of("holding"))
    assert len({ids.re_homing, ids.holding, ids.promise, id_of("holding")}) == 4


@cases("""
    team   | successor | successor is | answer
    -------+-----------+--------------+------------
    open   | another   | open         | team.closed
    open   | another   | closed       | refused: Name a team that is open to take over what this team holds.
    open   | itself    | open         | refused: Name a team that is open to take over what this team holds.
    closed | another   | open         | refused: Front door has already closed.
""")
def test_closing_a_team(case: dict[str, str]) -> None:
    team = replace(GIVER, closed_at=NINE if case["team"] == "closed" else None)
    successor = team if case["successor"] == "itself" else RECEIVER
    successor = replace(successor, closed_at=NINE if case["successor is"] == "closed" else None)
    assert answer(agency.close_team, team, successor=successor, at=TEN) == case["answer"]


@cases("""
    works from | until | asked at | answer
    -----------+-------+----------+-----------------
    09:00      |       | 10:00    | membership.ended
    09:00      | 09:30 | 10:00    | refused: This member has already left.
    10:00      |       | 10:00    | refused: This member joined a moment ago. Look again before you act.
""")
def test_leaving(case: dict[str, str]) -> None:
    until = clock(case["until"]) if case["until"] else None
    works = a_membership(from_at=clock(case["works from"]), until_at=until)
    assert answer(agency.leave, [works], teams=[], colleagues=[], at=clock(case["asked at"])) == case["answer"]


def test_leaving_ends_every_place_a_member_has_and_only_those_that_last() -> None:
    here, there = a_membership(), a_membership(team=RECEIVER)
    before = a_membership(team=a_team("Old team"), until_at=NINE)
    assert len(agency.leave([here, before, there], teams=[], colleagues=[], at=TEN)) == 2


@cases("""
    the team | a colleague | answer
    ---------+-------------+----------------------------------------------------------------------
    open     | works there | leaves
    open     | has left    | refused: Team would be left with nobody to answer. Let someone join it first, or close it into another team.
    open     | never was   | refused: Team would be left with nobody to answer. Let someone join it first, or close it into another team.
    closed   | never was   | leaves
""")
def test_the_last_member_of_an_open_team_does_not_leave_it_alone(case: dict[str, str]) -> None:
    team = replace(a_team("Team"), closed_at=NINE if case["the team"] == "closed" else None)
    colleague = a_membership(team=team, until_at=NINE if case["a colleague"] == "has left" else None)
    found = answer(
        agency.leave,
        [a_membership(team=team)],
        teams=[team],
        colleagues=[] if case["a colleague"] == "never was" else [colleague],
        at=TEN,
    )
    assert found.replace("membership.ended", "leaves") == case["answer"]


@cases("""
    the team | the member | may something be left with them
    ---------+------------+--------------------------------
    open     | works      | yes
    closed   | works      | refused: Front door has closed. Choose another team to work for.
    open     | has left   | refused: You do not work for Front door any more.
""")
def test_nothing_is_left_with_whoever_would_not_answer(case: dict[str, str]) -> None:
    team = replace(GIVER, closed_at=NINE if case["the team"] == "closed" else None)
    works = a_membership(until_at=NINE if case["the member"] == "has left" else None)

    def left_with() -> tuple[()]:
        agency.need_member([works], team=agency.answers(team))
        return ()

    assert (answer(left_with) or "yes") == case["may something be left with them"]


def test_a_closed_team_is_never_asked_to_answer() -> None:
    closed = replace(GIVER, closed_at=NINE)
    told = answer(agency.need_open, closed)
    assert told == "refused: Front door has closed, so nobody there would answer."
    agency.need_open(GIVER)


def test_a_team_that_closes_says_who_answers_for_its_people() -> None:
    closed = after(agency.close_team, GIVER, successor=RECEIVER, at=TEN)
    assert (closed.closed_at, closed.successor_id) == (TEN, RECEIVER.id)
    entered = after(agency.found, "team.opened", replace(GIVER, version=0))
    assert entered == replace(GIVER, version=1)
