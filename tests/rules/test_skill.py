"""Skills and powers: each ends by itself, and nobody is sent for what is over by then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from nowrongdoor.rules import assigning, board_plan, crew, skill, skill_kinds
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.skill import Skill
from tests.rules.test_visits import NINE, a_crew, a_visit, given, refusal

LEAD, MEMBER = uuid4(), uuid4()
TENTH = date(2026, 11, 10)
HOUR = timedelta(hours=1)
ENTERED = {
    "kind": "amhp_approval", "from_on": date(2022, 1, 4), "until_on": date(2027, 1, 3),
    "said_by": "The approving council", "checked": "Their letter, looked at on 2 November",
    "works_here": True, "others": (), "by": LEAD, "at": NINE,
}  # fmt: skip


def held(member: UUID = MEMBER, **said: object) -> Skill:
    return skill.enter(**{"skill_id": uuid4(), "member_id": member, **ENTERED, **said}).change.after


def over(member: UUID, kind: str, until_on: date) -> Skill:
    """One that was entered while it lasted."""
    then = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    return held(member, kind=kind, until_on=until_on, at=then)


def test_a_power_counts_to_the_end_of_its_last_day_on_the_wall_and_no_longer() -> None:
    one = held(until_on=TENTH)
    midnight = datetime(2026, 11, 11, tzinfo=UTC)
    assert one.holds(midnight - HOUR, midnight)
    assert not one.holds(midnight - HOUR, midnight + timedelta(seconds=1))
    summer = held(until_on=date(2027, 7, 1))
    assert summer.ends_at == datetime(2027, 7, 1, 23, 0, tzinfo=UTC)  # an hour ahead in summer
    assert not held(from_on=date(2026, 11, 11), until_on=None).holds(NINE, NINE + HOUR)
    assert held(until_on=None).holds(NINE, NINE + 100 * 365 * 24 * HOUR)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"works_here": False}, "not_of_the_team"),
        ({"kind": "juggling"}, "kind_unknown"),
        ({"said_by": " "}, "said_by_missing"),
        ({"checked": " "}, "checked_missing"),
        ({"until_on": date(2021, 1, 1)}, "no_length"),
        ({"until_on": date(2026, 11, 9)}, "over_already"),
        ({"until_on": date(9998, 1, 1)}, "too_long"),
        ({"from_on": date(2900, 1, 1), "until_on": None}, "too_long"),
    ],
)
def test_what_is_entered_has_days_somebody_who_said_so_and_where_it_was_checked(
    wrong: dict[str, object], code: str
) -> None:
    assert refusal(lambda: held(**wrong)) == code


def test_what_is_no_power_needs_no_register_and_the_same_is_entered_once() -> None:
    assert held(kind="falls", checked="").kind == "falls"
    assert refusal(lambda: held(others=[held()])) == "held_already"
    assert held(others=[held()], until_on=date(2028, 1, 3))  # a renewal


def test_a_power_is_ended_early_with_a_reason_and_counts_no_more_from_then() -> None:
    one = held()
    ended = skill.end(one, words="Suspended by the council.", by=LEAD, at=NINE + HOUR).change.after
    assert ended.holds(NINE, NINE + HOUR) and not ended.holds(NINE, NINE + 2 * HOUR)
    assert refusal(lambda: skill.end(ended, words="Again.", by=LEAD, at=NINE + 2 * HOUR)) == "ended_already"
    assert refusal(lambda: skill.end(one, words=" ", by=LEAD, at=NINE)) == "words_missing"
    late = datetime(2027, 1, 4, tzinfo=UTC)
    assert refusal(lambda: skill.end(one, words="Now.", by=LEAD, at=late)) == "ended_already"


def test_a_power_is_nobodys_word_for_a_shift() -> None:
    assert refusal(lambda: a_crew(("social_worker", ("amhp",)))) == "power_by_word"
    assert a_crew(("social_worker", ("crisis_assessment",)))


def test_whoever_held_a_power_that_is_over_is_not_counted_on_for_it() -> None:
    one, _ = a_visit(skills=("amhp",), minutes=60)
    of = a_crew(("social_worker", ()))
    member = of[1][0].member_id
    lasting, ended = held(member), over(member, "amhp_approval", date(2026, 11, 9))
    assert given(one, of, skills=[lasting])
    assert refusal(lambda: given(one, of, skills=[ended])) == "words_missing"
    assert refusal(lambda: given(one, of)) == "words_missing"
    assert given(one, of, skills=[ended], words="To sit with her until one comes.")
    (offer,) = assigning.rank(one, [(*of, ())], skills=[ended], known=(), at=NINE)
    assert offer.against == ("Nobody who would go has this skill: Approved mental health professional.",)
    (lapse,) = offer.lapses
    assert (lapse.kind.code, lapse.ended_at) == ("amhp_approval", datetime(2026, 11, 10, tzinfo=UTC))


def test_it_is_asked_of_the_whole_time_of_the_visit_not_of_when_it_is_given() -> None:
    one, _ = a_visit(skills=("amhp",), minutes=60, due_at=NINE + 20 * HOUR)
    late = {"from_at": NINE, "until_at": NINE + 14 * HOUR + 59 * timedelta(minutes=1)}
    of = a_crew(("social_worker", ()), **{**late, "until_at": NINE + 12 * HOUR})
    today = held(of[1][0].member_id, until_on=TENTH)
    assert given(one, of, skills=[today], leaves_at=NINE + 10 * HOUR)
    night = a_crew(("social_worker", ()), from_at=NINE + 9 * HOUR, until_at=NINE + 22 * HOUR)
    ends = held(night[1][0].member_id, until_on=TENTH)
    assert given(one, night, skills=[ends], leaves_at=NINE + 12 * HOUR)
    # On the way before midnight, and there after it.
    across = NINE + 14 * HOUR + timedelta(minutes=30)
    assert refusal(lambda: given(one, night, skills=[ends], leaves_at=across)) == "words_missing"


def test_whoever_may_not_go_as_what_they_are_is_not_sent_and_no_reason_makes_up_for_it() -> None:
    one, _ = a_visit()
    of = a_crew(("nurse", ("falls",)))
    member = of[1][0].member_id
    struck_off = over(member, "nursing", date(2026, 11, 3))
    assert refusal(lambda: given(one, of, skills=[struck_off], words="Go.")) == "crew_cannot_go"
    renewed = held(member, kind="nursing", from_on=date(2026, 11, 4), until_on=date(2027, 11, 3))
    assert given(one, of, skills=[struck_off, renewed])
    two, _ = a_visit(pair_rules=("entry_hazard",))
    pair = a_crew(("nurse", ()), ("support_worker", ()))
    ended = over(pair[1][0].member_id, "nursing", date(2026, 11, 3))
    assert refusal(lambda: given(two, pair, skills=[ended], words="Go.")) == "crew_cannot_go"


def test_an_ended_skill_is_not_counted_by_word_either_and_an_unknown_one_is() -> None:
    (seat,) = a_crew(("nurse", ("falls", "wound")))[1]
    ended = over(seat.member_id, "falls", date(2026, 11, 3))
    (now,) = skill.counted([seat], [ended], from_at=NINE, until_at=NINE + HOUR)
    assert now.skills == ("wound",)
    endless = held(seat.member_id, kind="catheter", until_on=None, checked="")
    (now,) = skill.counted([seat], [endless], from_at=NINE, until_at=NINE + HOUR)
    assert now.skills == ("falls", "wound", "catheter")
    spoken = held(seat.member_id, kind="cy", until_on=None)
    (now,) = skill.counted([seat], [spoken], from_at=NINE, until_at=NINE + HOUR)
    assert now.languages == ("cy",)


def test_nobody_who_may_not_drive_then_is_sent_by_car_without_a_word() -> None:
    one, _ = a_visit()
    of = a_crew(("nurse", ()))
    ended = over(of[1][0].member_id, "driving", date(2026, 11, 3))
    assert refusal(lambda: given(one, of, skills=[ended])) == "words_missing"
    on_foot = a_crew(("nurse", ()), travel="cycle")
    ended = over(on_foot[1][0].member_id, "driving", date(2026, 11, 3))
    assert given(one, on_foot, skills=[ended])


def test_the_plan_of_the_board_counts_as_the_board_does() -> None:
    one, _ = a_visit(skills=("medicines",))
    of = a_crew(("nurse", ()))
    member = of[1][0].member_id
    lasts, ended = held(member, kind="prescriber"), over(member, "prescriber", date(2026, 11, 3))
    known: dict[UUID, frozenset[UUID]] = {}
    (proposal,) = board_plan.propose([one], [(*of, ())], skills=[lasts], known=known, at=NINE).proposals
    assert proposal.offer.against == ()
    plan = board_plan.propose([one], [(*of, ())], skills=[ended], known=known, at=NINE)
    assert not plan.proposals
    assert [(each.why, each.skills) for each in plan.unmet] == [(board_plan.NO_SKILL, ("medicines",))]


def test_what_ends_soon_is_said_until_it_is_renewed() -> None:
    soon = held(until_on=date(2026, 12, 1))
    assert skill.is_ending(soon, [soon], at=NINE)
    renewal = held(from_on=date(2026, 12, 2), until_on=date(2031, 12, 1))
    assert not skill.is_ending(soon, [soon, renewal], at=NINE)
    gap = held(from_on=date(2026, 12, 3), until_on=date(2031, 12, 1))
    assert skill.is_ending(soon, [soon, gap], at=NINE)
    assert not skill.is_ending(held(), [], at=datetime(2026, 10, 1, tzinfo=UTC))
    assert not skill.is_ending(held(until_on=None), [], at=NINE)
    assert skill.is_ending(soon, [soon], at=datetime(2026, 12, 20, tzinfo=UTC))


def test_every_kind_gives_what_the_lists_know() -> None:
    from nowrongdoor.rules import law

    for name, what in (("visit_skills", "skills"), ("crew_roles", "roles"), ("crew_languages", "languages")):
        known = {one.code for one in law.codes(name, on=TENTH)}
        given_by = {code for one in skill_kinds.kinds(on=TENTH) for code in getattr(one, what)}
        assert given_by <= known
    assert skill_kinds.by_law() == {"amhp", "section_12", "medicines"}
    with pytest.raises(Refused):
        crew.put_on(
            crew_id=uuid4(), team_id=LEAD, name="Crew", base="averley_market", travel="car", device="",
            from_at=NINE, until_at=NINE + HOUR, seatings=[crew.Seating(MEMBER, "nurse", ("medicines",))],
            members=[MEMBER], others=[], lent={}, by=LEAD, at=NINE,
        )  # fmt: skip
