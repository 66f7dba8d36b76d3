"""The escalation ladder: who is told that a clock is nearly due or has passed, and how soon they reply."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance

ANY = "any"


@dataclass(frozen=True)
class Rung:
    """
    One rung. The first rungs are told when this much of the promised time has gone; the others when the
    rung below has not replied in time. `rests_up_to` is the longest that a reply lets the clock rest.
    """

    kind: str
    over: timedelta
    code: str
    label: str
    order: int
    starts_percent: int
    reply_within: timedelta
    rests_up_to: timedelta
    reach: str
    provenance: Provenance


@cache
def _rungs() -> tuple[Rung, ...]:
    return tuple(
        Rung(
            row["kind"],
            _minutes(row["over_minutes"]),
            row["rung"],
            row["label"],
            int(row["order"]),
            int(row["starts_percent"]),
            _minutes(row["reply_within_minutes"]),
            _minutes(row["rests_up_to_minutes"]),
            row["reach"],
            law.provenance(row),
        )
        for row in law.rows("escalation_ladder")
    )


@cache
def rungs(kind: str, *, promised: timedelta, on: date) -> tuple[Rung, ...]:
    """
    The ladder of a clock, lowest rung first, as it stands on a day.

    A kind with rungs of its own has those, else what stands for any kind; of these, the rungs for the
    longest time that this was promised for more than.
    """
    standing = [one for one in _rungs() if one.provenance.stands(on)]
    own = [one for one in standing if one.kind == kind] or [one for one in standing if one.kind == ANY]
    fits = [one.over for one in own if promised > one.over] or [min(one.over for one in own)]
    return tuple(sorted((one for one in own if one.over == max(fits)), key=lambda one: one.order))


def label(code: str) -> str:
    """The rung in words, whichever ladder it stands in."""
    return next((one.label for one in _rungs() if one.code == code), code)


def reaches_agency(code: str) -> bool:
    """Whoever stands on this rung answers for a whole agency, and not for one team."""
    return any(one.code == code and one.reach == "agency" for one in _rungs())


def every() -> tuple[Rung, ...]:
    """Every row of the file, for what prints and checks it."""
    return _rungs()


def sweep_time(code: str, *, at: datetime) -> timedelta:
    """How often clocks are swept, how long that may be quiet, how far two clocks may differ: on that day."""
    return _sweep_times(local_date(at))[code]


@cache
def _sweep_times(on: date) -> dict[str, timedelta]:
    standing = (row for row in law.rows("sweep_times") if law.provenance(row).stands(on))
    return {row["code"]: timedelta(seconds=int(row["seconds"])) for row in standing}


def _minutes(text: str) -> timedelta:
    return timedelta(minutes=int(text))
