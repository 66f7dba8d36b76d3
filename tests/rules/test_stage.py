"""The edges of a handover and the standards of access: what starts each, what stops it, and nothing else does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from nowrongdoor.rules import care_contact, stage
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import standards
from nowrongdoor.rules.stage import Stage
from tests.worlds.facts import GIVER, NINE, RECEIVER, TEN, a_handover, a_membership, a_referral, id_of
from tests.worlds.tables import answer, cases, clock

PRIYA = id_of("Priya")
TRIAGED = a_referral(state="triaged", urgency="very_urgent", triaged_at=NINE)
WORKS = [a_membership("Priya", RECEIVER)]


def rows(*steps) -> list[Stage]:
    """The stages as they stand after these steps."""
    found = {}
    for step in steps:
        if isinstance(step.change.after, Stage):
            found[step.change.after.id] = step.change.after
    return list(found.values())


def offered() -> list[Stage]:
    return rows(stage.offered(a_handover(), at=TEN))


def delivering(stages, *, at, works=WORKS, to=RECEIVER, made=None):
    made = made or a_handover()
    return stage.deliver(made, referral=TRIAGED, stages=stages, to=to, works=works, at=at)


def of_kind(stages, kind) -> Stage:
    return next(one for one in stages if one.kind == kind)


@cases("""
    state     | works | closed | delivered before | answer
    ----------+-------+--------+------------------+-----------------------------
    offered   | yes   |        |                  | stage.reached, stage.awaited
    offered   |       |        |                  | refused: Nobody works in Crisis team who could receive this.
    offered   | yes   | yes    |                  | refused: Nobody works in Crisis team who could receive this.
    offered   | yes   |        | yes              | refused: This has already reached the team that was asked.
    accepted  | yes   |        |                  | refused: This handover has already been accepted.
    withdrawn | yes   |        |                  | refused: This offer has already been withdrawn.
""")
def test_an_offer_is_sent_only_when_it_reached_somebody(case: dict[str, str]) -> None:
    stages = offered()
    if case["delivered before"]:
        stages = rows(*delivering(stages, at=TEN))
    said = answer(
        delivering,
        stages,
        at=TEN + timedelta(seconds=3),
        works=WORKS if case["works"] else [a_membership("Priya", RECEIVER, until_at=TEN)],
        to=replace(RECEIVER, closed_at=NINE) if case["closed"] else RECEIVER,
        made=a_handover(state=case["state"]),
    )
    assert said == case["answer"]


def test_the_next_edge_begins_where_the_one_before_it_ends() -> None:
    at = TEN + timedelta(seconds=3)
    sent, received = rows(*delivering(offered(), at=at))
    assert (sent.kind, sent.reached_at, sent.reached_by_id, sent.how) == ("sent", at, None, "on_list")
    assert (received.kind, received.started_at, received.reached_at) == ("received", at, None)


def test_opened_is_not_answered_and_the_giver_waits_for_the_answer_by_its_own_time() -> None:
    at = NINE + timedelta(minutes=2)
    sent = rows(stage.offered(a_handover(), at=NINE))
    stages = rows(*delivering(sent, at=NINE))
    steps = stage.receive(a_handover(), referral=TRIAGED, stages=stages, by=PRIYA, at=at)
    received, answered = rows(*steps)
    assert (received.reached_at, received.reached_by_id, received.how) == (at, PRIYA, "opened")
    assert (answered.kind, answered.due_at, answered.reached_at) == ("answered", a_handover().answer_by, None)


def test_the_answer_is_waited_for_by_the_standard_the_offer_was_made_by() -> None:
    made = a_handover(standard="offer_emergency@2015-01-01")
    steps = stage.receive(made, referral=TRIAGED, stages=offered(), by=PRIYA, at=TEN)
    assert of_kind(rows(*steps), "answered").standard == made.standard
    older = stage.receive(a_handover(standard=""), referral=TRIAGED, stages=offered(), by=PRIYA, at=TEN)
    assert of_kind(rows(*older), "answered").standard.startswith("offer_very_urgent@")


def test_what_was_opened_has_been_sent_whatever_else_is_known_of_that() -> None:
    steps = stage.receive(a_handover(), referral=TRIAGED, stages=offered(), by=PRIYA, at=TEN)
    told = {one.kind: one for one in rows(*steps)}
    assert told["sent"].how == "opened"
    assert told["received"].reached_at == TEN


def test_it_is_opened_for_the_first_time_once() -> None:
    stages = rows(*stage.receive(a_handover(), referral=TRIAGED, stages=offered(), by=PRIYA, at=TEN))
    with pytest.raises(Refused, match="already opened"):
        stage.receive(a_handover(), referral=TRIAGED, stages=stages, by=id_of("Lou"), at=TEN)


@pytest.mark.parametrize("minutes", [0, 1, 20, 300])
def test_no_edge_before_the_answer_is_due_after_the_answer(minutes: int) -> None:
    made = a_handover(answer_by=TEN + timedelta(minutes=minutes))
    at = TEN + timedelta(minutes=10)
    sent = stage.offered(made, at=TEN).change.after
    steps = stage.deliver(made, referral=TRIAGED, stages=[sent], to=RECEIVER, works=WORKS, at=at)
    received = of_kind(rows(*steps), "received")
    # What was due before it could begin is due at once, and told at once.
    assert sent.due_at <= max(made.answer_by, TEN)
    assert received.due_at <= max(made.answer_by, at)


def accesses(urgency: str, *, nation: str = "England", services=(), stages=(), at=TEN):
    referral = a_referral(state="triaged", urgency=urgency, triaged_at=at)
    return stage.decided(referral, stages=stages, nation=nation, services=services, at=at)


@cases("""
    urgency     | nation  | service                   | first contact              | first face to face
    ------------+--------+----------------------------+----------------------------+-------------------------------
    very_urgent | England |                           | very_urgent_direct 13:00   | very_urgent_face 13:00
    urgent      | England |                           | urgent_direct +1 09:00     | urgent_face +1 09:00
    very_urgent | England | Two-hour response at home | very_urgent_direct 13:00   | two_hour_response_very_urgent 11:00
    very_urgent | England | Mental health liaison     | very_urgent_direct 13:00   | liaison_very_urgent 10:00
    very_urgent | Wales   | Mental health liaison     | very_urgent_direct_default 13:00 | very_urgent_face_default 13:00
    emergency   | England |                           | emergency_direct 09:15     | emergency_face 10:00
    soon        | England |                           | soon_direct +3 09:00       | soon_face +3 09:00
    routine     | England |                           | four_weeks_direct +28 09:00 | four_weeks_face +28 09:00
