"""Crews and visits: who may go, who should, how a visit goes on, and what it leaves for whoever holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from nowrongdoor.rules import assigning, crew, pairing, promise, referral, travelling, visit, visit_owing
from nowrongdoor.rules.change import Refused, Steps
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.visit_record import Asked, Going, Visit

NINE = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TEAM, AMIR = uuid4(), uuid4()
(ABOUT, *_) = (
    step.change.after
    for step in referral.refer(
        referral_id=uuid4(), holding_id=uuid4(), person_id=None, contact_id=None, needs=["mental"],
        request="Please help.", words="", team_id=TEAM, member_id=AMIR, at=NINE - 5 * MINUTE,
    )
)  # fmt: skip
SEE_HER = Asked("See her at home.", "1 Mill Lane", "millbrook")


def a_visit(**said: object) -> tuple[Visit, Promise]:
    asked = Asked(**{**vars(SEE_HER), **said})
    made, owed = visit.ask(uuid4(), asked, about=ABOUT, team_id=TEAM, by=AMIR, at=NINE)
    return made.change.after, owed.change.after


def a_crew(*people: tuple[str, tuple[str, ...]], base: str = "averley_market", **said: object):
    given = {"travel": "car", "from_at": NINE - 60 * MINUTE, "until_at": NINE + 480 * MINUTE, **said}
    seatings = [crew.Seating(uuid4(), role, skills) for role, skills in people]
    made, *seats = crew.put_on(
        crew_id=uuid4(), team_id=TEAM, name="Crew", base=base, device="", seatings=seatings,
        members=[one.member_id for one in seatings], others=[], lent={}, by=AMIR, at=NINE - 60 * MINUTE, **given,
    )  # fmt: skip
    return made.change.after, [one.change.after for one in seats]


NURSE, SUPPORT = ("mental_health_nurse", ("crisis_assessment",)), ("support_worker", ())


def given(
    one: Visit, of: tuple[Crew, list[Seat]], *, busy=(), skills=(), leaves_at=NINE, words="", at=NINE
) -> Steps:
    return assigning.assign(
        one, of[0], seats=of[1], busy=busy, skills=skills, leaves_at=leaves_at, words=words, at=at
    )


def after(steps: Steps, kind: type) -> list:
    return [step.change.after for step in steps if isinstance(step.change.after, kind)]


def refusal(act) -> str:
    with pytest.raises(Refused) as told:
        act()
    return told.value.code


class Walk:
    """A visit and what is owed with it, gone on with step by step."""

    def __init__(self, one: Visit, owed: Promise, steps: Steps) -> None:
        (self.visit,), self.goings = after(steps, Visit), after(steps, Going)
        self.owed, self.at = {owed.id: owed}, NINE

    def go(self, act, **asked) -> Steps:
        self.at += 10 * MINUTE
        steps = act(self.visit, goings=self.goings, by=AMIR, at=self.at, **asked)
        for step in steps:
            now = step.change.after
            if isinstance(now, Visit):
                self.visit = now
            elif isinstance(now, Promise):
                self.owed[now.id] = now
            else:
                self.goings = [now if one.id == now.id else one for one in self.goings]
        return steps

    def on(self, *steps: str) -> Walk:
        for step in steps:
            self.go(visit.go_on, step=step, elsewhere=[], about=ABOUT, open_promises=self.open)
        return self

    def finish(self, outcome: str, next_step: str = "", words: str = "We talked.") -> Steps:
        return self.go(
            visit.finish, outcome=outcome, next_step=next_step, words=words, holder_id=HOLDER, about=ABOUT,
            open_promises=self.open,
        )  # fmt: skip

    @property
    def open(self) -> list[Promise]:
        return [one for one in self.owed.values() if one.state == "open"]

    @property
    def kinds(self) -> list[str]:
        return sorted(one.kind for one in self.open)


HOLDER: UUID = uuid4()


def a_walk(**said: object) -> Walk:
    one, owed = a_visit(**said)
    return Walk(one, owed, given(one, a_crew(NURSE, SUPPORT)))


# --- the pair rule ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "roles", "fits"),
    [
        ("entry_hazard", ("nurse", "support_worker"), True),
        ("entry_hazard", ("support_worker", "nurse"), True),
        ("entry_hazard", ("nurse", "therapist"), True),
        ("entry_hazard", ("support_worker", "support_worker"), False),
        ("entry_hazard", ("nurse",), False),
        ("moving_handling", ("support_worker", "support_worker"), True),
        ("two_clinicians", ("nurse", "support_worker"), False),
        ("two_clinicians", ("nurse", "social_worker"), True),
    ],
)
def test_the_second_may_be_a_support_worker_where_the_rule_says_so(rule, roles, fits):
    (found,) = pairing.of([rule], at=NINE)
    assert found.fits(roles) is fits


def test_a_support_worker_goes_where_a_second_clinician_need_not():
    one, _ = a_visit(pair_rules=("entry_hazard",), skills=("crisis_assessment",))
    _, seats = a_crew(NURSE, ("nurse", ()), SUPPORT)
    assert {seat.role for seat in assigning.who_goes(one, seats, at=NINE)} == {
        "mental_health_nurse", "support_worker",
    }  # fmt: skip


def test_two_never_go_as_one():
    one, _ = a_visit(pair_rules=("entry_hazard",))
    assert refusal(lambda: given(one, a_crew(NURSE), words="There is nobody else.")) == "crew_cannot_go"
    assert len(after(given(one, a_crew(NURSE, SUPPORT)), Going)) == 2


# --- travel -----------------------------------------------------------------------------------------------


def test_a_road_is_longer_than_a_straight_line_and_slower_when_everybody_drives():
    night, rush = datetime(2026, 11, 10, 3, tzinfo=UTC), datetime(2026, 11, 10, 8, tzinfo=UTC)
    there = ("averley_market", "castle_bridge")
    assert travelling.travel("car", *there, at=night) < travelling.travel("car", *there, at=rush)
    straight = travelling.kilometres(*there, at=night) / 50 * 60
    assert travelling.travel("car", *there, at=night) > timedelta(minutes=straight)
    assert travelling.travel("foot", *there, at=night) > travelling.travel("cycle", *there, at=night)


# --- who should go ----------------------------------------------------------------------------------------


def ranked(one: Visit, *crews: tuple[Crew, list[Seat]], known=()) -> list[Crew]:
    found = assigning.rank(one, [(c, s, ()) for c, s in crews], skills=(), known=known, at=NINE)
    return [offer.crew for offer in found]


def test_who_is_nearer_comes_first_and_then_whoever_she_knows():
    near, far = a_crew(NURSE), a_crew(NURSE, base="saltings")
    one, _ = a_visit()
    assert ranked(one, far, near) == [near[0], far[0]]
    assert ranked(one, far, near, known=[far[1][0].member_id]) == [far[0], near[0]]


def test_who_would_be_late_comes_after_who_would_not_whatever_else_they_can_do():
    one, _ = a_visit(due_at=NINE + 15 * MINUTE, skills=("crisis_assessment",))
    able_and_far, near = a_crew(NURSE, base="saltings"), a_crew(("nurse", ()))
    assert ranked(one, able_and_far, near) == [near[0], able_and_far[0]]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"skills": ("catheter",)}, "Nobody who would go has this skill: Urgent catheter care."),
        ({"wish_language": "bsl"}, "Nobody who would go speaks British Sign Language."),
        ({"wish_gender": "woman"}, "They asked for a woman."),
        ({"due_at": NINE + MINUTE}, assigning.LATE),
        ({"minutes": 480}, "Its shift ends before the visit would be over."),
    ],
)
def test_what_speaks_against_a_crew_needs_a_reason(said, words):
    one, _ = a_visit(**said)
    offer = assigning.offer(one, *a_crew(NURSE), (), skills=(), at=NINE)
    assert words in offer.against
    assert refusal(lambda: given(one, a_crew(NURSE))) == "words_missing"
    (chosen,) = after(given(one, a_crew(NURSE), words="She asked for him."), Visit)
    assert chosen.chosen_words == "She asked for him."


def test_a_crew_sets_off_from_the_visit_before():
    of = a_crew(NURSE)
    first, _ = a_visit(area="castle_bridge")
    steps = given(first, of)
    (mine,), (going,) = after(steps, Visit), after(steps, Going)
    second, _ = a_visit(area="castle_bridge")
    offer = assigning.offer(second, *of, [(going, mine)], skills=(), at=NINE)
    assert offer.leaves_at == mine.free_at
    assert offer.minutes_away == 5, "next door, and not from the base"


def test_nobody_is_in_two_visits_at_once():
    of = a_crew(NURSE)
    first, _ = a_visit()
    steps = given(first, of)
    busy = [(after(steps, Going)[0], after(steps, Visit)[0])]
    second, _ = a_visit()
    assert refusal(lambda: given(second, of, busy=busy, words="Now.")) == "crew_is_elsewhere"
    assert given(second, of, busy=busy, leaves_at=busy[0][0].until_at, words="Then.")


def test_a_crew_that_is_longer_on_a_visit_than_was_planned_is_not_shown_as_free():
    of = a_crew(NURSE)
    first, _ = a_visit()
    steps = given(first, of)
    (mine,), (going,) = after(steps, Visit), after(steps, Going)
    later = mine.free_at + MINUTE
    second, _ = a_visit(due_at=later + 120 * MINUTE)
    still = [(replace(going, is_under_way=True), mine)]
    assert assigning.STILL_THERE in assigning.offer(second, *of, still, skills=(), at=later).against
    assert assigning.STILL_THERE not in assigning.offer(second, *of, [(going, mine)], skills=(), at=later).against


def test_a_crew_whose_shift_is_over_is_not_sent():
    one, _ = a_visit()
    of = a_crew(NURSE, until_at=NINE)
    assert refusal(lambda: given(one, of, words="All the same.")) == "shift_over"


# --- on the way, there and gone ---------------------------------------------------------------------------


def test_being_with_the_person_keeps_the_promise_to_be_and_nothing_before_it_does():
    walk = a_walk()
    assert walk.on("tell", "set_off", "arrive").kinds == ["check_in", "visit"]
    assert walk.on("meet").kinds == ["check_in"]


def test_no_step_is_left_out():
    assert refusal(lambda: a_walk().on("arrive")) == "arrive_when_planned"
    assert refusal(lambda: a_walk().on("set_off", "meet")) == "meet_when_on_the_way"


def test_whoever_is_alone_says_again_and_again_that_they_are_safe():
    walk = a_walk().on("set_off", "arrive")
    first = walk.visit.check_in_at
    walk.go(lambda one, goings, **asked: visit.check_in(one, **asked), about=ABOUT, open_promises=walk.open)
    assert walk.visit.check_in_at > first
    assert walk.kinds == ["check_in", "visit"], "the first is kept, and the next runs"
    assert walk.on("leave").kinds == ["after_visit", "visit"], "gone, and nobody waits for that word"


def test_two_together_do_not_wait_for_each_other():
    walk = a_walk(pair_rules=("entry_hazard",)).on("set_off", "arrive")
    assert walk.visit.check_in_at is None and walk.kinds == ["visit"]


def test_to_be_there_and_to_be_safe_is_nobodys_word_beside_the_visit():
    walk = a_walk().on("set_off", "arrive")
    for owed in walk.open:
        assert refusal(lambda owed=owed: promise.keep(owed, words="Fine.", by=AMIR, at=walk.at)) == (
            "answered_at_the_visit"
        )
        assert refusal(lambda owed=owed: promise.let_go(owed, words="Fine.", by=AMIR, at=walk.at)) == (
            "answered_at_the_visit"
        )


# --- what it leaves ---------------------------------------------------------------------------------------


def test_what_comes_next_is_owed_by_whoever_holds_the_person():
    walk = a_walk().on("set_off", "arrive", "meet")
    walk.finish("seen", "hand_over", "She would like the day team.")
    (owed,) = walk.open
    assert (owed.kind, owed.owner_team_id) == ("after_visit", HOLDER)
    assert owed.words == "Hand over to another team."
    assert walk.visit.state == "done" and all(not one.is_under_way for one in walk.goings)


def test_a_visit_never_ends_in_silence():
    walk = a_walk().on("set_off", "arrive", "meet", "leave")
    assert walk.kinds == ["after_visit"], "to have left owes what came of it"
    assert refusal(lambda: walk.finish("seen")) == "next_step_unknown"
    assert refusal(lambda: walk.finish("seen", "plan", " ")) == "words_missing"
    (owed,) = walk.open
    assert refusal(lambda: visit_owing.need_written_up(owed, [walk.visit])) == "answered_at_the_visit"
    walk.finish("seen", "plan")
    assert visit_owing.need_written_up(walk.open[0], [walk.visit]) is None, "what comes next is kept as it is"


def test_not_at_home_is_followed_up_by_whoever_holds_the_person():
    walk = a_walk().on("set_off", "arrive")
    assert refusal(lambda: walk.finish("seen", "close")) == "nobody_was_with_them"
    walk.finish("not_at_home", words="No light, and no answer at two doors.")
    (owed,) = walk.open
    assert (owed.kind, owed.owner_team_id) == ("not_at_home", HOLDER)


def test_what_is_stood_down_or_taken_back_frees_the_crew_for_others():
    walk = a_walk().on("set_off")
    steps = visit.take_back(walk.visit, words="The road is closed.", goings=walk.goings, at=walk.at)
    (back,), (going,) = after(steps, Visit), after(steps, Going)
    assert (back.state, back.crew_id) == ("asked", None) and going.until_at == walk.at
    assert walk.kinds == ["visit"], "it waits for another crew, by the same time"
    down = visit.stand_down(
        back, words="Her GP went.", goings=[], open_promises=walk.open, by=AMIR, at=walk.at + MINUTE
    )
    assert {step.change.kind for step in down} == {"visit.stood_down", "promise.settled"}


def test_nobody_is_let_go_of_while_a_visit_is_open():
    assert refusal(lambda: visit.need_over([a_walk().visit])) == "visit_open"


def test_a_shift_does_not_end_on_somebody_who_waits():
    made, seats = a_crew(NURSE)
    waiting = [a_walk().visit]
    ended = {"seats": seats, "words": "Ill.", "by": AMIR, "at": NINE}
    assert refusal(lambda: crew.end(made, waiting=waiting, **ended)) == "crew_has_a_visit"
    assert len(crew.end(made, waiting=[], **ended)) == 2


def test_both_crews_of_a_joint_visit_are_ranked_to_be_there_when_they_meet():
    crew_of = a_crew(NURSE)
    one = replace(a_visit(due_at=NINE + 200 * MINUTE)[0], meet_at=NINE + 60 * MINUTE)
    best = assigning.offer(one, crew_of[0], crew_of[1], [], skills=(), at=NINE)
    assert best.there_at == one.meet_at and best.leaves_at > NINE and not best.against
    late = replace(one, meet_at=NINE + MINUTE)
    told = assigning.offer(late, crew_of[0], crew_of[1], [], skills=(), at=NINE)
    assert told.leaves_at == NINE and told.against == (assigning.LATE_TO_MEET,)
    assert refusal(lambda: given(late, crew_of)) == "words_missing", "and somebody says why it goes all the same"
