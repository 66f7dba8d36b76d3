"""The contexts know each other by name only: keys across them are strings, and none imports another."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

import nowrongdoor.data
from nowrongdoor.kernel.rows import Row

HERE = Path(nowrongdoor.data.__file__).parent
SOURCES = sorted(HERE.glob("*/**/*.py"))


def crossings(source: str, context: str) -> Iterator[str]:
    """Imports of another context, and keys across contexts that are not written as a string."""
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            if parts[:2] == ["nowrongdoor", "data"] and len(parts) > 2 and parts[2] != context:
                yield name


def test_no_context_imports_another():
    assert len(SOURCES) > 9 * 4
    found = {
        str(path.relative_to(HERE)): crossed
        for path in SOURCES
        if (crossed := list(crossings(path.read_text(encoding="utf-8"), path.relative_to(HERE).parts[0])))
    }
    assert found == {}


def test_an_import_of_another_context_would_be_noticed():
    for planted in (
        "from nowrongdoor.data.people.models import Person",
        "import nowrongdoor.data.people",
        "from nowrongdoor.data import people",
    ):
        assert list(crossings(planted, "contacts"))
        assert not list(crossings(planted, "people"))


def test_every_key_is_kept_by_the_database_and_protects_what_it_points_to():
    for model in apps.get_models():
        if issubclass(model, Row):
            for field in model._meta.concrete_fields:
                if field.is_relation:
                    assert field.db_constraint
                    assert field.remote_field.on_delete.__name__ == "PROTECT"