""")
def test_two_clocks_by_urgency_nation_and_service_from_the_instant_it_was_received(case) -> None:
    services = {case["service"]} - {""}
    said = {
        one.kind: one for one in rows(*accesses(case["urgency"], nation=case["nation"], services=services))
    }
    for kind, column in (("direct_contact", "first contact"), ("face_to_face", "first face to face")):
        code, _, when = case[column].partition(" ")
        assert said[kind].standard.partition("@")[0] == code
        day, _, hour = when.rpartition(" ")
        assert said[kind].due_at == clock(hour) + timedelta(days=int(day or 0))
        assert said[kind].started_at == NINE


def test_a_case_keeps_the_version_it_was_decided_by(monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(*accesses("urgent"))
    every = standards.every()
    newer = tuple(
        replace(one, standard=replace(one.standard, within=timedelta(hours=1)))
        if one.urgency == "urgent"
        else one
        for one in every
    )
    monkeypatch.setattr(standards, "every", lambda: newer)
    assert {one.due_at for one in before} == {NINE + timedelta(hours=24)}
    # A decision that names the same version again measures nothing anew.
    assert accesses("urgent", stages=before) == ()


def test_a_later_decision_measures_anew_what_is_still_awaited_and_only_that() -> None:
    direct, face = sorted(rows(*accesses("urgent")), key=lambda one: one.kind)
    direct = replace(direct, reached_at=TEN, reached_by_id=PRIYA, how="care_contact")
    (step,) = accesses("very_urgent", stages=[direct, face])
    assert step.change.kind == "stage.measured_anew"
    assert step.change.after.due_at == NINE + timedelta(hours=4)


def in_touch(way: str, *, stages, state: str = "under_way", happened_at=None, reopened_at=None, at=TEN):
    return care_contact.record(
        a_referral(state=state, urgency="very_urgent", reopened_at=reopened_at),
        stages=stages,
        care_contact_id=id_of("care contact"),
        way=way,
        words="",
        happened_at=happened_at,
        team_id=GIVER.id,
        by=PRIYA,
        at=at,
    )


@cases("""
    way          | state     | answer
    -------------+-----------+-------
    telephone    | under_way | direct_contact first_contact
    video        | under_way | direct_contact first_contact
    message      | under_way | direct_contact first_contact
    face_to_face | under_way | direct_contact face_to_face first_contact
    tried        | under_way |
    telephone    | accepted  | direct_contact first_contact begun
    tried        | accepted  |
