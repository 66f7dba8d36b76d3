"""Reports of rapid response in words: each number as it may be read, of what it is, what it leaves out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.rules import figures, rapid_figures
from nowrongdoor.rules.figures import Eyes
from nowrongdoor.rules.law import seeing, standards
from nowrongdoor.rules.rapid_figures import DIRECT, FACE, Answered, Hours, Paired, Reported

HEADING = ("Table", "Row", "What is counted", "Figure")
FACT = {
    DIRECT: "Response times: first direct contact with the person",
    FACE: "Response times: first seen face to face",
}
KEPT = {DIRECT: "In touch in time", FACE: "Seen in time"}
WENT = {
    "in_time": "With the person in time",
    "late_planned": "Late: their crew was to leave only once it was due",
    "late_set_off": "Late: their crew set off only once it was due",
    "late_on_the_way": "Late: their crew was on the way when it was due",
    "late_at_the_door": "Late: their crew was there in time, and with the person only later",
    "missed_no_crew": "Missed so far: it is past its time and has no crew",
    "missed_with_crew": "Missed so far: it is past its time and its crew is not with the person",
    "not_at_home": "Missed: nobody was at home, or nobody answered",
    "stood_down_waiting": "Not gone to: stood down before it had a crew",
    "stood_down_given": "Not gone to: stood down after it had a crew",
    "not_due_yet": "Not due yet, and nobody is with the person",
}
COMPOSITION = {
    "two_clinicians": "Two clinicians",
    "clinician_and_support_worker": "A clinician and a support worker",
    "two_support_workers": "Two support workers",
}


@dataclass(frozen=True)
class Table:
    """A caption, what each column is, the rows, and what stands below them in words."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: str


def told(since: date, until: date, *, eyes: Eyes) -> str:
    """Which days, and whose."""
    whose = "teams of your agency" if eyes.is_exact else "the whole place, by whole weeks that are over"
    last = wording.local_date(until - timedelta(days=1))
    return f"Visits asked for from {wording.local_date(since)} to {last}, {whose}."


def tables(lines: Sequence[Reported], *, staff: Mapping[str, int], eyes: Eyes) -> list[Table]:
    at = eyes.at
    return [
        *(_answered(fact, *rapid_figures.answered(lines, fact), eyes=eyes) for fact in (DIRECT, FACE)),
        _went(rapid_figures.how_they_went(lines), rapid_figures.joint(lines), eyes=eyes),
        _paired(rapid_figures.paired(lines, at=at), eyes=eyes),
        _hours(rapid_figures.hours(lines, at=at), staff=staff, eyes=eyes),
    ]


def exported(found: Iterable[Table]) -> Iterable[tuple[str, ...]]:
    """A line for each figure, with its table and row."""
    for table in found:
        for name, *cells in table.rows:
            for head, cell in zip(table.heads[1:], cells, strict=True):
                yield table.caption, name, head, cell


def notes(eyes: Eyes) -> list[str]:
    at = eyes.at
    least, staff = (seeing.most(one, at=at) for one in ("figure_below", "rapid_report_staff"))
    small = f"A number below {least} is shown as * and every other is rounded; shares are of what is shown."
    return [
        "A visit is in the report of the day it was asked for. Whoever is restricted is in no number.",
        *([] if eyes.is_exact else [small]),
        "Response times are of cases, not of visits: a case counts once, by the first visit that was asked "
        "for in these days, and its times run from when the referral was received or reopened. What is so at "
        "the due time itself is late.",
        "In what a standard is of: every case whose time is over, and every one of which it is so already. "
        "Not in it: cases whose time still runs, and cases that no standard of it was named for; both are "
        "said beside it.",
        "Hours out run from when a crew set off until it had left, once for each of those who went.",
        "No number is of a member of staff: the hours of a role are shown where at least "
        f"{staff} people go in it.",
    ]


def _answered(fact: str, found: Sequence[Answered], without: int, *, eyes: Eyes) -> Table:
    rows = [
        (
            _standard(one.standard), eyes.count(one.kept), eyes.count(one.of), eyes.share(one.kept, one.of),
            eyes.count(one.still),
        )
        for one in found
    ]  # fmt: skip
    return Table(
        FACT[fact],
        ("Standard", KEPT[fact], "Of how many cases", "Share", "Left out: time still runs"),
        tuple(rows),
        f"Left out as well: cases that no standard of this was named for ({eyes.count(without)}).",
    )


def _standard(version: str) -> str:
    found = standards.named(version)
    if found is None:
        return version
    source = found.standard.provenance
    checked = "" if source.verified else "; not checked"
    return f"{found.standard.label} (source: {source.source}{checked})"


def _went(found: Mapping[str, int], joint: int, *, eyes: Eyes) -> Table:
    every = sum(found.values())
    rows = [(WENT[name], eyes.count(many), eyes.share(many, every)) for name, many in found.items()]
    return Table(
        "Visits in time, late, missed and stood down, by reason",
        ("How it went", "Visits", "Of all visits"),
        (
            *rows,
            ("Every visit", eyes.count(every), eyes.share(every, every)),
            ("Of these, joint visits with another team", eyes.count(joint), eyes.share(joint, every)),
        ),
        "The reason is how far the visit was when it was due, by its own times. Why a person stood it down "
        "or took it back is in their words, with the visit. A team that was asked along and never said yes "
        "is in no number.",
    )


def _paired(found: Sequence[Paired], *, eyes: Eyes) -> Table:
    rows = [
        (
            COMPOSITION[one.composition], eyes.count(one.visits),
            eyes.hours(one.seconds, visits=one.visits),
            eyes.hours(one.released_s, visits=one.visits),
            eyes.hours(one.could_s, visits=one.could_visits),
        )
        for one in found
    ]  # fmt: skip
    return Table(
        "Visits on which two went",
        ("Who went", "Visits", "Hours the visits took", "Clinicians’ hours released", "Could have been"),
        tuple(rows),
        "Released: for each support worker in a pair, the hours a second clinician would have been out. "
        "Could have been: the hours of two clinicians’ visits on which every reason for two lets a support "
        "worker be the second; one clinician’s hours of each.",
    )


def _hours(found: Sequence[Hours], *, staff: Mapping[str, int], eyes: Eyes) -> Table:
    least = seeing.most("rapid_report_staff", at=eyes.at)

    def cells(one: Hours) -> tuple[str, ...]:
        if staff.get(one.role, 0) < least:
            return (figures.HIDDEN,) * 4
        could = code_words.all_words_of("crew_roles", one.could, at=eyes.at)
        others = eyes.hours(one.others_s, visits=one.others)
        return (
            eyes.hours(one.seconds, visits=one.visits),
            eyes.hours(one.alone_s, visits=one.alone),
            others,
            figures.HIDDEN if others == figures.HIDDEN else ", ".join(could) or figures.NONE,
        )

    rows = [
        (code_words.words_of("crew_roles", one.role, at=eyes.at), *cells(one)) for one in found if one.visits
    ]
    return Table(
        "Hours out by role, and on work another role could do",
        ("Role", "Hours out", "Alone, on work that was named", "Of these, another role could", "Which roles"),
        tuple(rows),
        "Which roles can do a piece of work is a default of ours and not checked; local policy decides. A "
        "visit for which nobody said what it asks for is not counted as work another role could do: it is "
        "not known.",
    )
