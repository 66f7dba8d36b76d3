"""
A signpost: somebody was told of a service that they ask themselves, drop in at or ring; no referral was made.

It is an outcome that somebody owns: who told them of what, in which words, and whether they want to be asked
afterwards how it went. Who does is owed a call back, which stays open until somebody has rung. What they say
then is of the endings of that service's kind, where it has such, and counts beside those of referrals.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import clock, law, promise, service_kinds
from nowrongdoor.rules.change import Refused, Step, Steps, began, changed, need_words
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.law import directory
from nowrongdoor.rules.words import PromiseKind

WANTS = "wants_to_be_asked"
LIST = "signpost_endings"


@dataclass(frozen=True)
class Signpost:
    """
    `told_of` is the name of the service as it was then; `ask_after` whether they want to be asked; `came_of`
    how it ended, as they said when they were asked; empty while nobody has.
    """

    id: UUID
    contact_id: UUID
    person_id: UUID | None
    service_id: UUID
    told_of: str
    words: str
    ask_after: str
    promise_id: UUID | None
    team_id: UUID
    told_by_id: UUID
    told_at: datetime
    came_of: str = ""
    version: int = 0


def tell(
    contact: Contact,
    *,
    service: Service,
    signpost_id: UUID,
    words: str,
    ask_after: str,
    promise_id: UUID,
    ask_at: datetime | None,
    team_id: UUID,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    Whoever called was told of a service. Who wants to be asked afterwards is owed a call back by that time;
    where they named none, when there has been time to try, and never within minutes as a lost caller is.

    Whether they want to be asked is always said, if only that nobody asked them: unknown is not no.
    """
    need_words(ask_after, field="ask_after", ask="Say whether they want to be asked afterwards.")
    law.code("ask_after", ask_after, at=at, field="ask_after")
    need_words(words, field="words", ask="Say what you told them.")
    if at < contact.received_at:
        raise Refused(
            "This contact had not been received yet. Look again before you act.", code="before_contact"
        )
    if ask_at is not None and ask_after != WANTS:
        raise Refused(
            "A time to ask is for whoever wants to be asked. Say that they do, or leave the time empty.",
            code="ask_at_unasked",
            field="ask_at",
        )
    asked = (
        promise.make(
            promise_id=promise_id,
            kind=PromiseKind.CALLBACK,
            team_id=team_id,
            member_id=by,
            words=f"Ask how it went with {service.name}",
            due_at=ask_at or clock.due_at(at, directory.counts_for("ask_after", at=at)),
            at=at,
            contact_id=contact.id,
            person_id=contact.person_id,
        )
        if ask_after == WANTS
        else None
    )
    told = began(
        "signpost.given",
        Signpost(
            id=signpost_id,
            contact_id=contact.id,
            person_id=contact.person_id,
            service_id=service.id,
            told_of=service.name,
            words=words.strip(),
            ask_after=ask_after,
            promise_id=promise_id if asked else None,
            team_id=team_id,
            told_by_id=by,
            told_at=at,
        ),
    )
    return (asked, told) if asked else (told,)


def endings(service: Service, *, at: datetime) -> tuple[law.Code, ...]:
    """What may have come of being told of this service: of its kinds first, and then of any service."""
    own = service_kinds.of_kinds(service_kinds.kinds([service.name, service.summary], at=at), at=at)
    return own + law.codes(LIST, on=clock.local_date(at))


def followed_up(told: Signpost, *, service: Service, came_of: str, at: datetime) -> Step:
    """
    They were asked afterwards, and said what came of it.

    Refuses what a service of this kind does not end with: a time bank has no crisis to come home from.
    """
    if came_of not in {one.code for one in endings(service, at=at)}:
        raise Refused("Choose what came of it from the list.", code="came_of_unknown", field="came_of")
    return changed(told, "signpost.followed_up", came_of=came_of)
