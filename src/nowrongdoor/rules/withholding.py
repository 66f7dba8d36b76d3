"""
Words that may keep help from somebody: whoever writes one for colleagues is read by a second person first.

What staff should know first is written line by line, and staff act on it. A line with such a word is kept and
shown at once wherever the others are, as waiting, and stands only once somebody else has read it: a wish that
keeps somebody safe may have such a word in it, and must not be missed for an hour. The words are dated data,
found whole; a phrase that keeps somebody safe and nothing from them is passed over. What a person said
themselves is no instruction, and is never looked through. How soon anybody is answered, and by whom, does not
change by any of it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID, uuid5

from nowrongdoor.rules import law, promise
from nowrongdoor.rules.change import Refused, Step, Steps, changed, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind, PromiseState

WITHHOLDS, IN_RECORDS, KEEPS_SAFE = "withholds", "in_records", "keeps_safe"
AGREE, CHANGE, SET_ASIDE = "agree", "change", "set_aside"
TOLD = "This may keep help from somebody: a second person reads it before it stands."
OWED = "Read a second time what was written for colleagues. Until then nobody helps less for it."
# Something more was asked for in the same breath: what is passed over alone is not passed over with it.
GOES_ON = r"(?!\W+(?:or|nor|and)\b)"


@dataclass(frozen=True)
class Parted:
    """What stands at once, and the lines that wait for a second reader."""

    details: Details
    waits: tuple[str, ...]


def found(text: str, *, use: str = WITHHOLDS, at: datetime) -> tuple[str, ...]:
    """
    The words that may keep help from somebody, as the list names them; none where there are none. What a
    record tells is looked through for instructions alone (`IN_RECORDS`): "she refused tea" keeps nothing.
    """
    said = " ".join(text.casefold().replace("’", "'").split())
    on = local_date(at)
    for _, phrase in _phrases(KEEPS_SAFE, on):
        said = phrase.sub(" ", said)
    return tuple(label for label, phrase in _phrases(use, on) if phrase.search(said))


def part(details: Details, *, stood: str = "", at: datetime) -> Parted:
    """
    What is written for colleagues, told apart line by line. `stood` is what stands already: somebody wrote it
    before there was a second reader, or one has agreed to it.
    """
    before = set(_lines(stood))
    lines = _lines(details.know_first)
    waits = tuple(dict.fromkeys(line for line in lines if line not in before and found(line, at=at)))
    if not waits:
        return Parted(details, ())
    stands = "\n".join(line for line in lines if line not in waits)
    return Parted(replace(details, know_first=stands), waits)


def wait(
    waits: Sequence[str],
    *,
    after: UUID,
    person: Person,
    team_id: UUID,
    writer_id: UUID,
    open_promises: Collection[Promise] = (),
    at: datetime,
) -> Steps:
    """
    Each line waits by itself, with a time by which it is read; one that waits already waits once. `after` is
    the row in whose change it was written: the person, or what waited before.
    """
    stands = {one.held_words for one in open_promises if one.state == PromiseState.OPEN}
    return tuple(
        promise.make(
            promise_id=uuid5(after, f"{PromiseKind.SECOND_READING} {person.version} {line}"),
            kind=PromiseKind.SECOND_READING,
            team_id=team_id,
            member_id=None,
            words=OWED,
            due_at=None,
            at=at,
            person_id=person.id,
            by_rows=True,
            held_words=line,
            written_by_id=writer_id,
        )
        for line in waits
        if line not in stands
    )


def answer(
    waiting: Promise, person: Person, *, how: str, words: str, reason: str, by: UUID, at: datetime
) -> Steps:
    """
    A second person agrees that it stands, writes it otherwise, or sets it aside; always with why.

    Refuses whoever wrote it. What they write otherwise and may keep help from somebody still has a writer
    and no second reader: it waits for another, and what was written first stands no more.
    """
    if waiting.kind != PromiseKind.SECOND_READING:
        raise Refused("Nothing was written here that waits for a second reader.", code="not_waiting")
    if waiting.written_by_id == by:
        raise Refused(
            "You wrote this. Somebody else reads it before it stands.", code="reads_their_own"
        )
    need_words(reason, field="reason", ask="Say why, in a line.")
    if waiting.held_from:
        return (_of_record(waiting, how=how, reason=reason, by=by, at=at),)
    shown = [line for line in _lines(person.know_waits) if line != waiting.held_words]
    if how == SET_ASIDE:
        set_aside = promise.second_read(waiting, "promise.set_aside", words=reason, by=by, at=at)
        return (_know(person, "", waits=shown), set_aside)
    if how == AGREE:
        agreed = promise.second_read(waiting, "promise.agreed", words=reason, by=by, at=at)
        return (_know(person, waiting.held_words, waits=shown), agreed)
    if how != CHANGE:
        raise Refused("Choose what becomes of it.", code="answer_unknown", field="how")
    need_words(words, field="words", ask="Write what staff should know instead.")
    parted = part(Details(know_first=words), stood=person.know_first, at=at)
    again = [line for line in parted.waits if line not in shown]
    known = _know(person, parted.details.know_first, waits=[*shown, *again])
    more = wait(
        again,
        after=waiting.id,
        person=known.change.after,
        team_id=waiting.owner_team_id,
        writer_id=by,
        at=at,
    )
    return (known, promise.second_read(waiting, "promise.reworded", words=reason, by=by, at=at), *more)


def _of_record(waiting: Promise, *, how: str, reason: str, by: UUID, at: datetime) -> Step:
    """What is on record stays as it was written. Whether it holds is told beside it, with why."""
    if how == CHANGE:
        raise Refused(
            "What is on record stays as it was written. Agree to it, or set it aside and say why.",
            code="on_record",
            field="how",
        )
    if how not in (AGREE, SET_ASIDE):
        raise Refused("Choose what becomes of it.", code="answer_unknown", field="how")
    kind = "promise.agreed" if how == AGREE else "promise.set_aside"
    return promise.second_read(waiting, kind, words=reason, by=by, at=at)


def _know(person: Person, more: str, *, waits: Sequence[str]) -> Step:
    """Staff know this first from now on, beside what they knew; and these lines are shown as waiting."""
    stands = "\n".join(dict.fromkeys((*_lines(person.know_first), *_lines(more))))
    return changed(
        person,
        "person.corrected",
        know_first=stands if more else person.know_first,
        know_first_unknown="" if more else person.know_first_unknown,
        know_waits="\n".join(waits),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def forms(*, at: datetime) -> tuple[str, ...]:
    """Every form of every word that is looked for, wherever it is: what a search by PostgreSQL goes by."""
    on = local_date(at)
    rows = (row for row in law.rows("withholding_words") if row["use"] != KEEPS_SAFE)
    said = {one.strip() for row in rows if law.provenance(row).stands(on) for one in row["forms"].split(";")}
    return tuple(sorted(said))


@cache
def _phrases(use: str, on: date) -> tuple[tuple[str, re.Pattern[str]], ...]:
    standing = [
        row
        for row in law.rows("withholding_words")
        if row["use"] == use and law.provenance(row).stands(on)
    ]
    after = GOES_ON if use == KEEPS_SAFE else ""
    return tuple(
        (row["label"], re.compile(rf"(?<!\w)(?:{_either(row['forms'])})(?!\w){after}")) for row in standing
    )


def _either(forms: str) -> str:
    """Any of the forms; the longest first, so that none is cut short by another."""
    return "|".join(sorted((re.escape(one.strip()) for one in forms.split(";")), key=len, reverse=True))