""")
def test_each_contact_stops_only_the_clocks_it_is_a_fact_of(case: dict[str, str]) -> None:
    awaited = rows(
        *accesses("very_urgent"), stage.accepted(a_handover(), referral=a_referral(), at=NINE)
    )
    steps = in_touch(case["way"], stages=awaited, state=case["state"])
    said = sorted(one.kind for one in rows(*steps))
    begun = ["begun"] if any(one.change.kind == "referral.begun" for one in steps) else []
    assert " ".join(said + begun) == case["answer"]


def test_direct_contact_in_time_and_face_to_face_too_late_are_told_apart() -> None:
    stages = rows(*accesses("very_urgent"))
    rang = rows(*in_touch("telephone", stages=stages, at=NINE + timedelta(minutes=30)))
    seen = rows(*in_touch("face_to_face", stages=stages, at=NINE + timedelta(hours=5)))
    assert of_kind(rang, "direct_contact").reached_at < of_kind(stages, "direct_contact").due_at
    assert of_kind(seen, "face_to_face").reached_at > of_kind(stages, "face_to_face").due_at


def test_a_contact_that_is_told_later_and_came_earlier_is_the_first_after_all() -> None:
    stages = rows(*accesses("very_urgent"))
    first = rows(*in_touch("telephone", stages=stages, at=TEN))
    earlier = in_touch("telephone", stages=first, happened_at=NINE + timedelta(minutes=9), at=TEN)
    assert of_kind(rows(*earlier), "direct_contact").reached_at == NINE + timedelta(minutes=9)
    assert not rows(*in_touch("telephone", stages=first, at=TEN + timedelta(minutes=1)))


@cases("""
    said yes at | reopened at | answer
    ------------+-------------+-------
                |             | stage.awaited
    09:40       |             | stage.awaited
    08:30       |             | stage.awaited
    10:00       |             | stage.awaited
    10:01       |             | refused: That time has not come yet. Write when you said yes.
    08:29       |             | refused: That is before this was asked for. Write when you said yes.
    09:40       | 09:45       | refused: That is before this was asked for. Write when you said yes.
""")
def test_a_yes_on_paper_lies_between_the_asking_and_now(case: dict[str, str]) -> None:
    """The offer was made at nine, here; on the same paper as the yes, perhaps."""
    reopened = clock(case["reopened at"]) if case["reopened at"] else None
    about = a_referral(state="accepted", received_at=clock("08:30"), reopened_at=reopened)
    agreed = clock(case["said yes at"]) if case["said yes at"] else None
    assert answer(stage.accepted, a_handover(), referral=about, at=TEN, agreed_at=agreed) == case["answer"]


@cases("""
    said yes at | first contact by | rang at | is the first contact
    ------------+------------------+---------+---------------------
                | 11:00            | 09:40   | no
    09:30       | 10:30            | 09:40   | yes
    09:50       | 10:50            | 09:40   | no
""")
def test_after_a_yes_on_paper_the_first_contact_is_counted_from_then(case: dict[str, str]) -> None:
    agreed = clock(case["said yes at"]) if case["said yes at"] else None
    about = a_referral(state="accepted", urgency="very_urgent")
    begun = stage.accepted(a_handover(), referral=about, at=TEN, agreed_at=agreed).change.after
    assert begun.due_at == clock(case["first contact by"])
    told = rows(*in_touch("telephone", stages=[begun], state="accepted", happened_at=clock(case["rang at"])))
    reached = any(one.kind == "first_contact" for one in told)
    assert ("yes" if reached else "no") == case["is the first contact"]


@cases("""
    happened at | answer
    ------------+-------
    09:29       | care_contact.recorded
    09:30       | care_contact.recorded, referral.begun
    10:00       | care_contact.recorded, referral.begun
""")
def test_a_contact_of_the_time_before_begins_no_referral_that_was_reopened(case: dict[str, str]) -> None:
    given = {"stages": [], "state": "accepted", "reopened_at": NINE + timedelta(minutes=30)}
    assert answer(in_touch, "telephone", happened_at=clock(case["happened at"]), **given) == case["answer"]


@cases("""
    happened at | answer
    ------------+-------
    09:00       | care_contact.recorded
    10:00       | care_contact.recorded
    10:01       | refused: That time has not come yet. Write when it was.
    08:59       | refused: That is before the referral was received. Write when it was.
""")
def test_a_contact_was_after_somebody_had_asked_and_not_later_than_now(case: dict[str, str]) -> None:
    assert answer(in_touch, "tried", stages=[], happened_at=clock(case["happened at"])) == case["answer"]


def test_the_law_names_every_standard_that_is_asked_for() -> None:
    known = {(one.fact, one.standard.code): one for one in standards.every()}
    facts = {fact for fact, _ in known}
    assert facts >= {"direct_contact", "face_to_face", "place_of_safety", "safeguarding", "review"}
    held = known["place_of_safety", "place_of_safety"]
    assert (held.starts, held.standard.within, held.most) == (
        "arrival",
        timedelta(hours=24),
        timedelta(hours=36),
    )
    assert {one.level for one in standards.every()} == {"national", "local", "service"}
    assert {one.standard.provenance.jurisdiction for one in standards.every()} == {
        "England",
        "Wales",
        "England and Wales",
    }
    codes = [one.standard.code for one in standards.every()]
    assert len(codes) == len(set(codes))
