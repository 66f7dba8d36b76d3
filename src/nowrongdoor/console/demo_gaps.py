"""
What a demonstration's history would have left around the directory: searches in the gap ledger, of the month
before and of this one; people who were told of something they ask themselves; a suggestion that waits.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from nowrongdoor.journeys import gaps as ledger
from nowrongdoor.journeys import signposts, suggestions
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import options, signposts_of, viewers
from nowrongdoor.rules import gaps
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.fitting import Ask
from nowrongdoor.sim.streams import Stream, Streams

DAYS = 60
TOLD = 9
A_DAY = 4
DISTRICTS = ((6.0, "ZZ1"), (4.0, "ZZ2"), (1.0, "ZZ9"), (1.0, ""))
NEEDS = (
    (5.0, ("mental",)), (2.0, ("just_to_talk",)), (3.0, ("housing",)), (2.0, ("loneliness",)),
    (3.0, ("equipment",)), (1.0, ("mental", "housing")), (3.0, ("autism",)), (2.0, ("drugs_alcohol",)),
)  # fmt: skip
AGES = ((3.0, None), (2.0, 16), (4.0, 17), (6.0, 34), (3.0, 58), (4.0, 81))
HOURS = ((1.0, 3), (6.0, 11), (4.0, 15), (2.0, 19), (4.0, 21))
ACCESS = ((6.0, frozenset[str]()), (1.0, frozenset({"step_free"})))
LANGUAGES = ((9.0, ""), (1.0, "pl"))


def look_around(*, seed: int, until: datetime) -> None:
    """A few searches a day, by somebody who may look for options; nothing where nobody may."""
    asking = [one for one in viewers.personas(at=until) if one.role == "call_handler"]
    for one in asking[:1]:
        by = viewers.at_work(membership_id=one.membership_id)
        chance = Streams(seed)["gaps"]
        if by is not None:
            _search(chance, by=by, until=until)
            _tell(chance, by=by, until=until)


def _search(chance: Stream, *, by: Viewer, until: datetime) -> None:
    for number in range(DAYS * A_DAY):
        day = until - timedelta(days=DAYS - number // A_DAY)
        at = min(until, day.replace(hour=chance.weighed(HOURS), minute=5))
        ask = Ask(
            needs=chance.weighed(NEEDS),
            at=at,
            within=timedelta(hours=2) if chance.happens(0.6) else None,
            way="self" if chance.happens(0.3) else "",
            district=chance.weighed(DISTRICTS),
            age=chance.weighed(AGES),
            language=chance.weighed(LANGUAGES),
            access=chance.weighed(ACCESS),
        )
        found = gaps.sitting(ask, options.by_need(ask), key=chance.id())
        ledger.count(found=found, next_key=chance.id(), by=by, at=at)


def _tell(chance: Stream, *, by: Viewer, until: datetime) -> None:
    """Those who rang this team last, of what they may ask for themselves; and what is wrong in an entry."""
    found = options.find(Ask(needs=("loneliness", "just_to_talk"), at=until, way="self"))
    about = [one.entry.id for one in found.options.best]
    rang = signposts_of.last_closed(by.team_id, most=TOLD) if about else ()
    for number, contact_id in enumerate(rang):
        with suppress(Refused):  # of somebody this member may not know of
            signposts.tell(
                signpost_id=chance.id(),
                contact_id=contact_id,
                service_id=about[number % len(about)],
                words="They can ring there themselves, and say that we told them.",
                ask_after=("wants_to_be_asked", "does_not_want", "not_asked")[number % 3],
                promise_id=chance.id(),
                ask_at=None,
                by=by,
                at=until,
            )
    for service_id in about[:1]:
        suggestions.suggest(
            suggestion_id=chance.id(),
            service_id=service_id,
            part="cost",
            says="Free; people give what they can.",
            why="I rang them today.",
            by=by,
            at=until,
        )
