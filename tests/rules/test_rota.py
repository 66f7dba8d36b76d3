"""Who hears of what has climbed: whoever is on duty on that rung, else the next above, else every lead."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from nowrongdoor.rules import rota
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.escalation import ClockKind
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.rota import LEADS, Duty

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
CRISIS, WARD, AGENCY = UUID(int=1), UUID(int=2), UUID(int=3)
LOU, NIA, KOFI = UUID(int=11), UUID(int=12), UUID(int=13)


def a_duty(member: UUID, rung: str, *, team: UUID | None = CRISIS, hours: tuple[int, int] = (-4, 4)) -> Duty:
    begins, ends = (NOON + timedelta(hours=one) for one in hours)
    return Duty(
        UUID(int=member.int * 100 + len(rung) + hours[1]), AGENCY, team, member, rung, "", begins, ends,
        begins, KOFI, None, None, "",
    )  # fmt: skip


def a_viewer(role: str) -> Viewer:
    return Viewer(KOFI, "Kofi", role, WARD, "Ward", AGENCY)


def who(rung: str, *duties: Duty, team: UUID = CRISIS, at: datetime = NOON) -> tuple[str, set[UUID]]:
    heard = rota.hears(rung, team_id=team, duties=duties, at=at)
    return heard.rung, {one.member_id for one in heard.duties}


LEAD, MANAGER = a_duty(LOU, "duty_lead"), a_duty(NIA, "on_call_manager", team=None)


@pytest.mark.parametrize(
    ("rung", "duties", "heard"),
    [
        ("duty_lead", (LEAD, MANAGER), ("duty_lead", {LOU})),
        ("on_call_manager", (LEAD, MANAGER), ("on_call_manager", {NIA})),
        ("duty_lead", (MANAGER,), ("on_call_manager", {NIA})),
        ("executive", (MANAGER,), (LEADS, {NIA})),
        ("duty_lead", (), (LEADS, set())),
        ("practitioner", (MANAGER,), ("practitioner", set())),
        ("duty_lead", (a_duty(LOU, "duty_lead", team=WARD),), (LEADS, {LOU})),
        ("duty_lead", (LEAD, a_duty(NIA, "duty_lead", team=None)), ("duty_lead", {LOU, NIA})),
        ("duty_lead", (a_duty(LOU, "practitioner", team=WARD),), (LEADS, set())),
        ("executive", (a_duty(LOU, "practitioner"), MANAGER), (LEADS, {NIA})),
    ],
)
def test_who_hears(rung, duties, heard):
    assert who(rung, *duties) == heard


def test_a_duty_is_half_open_and_ends_when_they_are_taken_off():
    ends = LEAD.until_at
    assert who("duty_lead", LEAD, at=LEAD.from_at)[1] == {LOU}
    assert who("duty_lead", LEAD, at=LEAD.from_at - timedelta(seconds=1))[0] == LEADS
    assert who("duty_lead", LEAD, at=ends - timedelta(seconds=1))[1] == {LOU}
    assert who("duty_lead", LEAD, at=ends) == (LEADS, set())
    ill = rota.take_off(LEAD, words="Ill", by=KOFI, at=NOON).change.after
    assert who("duty_lead", ill) == (LEADS, set())
    assert ill.is_on(NOON - timedelta(seconds=1))


@pytest.mark.parametrize("rung", ["duty_lead", "on_call_manager", "executive"])
def test_whatever_the_rota_says_somebody_hears(rung):
    """On duty there, on a rung above, or every lead of the agency: there is no fourth answer."""
    every = [a_duty(LOU, one) for one in ("practitioner", "duty_lead", "on_call_manager", "executive")]
    for chosen in range(16):
        duties = [one for number, one in enumerate(every) if chosen >> number & 1]
        heard = rota.hears(rung, team_id=CRISIS, duties=duties, at=NOON)
        assert heard.duties or heard.rung == LEADS
        lead_hears = rota.hears_of(a_viewer("team_lead"), rung, team_id=CRISIS, duties=duties, at=NOON)
        assert lead_hears == (heard.rung == LEADS)


@pytest.mark.parametrize(
    ("role", "hears"),
    [("team_lead", True), ("administrator", False), ("team_member", False), ("commissioner", False)],
)
def test_where_nobody_is_on_duty_a_lead_hears_and_no_administrator_who_sees_nobody(role, hears):
    assert rota.is_lead(a_viewer(role), at=NOON) == hears
    assert rota.hears_of(a_viewer(role), "executive", team_id=CRISIS, duties=(), at=NOON) == hears
    theirs = (a_duty(KOFI, "executive", team=None),)
    assert rota.hears_of(a_viewer(role), "executive", team_id=CRISIS, duties=theirs, at=NOON)


def test_of_two_ladders_the_same_rung_is_the_higher():
    order = rota.rungs(at=NOON)
    assert order == ("practitioner", "duty_lead", "on_call_manager", "executive")
    for kind in ClockKind:
        codes = [one.code for one in ladder.rungs(kind, promised=timedelta(hours=1), on=NOON.date())]
        assert codes == sorted(codes, key=order.index)
