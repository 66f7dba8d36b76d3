"""
Every verb: done, refused in plain words, changed meanwhile, and the journal broken so that nothing happened.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from psycopg import sql

from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.tables import all_tables
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from tests.architecture.verbs import verbs
from tests.journeys.scene import Changed, Scene
from tests.journeys.scenes import SCENES
from tests.worlds.small_place import SmallPlace

pytestmark = pytest.mark.django_db


class JournalFailed(Exception):
    """The journal cannot be written, as when its disk is full."""


def each(scenes: list[Scene]) -> Any:
    return pytest.mark.parametrize("scene", scenes, ids=lambda scene: scene.verb)


def stored() -> dict[str, Any]:
    """Every row there is, and how much the journal tells."""
    one = sql.SQL("SELECT {}, id, version FROM {}")
    each = [one.format(sql.Literal(table.name), sql.Identifier(table.stored_as)) for table in all_tables()]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(each))
        rows = sorted(cursor.fetchall())
    return {"rows": rows, "journal": Entry.objects.count()}


def refused(act: Callable[[], None]) -> Refused:
    """The refusal, which wrote nothing."""
    before = stored()
    with pytest.raises(Refused) as told:
        act()
    assert stored() == before
    return told.value


@pytest.mark.usefixtures("touches_nothing")
def test_every_verb_has_a_scene():
    assert sorted(scene.verb for scene in SCENES) == sorted(verb.name for verb in verbs())


@pytest.mark.usefixtures("touches_nothing")
@each(list(SCENES))
def test_a_scene_leaves_nothing_unsaid(scene):
    assert bool(scene.rival) != bool(scene.no_rival), "name a rival, or say why nobody can come first"
    assert bool(scene.tells) != bool(scene.no_journal), "name what it tells, or say why nothing is told"
    assert scene.refused or scene.no_journal, "name what makes it refuse"


@each([scene for scene in SCENES if scene.tells])
def test_it_is_done_and_told(place, scene):
    given = scene.given(place)
    before = set(Entry.objects.values_list("pk", flat=True))
    scene.act(place, given)
    told = Entry.objects.exclude(pk__in=before)
    assert sorted(entry.kind for entry in told) == sorted(scene.tells)
    assert {(one.by_name, one.by_team_name, one.recorded_at) for one in told} == {
        (given["by"].member_name, given["by"].team_name, place.at)
    }


REFUSALS = [
    pytest.param(scene, changed, words, id=f"{scene.verb}: {words or changed}")
    for scene in SCENES
    for changed, words in scene.refused
]


@pytest.mark.parametrize(("scene", "changed", "words"), REFUSALS)
def test_it_is_refused_in_plain_words(place, scene: Scene, changed: Changed, words: str):
    given = scene.given(place)
    given |= changed(place, given) if callable(changed) else changed
    refusal = refused(lambda: scene.act(place, given))
    assert words in refusal.words
    assert refusal.words.endswith((".", "?")) and "_" not in refusal.words
    assert refusal.words[0].isupper() and refusal.code


@each([scene for scene in SCENES if not scene.any_role])
def test_a_role_that_does_not_permit_it_is_refused(place, scene):
    given = scene.given(place)
    who: Viewer = given["by"]
    stranger = Viewer(
        who.member_id, who.member_name, "auditor", who.team_id, who.team_name, who.agency_id, who.agency_name
    )
    assert refused(lambda: scene.act(place, given | {"by": stranger})).code == "role_does_not_permit"


@each([scene for scene in SCENES if scene.rival])
def test_who_comes_second_is_told_who_did_what_and_when(place, scene):
    given = scene.given(place)
    rival = scene.rival(place, given)
    at = place.later()
    rival(at=at)
    refusal = refused(lambda: scene.act(place, given))
    assert refusal.code == scene.told
    assert isinstance(refusal, ChangedMeanwhile) == (scene.told == "changed_meanwhile")
    if scene.told not in {"left_the_team", "already_left"}:
        # Of these there is no row any more that stands in the way: the place in the team has ended.
        assert refusal.changed_at == at
        assert refusal.kind in set(Entry.objects.filter(recorded_at=at).values_list("kind", flat=True))
        assert refusal.by_name and refusal.by_name != given["by"].member_name


@each([scene for scene in SCENES if scene.tells])
def test_when_the_journal_fails_nothing_happened(place: SmallPlace, scene: Scene):
    given = scene.given(place)
    before = stored()

    def fail(execute: Any, statement: Any, *rest: Any) -> Any:
        if "INSERT INTO" in str(statement) and "journal_entry" in str(statement):
            raise JournalFailed
        return execute(statement, *rest)

    with connection.execute_wrapper(fail), pytest.raises(JournalFailed):
        scene.act(place, given)
    assert stored() == before
    scene.act(place, given)  # and nothing stands in the way of doing it again
    assert stored() != before
