"""
How every rule answers: with what is then true, or with a refusal a colleague would understand.

A rule never acts. It is given facts and an instant and returns `Step`s: each a row before (or
nothing, when the row is new) and the `Change` that makes it so. Whoever asked stores the steps,
all of them or none. "May I?" is therefore the rule itself, run and thrown away.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

Facts = TypeVar("Facts")
Moves = Mapping[str, Mapping[str | None, str]]
Refusals = Mapping[str, str]


class Refused(Exception):
    """
    A rule says no, in words for the person who asked.

    `code` names the refusal for tests and counting; `field` names the answer on the form that
    it is about, or is empty when it is about the act as a whole. `of` is the row that stands in
    the way, where one does: whoever keeps the journal then adds what was done to it last
    (`kind`), by whom (`by_member_id`, `by_name`) and when (`changed_at`), so that it can be said.
    """

    def __init__(self, words: str, *, code: str, field: str = "", of: object = None) -> None:
        super().__init__(words)
        self.words = words
        self.code = code
        self.field = field
        self.of = of
        self.kind = ""
        self.by_member_id: UUID | None = None
        self.by_name = ""
        self.changed_at: datetime | None = None


@dataclass(frozen=True)
class Change:
    """What happened (`kind`, past tense, as the journal names it) and what is true after it."""

    kind: str
    after: Any


class Step(NamedTuple):
    """One row's part in an act: the row before, or None when the act makes it."""

    before: Any
    change: Change


Steps = tuple[Step, ...]


def began(kind: str, facts: Any) -> Step:
    """A new row comes to be."""
    return Step(None, Change(kind, _with(facts, version=1)))


def changed(before: Any, kind: str, **after: Any) -> Step:
    """The row goes on with these columns changed, one version later."""
    return Step(before, Change(kind, _with(before, version=before.version + 1, **after)))


def _with(facts: Facts, **after: Any) -> Facts:
    """The same facts with these columns changed: `dataclasses.replace`, five times as fast."""
    columns = vars(facts)
    if not after.keys() <= columns.keys():
        raise TypeError(f"{type(facts).__name__} has no {sorted(after.keys() - columns.keys())}")
    same = object.__new__(type(facts))
    same.__dict__.update(columns, **after)
    return same


def moved(moves: Moves, verb: str, facts: Any, *, refusals: Refusals) -> str:
    """
    The state after `verb`, read from the table of moves.

    Refuses when the table has no such move; `refusals` words it by the state found.
    """
    after = moves[verb].get(facts.state)
    if after is None:
        raise Refused(refusals[facts.state], code=f"{verb}_when_{facts.state}", of=facts)
    return after


def difference(before: Any, after: Any) -> dict[str, list[Any]]:
    """
    `{column: [old, new]}` for every column that differs, in values JSON can hold.

    The one function behind every journal entry; folding its answers gives the row again.
    """
    was = {} if before is None else vars(before)
    return {
        name: [plain(was.get(name)), plain(new)] for name, new in vars(after).items() if was.get(name) != new
    }


def fold(entries: list[dict[str, list[Any]]], kind: type[Facts]) -> dict[str, Any]:
    """
    The columns a row must have after these differences, oldest first.

    A column that is younger than the row is not in the entry that made it: it begins with its default.
    """
    row: dict[str, Any] = {field.name: None for field in fields(kind)}  # type: ignore[arg-type]
    for number, entry in enumerate(entries):
        for column, (old, new) in entry.items():
            if row[column] != old:
                raise ValueError(f"{column} was {row[column]!r}, but the entry says {old!r}")
            row[column] = new
        if number == 0:
            younger = _defaults(kind)  # type: ignore[arg-type]
            row |= {name: value for name, value in younger.items() if name not in entry}
    return row


@cache
def _defaults(kind: type) -> dict[str, Any]:
    made = {
        field.name: field.default if field.default_factory is MISSING else field.default_factory()
        for field in fields(kind)
    }
    return {name: plain(value) for name, value in made.items() if value is not MISSING}


def plain(value: Any) -> Any:
    """A value as JSON holds it: ids and instants as text, tuples as lists, a file's bytes by their hash."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes):
        return f"sha256:{sha256(value).hexdigest()}"
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def need_words(text: str, *, field: str, ask: str) -> str:
    """The text itself, or a refusal that says what is asked for when only blanks were written."""
    if not text or not text.strip():
        raise Refused(ask, code=f"{field}_missing", field=field)
    return text


class ChangedMeanwhile(Refused):
    """Someone acted on the row after it was shown: what they did, who, and when, so it can be said."""

    def __init__(
        self,
        *,
        kind: str,
        by_member_id: UUID,
        by_name: str,
        changed_at: datetime,
        seen: int,
        found: int,
    ) -> None:
        super().__init__("This has changed since you opened it.", code="changed_meanwhile")
        self.kind = kind
        self.by_member_id = by_member_id
        self.by_name = by_name
        self.changed_at = changed_at
        self.seen = seen
        self.found = found


class AlreadyRecorded(Refused):
    """A row with this key exists: the same form was sent twice. Nothing was recorded again."""

    def __init__(self, subject_id: UUID) -> None:
        super().__init__("This has already been recorded.", code="already_recorded")
        self.subject_id = subject_id


class Missing(Exception):
    """There is no such row."""


def told_as_one(before: Any, steps: Steps) -> Steps:
    """The first step told as one act from `before`, not as two versions in one breath."""
    after = vars(steps[0].change.after)
    differing = {
        name: value for name, value in after.items() if name != "version" and getattr(before, name) != value
    }
    return (changed(before, steps[0].change.kind, **differing), *steps[1:])
