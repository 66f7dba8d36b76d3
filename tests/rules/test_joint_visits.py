"""A joint visit: asked for, answered by a person, and told of to the other once one does not go."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from nowrongdoor.rules import joint_visit, visit, visit_owing
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import AlreadyRecorded, Refused
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.visit_record import Visit
from tests.rules.test_visits import ABOUT, AMIR, MINUTE, NINE, TEAM, a_visit, after

VAN = Team(uuid4(), uuid4(), "Van 2", "", "", False, NINE, None, None)
SAM = uuid4()


def asked(
    one: Visit, *, team=VAN, need="See to her leg.", meet_at=None, others=(), is_kept_from=False, at=NINE,
    half_id=None,
):  # fmt: skip
    return joint_visit.ask_along(
        one,
        half_id=half_id or uuid4(),
        team=team,
        need=need,
        meet_at=meet_at,
        others=others,
        is_kept_from=is_kept_from,
        about=ABOUT,
        by=AMIR,
        at=at,
    )


def a_half(**said) -> tuple[Visit, Visit, Promise]:
    one, _ = a_visit()
    *lead, half, answer = asked(one, **said)
    return (lead[0].change.after if lead else one), half.change.after, answer.change.after


def joined(half: Visit, answer: Promise, at=NINE + MINUTE):
    return joint_visit.come_along(half, about=ABOUT, open_promises=[answer], by=SAM, at=at)


def code(act) -> str:
    with pytest.raises(Refused) as told:
        act()
    return told.value.code


def test_to_be_asked_is_to_owe_an_answer_and_nothing_else_yet():
    one, half, answer = a_half()
    assert (half.state, half.team_id, half.joint_with_id) == ("asked_along", VAN.id, one.id)
    assert (half.place, half.access_words, half.due_at) == (one.place, one.access_words, one.due_at)
    assert (answer.kind, answer.owner_team_id) == ("joint_visit", VAN.id)
    assert answer.due_at == NINE + 15 * MINUTE and answer.standard.startswith("joint_visit@")


def test_an_answer_is_owed_no_later_than_they_meet():
    one, half, answer = a_half(meet_at=NINE + 5 * MINUTE)
    assert one.meet_at == half.meet_at == answer.due_at == NINE + 5 * MINUTE
    assert half.due_at == one.due_at, "the person was promised somebody by then, whenever the crews meet"


@pytest.mark.parametrize(
    ("change", "said", "refused"),
    [
        ({}, {"need": " "}, "need_missing"),
        ({}, {"team": replace(VAN, id=TEAM)}, "own_team"),
        ({}, {"team": replace(VAN, closed_at=NINE)}, "team_has_closed"),
        ({}, {"is_kept_from": True}, "kept_safe_from_them"),
        ({}, {"meet_at": NINE}, "meet_in_the_past"),
        ({"meet_at": NINE + MINUTE}, {"meet_at": NINE + 2 * MINUTE}, "meeting_is_set"),
        ({"joint_with_id": uuid4()}, {}, "asked_along_itself"),
        ({"state": "left"}, {}, "ask_along_when_left"),
        ({"state": "done", "ended_at": NINE}, {}, "ask_along_when_done"),
    ],
)
def test_who_cannot_be_asked_or_asks_too_late_is_refused(change, said, refused):
    one, _ = a_visit()
    assert code(lambda: asked(replace(one, **change), **said)) == refused


def test_a_team_is_asked_once_at_a_time():
    one, half, _ = a_half()
    assert code(lambda: asked(one, others=[half])) == "asked_along_already"
    assert len(after(asked(one, team=replace(VAN, id=uuid4()), others=[half]), Visit)) == 1, "others may be"


def test_a_yes_makes_it_their_visit_owed_by_its_time():
    _, half, answer = a_half()
    steps = joined(half, answer)
    (now,), (kept, owed) = after(steps, Visit), after(steps, Promise)
    assert (now.state, now.joined_at) == ("asked", NINE + MINUTE)
    assert (kept.id, kept.state) == (answer.id, "kept")
    assert (owed.kind, owed.owner_team_id, owed.due_at) == ("visit", VAN.id, half.due_at)
    assert code(lambda: joined(now, answer)) == "come_along_when_asked", "once"


def test_a_yes_after_its_time_is_owed_by_the_standard_from_then():
    _, half, answer = a_half()
    late = half.due_at + MINUTE
    (now,) = after(joined(half, answer, at=late), Visit)
    assert now.due_at == late + timedelta(hours=2)


def test_a_no_goes_back_to_whoever_asked_and_only_while_it_matters():
    one, half, _ = a_half()
    (told,) = after(joint_visit.stood_down(half, others=[one], about=ABOUT, at=NINE), Promise)
    assert (told.kind, told.owner_team_id, told.words) == ("joint_visit", TEAM, joint_visit.SAID_NO)
    (told,) = after(
        joint_visit.stood_down(replace(half, joined_at=NINE), others=[one], about=ABOUT, at=NINE), Promise
    )
    assert told.words == joint_visit.NOT_COMING
    for gone in ({"ended_at": NINE}, {"met_at": NINE}, {"state": "left"}):
        assert not joint_visit.stood_down(half, others=[replace(one, **gone)], about=ABOUT, at=NINE)


def ended(one: Visit, half: Visit, *owed: Promise):
    return joint_visit.ended(
        one, others=[half], about=ABOUT, open_promises=owed, words=joint_visit.NOT_GOING, by=AMIR, at=NINE
    )


def test_who_comes_along_hears_that_it_is_over_and_decides_for_themselves():
    one, half, answer = a_half()
    (now,) = after(joined(half, answer), Visit)
    (told,) = after(ended(one, now), Promise)
    assert (told.kind, told.owner_team_id, told.words) == ("joint_visit", VAN.id, joint_visit.NOT_GOING)
    assert not after(ended(one, now), Visit), "nobody is called off but by their own team"
    assert not ended(one, replace(now, met_at=NINE)), "who is with the person goes on"
    assert not ended(one, replace(now, joint_with_id=uuid4())), "nor of another visit to them"


def test_who_has_not_answered_is_asked_no_more():
    one, half, answer = a_half()
    steps = ended(one, half, answer)
    (now,), (kept,) = after(steps, Visit), after(steps, Promise)
    assert (now.state, now.ended_at, kept.state) == ("stood_down", NINE, "kept")


def test_no_word_beside_the_visit_settles_whether_they_come():
    _, half, answer = a_half()
    assert code(lambda: visit_owing.need_written_up(answer, [half])) == "answered_at_the_visit"
    (now,) = after(joined(half, answer), Visit)
    visit_owing.need_written_up(replace(answer, id=uuid4()), [now])


def test_a_no_settles_the_answer_and_keeps_its_reason():
    _, half, answer = a_half()
    steps = visit.stand_down(
        half, words="All of us are out.", goings=[], open_promises=[answer], by=SAM, at=NINE + MINUTE
    )
    (down,), (kept,) = after(steps, Visit), after(steps, Promise)
    assert (down.state, down.ended_words, kept.state) == ("stood_down", "All of us are out.", "kept")


def moved(one: Visit, half: Visit, meet_at=NINE + 40 * MINUTE):
    return joint_visit.move_meeting(one, meet_at=meet_at, others=[half], about=ABOUT, at=NINE + 2 * MINUTE)


def test_when_they_meet_is_moved_by_either_and_heard_by_the_other():
    one, half, answer = a_half(meet_at=NINE + 30 * MINUTE)
    (now,) = after(joined(half, answer), Visit)
    for first, other in ((one, now), (now, one)):
        steps = moved(first, other)
        (told,) = after(steps, Promise)
        assert {each.meet_at for each in after(steps, Visit)} == {NINE + 40 * MINUTE}
        assert (told.owner_team_id, told.words) == (other.team_id, joint_visit.MOVED)
    assert not after(moved(one, half), Promise), "who has not answered reads it where they answer"


@pytest.mark.parametrize(
    ("change", "meet_at", "refused"),
    [
        ({}, None, "meet_at_missing"),
        ({}, NINE, "meet_in_the_past"),
        ({"meet_at": NINE + MINUTE}, NINE + MINUTE, "meets_then"),
        ({"id": uuid4()}, NINE + 9 * MINUTE, "nobody_along"),
        ({"state": "with_person", "met_at": NINE}, NINE + 9 * MINUTE, "move_meeting_when_with_person"),
        ({"state": "asked_along"}, NINE + 9 * MINUTE, "move_meeting_when_asked_along"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(change, meet_at, refused):
    one, half, _ = a_half()
    assert code(lambda: moved(replace(one, **change), half, meet_at)) == refused


def test_who_else_comes_is_a_line_and_no_state():
    one, _ = a_visit()
    noted = joint_visit.note_others(one, words=" Ambulance, Jo: at 11. ").change.after
    assert noted == replace(one, others_words="Ambulance, Jo: at 11.", version=one.version + 1)
    assert joint_visit.note_others(noted, words="").change.after.others_words == "", "it may be taken out"
    assert code(lambda: joint_visit.note_others(one, words=" ")) == "words_missing"
    over = replace(one, state="done", ended_at=NINE)
    assert code(lambda: joint_visit.note_others(over, words="Police.")) == "note_others_when_done"


def test_nothing_is_its_own_half_whatever_a_form_says():
    one, _ = a_visit()
    with pytest.raises(AlreadyRecorded):
        asked(one, half_id=one.id)
