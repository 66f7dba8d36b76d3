"""Tables are made without drawing what nobody looks at, and code in a migration sees every model whole."""

import pytest
from django.core.management import get_commands, load_command_class
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from nowrongdoor.console.management.commands.migrate import Command, drawn_alone

KEY = models.BigAutoField(primary_key=True)


@pytest.fixture
def state() -> ProjectState:
    """A team, and a visit that refers to it, drawn as they are before a migration."""
    made = ProjectState()
    team = models.ForeignKey("days.team", models.CASCADE)
    made.add_model(ModelState("days", "Team", [("id", KEY.clone())]))
    made.add_model(ModelState("days", "Visit", [("id", KEY.clone()), ("team", team)]))
    assert made.apps
    return made


def drawn(state: ProjectState) -> dict[str, type]:
    return {model: state.apps.get_model("days", model) for model in ("team", "visit")}


def newly_drawn(state: ProjectState, **field: models.Field) -> set[str]:
    before = drawn(state)
    for name, one in field.items():
        state.add_field("days", "team", name, one, preserve_default=True)
    return {name for name, model in drawn(state).items() if model is not before[name]}


def test_it_is_the_command_that_makes_tables():
    assert isinstance(load_command_class(get_commands()["migrate"], "migrate"), Command)


def test_a_plain_column_draws_its_own_model_and_djangos_own_way_the_neighbours_too(state):
    with drawn_alone():
        assert newly_drawn(state, name=models.TextField(default="")) == {"team"}
    assert newly_drawn(state, phone=models.TextField(default="")) == {"team", "visit"}


def test_what_refers_to_another_draws_all_that_are_related(state):
    with drawn_alone():
        leads = models.ForeignKey("days.team", models.CASCADE, null=True)
        assert newly_drawn(state, leads=leads) == {"team", "visit"}


def test_code_in_a_migration_sees_the_new_column_through_its_neighbour(state):
    def seen() -> set[str]:
        team = state.apps.get_model("days", "visit")._meta.get_field("team").related_model
        return {field.name for field in team._meta.get_fields()}

    with drawn_alone():
        newly_drawn(state, name=models.TextField(default=""))
        assert "name" not in seen(), "the neighbour was left as it was"
        state.clear_delayed_apps_cache()  # as Django does before code runs
        assert "name" in seen()
