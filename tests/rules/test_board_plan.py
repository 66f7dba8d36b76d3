"""A plan for the whole board: as many in time as can be, what a crew has is kept, and what cannot be is said."""

from dataclasses import replace

from nowrongdoor.console.bench import replanning
from nowrongdoor.rules import board_plan
from nowrongdoor.rules.visit_record import Going, Visit
from tests.rules.test_visits import MINUTE, NINE, NURSE, a_crew, a_visit, after, given


def asked(*, minutes: int, **said: object) -> Visit:
    return a_visit(due_at=NINE + minutes * MINUTE, **said)[0]


def staffed(crew, busy=()):
    return crew[0], crew[1], list(busy)


def plan(visits, *crews, skills=(), known=None, at=NINE):
    return board_plan.propose(visits, crews, skills=skills, known=known or {}, at=at)


def has(one, crew, **said):
    """The visit as that crew has it, and what its people are planned on."""
    steps = given(one, crew, **said)
    (now,), goings = after(steps, Visit), after(steps, Going)
    return now, [(going, now) for going in goings]


def names(found):
    return {one.visit.id: one.offer.crew.id for one in found.proposals}


def test_whoever_is_due_first_is_not_made_late_for_somebody_nearer():
    crew = a_crew(NURSE)
    near = asked(minutes=200, area="averley_north")
    far = asked(minutes=60, area="upper_fold")
    found = plan([near, far], staffed(crew))
    assert [one.visit.id for one in found.proposals] == [far.id, near.id]
    assert all(one.offer.there_at <= one.visit.due_at for one in found.proposals)


def test_a_crew_that_nobody_else_can_stand_in_for_is_kept_for_whoever_needs_it():
    able, other = a_crew(("nurse", ("wound",))), a_crew(NURSE, base="saltings")
    first = asked(minutes=70, area="averley_north")
    second = asked(minutes=75, area="averley_north", skills=("wound",))
    found = plan([first, second], staffed(able), staffed(other))
    assert names(found)[second.id] == able[0].id
    assert all(one.offer.there_at <= one.visit.due_at for one in found.proposals)


def test_who_knows_the_person_goes_before_who_does_not():
    one, other = a_crew(NURSE), a_crew(NURSE)
    visit = asked(minutes=120)
    for crew in (one, other):
        known = {visit.id: frozenset({crew[1][0].member_id})}
        assert names(plan([visit], staffed(one), staffed(other), known=known)) == {visit.id: crew[0].id}


def test_work_is_shared_out():
    crews = [staffed(a_crew(NURSE)) for _ in range(3)]
    found = plan([asked(minutes=400) for _ in range(6)], *crews)
    assert sorted(list(names(found).values()).count(one[0].id) for one in crews) == [2, 2, 2]


def test_what_a_crew_has_stays_with_it_though_another_is_nearer():
    far, near = a_crew(NURSE, base="saltings"), a_crew(NURSE, base="millbrook")
    visit, busy = has(asked(minutes=120), far)
    found = plan([visit], staffed(far, busy), staffed(near))
    assert not found.proposals
    (kept,) = found.kept
    assert (kept.visit.id, kept.is_late, kept.is_pinned) == (visit.id, False, False)


def late_with_its_crew(words=""):
    """A crew is longer out than was planned: the next whom it was to see would be late."""
    crew = a_crew(NURSE)
    one, busy = has(asked(minutes=300), crew)
    two, more = has(asked(minutes=100), crew, busy=busy, leaves_at=NINE + 80 * MINUTE, words=words or "As planned.")
    two = replace(two, chosen_words=words)
    out = replace(one, state="on_the_way")
    longer = [(replace(going, until_at=NINE + 200 * MINUTE, is_under_way=True), out) for going, _ in busy]
    return two, staffed(crew, [*longer, *((going, two) for going, _ in more)])


def test_what_a_crew_cannot_reach_in_time_any_more_may_move_to_one_that_can():
    two, crew = late_with_its_crew()
    found = plan([two], crew, staffed(a_crew(NURSE)))
    (moved,) = found.proposals
    assert moved.instead_of == crew[0].id and moved.because == board_plan.LATE_NOW
    assert moved.offer.there_at <= two.due_at and not found.kept


def test_nothing_is_moved_to_be_late_elsewhere():
    two, crew = late_with_its_crew()
    late = a_crew(NURSE, from_at=NINE + 150 * MINUTE)
    found = plan([two], crew, staffed(late))
    assert not found.proposals and [one.is_late for one in found.kept] == [True]


