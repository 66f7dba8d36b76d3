"""Who may see whom is one rule: asked of PostgreSQL it answers as it does of facts, in any world."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from nowrongdoor.data.participations import scopes
from nowrongdoor.rules import access, law
from nowrongdoor.rules.access import Relationship, Viewer
from nowrongdoor.rules.participation import Part, Participation
from tests.worlds.facts import TEN

ROLES = sorted({row["role"] for row in law.rows("role_sees")} | {"passer_by"})
AMONG = (scopes.ANY_TIE, scopes.CLOSE, scopes.UNSEALS, frozenset({Relationship.LATELY}))


def a_world(seed: int) -> tuple[list[Participation], list[Viewer], list[datetime]]:
    """Two agencies, four teams, some members and people; parts of every kind, past, present and to come."""
    chance = Random(seed)
    agencies = [uuid4() for _ in range(2)]
    teams = [(uuid4(), agencies[i % 2]) for i in range(4)]
    members = [(uuid4(), *teams[i % 4]) for i in range(8)]
    people = [uuid4() for _ in range(5)]
    parts = []
    for _ in range(120):
        kind = chance.choice(list(Part))
        member, team, agency = chance.choice(members)
        own = kind in (Part.CLAIMED, Part.BROKE_GLASS)
        began = TEN + timedelta(hours=chance.randint(-1500, 200))
        ended = (
            began + timedelta(hours=chance.choice([1, 8, 200, 800])) if own or chance.random() < 0.6 else None
        )
        parts.append(
            Participation(
                uuid4(), kind, agency, team, member if own else None, chance.choice(people),
                None, None, began, ended,
                chance.choice(["", "direct_care", "care_act"]) if kind is Part.SHARED else "",
            )
        )  # fmt: skip
    viewers = [
        Viewer(member, "", role, team, "", agency, "", purpose)
        for member, team, agency in members
        for role in ROLES
        for purpose in ("", "care_act")
    ]
    edges = [one.until_at for one in parts if one.until_at]
    days = [timedelta(), timedelta(days=7), timedelta(days=30)]
    instants = [TEN, *(chance.choice(edges) + chance.choice(days) for _ in range(6))]
    return parts, chance.sample(viewers, 24), instants


def differing(parts: list[Participation], viewers: list[Viewer], instants: list[datetime]) -> tuple[int, int]:
    """How many questions were asked, and how many were answered otherwise by PostgreSQL."""
    asked = differ = 0
    people: set[UUID] = {one.person_id for one in parts if one.person_id}
    for viewer in viewers:
        for at in instants:
            for among in AMONG:
                found = scopes.tied_to(people, viewer=viewer, at=at, among=among)
                own = scopes.tied_to(people, viewer=viewer, at=at, among=among, own_team=True)
                for person in people:
                    theirs = [one for one in parts if one.person_id == person]
                    by_team = [one for one in theirs if one.team_id == viewer.team_id]
                    asked += 2
                    differ += bool(access.ties(viewer, theirs, at=at) & among) != (person in found)
                    differ += bool(access.ties(viewer, by_team, at=at) & among) != (person in own)
    return asked, differ


@pytest.fixture
def stored(committed, test_database):
    """Puts parts where only the triggers can: as the owner of the tables."""

    def store(parts: list[Participation]) -> None:
        columns = sql.SQL(", ").join(map(sql.Identifier, Participation.__dataclass_fields__))
        with psycopg.connect(test_database.owner_url) as owner, owner.cursor() as cursor:
            copy = sql.SQL("COPY participations_participation ({}) FROM STDIN").format(columns)
            with cursor.copy(copy) as rows:
                for one in parts:
                    rows.write_row([str(v) if isinstance(v, Part) else v for v in vars(one).values()])

    return store


@pytest.mark.parametrize("seed", range(6))
def test_the_rule_and_the_query_agree_in_every_generated_world(seed, stored):
    parts, viewers, instants = a_world(seed)
    stored(parts)
    asked, differ = differing(parts, viewers, instants)
    assert asked > 2000
    assert differ == 0


def test_a_query_that_forgets_when_a_part_ends_is_noticed(stored, monkeypatch):
    """The control: were the twin to keep a part for ever, this would say so."""
    parts, viewers, instants = a_world(1)
    stored(parts)
    monkeypatch.setattr(scopes, "TIE", scopes.TIE.replace("p.until_at > %(seen_at)s)", "true)"))
    assert differing(parts, viewers, instants)[1] > 0
