"""An act needs a role that permits it, and belongs to the team it is about."""

import pytest

from nowrongdoor.rules import access, law
from nowrongdoor.rules.change import Refused
from tests.worlds.facts import GIVER, RECEIVER, TEN, a_viewer
from tests.worlds.tables import cases


@cases("""
    role             | act              | of team    | answer
    -----------------+------------------+------------+--------
    team_member      | handover.accept  | own        | yes
    team_member      | handover.accept  | nobody's   | yes
    team_member      | handover.accept  | another    | refused: Only the team that was asked can do this; you are working for Front door.
    call_handler     | handover.offer   | own        | yes
    call_handler     | handover.accept  | own        | refused: Your role (call handler) cannot do this. Ask your team lead.
    call_handler     | handover.accept  | another    | refused: Your role (call handler) cannot do this. Ask your team lead.
    police_control   | triage.decide    | own        | refused: Your role (police control) cannot do this. Ask your team lead.
    team_member      | team.close       | own        | refused: Your role (team member) cannot do this. Ask your team lead.
    team_lead        | team.close       | own        | yes
    passer_by        | record.read      | nobody's   | refused: Your role (passer by) cannot do this. Ask your team lead.
    team_lead        | no.such.act      | own        | refused: Your role (team lead) cannot do this. Ask your team lead.
""")
def test_who_may_do_what(case: dict[str, str]) -> None:
    of = {"own": GIVER.id, "another": RECEIVER.id, "nobody's": None}[case["of team"]]
    try:
        access.need(a_viewer(case["role"]), case["act"], at=TEN, team_id=of, team="the team that was asked")
        told = "yes"
    except Refused as refusal:
        told = f"refused: {refusal.words}"
    assert told == case["answer"]


def test_a_team_without_a_name_is_still_said_in_words() -> None:
    with pytest.raises(Refused, match="Only the team concerned can do this"):
        access.need(a_viewer(), "handover.accept", at=TEN, team_id=RECEIVER.id)


def test_every_role_may_do_what_its_rows_say_and_nothing_else() -> None:
    acts = {row["act"] for row in law.rows("roles")}
    for role in {row["role"] for row in law.rows("roles")}:
        may = {act for act in acts if access.may_do(a_viewer(role), act, at=TEN)}
        assert may == {row["act"] for row in law.rows("roles") if row["role"] == role}