def test_what_a_person_gave_a_reason_for_is_left_to_them():
    two, crew = late_with_its_crew("He will open to nobody but her.")
    found = plan([two], crew, staffed(a_crew(NURSE)))
    assert not found.proposals
    assert [(one.is_late, one.is_pinned) for one in found.kept] == [(True, True)]


def test_a_crew_that_went_off_shift_keeps_nobody():
    gone = a_crew(NURSE)
    visit, _ = has(asked(minutes=120), gone, words="He knows her.")
    found = plan([visit], staffed(a_crew(NURSE)))
    (moved,) = found.proposals
    assert (moved.instead_of, moved.because) == (gone[0].id, board_plan.SHIFT_OVER)


def test_a_visit_fits_in_before_what_a_crew_keeps_and_does_not_make_it_late():
    crew = a_crew(NURSE)
    later, busy = has(asked(minutes=240), crew, leaves_at=NINE + 200 * MINUTE)
    now = asked(minutes=60)
    (first,) = plan([now, later], staffed(crew, busy)).proposals
    assert first.offer.free_at <= later.leaves_at and first.offer.leaves_at == NINE + 5 * MINUTE, "once the plan is read"
    tight = replace(later, leaves_at=NINE + 40 * MINUTE)
    busy = [(replace(going, from_at=tight.leaves_at), tight) for going, _ in busy]
    (first,) = plan([now, tight], staffed(crew, busy)).proposals
    assert first.offer.leaves_at >= later.free_at, "there is no time before it"


def test_somebody_who_is_late_whoever_goes_is_proposed_the_soonest_and_it_is_said():
    visit = asked(minutes=5, area="saltings")
    (one,) = plan([visit], staffed(a_crew(NURSE))).proposals
    assert one.leave_by is not None and one.leave_by < NINE and one.in_time == 0


def test_what_cannot_be_met_says_what_it_takes():
    alone, two = a_crew(NURSE), asked(minutes=120, pair_rules=("entry_hazard",))
    skilled, long = asked(minutes=120, skills=("amhp",)), asked(minutes=400)
    found = plan([two, skilled], staffed(alone))
    assert {one.visit.id: (one.why, one.skills) for one in found.unmet} == {
        two.id: (board_plan.NO_PAIR, ()),
        skilled.id: (board_plan.NO_SKILL, ("amhp",)),
    }
    (short,) = plan([long], staffed(a_crew(NURSE, until_at=NINE + 30 * MINUTE))).unmet
    assert (short.why, short.minutes) == (board_plan.NO_TIME, 60)
    assert [one.why for one in plan([long]).unmet] == [board_plan.NO_CREW]


def test_a_plan_gives_nothing_and_is_the_same_when_asked_again():
    board = replanning.InventedBoard(3, visits_open=12, crews_on=4)
    before = dict(board.visits)
    assert board.plan() == board.plan()
    assert board.visits == before
    assert len(board.plan().proposals) + len(board.plan().unmet) == 12


def test_every_proposal_is_one_that_may_be_given_and_no_crew_loses_what_it_could_keep():
    told = replanning.measure(seed=1, times=8, visits=16, crews=5)
    assert told["proposed"] > 50 and told["moved_to_another_crew"] > 0
    assert (told["refused_by_the_rule"], told["promises_broken_needlessly"]) == (0, 0)
    assert {"replans", "replan_p50_s", "replan_p95_s"} <= told.keys()


def test_a_crew_is_at_the_door_when_two_teams_meet_and_no_sooner():
    crew = a_crew(NURSE)
    meets = replace(asked(minutes=200, area="averley_north"), meet_at=NINE + 90 * MINUTE)
    (one,) = plan([meets], staffed(crew)).proposals
    assert one.offer.there_at == meets.meet_at and one.leave_by is None
    (alone,) = plan([replace(meets, meet_at=None)], staffed(crew)).proposals
    assert alone.offer.there_at < meets.meet_at, "without it, it goes as soon as it can"


def test_a_crew_that_has_half_a_joint_visit_keeps_it_while_it_is_there_when_they_meet():
    far, near = a_crew(NURSE, base="saltings"), a_crew(NURSE, base="millbrook")
    visit, busy = has(replace(asked(minutes=200), meet_at=NINE + 120 * MINUTE), far)
    assert not plan([visit], staffed(far, busy), staffed(near)).proposals
    soon = replace(visit, meet_at=NINE + 20 * MINUTE)
    busy = [(going, soon) for going, _ in busy]
    assert [one.because for one in plan([soon], staffed(far, busy), staffed(near)).proposals] == [
        board_plan.LATE_NOW
    ]
