"""
How careful we must be with each column: what it could tell about someone, how long it is kept, and
whom a programming interface may ever send it to. A column nobody has classified fails a test.

Each context says so for its own tables in its `classes.py`; the data dictionary is printed from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules


class Sensitivity(StrEnum):
    """What the column could tell whoever should not see it."""

    PLAIN = "tells nothing of anyone"
    PUBLIC = "public: what a service says of itself"
    STAFF = "about a member of staff"
    LINK = "leads to a person's record"
    IDENTITY = "says who someone is"
    WHEREABOUTS = "says where someone can be found"
    RESPONSE = "what whoever responds must know: how soon, in what state, what to mind"
    CARE = "what was said, decided or done about someone"


class Retention(StrEnum):
    """How long it is kept. The years are the deployer's, by record class; nothing is purged yet."""

    RECORD = "with the person's record"
    STAFF = "with the staff record"
    PLACE = "while the place has it, then with the records that name it"
    UNTIL_SENT = "until the form is sent"
    SIGNED_IN = "until signed out, at most 12 hours"
    ACCOUNT = "while the member works here, then with the staff record"
    MINUTES = "for minutes"


class Exposure(StrEnum):
    """Whom a programming interface may send it to, once there is one. What is never sent says so."""

    NEVER = "never"
    ANYONE = "anyone"
    CARERS = "those who may see the record"
    NOT_SEALED = "those who may see the record, unless sealed"


@dataclass(frozen=True)
class Class:
    sensitivity: Sensitivity
    retention: Retention
    exposure: Exposure


VERSION = Class(Sensitivity.PLAIN, Retention.RECORD, Exposure.CARERS)
INNER = Class(Sensitivity.PLAIN, Retention.RECORD, Exposure.NEVER)
LINK = Class(Sensitivity.LINK, Retention.RECORD, Exposure.CARERS)
IDENTITY = Class(Sensitivity.IDENTITY, Retention.RECORD, Exposure.CARERS)
LOOKED_UP = Class(Sensitivity.IDENTITY, Retention.RECORD, Exposure.NEVER)
WHEREABOUTS = Class(Sensitivity.WHEREABOUTS, Retention.RECORD, Exposure.NOT_SEALED)
PLACE_LOOKED_UP = Class(Sensitivity.WHEREABOUTS, Retention.RECORD, Exposure.NEVER)
RESPONSE = Class(Sensitivity.RESPONSE, Retention.RECORD, Exposure.CARERS)
CARE = Class(Sensitivity.CARE, Retention.RECORD, Exposure.CARERS)
ACTOR = Class(Sensitivity.STAFF, Retention.RECORD, Exposure.CARERS)
STAFF = Class(Sensitivity.STAFF, Retention.STAFF, Exposure.CARERS)
STAFF_INNER = Class(Sensitivity.STAFF, Retention.STAFF, Exposure.NEVER)
PLACE = Class(Sensitivity.PUBLIC, Retention.PLACE, Exposure.ANYONE)
PLACE_INNER = Class(Sensitivity.PLAIN, Retention.PLACE, Exposure.NEVER)
TYPED = Class(Sensitivity.CARE, Retention.UNTIL_SENT, Exposure.NEVER)
SIGNED_IN = Class(Sensitivity.STAFF, Retention.SIGNED_IN, Exposure.NEVER)
ACCOUNT = Class(Sensitivity.STAFF, Retention.ACCOUNT, Exposure.NEVER)
ACCOUNT_INNER = Class(Sensitivity.PLAIN, Retention.ACCOUNT, Exposure.NEVER)
FOR_MINUTES = Class(Sensitivity.STAFF, Retention.MINUTES, Exposure.NEVER)

_classes: dict[type[Model], dict[str, Class]] = {}


class ClassifiedTwice(Exception):
    """A column stands in two classes: which one holds?"""


def classify(model: type[Model], columns: Mapping[Class, str]) -> None:
    """Say which class each column of a table is in; columns of one class are named in one text."""
    said = _classes.setdefault(model, {})
    for kind, names in columns.items():
        for name in names.split():
            if name in said and said[name] != kind:
                raise ClassifiedTwice(f"{model._meta.label}.{name}")
            said[name] = kind


def class_of(model: type[Model], column: str) -> Class | None:
    """The class of a column, or none when nobody has said."""
    return _all().get(model, {}).get(column)


def classified() -> dict[type[Model], dict[str, Class]]:
    """Every table and column that has been classified."""
    return {model: dict(columns) for model, columns in _all().items()}


def _all() -> Mapping[type[Any], dict[str, Class]]:
    autodiscover_modules("classes")
    return _classes
