"""A link answers one offer of one team: what makes it, opens it and ends it, and whom it is answered under."""

from dataclasses import replace
from datetime import timedelta

import pytest

from nowrongdoor.rules import answer_link
from nowrongdoor.rules.access import may_do
from nowrongdoor.rules.agency import Member, Membership
from nowrongdoor.rules.answer_link import ROLE, AnswerLink
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import seeing
from tests.worlds.facts import NINE, RECEIVER, TEN, a_handover, a_membership, id_of
from tests.worlds.tables import answer, cases, clock

PRIYA, AMIR = id_of("Priya"), id_of("Amir")
HOLDER = answer_link.holder(
    "Jo Carter", team_id=RECEIVER.id, team_name=RECEIVER.name, agency_id=id_of("charity"), agency_name="Charity"
)
LASTS = seeing.lasts("answer_link", at=TEN)


def a_link(**changed) -> AnswerLink:
    return replace(made(), **changed)


def made(*, works=(), is_sealed=False, offered=None, at=TEN) -> AnswerLink:
    step = making(works=works, is_sealed=is_sealed, offered=offered, at=at)
    link: AnswerLink = step.change.after
    return link


def making(*, works=(), is_sealed=False, offered=None, at=TEN):
    return answer_link.make(
        offered or a_handover(), link_id=id_of("link"), digest="d" * 64, to=RECEIVER, works=works,
        is_sealed=is_sealed, by=AMIR, at=at,
    )  # fmt: skip


def receiving(link=None, *, offered=None, is_sealed=False, device="one", by=PRIYA, at=None):
    return answer_link.receive(
        link or a_link(), offered=offered or a_handover(), is_sealed=is_sealed, device=device, by=by,
        at=at or clock("10:05"),
    )  # fmt: skip


@cases("""
    offer     | somebody works there | sealed | answer
    ----------+----------------------+--------+------------------------------------------------------------------
    offered   |                      |        | answer_link.made
    offered   | by link              |        | answer_link.made
    offered   | yes                  |        | refused: People of Crisis team sign in, and this is on their list. A link would be a second way in.
    offered   |                      | yes    | refused: This is sealed, and a link can be passed on to whoever should not read it. Ring the team instead.
    accepted  |                      |        | refused: This handover has already been accepted.
    returned  |                      |        | refused: This handover has already been returned.
    withdrawn |                      |        | refused: This offer has already been withdrawn.
""")  # fmt: skip
def test_a_link_is_made_for_an_offer_that_waits_where_nobody_signs_in(case: dict[str, str]) -> None:
    role = {"yes": "team_member", "by link": ROLE}.get(case["somebody works there"])
    works = [replace(a_membership("Priya", RECEIVER), role=role)] if role else []
    given = {"works": works, "is_sealed": bool(case["sealed"]), "offered": a_handover(state=case["offer"])}
    assert answer(making, **given) == case["answer"]


@cases("""
    offer     | after            | taken back | sealed | answer
    ----------+------------------+------------+--------+--------------------------------------------------------
    offered   | at once          |            |        | answer_link.received
    offered   | the last instant |            |        | answer_link.received
    offered   | its time         |            |        | refused: The time of this link is over. Ring the team that sent it: they can make you a new one.
    offered   | at once          | yes        |        | refused: This link was taken back. Ring the team that sent it.
    offered   | at once          |            | yes    | refused: This link was taken back. Ring the team that sent it.
    accepted  | at once          |            |        | refused: This handover has already been accepted.
    returned  | at once          |            |        | refused: This handover has already been returned.
    withdrawn | at once          |            |        | refused: This offer has already been withdrawn.
""")  # fmt: skip
def test_it_opens_while_its_time_lasts_and_its_offer_waits(case: dict[str, str]) -> None:
    at = TEN + {"at once": timedelta(), "the last instant": LASTS - timedelta.resolution, "its time": LASTS}[
        case["after"]
    ]
    link = a_link(withdrawn_at=TEN, withdrawn_by_id=AMIR) if case["taken back"] else a_link()
    given = {"offered": a_handover(state=case["offer"]), "is_sealed": bool(case["sealed"]), "at": at}
    assert answer(receiving, link, **given) == case["answer"]


