"""
A promise: something one team owes a person by a time, such as ringing back or finding something out.

It stays open until someone keeps it, or lets it go with a reason. Time does neither: a promise
past its due time is escalated, and the escalation gives it the next due time. The promise to settle
a re-homing is kept only by its answer: an acceptance with a read-back, or an accepted handover.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import clock, law
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, changed, moved, need_words
from nowrongdoor.rules.promise_kinds import ALARMS, ANSWERED_BY_ACCEPTING, BY_ROWS_ALONE, ELSEWHERE
from nowrongdoor.rules.words import PromiseKind, PromiseState

MOVES: Moves = {
    "make": {None: PromiseState.OPEN},
    "escalate": {PromiseState.OPEN: PromiseState.OPEN},
    "re_home": {PromiseState.OPEN: PromiseState.OPEN},
    "keep": {PromiseState.OPEN: PromiseState.KEPT},
    "settle": {PromiseState.OPEN: PromiseState.KEPT},
    "let_go": {PromiseState.OPEN: PromiseState.LET_GO},
}
REFUSALS: Refusals = {
    PromiseState.OPEN: "This promise is still open.",
    PromiseState.KEPT: "This promise has already been kept.",
    PromiseState.LET_GO: "This promise was already let go, with a reason.",
}

KINDS = frozenset(PromiseKind)


@dataclass(frozen=True)
class Promise:
    id: UUID
    kind: str
    contact_id: UUID | None
    referral_id: UUID | None
    person_id: UUID | None
    owner_team_id: UUID
    owner_member_id: UUID | None
    asked_of: str
    words: str
    made_at: datetime
    due_at: datetime
    as_of_at: datetime
    escalation_level: int
    state: str
    ended_at: datetime | None
    ended_by_id: UUID | None
    ending_words: str
    standard: str = ""
    held_words: str = ""
    written_by_id: UUID | None = None
    held_from: str = ""
    version: int = 0


@dataclass(frozen=True)
class Escalation:
    """A promise past its due time, raised to someone who can act."""

    id: UUID
    promise_id: UUID
    level: int
    to_team_id: UUID
    words: str
    escalated_at: datetime
    escalated_by_id: UUID
    version: int = 0


def make(
    *,
    promise_id: UUID,
    kind: str,
    team_id: UUID,
    member_id: UUID | None,
    words: str,
    due_at: datetime | None,
    at: datetime,
    asked_of: str = "",
    contact_id: UUID | None = None,
    referral_id: UUID | None = None,
    person_id: UUID | None = None,
    is_re_homed: bool = False,
    by_rows: bool = False,
    held_words: str = "",
    held_from: str = "",
    written_by_id: UUID | None = None,
) -> Step:
    """
    A team owes this by a time; without a time named, by the standard for its kind.

    Refuses a due time that has passed already, or lies further ahead than the standard lets anybody wait; an
    alarm that rows alone raise, and a promise to settle a
    re-homing: only a re-homing makes that, so that each waits for the answer of whoever holds now.
    """
    if kind not in KINDS:
        raise Refused("Choose what kind of promise this is.", code="kind_unknown", field="kind")
    if kind == PromiseKind.RE_HOMING and not is_re_homed:
        only = "Only a re-homing makes this promise. Choose another kind."
        raise Refused(only, code="kind_of_a_re_homing", field="kind")
    if kind in BY_ROWS_ALONE and not by_rows:
        raise Refused(
            "This raises itself where it is so. Choose another kind.", code="kind_of_rows", field="kind"
        )
    if kind in ALARMS:
        need_words(words, field="words", ask="Say in a line what has gone wrong.")
    if kind == PromiseKind.THE_PERSON:
        need_words(words, field="words", ask="Say what the person asked for, or why they are waited for.")
    if contact_id is None and referral_id is None and person_id is None:
        raise Refused("Say whom this is promised to, or about which contact.", code="about_nobody")
    usual = law.promise_time(kind, at=at)
    due = due_at or clock.due_at(at, usual.within)
    if clock.is_late(due, at=at):
        raise Refused("Choose a time that has not passed yet.", code="due_in_the_past", field="due_at")
    if usual.most is not None and due > clock.due_at(at, usual.most):
        raise Refused(
            f"Nobody waits for this longer than {usual.most.days} days without looking again. "
            "Choose a sooner time.",
            code="due_too_far",
            field="due_at",
        )
    return began(
        "promise.made",
        Promise(
            id=promise_id,
            kind=kind,
            contact_id=contact_id,
            referral_id=referral_id,
            person_id=person_id,
            owner_team_id=team_id,
            owner_member_id=member_id,
            asked_of=asked_of,
            words=words,
            made_at=at,
            due_at=due,
            as_of_at=at,
            escalation_level=0,
            state=PromiseState.OPEN,
            ended_at=None,
            ended_by_id=None,
            ending_words="",
            # A time that somebody named is theirs, and no standard's.
            standard="" if due_at else usual.version,
            held_words=held_words,
            written_by_id=written_by_id,
            held_from=held_from,
        ),
    )


def keep(
    promise: Promise, *, words: str, done_at: datetime | None = None, by: UUID, at: datetime
) -> Step:
    """
    What was promised was done; `words` say what came of it, and `done_at` when, where it was not just now.

    Refuses to settle a re-homing so: it is accepted with a read-back, or handed over. Refuses a time that
    lies ahead, or before it was promised.
    """
    _has_its_own_answer(promise)
    if done_at is not None and done_at > at:
        ahead = "What was done cannot lie ahead. Look at the time again."
        raise Refused(ahead, code="ahead", field="happened_time")
    if done_at is not None and done_at < promise.made_at:
        raise Refused(
            "That is before it was promised. Look at the time and the day again.",
            code="before_promise",
            field="happened_time",
        )
    return _end(promise, "keep", "promise.kept", words, "Say what came of it.", by, at, ended_at=done_at)


def let_go(promise: Promise, *, words: str, by: UUID, at: datetime) -> Step:
    """
    A person decides that this is no longer owed, and says why.

    Refuses to let a re-homing go: whoever holds the person always answers for them.
    """
    _has_its_own_answer(promise)
    return _end(promise, "let_go", "promise.let_go", words, "Say why this is no longer owed.", by, at)


def settle(
    open_promises: Sequence[Promise],
    *,
    words: str,
    kinds: frozenset[PromiseKind] = ANSWERED_BY_ACCEPTING,
    by: UUID,
    at: datetime,
) -> Steps:
    """Somebody holds them anew: what was owed on that is kept, whichever team owed it. Others stay owed."""
    ask = "Say how this was settled."
    return tuple(
        _end(one, "settle", "promise.settled", words, ask, by, at)
        for one in open_promises
        if one.kind in kinds
    )


def escalate(
    promise: Promise, *, escalation_id: UUID, to_team_id: UUID, words: str, by: UUID, at: datetime
) -> Steps:
    """
    A promise past its due time is raised, and must be answered by a new due time.

    Refuses one that is not late, and the team that owes it: they know. Never ends it: it stays with them.
    """
    state = moved(MOVES, "escalate", promise, refusals=REFUSALS)
    if not clock.is_late(promise.due_at, at=at):
        raise Refused("This is not late yet.", code="not_late")
    if to_team_id == promise.owner_team_id:
        raise Refused(
            "They owe this, and know that it is late. Choose a team that can act instead.",
            code="raised_to_the_owner",
            field="to_team",
        )
    level = promise.escalation_level + 1
    answer = law.promise_time("escalation", at=at)
    raised = Escalation(escalation_id, promise.id, level, to_team_id, words, at, by)
    return (
        began("promise.escalated", raised),
        changed(
            promise,
            "promise.escalated",
            state=state,
            escalation_level=level,
            due_at=clock.due_at(at, answer.within),
            as_of_at=at,
            standard=answer.version,
        ),
    )


def link_person(promise: Promise, *, person_id: UUID) -> Step:
    """Whom this is owed to is known now; by when, and by whom, is as it was."""
    return changed(promise, "promise.person_linked", person_id=person_id)


def re_home(promise: Promise, *, team_id: UUID) -> Step:
    """
    The one who owed this is gone: the team owes it from now on, by the same time, nobody named.

    Without it a promise of a closed team could be kept by nobody, and what it is owed on could
    never be closed.
    """
    state = moved(MOVES, "re_home", promise, refusals=REFUSALS)
    return changed(promise, "promise.re_homed", state=state, owner_team_id=team_id, owner_member_id=None)


def second_read(promise: Promise, kind: str, *, words: str, by: UUID, at: datetime) -> Step:
    """Somebody else has read what waited: it stands, as it was or otherwise, or is set aside."""
    verb = "let_go" if kind == "promise.set_aside" else "settle"
    return _end(promise, verb, kind, words, "Say why, in a line.", by, at)


def _has_its_own_answer(promise: Promise) -> None:
    if promise.state == PromiseState.OPEN and promise.kind in ELSEWHERE:
        words, code = ELSEWHERE[PromiseKind(promise.kind)]
        raise Refused(words, code=code, of=promise)


def _end(
    promise: Promise,
    verb: str,
    kind: str,
    words: str,
    ask: str,
    by: UUID,
    at: datetime,
    *,
    ended_at: datetime | None = None,
) -> Step:
    state = moved(MOVES, verb, promise, refusals=REFUSALS)
    need_words(words, field="words", ask=ask)
    if at < promise.as_of_at:
        raise Refused("This had not been promised yet. Look again before you act.", code="before_promise")
    return changed(
        promise,
        kind,
        state=state,
        ended_at=ended_at or at,
        ended_by_id=by,
        ending_words=words,
        as_of_at=at,
    )
