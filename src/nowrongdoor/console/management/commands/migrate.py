"""
./nwd manage migrate, and wherever tables are made: Django's own command in little more than half its time.

After a step that no other model refers to (a constraint, an index, a plain column) Django draws that model
anew and every model next to it as well, thousands in all. The neighbours refer to its table and key, which
are as they were. Code in a migration might look further: before it runs, Django draws every model anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ProjectState


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with drawn_alone():
            super().handle(*args, **options)


@contextlib.contextmanager
def drawn_alone() -> Iterator[None]:
    """Meanwhile a step whose relations may wait (`delay`) draws its own model and no other."""
    every = ProjectState._find_reload_model

    def alone(state: ProjectState, app: str, model: str, delay: bool = False) -> set[tuple[str, str]]:
        if not delay:
            return every(state, app, model, delay)
        state.is_delayed = True  # by this RunPython knows that it must have everything drawn
        return {(app, model)}

    ProjectState._find_reload_model = alone
    try:
        yield
    finally:
        ProjectState._find_reload_model = every