def test_each_opening_counts_and_a_device_counts_once() -> None:
    first = receiving().change.after
    again = receiving(first, at=clock("10:09")).change.after
    other = receiving(again, device="two", by=AMIR, at=clock("10:20")).change.after
    assert (other.times, other.devices) == (3, ("one", "two"))
    assert (other.received_at, other.last_received_at) == (clock("10:05"), clock("10:20"))
    assert other.last_received_by_id == AMIR


def test_it_opens_on_few_devices_and_on_those_it_goes_on_opening() -> None:
    most = seeing.most("link_devices", at=TEN)
    full = a_link(devices=tuple(map(str, range(most))), received_at=TEN, last_received_at=TEN,
                  last_received_by_id=PRIYA)  # fmt: skip
    assert receiving(full, device="0").change.after.devices == full.devices
    with pytest.raises(Refused, match=f"opened on {most} devices") as refused:
        receiving(full, device="one more")
    assert refused.value.code == "too_many_devices"


def test_whoever_has_it_acts_for_the_team_under_the_name_they_give_and_in_no_other_role() -> None:
    assert HOLDER.member_name == "Jo Carter, holder of the link for Crisis team"
    may = {"handover.receive", "handover.accept", "handover.send_back", "answer_link.receive"}
    asked = may | {"record.read", "person.search", "handover.offer", "answer_link.make", "holding.take"}
    assert {act for act in asked if may_do(HOLDER, act, at=TEN)} == may


@pytest.mark.parametrize("name", ["jo carter", " Jo  Carter ", "JO CARTER"])
def test_the_same_name_is_the_same_member(name: str) -> None:
    other = answer_link.holder(
        name, team_id=RECEIVER.id, team_name=RECEIVER.name, agency_id=HOLDER.agency_id, agency_name="Charity"
    )
    assert other.member_id == HOLDER.member_id


def test_a_name_is_entered_once_with_a_place_in_the_team_that_lets_nobody_in() -> None:
    who, works = (step.change.after for step in named())
    assert (who.name, who.job_title) == ("Jo Carter", "Volunteer, answers by link")
    assert (works.member_id, works.team_id, works.role) == (who.id, RECEIVER.id, ROLE)
    assert not answer_link.signs_in([works])
    assert named(known=[who]) == ()


def named(*, name="Jo Carter", job="Volunteer", known=()):
    return answer_link.named(HOLDER, name=name, job=job, known=known, at=TEN)


@pytest.mark.parametrize(("changed", "field"), [({"name": " "}, "name"), ({"job": ""}, "job")])
def test_who_answers_must_be_known(changed: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        named(**changed)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("link", "known"), [(a_link(), [Member(PRIYA, "Jo", "")]), (receiving().change.after, [])]
)
def test_nobody_answers_who_has_not_opened_it_under_that_name(link: AnswerLink, known: list[Member]) -> None:
    with pytest.raises(Refused, match="Open this first") as refused:
        answer_link.need_received(link, known=known, team_name=RECEIVER.name)
    assert refused.value.code == "not_received"


def test_what_answering_cost_is_from_the_last_opening_to_the_answer() -> None:
    assert a_link().effort is None
    read = receiving(receiving().change.after, at=clock("10:30")).change.after
    assert read.effort is None
    answered = answer_link.answer(read, at=clock("10:32")).change.after
    assert answered.effort == timedelta(minutes=2)


def test_a_link_is_taken_back_once() -> None:
    back = answer_link.withdraw(a_link(), by=AMIR, at=clock("10:10")).change.after
    assert (back.withdrawn_at, back.withdrawn_by_id) == (clock("10:10"), AMIR)
    assert not back.opens(at=clock("10:11"))
    with pytest.raises(Refused, match="already been taken back"):
        answer_link.withdraw(back, by=AMIR, at=clock("10:11"))


def test_nothing_opens_before_it_was_made() -> None:
    assert not a_link().opens(at=NINE)


def test_a_membership_that_has_ended_signs_nobody_in() -> None:
    left = Membership(id_of("works"), PRIYA, RECEIVER.id, "team_member", NINE, TEN)
    assert not answer_link.signs_in([left])
