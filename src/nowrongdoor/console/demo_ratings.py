"""
Second looks and standing vignettes in the demonstration's place, given by its invented staff: enough that the
page of consistency shows agreement with its interval, where the place is large enough. Some wait still.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import connection

from nowrongdoor.journeys import ratings, vignettes
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import second_looks, viewers
from nowrongdoor.rules import access, law
from nowrongdoor.rules import vignettes as cases
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.sim.streams import Stream, Streams

RATERS = 24
EACH = 8
"""How many decisions one of them looks at again."""
LEFT = 2
"""So many raters have said nothing yet, and so many decisions wait: there is something left to try."""
SAYS = ((8, 0), (1, -1), (1, 1))


def give(*, seed: int, until: datetime) -> None:
    """Each of some staff, for decisions that they may see and did not make; nothing where there are none."""
    chance = Streams(seed)["ratings"]
    staff = list(_raters(at=until))
    for by in staff[LEFT:]:
        _cases(by, chance, at=until)
        _decisions(by, chance, at=until)


def _raters(*, at: datetime) -> Iterator[Viewer]:
    """One seat of each member who may rate, in an order that is always the same."""
    found: dict[UUID, Viewer] = {}
    for one in viewers.personas(at=at):
        by = viewers.at_work(membership_id=one.membership_id)
        if by is not None and access.may_do(by, "rating.give", at=at):
            found.setdefault(by.member_id, by)
    yield from list(found.values())[: RATERS + LEFT]


def _cases(by: Viewer, chance: Stream, *, at: datetime) -> None:
    for one in cases.standing(on=local_date(at)):
        urgency = _near(_usual(one.answers), chance, at=at)
        with suppress(Refused, AlreadyRecorded):
            vignettes.rate(rating_id=chance.id(), vignette=one.version, urgency=urgency, by=by, at=at)


def _decisions(by: Viewer, chance: Stream, *, at: datetime) -> None:
    waiting = second_looks.waiting(viewer=by, at=at)
    for one in waiting[LEFT : LEFT + EACH]:
        urgency = _near(_decided(one.advice_id), chance, at=at)
        with suppress(Refused, Missing, AlreadyRecorded):
            ratings.give(rating_id=chance.id(), advice_id=one.advice_id, urgency=urgency, by=by, at=at)


def _decided(advice_id: UUID) -> str:
    """What was decided. Whoever rates on a screen is not told; these are invented, and mostly agree."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT decided FROM guidance_advice WHERE id = %s", [advice_id])
        (decided,) = cursor.fetchone()
        return str(decided)


def _usual(answers: Mapping[str, str]) -> str:
    """How soon most of the invented staff would respond to a case, from what was answered in it."""
    if "yes" in (answers.get("in_danger"), answers.get("taken_or_hurt")):
        return "emergency"
    if answers.get("in_danger") != "no":
        return "very_urgent"
    return "urgent" if answers.get("can_wait") != "yes" else "soon"


def _near(urgency: str, chance: Stream, *, at: datetime) -> str:
    """The same, or now and then the one before or after it."""
    codes = [one.code for one in law.response_times(on=local_date(at))]
    if urgency not in codes:
        return codes[0]
    place = codes.index(urgency) + chance.weighed(SAYS)
    return codes[min(max(place, 0), len(codes) - 1)]
