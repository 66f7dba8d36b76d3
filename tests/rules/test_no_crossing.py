"""What one agency knows reaches another only by its own part, a decision that stands, or broken glass."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nowrongdoor.rules import access
from nowrongdoor.rules.access import BLIND, Sealed, Standing, Viewer
from nowrongdoor.rules.participation import Part, Participation
from tests.worlds.facts import TEN

ROLES = ("team_lead", "team_member", "council_practitioner", "police_control", "governance_lead", "passer_by")
OWN = (Part.CLAIMED, Part.BROKE_GLASS)
ANSWERS = (Part.HOLDS, Part.OFFERED, Part.TOOK_IN, Part.ANSWERED, Part.OWES, Part.RAISED)


def a_person(seed: int) -> tuple[list[UUID], list[Participation], list[Sealed], list[Viewer]]:
    """Their referrals, the parts of three agencies in them, some seals, and members of every role."""
    chance = Random(seed)
    agencies = [uuid4() for _ in range(3)]
    teams = [(uuid4(), agencies[i % 3]) for i in range(6)]
    members = [(uuid4(), *teams[i % 6]) for i in range(9)]
    person, referrals = uuid4(), [uuid4() for _ in range(4)]
    parts = []
    for _ in range(chance.randint(1, 14)):
        kind, (member, team, agency) = chance.choice(list(Part)), chance.choice(members)
        about = None if kind in OWN or chance.random() < 0.2 else chance.choice(referrals)
        began = TEN + timedelta(hours=chance.randint(-1500, 30))
        ended = began + timedelta(hours=chance.choice([1, 30, 400])) if chance.random() < 0.5 else None
        purpose = chance.choice(["", "direct_care", "care_act"]) if kind is Part.SHARED else ""
        own = member if kind in OWN else None
        parts.append(
            Participation(uuid4(), kind, agency, team, own, person, about, None, began, ended, purpose)
        )
    sealed = [
        Sealed(person, chance.choice([*referrals, None]), None, *against(chance, agencies, members))
        for _ in range(chance.randint(0, 2))
    ]
    viewers = [
        Viewer(member, "", role, team, "", agency) for member, team, agency in members for role in ROLES
    ]
    return referrals, parts, sealed, chance.sample(viewers, 12)


def against(chance: Random, agencies: list[UUID], members: list[tuple[UUID, ...]]) -> tuple[UUID | None, ...]:
    """Mostly nobody, else an agency or one member: whom a seal keeps somebody safe from."""
    luck = chance.random()
    return (
        chance.choice(agencies) if luck < 0.3 else None,
        chance.choice(members)[0] if luck > 0.7 else None,
    )


def lasts(part: Participation, at: datetime) -> bool:
    return part.from_at <= at and (part.until_at is None or at < part.until_at)


def crossings(seed: int, at: datetime) -> list[str]:
    """Whatever was shown of a referral without a reason that reaches it."""
    referrals, parts, sealed, viewers = a_person(seed)
    wrong = []
    for viewer in viewers:
        own = tuple(one for one in parts if one.agency_id == viewer.agency_id)
        for key in referrals:
            if access.sight_of_item(viewer, Standing(own, tuple(sealed)), referral_id=key, at=at) is BLIND:
                continue
            took_part = any(one.referral_id == key for one in own)
            broke = any(
                one.part == Part.BROKE_GLASS and one.member_id == viewer.member_id and lasts(one, at)
                for one in own
            )
            decided = any(one.part == Part.SHARED and lasts(one, at) for one in own)
            told = any(
                one.part == Part.SHARED and not one.purpose and not one.referral_id and lasts(one, at)
                for one in own
            )
            is_sealed = any(one.referral_id == key for one in sealed)
            if not (took_part or broke or told or (decided and not is_sealed)):
                wrong.append(f"{viewer.role} sees {key} without a reason")
            for one in sealed:
                is_against = {one.against_agency_id, one.against_member_id} & {
                    viewer.agency_id,
                    viewer.member_id,
                }
                if is_against and one.referral_id in (None, key) and not answers(own, viewer, one, at):
                    wrong.append(f"{viewer.role} sees {key}, which is sealed against them")
    return wrong


def answers(own: tuple[Participation, ...], viewer: Viewer, kept: Sealed, at: datetime) -> bool:
    """The viewer's own team is answerable now for what that seal keeps."""
    return any(
        one.part in ANSWERS
        and one.team_id == viewer.team_id
        and lasts(one, at)
        and (kept.referral_id is None or one.referral_id == kept.referral_id)
        for one in own
    )


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9), st.integers(-60, 60))
def test_nobody_sees_across_agencies_without_an_own_part_a_live_decision_or_broken_glass(
    seed: int, days: int
) -> None:
    assert crossings(seed, TEN + timedelta(days=days)) == []


def test_a_rule_that_lets_everybody_across_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were a tie to the person enough, this would say so."""
    monkeypatch.setattr(access, "may_cross", lambda viewer, standing, *, at: True)
    assert any(crossings(seed, TEN) for seed in range(60))


def test_a_rule_that_forgets_the_seal_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_seals", lambda one, referral_id, contact_id: False)
    assert any(crossings(seed, TEN) for seed in range(200))


def test_a_rule_that_forgets_whom_a_seal_is_against_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "is_against", lambda viewer, one: False)
    assert any("against" in line for seed in range(200) for line in crossings(seed, TEN))


def test_a_rule_that_goes_on_after_a_decision_was_withdrawn_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "_lasts", lambda part, at: part.from_at <= at)
    assert any(crossings(seed, TEN + timedelta(days=20)) for seed in range(200))
