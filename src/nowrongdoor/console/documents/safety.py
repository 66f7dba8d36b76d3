"""
The clinical safety file as it is kept in docs/safety: hazards with their controls, and the case around them.

Nothing is judged here. TOML, because Python reads it by itself and an officer can read and sign it as it is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = "docs/safety"
TBC = "TBC by clinical safety officer"
NOT_APPOINTED = "not appointed"
OFFICER = "Clinical safety officer"

SCORES = (
    *("severity", "likelihood", "risk"),
    *("residual_severity", "residual_likelihood", "residual_risk"),
)
STATUSES = ("open", "transferred", "closed")
# Controls in the software are shown by tests; controls by people are somebody's duty.
IN_SOFTWARE = ("design", "test")
BY_PEOPLE = ("training", "business process")
DUTIES = ("deployer", "project")

_TEXTS = (
    *("id", "name", "description", "hazard", "effect", "harm"),
    *("existing_controls", "owner", "status"),
)
_HAZARD = {*_TEXTS, "causes", "scores", "signed", "controls", "not_built"}
_CONTROL = {"kind", "what", "code", "tests", "duty_of", "page"}
_SIGNED = {"name", "registration", "on", "release"}
_CASE = {
    *("scope", "system", "intended_use", "not_intended", "people", "identification"),
    *("residual", "known_defects", "duties", "monitoring"),
}


class Unreadable(Exception):
    """A file of the safety file does not have the shape it must have; the words say which and why."""


@dataclass(frozen=True)
class Control:
    """What holds a hazard: in the software, with its code and tests; or by people, with whose duty it is."""

    kind: str
    what: str
    code: tuple[str, ...]
    tests: tuple[str, ...]
    duty_of: str
    page: str


@dataclass(frozen=True)
class Hazard:
    """One hazard, in the fields that the template of the Digital Clinical Safety Alliance asks for."""

    stem: str
    texts: Mapping[str, str]
    causes: tuple[str, ...]
    scores: Mapping[str, str]
    signed: Mapping[str, str]
    controls: tuple[Control, ...]
    not_built: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.texts["id"]

    def of_kind(self, *kinds: str) -> list[Control]:
        return [one for one in self.controls if one.kind in kinds]


@dataclass(frozen=True)
class Case:
    """What the safety case says beside the hazards."""

    texts: Mapping[str, str]
    people: Mapping[str, str]
    known_defects: tuple[str, ...]
    duties: tuple[str, ...]
    monitoring: tuple[str, ...]


def files(root: Path) -> list[Path]:
    return sorted((root / FOLDER / "hazards").glob("*.toml"))


def hazards(root: Path) -> list[Hazard]:
    return [hazard(path) for path in files(root)]


def hazard(path: Path) -> Hazard:
    """The hazard of one file; what is missing, misspelt or of another kind is refused by its name."""
    said = _read(path)
    _only(said, _HAZARD, path.name)
    scores = _table(said, "scores", path.name)
    _only(scores, set(SCORES), f"{path.name}, scores")
    signed = _table(said, "signed", path.name) if "signed" in said else {}
    _only(signed, _SIGNED, f"{path.name}, signed")
    return Hazard(
        stem=path.stem,
        texts={name: _text(said, name, path.name) for name in _TEXTS},
        causes=_lines(said, "causes", path.name),
        scores={name: str(scores.get(name, "")) for name in SCORES},
        signed={name: str(value) for name, value in signed.items()},
        controls=tuple(_control(one, path.name) for one in _tables(said, "controls", path.name)),
        not_built=_lines(said, "not_built", path.name) if "not_built" in said else (),
    )


def case(root: Path) -> Case:
    path = root / FOLDER / "case.toml"
    said = _read(path)
    _only(said, _CASE, path.name)
    texts = ("scope", "system", "intended_use", "not_intended", "identification", "residual")
    people = _table(said, "people", path.name)
    return Case(
        texts={name: _text(said, name, path.name) for name in texts},
        people={role: _text(people, role, f"{path.name}, people") for role in people},
        known_defects=_lines(said, "known_defects", path.name),
        duties=_lines(said, "duties", path.name),
        monitoring=_lines(said, "monitoring", path.name),
    )


def _control(said: Mapping[str, Any], where: str) -> Control:
    _only(said, _CONTROL, f"{where}, controls")
    kind = _text(said, "kind", where)
    if kind not in (*IN_SOFTWARE, *BY_PEOPLE):
        raise Unreadable(f"{where}: a control of the kind {kind!r}, and there is no such kind")
    return Control(
        kind=kind,
        what=_text(said, "what", where),
        code=_lines(said, "code", where) if "code" in said else (),
        tests=_lines(said, "tests", where) if "tests" in said else (),
        duty_of=str(said.get("duty_of", "")),
        page=str(said.get("page", "")),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unreadable(f"{path.name}: {error}") from error


def _only(said: Mapping[str, Any], known: set[str], where: str) -> None:
    """A misspelt field would otherwise be a field that says nothing."""
    if strange := sorted(set(said) - known):
        raise Unreadable(f"{where}: there is no field {', '.join(strange)}")


def _text(said: Mapping[str, Any], name: str, where: str) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not value.strip():
        raise Unreadable(f"{where}: {name} says nothing")
    return " ".join(value.split()) if "\n\n" not in value else re.sub(r"[ \t]+", " ", value.strip())


def _lines(said: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = said.get(name)
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise Unreadable(f"{where}: {name} is not a list of sentences")
    return tuple(" ".join(one.split()) for one in value)


def _table(said: Mapping[str, Any], name: str, where: str) -> Mapping[str, Any]:
    value = said.get(name)
    if not isinstance(value, dict):
        raise Unreadable(f"{where}: {name} is missing")
    return value


def _tables(said: Mapping[str, Any], name: str, where: str) -> list[Mapping[str, Any]]:
    value = said.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Unreadable(f"{where}: {name} is not a list of controls")
    return value
