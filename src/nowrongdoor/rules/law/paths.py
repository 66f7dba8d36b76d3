"""
The paths a call about the police may take, and what is asked on each: absent without leave, walked out,
missing, section 136, moving somebody. Each question is a dated, sourced row; places enter their own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance


@dataclass(frozen=True)
class Step:
    """One thing to be seen to on a path: what is asked, why, and who sees to it."""

    code: str
    words: str
    why: str
    who: str
    provenance: Provenance


@dataclass(frozen=True)
class Checklist:
    """What is asked on one path, as it stands from a day on, in the order it is asked."""

    path: str
    label: str
    since: date
    steps: tuple[Step, ...]

    @property
    def version(self) -> str:
        return f"{self.path}@{self.since.isoformat()}"


def standing(*, at: datetime) -> dict[str, Checklist]:
    """Every path with its checklist, as they stand on the day of that instant, in the order of the file."""
    return _standing(local_date(at))


def named(version: str) -> Checklist | None:
    """The checklist as it stood when that version began; none where there never was such a one."""
    path, _, day = version.partition("@")
    try:
        found = _standing(date.fromisoformat(day)).get(path)
    except ValueError:
        return None
    return found if found is not None and found.version == version else None


@cache
def _standing(on: date) -> dict[str, Checklist]:
    found: dict[str, list[tuple[str, Step]]] = {}
    for row in law.rows("police_paths"):
        where = law.provenance(row)
        if where.stands(on):
            step = Step(row["step"], row["words"], row["why"], row["who"], where)
            found.setdefault(row["path"], []).append((row["label"], step))
    return {
        path: Checklist(
            path,
            some[0][0],
            max(step.provenance.valid_from for _, step in some),
            tuple(step for _, step in some),
        )
        for path, some in found.items()
    }
