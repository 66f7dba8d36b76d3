"""
Records that may be the person, as they are shown before anyone opens one.

While fewer than two identifiers agree, what would answer the next question (date of birth, address,
numbers) is not shown: it could be read off the screen and "confirmed".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import banners, numbers, wording
from nowrongdoor.nhsuk.identity_fields import left_to_ask
from nowrongdoor.reading.people_search import Found
from nowrongdoor.rules import finding, identity, law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identity import Asked, Match

# What a record tells before it is opened: who it is, and more once two identifiers agree.
NAME = ("identity",)
FACTS = ("identity", "response", "whereabouts")


@dataclass(frozen=True)
class Candidate:
    """One record. `facts` is empty until two identifiers agree; `ask` is then what could be asked."""

    id: UUID
    name: str
    known_as: str
    facts: tuple[tuple[str, str], ...]
    likely: str
    reasons: str
    differs: str
    may_open: bool
    has_twin: bool
    born_together: bool
    ask: str
    know_first: tuple[str, ...]


def seen(shown: Iterable[Candidate]) -> list[Seen]:
    """Whom these show and what of each, for the record of who was looked at."""
    return [Seen(one.id, elements=FACTS if one.facts else NAME) for one in shown]


def candidates(found: Found, *, at: datetime) -> tuple[Candidate, ...]:
    """Every record found, in the order the rules rank them."""
    return tuple(
        candidate(
            found.asked,
            one,
            at=at,
            beside=found.matches,
            has_twin=one.person.id in found.twins,
            born_together=one.person.id in found.born_together,
        )
        for one in found.matches
    )


def candidate(
    asked: Asked,
    match: Match,
    *,
    at: datetime,
    beside: Sequence[Match] = (),
    has_twin: bool = False,
    born_together: bool = False,
) -> Candidate:
    """One record, how likely it and none `beside` it is this person's, and the reasons for and against."""
    person = match.person
    banner = banners.person_banner(person, safe=numbers.ON_RECORD, at=at)
    known = (
        ("Born", banner.born),
        ("NHS number", banner.nhs_number),
        ("Address", banner.address),
        ("Phone", banner.phone),
    )
    return Candidate(
        id=person.id,
        name=banner.name,
        known_as=person.known_as,
        facts=known if match.may_open else (),
        likely=_likely(match, beside, at=at) if match.evidence else "",
        reasons=finding.in_words(match) or wording.listed(match.reasons),
        differs=wording.listed(
            finding.otherwise(match) if match.evidence else identity.why_it_differs(asked, person)
        ),
        may_open=match.may_open,
        has_twin=has_twin,
        born_together=born_together,
        ask="" if match.may_open else left_to_ask(asked),
        know_first=banner.alerts if match.may_open else (),
    )


def _likely(match: Match, beside: Sequence[Match], *, at: datetime) -> str:
    """In words, by the list of a place: from how many in a hundred it is called likely."""
    chance = finding.likely(match, beside)
    steps = law.codes("match_chances", on=local_date(at))
    return next((one.label for one in steps if chance * 100 >= float(one.entails)), "")
