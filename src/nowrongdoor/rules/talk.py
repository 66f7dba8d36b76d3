"""
Just to talk: a volunteer of a network rings somebody who asked for a call, and nothing else is asked of them.

The call is a promise of the network's team, with a time that is the person's wish or the standard. Whoever
held the person holds them still. A volunteer is told a first name, and the number once they say that they
will ring: it gives them no part in anybody's care. A call that nobody answered is tried again by a new time;
tried so often, it is owed by whoever asked for it, and never dropped. Time alone ends none of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import clock, law, promise, ringing
from nowrongdoor.rules.change import Refused, Steps, began, changed, need_words
from nowrongdoor.rules.circle import NEVER, InCircle
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.identifiers import phone_key
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind, PromiseState

NEED = "just_to_talk"
THE_NETWORK = "the network that owes this call"
AGAIN, NO_ANSWER, NOT_WANTED = "again", "no_answer", "not_wanted"
UNSAFE = frozenset({ringing.NO, ringing.DO_NOT_CONTACT})
STOPPED = "Do not ring:"
NOT_SAFE = "It is not safe to ring this number. Agree another number with them first."
ASK_FIRST = "Ask the team that asked for the call before anybody rings."
NOT_SAFE_NOW = "It is not safe to ring this number any more. Ask the team that asked for the call."


@dataclass(frozen=True)
class Talk:
    """
    What a network is told of a call that it owes: whom to ask for, on which number, from when it suits them.

    By when is the promise's, and so is how it ended. `safe_to_call` is what was known when it was asked
    for or when somebody last took it, `words` what the person would like to talk about, as they put it.
    """

    id: UUID
    promise_id: UUID
    service_id: UUID
    ask_for: str
    number: str
    safe_to_call: str
    suits_from: datetime | None
    words: str
    asked_team_id: UUID
    asked_by_id: UUID
    asked_at: datetime
    tries: int = 0
    version: int = 0


def safe_now(talk: Talk, *, since: Iterable[Contact], circle: Iterable[InCircle]) -> str:
    """
    Whether the number may be rung now: as was known when the call was asked for, as contacts about that
    number said since, latest first, and never where the person wants nobody there contacted.
    """
    number = phone_key(talk.number)
    if any(one.phone_key == number and one.contact == NEVER and not one.withdrawn_at for one in circle):
        return ringing.DO_NOT_CONTACT
    said = [
        one.safe_to_call
        for one in sorted(since, key=lambda one: one.happened_at, reverse=True)
        if one.received_at >= talk.asked_at and phone_key(one.callback_number) in (number, "")
    ]
    return ringing.safe_now([*said, talk.safe_to_call])


def take(
    talk: Talk, owed: Promise, *, safe_to_call: str, is_restricted: bool, by: UUID, at: datetime
) -> Steps:
    """
    A volunteer will ring. One who took it before keeps it until it is late; then a colleague may take it.

    Refuses where it has become unsafe to ring since it was asked for, or where something of theirs has been
    sealed since: unknown is not unsafe, and is said.
    """
    _need_open(owed)
    if is_restricted:
        raise Refused(ASK_FIRST, code="restricted", of=owed)
    if safe_to_call in UNSAFE:
        raise Refused(NOT_SAFE_NOW, code="not_safe", of=owed)
    if owed.owner_member_id == by:
        raise Refused("You said already that you will ring.", code="taken_already", of=owed)
    if owed.owner_member_id is not None and not clock.is_late(owed.due_at, at=at):
        raise Refused("A colleague said that they will ring.", code="taken_by_another", of=owed)
    taken = changed(owed, "talk.taken", owner_member_id=by)
    if safe_to_call == talk.safe_to_call:
        return (taken,)
    return (taken, changed(talk, "talk.safety_looked_at", safe_to_call=safe_to_call))


def tell(
    talk: Talk,
    owed: Promise,
    *,
    came_of: str,
    next_id: UUID,
    next_promise_id: UUID,
    next_at: datetime | None,
    back_to: tuple[UUID, UUID | None],
    by: UUID,
    at: datetime,
) -> Steps:
    """
    What came of a call. Talked, or not wanted, keeps the promise; who would like another is owed the next one
    by `next_at` or the standard; no answer is tried again, and after so many tries whoever asked has it
    again: `back_to`, their team and they themselves where they still work there.
    """
    _need_open(owed)
    _need_asked(owed, at=at)
    entry = law.code("talk_outcomes", came_of, at=at, field="came_of")
    if came_of == NO_ANSWER:
        return _unanswered(talk, owed, next_promise_id, back_to, by=by, at=at)
    kept = changed(
        owed,
        "talk.had",
        state=PromiseState.KEPT,
        ended_at=at,
        ended_by_id=by,
        ending_words=entry.label,
        as_of_at=at,
    )
    if came_of != AGAIN:
        return (kept,)
    made = promise.make(
        promise_id=next_promise_id,
        kind=PromiseKind.JUST_TO_TALK,
        team_id=owed.owner_team_id,
        member_id=None,
        words=owed.words,
        due_at=next_at,
        at=at,
        by_rows=True,
        contact_id=owed.contact_id,
        referral_id=owed.referral_id,
        person_id=owed.person_id,
    )
    another = {"id": next_id, "promise_id": next_promise_id, "asked_at": at, "suits_from": None, "tries": 0}
    return (kept, made, began("talk.asked", Talk(**{**vars(talk), **another})))


def withdraw(owed: Promise, *, why: str, by: UUID, at: datetime) -> Steps:
    """
    Nobody is to ring any more: whoever asked, or the person through anybody who looks after them, says stop
    and why. Whoever said that they will ring stays named, so that their list tells them.
    """
    _need_open(owed)
    _need_asked(owed, at=at)
    need_words(why, field="why", ask="Say why nobody should ring. The network reads it.")
    ended = changed(
        owed,
        "talk.withdrawn",
        state=PromiseState.LET_GO,
        ended_at=at,
        ended_by_id=by,
        ending_words=f"{STOPPED} {why.strip()}",
        as_of_at=at,
    )
    return (ended,)


def _unanswered(
    talk: Talk,
    owed: Promise,
    next_promise_id: UUID,
    back_to: tuple[UUID, UUID | None],
    *,
    by: UUID,
    at: datetime,
) -> Steps:
    tries = talk.tries + 1
    if tries < seeing.most("talk_tries", at=at):
        again = law.promise_time("just_to_talk_again", at=at)
        # Nobody is named any more: whoever is there next rings. The ladder begins anew with the new time.
        due = {"due_at": clock.due_at(at, again.within), "standard": again.version, "as_of_at": at}
        return (
            changed(owed, "talk.unanswered", owner_member_id=None, **due),
            changed(talk, "talk.tried", tries=tries),
        )
    # The promise made next has its own clock, so nothing is dropped between the two.
    ended = changed(
        owed,
        "talk.gone_back",
        state=PromiseState.LET_GO,
        ended_at=at,
        ended_by_id=by,
        ending_words=f"No answer, tried {tries} times. Whoever asked for the call has it again.",
        as_of_at=at,
    )
    back = promise.make(
        promise_id=next_promise_id,
        kind=PromiseKind.CALLBACK,
        team_id=back_to[0],
        member_id=back_to[1],
        words=f"Nobody answered {tries} calls just to talk. Find another way to reach {talk.ask_for}",
        due_at=clock.due_at(at, law.promise_time("just_to_talk_again", at=at).within),
        at=at,
        contact_id=owed.contact_id,
        referral_id=owed.referral_id,
        person_id=owed.person_id,
    )
    return (ended, changed(talk, "talk.tried", tries=tries), back)


def _need_open(owed: Promise) -> None:
    if owed.state != PromiseState.OPEN:
        raise Refused("Somebody said already what came of this call.", code="call_over", of=owed)


def _need_asked(owed: Promise, *, at: datetime) -> None:
    """Nothing came of a call before it was asked for: what is told late, or by a clock that is behind."""
    if at < owed.made_at:
        raise Refused("This call had not been asked for yet. Look again before you act.", code="too_soon")
