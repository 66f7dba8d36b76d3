"""
A link by which a team in which nobody signs in goes on, once it has accepted by a link.

Whoever has it writes, under the name they give, that they were in touch with the person, or a note; says what
came of it and closes; asks the giver to take the person back; or asks to be rung. It is bound to the offer
they accepted, and opens while they hold by that acceptance and its time has not passed. Its end takes
nothing from the person: the team holds them still, and the giver owes it to ask after them by then at the
latest, or to make another link.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import answer_link, clock, law, promise
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.answer_link import AnswerLink, bound, need_time, opened, signs_in
from nowrongdoor.rules.change import Refused, Step, Steps, began, need_words
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import HandoverState, PromiseKind

LASTS = "onward_link"
AGAIN, RING = "asked_after_again", "ring_by_link"
NOT_THEIRS = "They do not hold this person by this offer, so there is nothing to go on with."
SOMETHING_OWED = (
    "Something is still owed to this person by another team, so it cannot be closed by a link. "
    "Ring the team that sent it."
)


def make(
    accepted: Handover,
    *,
    held: Holding,
    giver_id: UUID,
    link_id: UUID,
    digest: str,
    to: Team,
    works: Sequence[Membership],
    is_sealed: bool,
    open_promises: Sequence[Promise],
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The giver makes a link for the team that accepted and holds. Refuses as a link that answers does; where
    nobody owes it any more to ask after them, the giver does again, by the end of the link. `giver_id` is the
    team that gave them, or whichever answers for its people since it closed.
    """
    need_theirs(accepted, held=held)
    if signs_in(works):
        words = f"People of {to.name} sign in, and write it down themselves. A link would be a second way in."
        raise Refused(words, code="they_sign_in", of=to)
    if is_sealed:
        raise Refused(answer_link.SEALED, code="sealed")
    made = link(accepted, link_id=link_id, digest=digest, by=by, at=at)
    if asking(open_promises, team_name=to.name):
        return (made,)
    words = f"Ask {to.name} how it goes, or make them another link: they write by a link."
    until = made.change.after.until_at
    return (made, _ask(accepted, giver_id, link_id, words, team_name=to.name, until=until, at=at))


def link(accepted: Handover, *, link_id: UUID, digest: str, by: UUID, at: datetime) -> Step:
    """The link itself, for what is accepted now or was before."""
    made = bound(accepted, link_id=link_id, digest=digest, lasts=LASTS, goes_on=True, by=by, at=at)
    return began("onward_link.made", made)


def receive(
    link: AnswerLink,
    *,
    accepted: Handover,
    held: Holding,
    is_sealed: bool,
    device: str,
    by: UUID,
    at: datetime,
) -> Step:
    """Somebody of the team that holds has it on their screen, and has said who they are."""
    need_open(link, accepted=accepted, held=held, is_sealed=is_sealed, at=at)
    return opened(link, "onward_link.received", device=device, by=by, at=at)


def need_open(link: AnswerLink, *, accepted: Handover, held: Holding, is_sealed: bool, at: datetime) -> None:
    """Refuses a link that answers and does not go on, one that is over, and where they hold no longer."""
    if not link.goes_on:
        raise Refused(NOT_THEIRS, code="not_theirs", of=accepted)
    need_theirs(accepted, held=held)
    need_time(link, is_sealed=is_sealed, at=at)


def need_theirs(accepted: Handover, *, held: Holding) -> None:
    """Refuses unless the team holds by its acceptance of this very offer."""
    if accepted.state != HandoverState.ACCEPTED or held.handover_id != accepted.id:
        raise Refused(NOT_THEIRS, code="not_theirs", of=accepted)


def asking(open_promises: Sequence[Promise], *, team_name: str) -> list[Promise]:
    """What the giver owes: to ask this team after the person. Not what somebody asked of them by name."""
    return [
        one
        for one in open_promises
        if one.kind == PromiseKind.INFORMATION and one.asked_of == team_name and one.owner_member_id is None
    ]


def wrote(
    link: AnswerLink,
    *,
    accepted: Handover,
    giver_id: UUID,
    open_promises: Sequence[Promise],
    note_id: UUID,
    words: str,
    name: str,
    team_name: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    They wrote: the giver need not ask them about that, and reads it; and asks again by a dated time, or when
    the link ends, whichever comes first. Refuses what says nothing.
    """
    need_words(words, field="words", ask="Write in a line how it goes.")
    kept = _told(open_promises, f"{name} wrote by a link", team_name=team_name, by=by, at=at)
    said = f"{team_name} wrote by a link: {words.strip()}\nAsk them how it goes, or make them another link."
    return (*kept, _ask(accepted, giver_id, note_id, said, team_name=team_name, until=link.until_at, at=at))


def in_words(way: str, words: str, *, at: datetime) -> str:
    """What they wrote in one line: how they were in touch, where they were, and their words."""
    if not way:
        return words.strip()
    label = law.code("care_contact_ways", way, at=at, field="way").label
    return f"{label}. {words.strip()}".strip()


def closing(open_promises: Sequence[Promise], *, name: str, team_name: str, by: UUID, at: datetime) -> Steps:
    """
    They say what came of it: nobody need ask after them any more. Refuses while anything else is owed; what
    that is, is not told by a link.
    """
    kept = _told(open_promises, f"{name} said by a link what came of it", team_name=team_name, by=by, at=at)
    mine = {step.before.id for step in kept}
    others = tuple(one for one in open_promises if one.id not in mine)
    if others:
        raise Refused(SOMETHING_OWED, code="promise_open", of=others[0])
    return kept


def hand_back(accepted: Handover, *, words: str, team_name: str) -> Message:
    """What the giver is asked: to take the person back, with what they had told and why the team cannot."""
    need_words(words, field="words", ask="Say why you cannot go on, and what was done.")
    ask = f"Take this person back. {team_name} holds them until you accept."
    return replace(accepted.message, done=words.strip(), ask=ask)


def ask_to_be_rung(
    accepted: Handover,
    *,
    giver_id: UUID,
    promise_id: UUID,
    number: str,
    words: str,
    name: str,
    team_name: str,
    at: datetime,
) -> Step:
    """The giver owes it to ring whoever has the link, by a dated time; nobody rings the person for it."""
    need_words(number, field="number", ask="Write the number on which you can be rung.")
    about = f": {words.strip()}" if words.strip() else ""
    return promise.make(
        promise_id=promise_id,
        kind=PromiseKind.INFORMATION,
        team_id=giver_id,
        member_id=None,
        words=f"Ring {name} of {team_name}, not the person, on {number.strip()}{about}",
        due_at=clock.due_at(at, law.promise_time(RING, at=at).within),
        referral_id=accepted.referral_id,
        at=at,
    )


def _told(open_promises: Sequence[Promise], words: str, *, team_name: str, by: UUID, at: datetime) -> Steps:
    return tuple(
        promise.keep(one, words=words, by=by, at=at) for one in asking(open_promises, team_name=team_name)
    )


def _ask(
    accepted: Handover,
    giver_id: UUID,
    promise_id: UUID,
    words: str,
    *,
    team_name: str,
    until: datetime,
    at: datetime,
) -> Step:
    again = clock.due_at(at, law.promise_time(AGAIN, at=at).within)
    return promise.make(
        promise_id=promise_id,
        kind=PromiseKind.INFORMATION,
        team_id=giver_id,
        member_id=None,
        words=words,
        asked_of=team_name,
        due_at=min(again, until),
        referral_id=accepted.referral_id,
        at=at,
    )
