"""The data dictionary: every table and column, in the words the database itself carries, and its class."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from nowrongdoor.console.documents.text import document, table
from nowrongdoor.kernel import classes
from nowrongdoor.kernel.classes import Exposure, Retention, Sensitivity

_HEADS = ("Column", "Type", "What it says", "Sensitivity", "Kept", "May be sent to")


def page() -> str:
    parts: list[str] = []
    for model in sorted(apps.get_models(), key=lambda one: one._meta.db_table):
        meta: Any = model._meta
        said = meta.db_table_comment or "Kept by the web framework: who is signed in"
        parts += [f"## `{meta.db_table}`", f"{said}.", table(_HEADS, _columns(model))]
    return document(
        "Data dictionary",
        "the tables of nowrongdoor.data and their classes",
        "What every column says, in the words that stand on it in the database, and how careful we must be "
        "with it. A column that nobody has classified fails a test.",
        "**Sensitivity**, from least to most:",
        "\n".join(f"- {one}" for one in Sensitivity),
        "**Kept**: " + "; ".join(Retention) + ". How many years that is follows the record class and the "
        "deployer's schedule; this version purges nothing.",
        "**May be sent to**: " + "; ".join(Exposure) + ". There is no programming interface yet; this is the "
        "most that one may ever send.",
        *parts,
    )


def _columns(model: type[Model]) -> Iterator[tuple[object, ...]]:
    for field in model._meta.concrete_fields:
        kind = classes.class_of(model, field.attname)
        yield (
            f"`{field.attname}`",
            _type(field),
            getattr(field, "db_comment", None) or "",
            kind.sensitivity if kind else "",
            kind.retention if kind else "",
            kind.exposure if kind else "",
        )


def _type(field: Any) -> str:
    """The type in the database, where it leads, and whether it may be empty."""
    leads_to = f" → `{field.related_model._meta.db_table}`" if field.is_relation else ""
    return f"{field.db_type(connection)}{leads_to}{', may be empty' if field.null else ''}"
