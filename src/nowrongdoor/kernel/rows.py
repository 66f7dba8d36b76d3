"""
The base of every table: a key made before the row, and a version that every change moves on.

Rows are written by `kernel.store` alone. The writing methods of models and querysets are closed
to everything else, so that a row cannot change without its journal entry.
"""

from typing import Any, NoReturn

from django.db import models


class WrittenElsewhere(Exception):
    """Someone tried to write a row without the store, and so without a journal entry."""


class Closed(models.QuerySet[Any]):
    """A queryset that reads. `kernel.store` writes by statements of its own."""

    def _closed(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenElsewhere("rows are written by kernel.store, from a journey")

    create = update = delete = bulk_create = bulk_update = get_or_create = update_or_create = _closed


class Row(models.Model):
    """One thing that is true now. `version` counts its changes from 1."""

    id = models.UUIDField(primary_key=True, db_comment="Made by the front door that made the row")
    version = models.PositiveIntegerField(db_comment="1 when made; one more with each change")

    objects = models.Manager.from_queryset(Closed)()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenElsewhere("rows are written by kernel.store, from a journey")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenElsewhere("nothing about a person is deleted")
