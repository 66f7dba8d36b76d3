"""
Asking that a network rings somebody just to talk: by when they wish, with their own yes, and of nobody whose
record is restricted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import clock, law, promise
from nowrongdoor.rules.change import Refused, Step, Steps, began, need_words
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.sight import Sealed
from nowrongdoor.rules.talk import NEED, NOT_SAFE, UNSAFE, Talk
from nowrongdoor.rules.words import PromiseKind

CALL = "Ring them, just to talk"
"""Without a name: wherever a promise is listed, it stands; the name is on the list of the network alone."""


@dataclass(frozen=True)
class About:
    """What a call was asked for from: a contact, a referral or a person's record; and the network asked."""

    service: Service
    contact_id: UUID | None = None
    referral_id: UUID | None = None
    person_id: UUID | None = None


def is_network(service: Service) -> bool:
    """An entry of the directory that is there just to talk, and whose team takes part here."""
    return NEED in service.needs and service.team_id is not None and service.missing_since is None


def owed_to(
    service: Service, *, contact_id: UUID | None, referral_id: UUID | None, person_id: UUID | None
) -> About:
    """
    The person, where they are known; else whom a contact or a referral was about. Bound to nothing more, so
    that nothing else of theirs waits for the call before it can end.
    """
    if person_id is not None:
        return About(service, person_id=person_id)
    if contact_id is not None:
        return About(service, contact_id=contact_id)
    return About(service, referral_id=referral_id)


def is_kept(seals: Iterable[Sealed], about: About) -> bool:
    """A seal keeps the person, or what the call is asked for from: no network is told of them."""
    return any(
        one.is_restriction
        or (about.contact_id is not None and one.contact_id == about.contact_id)
        or (about.referral_id is not None and one.referral_id == about.referral_id)
        for one in seals
    )


def ask(
    about: About,
    *,
    talk_id: UUID,
    promise_id: UUID,
    ask_for: str,
    number: str,
    safe_to_call: str,
    agreed: bool,
    suits_from: datetime | None,
    suits_until: datetime | None,
    words: str,
    is_restricted: bool,
    team_id: UUID,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    A network owes somebody a call by the time that suits them; without one, by the standard.

    Refuses without the person's own yes, without a number, with one that is not safe to ring, and for
    somebody whose record is restricted: of them a network is told nothing.
    """
    service = about.service
    if not is_network(service) or service.team_id is None:
        raise Refused(
            "This service does not ring people from here. Choose another, or tell them of it.",
            code="no_network",
            field="service",
        )
    if is_restricted:
        raise Refused(
            "This record is restricted, so no network is told. Ring them yourself, or find another way.",
            code="restricted",
        )
    if not agreed:
        raise Refused(
            "Ask them first: the network is told their first name and their number.",
            code="not_agreed",
            field="agreed",
        )
    need_words(ask_for, field="ask_for", ask="Say whom the volunteer asks for.")
    need_words(number, field="number", ask="Say which number to ring.")
    if safe_to_call in UNSAFE:
        raise Refused(NOT_SAFE, code="not_safe", field="safe_to_call")
    law.code("safe_to_call", safe_to_call, at=at, field="safe_to_call")
    suits_until = _until(suits_from, suits_until, at=at)
    owed = _promised(about, promise_id, service.team_id, due_at=suits_until, at=at)
    asked = began(
        "talk.asked",
        Talk(
            id=talk_id,
            promise_id=promise_id,
            service_id=service.id,
            ask_for=ask_for.strip(),
            number=number.strip(),
            safe_to_call=safe_to_call,
            suits_from=suits_from,
            words=words.strip(),
            asked_team_id=team_id,
            asked_by_id=by,
            asked_at=at,
        ),
    )
    return (owed, asked)


def _until(suits_from: datetime | None, until: datetime | None, *, at: datetime) -> datetime | None:
    """By when they are rung: by their wish; with a wish for a beginning alone, by the standard from then."""
    if suits_from is None:
        return until
    if until is None:
        within = law.promise_time(PromiseKind.JUST_TO_TALK, at=at).within
        return clock.due_at(max(suits_from, at), within)
    if until <= suits_from:
        raise Refused(
            "They cannot be rung before it suits them. Look at the two times again.",
            code="ends_before_it_suits",
            field="suits_until",
        )
    return until


def _promised(
    about: About, promise_id: UUID, team_id: UUID, *, due_at: datetime | None, at: datetime
) -> Step:
    return promise.make(
        promise_id=promise_id,
        kind=PromiseKind.JUST_TO_TALK,
        team_id=team_id,
        member_id=None,
        words=CALL,
        due_at=due_at,
        at=at,
        by_rows=True,
        contact_id=about.contact_id,
        referral_id=about.referral_id,
        person_id=about.person_id,
    )
