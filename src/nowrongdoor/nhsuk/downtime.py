"""A downtime pack in words, the same on a screen, in a file and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.urls import reverse

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import about_words, due, numbers, sealed_file, whom, wording
from nowrongdoor.nhsuk.answers import DID
from nowrongdoor.reading.downtime import ON_THE_LIST, RESTRICTED, Pack, PackLine
from nowrongdoor.reading.downtime import Number as Given
from nowrongdoor.reading.paper import PaperLine
from nowrongdoor.rules import downtime
from nowrongdoor.rules.escalation import ClockKind

KEPT_OFF = {
    RESTRICTED: "Restricted: where they are and their number are on no paper. Ask whoever holds them.",
    ON_THE_LIST: "Their name and number stand on the list of calls alone: ring once it can be opened again.",
    "sealed": "Sealed: what it is about and how to reach them are on no paper. Ask whoever holds them.",
}
WITH_TIME = {ClockKind.CALLBACK, ClockKind.INFORMATION, ClockKind.THE_PERSON}
NO_NUMBER = "No number and no address are known"


@dataclass(frozen=True)
class Row:
    """A line of the pack in words."""

    code: str
    name: str
    born: str
    flags: tuple[str, ...]
    what: str
    due: str
    told: str
    words: str
    holder: str
    owed_by: str
    reach: tuple[str, ...]


@dataclass(frozen=True)
class Printed:
    """A pack in words: whose, when it was made, and its lines."""

    team: str
    heading: str
    made: str
    counted: str
    quiet: str
    rows: tuple[Row, ...]
    more: bool


def printed(pack: Pack, *, team: str, at: datetime, tells: bool = True) -> Printed:
    """`tells` whether this reader may know numbers and addresses at all."""
    return Printed(
        team,
        f"Downtime pack: {team}",
        wording.local_datetime(at),
        _counted(pack.lines),
        due.quiet(pack.swept_at, at=at),
        tuple(row(one, team=team, at=at, tells=tells) for one in pack.lines),
        pack.more,
    )


def _counted(lines: tuple[PackLine, ...]) -> str:
    """
    How many lines, and about how many people: at most so many where a line does not say whom it is about, as
    of calls just to talk, for two of these may be about the same.
    """
    known = {one.person_id for one in lines if one.person_id}
    unsaid = sum(one.person_id is None for one in lines)
    people = wording.plural(len(known) + unsaid, "person", "people")
    at_most = "at most " if unsaid and len(lines) > 1 else ""
    return f"{wording.plural(len(lines), 'line')} about {at_most}{people}."


def row(line: PackLine, *, team: str, at: datetime, tells: bool = True) -> Row:
    clock, about = line.clock, line.whom
    return Row(
        code=downtime.code(line.id),
        name=whom.name(about),
        born=wording.born(about.born_on, at=at, unknown=about.born_on_unknown) if about.is_known else "",
        flags=(*whom.flags(about), *about_words.needs(line.spoken, at=at)),
        what=due.what(clock, at=at) if clock else "Held; nothing is due by a time",
        due=wording.local_datetime(clock.due_at) if clock else "",
        told=due.told(clock, at=at) if clock else "",
        words=whom.line(line.words),
        holder=line.holder or team,
        owed_by=line.owed_by if line.owed_by and line.owed_by not in line.holder else "",
        reach=_reach(line) if tells else ("Your role does not show numbers and addresses",),
    )


def _reach(line: PackLine) -> tuple[str, ...]:
    if line.kept:
        return (KEPT_OFF[line.kept],)
    found = [_number(one) for one in line.numbers] + ([line.address] if line.address else [])
    return tuple(found) or (NO_NUMBER,)


def _number(one: Given) -> str:
    said = numbers.of(one.said, one.safe).words
    return f"{one.whose}: {said}" if one.whose else said


@dataclass(frozen=True)
class Keyed:
    """A line of paper beside what is on record: what it is, what was recorded since, and what to key in."""

    code: str
    name: str
    born: str
    what: str
    words: str
    is_open: bool
    since: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]


def paper_line(line: PaperLine, *, at: datetime) -> Keyed:
    clock, about = line.clock, line.whom
    is_open = clock is not None and clock.is_running
    acts: list[tuple[str, str]] = []
    if clock is not None and is_open:
        do, url = due.DO[clock.kind]
        acts.append((f"{do}, with its time" if clock.kind in WITH_TIME else do, url(clock)))
    if line.referral_id:
        referral_url = reverse("referral", args=[line.referral_id])
        acts = [one for one in acts if one[1] != referral_url]
        acts.append(("Open the referral", referral_url))
    elif clock is not None:
        acts.append(("Open what it is about", due.about(clock)))
    return Keyed(
        code=downtime.code(line.id),
        name=whom.name(about),
        born=wording.born(about.born_on, at=at, unknown=about.born_on_unknown) if about.is_known else "",
        what=due.what(clock, at=at) if clock else "Held; nothing was due by a time",
        words=whom.line(line.words),
        is_open=is_open or clock is None,
        since=tuple(
            f"{wording.local_when(one.recorded_at, at=at)}: {one.by_name} "
            f"{DID.get(one.kind, 'recorded something')}"
            for one in line.since
        ),
        acts=tuple(acts),
    )


def listed(pack: Pack) -> list[Seen]:
    """Whom a pack shows, for the record of who looked."""
    return [
        Seen(
            one.person_id,
            one.referral_id,
            one.contact_id,
            (*due.SHOWS, "whereabouts") if one.numbers or one.address else due.SHOWS,
        )
        for one in pack.lines
    ]


def document(pack: Printed, *, phrase: str) -> str:
    """The pack as a file that opens with the phrase alone."""
    page = render_to_string("nhsuk/pack.jinja", {"whole": pack})
    return sealed_file.sealed(page, phrase=phrase, title=f"{pack.heading}, {pack.made}")
