"""
Somebody who is often in touch: a tired colleague writes what may keep help from them, and another reads it.

One is written otherwise by a lead; one waits at the present, so that whoever signs in meets it.
"""

from datetime import datetime, timedelta
from functools import partial

from nowrongdoor.rules import access
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.person import Details, Person
from nowrongdoor.rules.withholding import CHANGE
from nowrongdoor.rules.words import PromiseKind
from nowrongdoor.sim.actors import sharer
from nowrongdoor.sim.actors.shift import MINUTE, Shift

WRITTEN = "Rings every evening. Limit calls to one a day."
OTHERWISE = "Rings every evening: tell them at each call who rings them next, and when."
WHY = "Nobody is answered later for ringing often. They are calmer when they know who rings next."
TEAMS = ("cmht", "cmht_bridge", "crisis", "later_life", "asc")
ACT = "second_reading.answer"


def come(shift: Shift, *, until: datetime) -> None:
    """Written into the diary, in the hours before the present."""
    shift.later(until - timedelta(hours=7), partial(write, shift, is_read=True))
    shift.later(until - timedelta(minutes=50), partial(write, shift, is_read=False))


def write(shift: Shift, *, is_read: bool) -> None:
    """Whoever holds somebody writes a line beside what staff knew; half an hour later it is read."""
    found = sharer.held(shift, TEAMS, "person.correct")
    if found is None:
        return
    person = shift.place.person(sharer.known(found[0]))
    shift.place.people.correct(
        person_id=person.id,
        details=_details(person, f"{person.know_first}\n{WRITTEN}".strip()),
        by=found[1],
        at=shift.tick(),
        seen=person.version,
    )
    if is_read:
        shift.after(MINUTE * 30, partial(read, shift, by=found[1]))


def read(shift: Shift, *, by: Viewer) -> None:
    """Somebody else of the team reads what waits there, and writes it otherwise."""
    readers = [
        one
        for one in shift.roster.staff[shift.roster.key_of(by.team_id)]
        if one.member_id != by.member_id and access.may_do(one, ACT, at=shift.at)
    ]
    for owed in shift.place.owed(by.team_id):
        if owed.kind == PromiseKind.SECOND_READING and owed.written_by_id == by.member_id and readers:
            shift.place.second_readings.answer(
                promise_id=owed.id,
                how=CHANGE,
                words=OTHERWISE,
                reason=WHY,
                by=shift.streams["second readers"].one_of(readers),
                at=shift.tick(),
                seen=owed.version,
            )


def _details(person: Person, know_first: str) -> Details:
    known = {name: getattr(person, name) for name in Details.__dataclass_fields__}
    return Details(**{**known, "nhs_number": person.nhs_number or "", "know_first": know_first})
