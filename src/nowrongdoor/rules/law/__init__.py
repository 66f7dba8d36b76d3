"""
Standards, times and code lists as dated, sourced rows, read from the files beside this module.

Every row says where it comes from, whether anyone has verified it, where it applies and from when
to when (half-open). Nothing here is a constant: a decision names the version it used, so that it
can be replayed as the law stood on that day.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date

HERE = Path(__file__).parent

CHOOSE = "Choose one of the {} in the list."
ASKED = {  # of lists whose names do not read well in that sentence
    "safe_to_call": "Say whether this number is safe to ring.",
    "sharing_bases": "Say on what basis this is shared.",
    "told_by": "Say who tells the person.",
    "person_told": "Say whether the person knows, or why not.",
    "rota_rungs": "Choose what they are on call as.",
    "chase_ways": "Say how you asked them.",
    "answers": "Say yes, no, or which kind of unknown.",
    "care_contact_ways": "Say how you were in touch.",
    "about_said_by": "Say who told you.",
    "may_contact": "Say whether they may be contacted, or which kind of unknown.",
    "may_be_told": "Say what they may be told, or which kind of unknown.",
    "relations": "Say how they know the person.",
    "about_whose_words": "Say whose words these are.",
    "police_outcomes": "Say what the police answered.", "police_reasons": "Say why.",
    "police_told": "Say whether the caller knows that the police come, or do not.",
    "police_seen": "Say what the police could confirm.",
    "police_ranks": "Say who of the police settles it.",
    "our_ranks": "Say who of ours settles it.",
    "path_answers": "Say how far that is.", "police_review_levels": "Say at which level it was reviewed.",
    "police_review_findings": "Say whether something changes, or it is passed up.",
    "crew_roles": "Choose as what they go.", "travel_modes": "Choose how they travel.",
    "signpost_endings": "Say what came of it.",
    "talk_outcomes": "Say what came of the call.",
    "visit_outcomes": "Say what came of it.",
    "visit_next_steps": "Say what comes next. A visit never ends in silence.",
}


class Unsourced(Exception):
    """A row of law without a source, or with dates that cannot be read: it is not loaded."""


@dataclass(frozen=True)
class Provenance:
    source: str
    source_date: str
    verified: bool
    jurisdiction: str
    valid_from: date
    valid_to: date | None
    licence: str

    def stands(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Code:
    """One entry of a code list: what is stored, what people read, and what it entails."""

    list: str
    code: str
    label: str
    order: int
    entails: str
    provenance: Provenance


@dataclass(frozen=True)
class Standard:
    """How long is promised: in `working_days` where there are any. `most`: what may be chosen instead."""

    code: str
    label: str
    within: timedelta
    order: int
    provenance: Provenance
    most: timedelta | None = None
    working_days: int = 0

    @property
    def version(self) -> str:
        return f"{self.code}@{self.provenance.valid_from.isoformat()}"


@dataclass(frozen=True)
class Question:
    """Something asked in every contact of a kind, and why we ask it."""

    code: str
    words: str
    why: str
    order: int
    provenance: Provenance


@dataclass(frozen=True)
class QuestionSet:
    """The questions of one set as they stand from a day on, in the order they are asked."""

    name: str
    since: date
    questions: tuple[Question, ...]

    @property
    def version(self) -> str:
        return f"{self.name}@{self.since.isoformat()}"


@dataclass(frozen=True)
class Permission:
    """A role may do an act."""

    role: str
    act: str
    provenance: Provenance


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of law; refuses a row that does not say where it comes from."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        found = list(csv.DictReader(lines))
    for number, row in enumerate(found, start=2):
        if not row["source"] or row["verified"] not in {"yes", "no"} or not row["valid_from"]:
            raise Unsourced(f"{name}.csv line {number}: needs a source, verified yes or no, and valid_from")
    return found


def provenance(row: dict[str, str]) -> Provenance:
    return Provenance(
        source=row["source"],
        source_date=row["source_date"],
        verified=row["verified"] == "yes",
        jurisdiction=row["jurisdiction"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        licence=row["licence"],
    )


@cache
def _codes() -> tuple[Code, ...]:
    return tuple(
        Code(row["list"], row["code"], row["label"], int(row["order"]), row["entails"], provenance(row))
        for row in rows("code_lists")
    )


@cache
def _standards(name: str) -> tuple[Standard, ...]:
    return tuple(
        Standard(
            row["code"],
            row["label"],
            timedelta(minutes=int(row["within_minutes"])),
            int(row["order"]),
            provenance(row),
            timedelta(minutes=int(row["most_minutes"])) if row.get("most_minutes") else None,
        )
        for row in rows(name)
    )


@cache
def _roles() -> tuple[Permission, ...]:
    return tuple(Permission(row["role"], row["act"], provenance(row)) for row in rows("roles"))


@cache
def _questions() -> tuple[tuple[str, Question], ...]:
    return tuple(
        (row["set"], Question(row["code"], row["question"], row["why"], int(row["order"]), provenance(row)))
        for row in rows("questions")
    )


@cache
def _question_sets() -> tuple[QuestionSet, ...]:
    """Each set as it stood from each day on which any of it changed."""
    days = {
        (name, day)
        for name, one in _questions()
        for day in (one.provenance.valid_from, one.provenance.valid_to)
        if day
    }
    return tuple(QuestionSet(name, day, _asked_on(name, day)) for name, day in sorted(days))


@cache
def codes(name: str, *, on: date) -> tuple[Code, ...]:
    """A code list as it stands on a day, in the order it is shown."""
    standing = (code for code in _codes() if code.list == name and code.provenance.stands(on))
    return tuple(sorted(standing, key=lambda code: code.order))


@cache
def _entries(name: str, on: date) -> dict[str, Code]:
    return {code.code: code for code in codes(name, on=on)}


def code(name: str, wanted: str, *, at: datetime, field: str) -> Code:
    """The entry of a code list that stands at an instant; refuses a code that is not on it."""
    entry = _entries(name, local_date(at)).get(wanted)
    if entry is not None:
        return entry
    ask = ASKED.get(name, CHOOSE.format(name.replace("_", " ")))
    raise Refused(ask, code=f"{field}_unknown", field=field)


@cache
def response_times(*, on: date) -> tuple[Standard, ...]:
    """The urgencies as they stand on a day, soonest first. An urgency is a response time."""
    return _standing("response_times", on)


@cache
def promise_times(*, on: date) -> tuple[Standard, ...]:
    """How long each kind of promise may take, as it stands on a day."""
    return _standing("promise_times", on)


@cache
def access_times(*, on: date) -> tuple[Standard, ...]:
    """How long access lasts once its reason is over, and how soon it is looked into, on a day."""
    return _standing("access_times", on)


@cache
def keeping_times(*, on: date) -> tuple[Standard, ...]:
    """How long what is no record of anyone is kept, as it stands on a day."""
    return _standing("keeping_times", on)


def directory_times(*, on: date) -> tuple[Standard, ...]:
    """How long what stands in the directory counts, as it stands on a day."""
    return _standing("directory_times", on)


def response_time(urgency: str, *, at: datetime) -> Standard:
    """The response time an urgency stands for; refuses an urgency not on the list."""
    for standard in response_times(on=local_date(at)):
        if standard.code == urgency:
            return standard
    raise Refused("Choose how soon a response is needed.", code="urgency_unknown", field="urgency")


def promise_time(kind: str, *, at: datetime) -> Standard:
    """How long a promise of this kind may take."""
    for standard in promise_times(on=local_date(at)):
        if standard.code == kind:
            return standard
    raise LookupError(f"promise_times.csv has no {kind!r} standing on {local_date(at)}")


@cache
def standard(version: str) -> Standard | None:
    """The standard a decision named, as it stood then; None for a version that was never in force."""
    every = (*_standards("response_times"), *_standards("promise_times"), *_standards("access_standards"))
    return next((one for one in every if one.version == version), None)


@cache
def questions(name: str, *, on: date) -> QuestionSet:
    """A set of questions as it stands on a day."""
    begun = [one for one in _question_sets() if one.name == name and one.since <= on]
    if not begun:
        raise LookupError(f"questions.csv has no set {name!r} standing on {on}")
    return max(begun, key=lambda one: one.since)


def question_set(version: str) -> QuestionSet | None:
    """The questions a contact was asked by, as they stood then; None for a version that never was."""
    return next((one for one in _question_sets() if one.version == version), None)


@cache
def acts_of(role: str, *, on: date) -> frozenset[str]:
    """The acts a role may do on a day; none for a role nobody has defined."""
    return frozenset(row.act for row in _roles() if row.role == role and row.provenance.stands(on))


def _standing(name: str, on: date) -> tuple[Standard, ...]:
    standing = (row for row in _standards(name) if row.provenance.stands(on))
    return tuple(sorted(standing, key=lambda row: row.order))


def _asked_on(name: str, on: date) -> tuple[Question, ...]:
    standing = (one for of_set, one in _questions() if of_set == name and one.provenance.stands(on))
    return tuple(sorted(standing, key=lambda one: one.order))
