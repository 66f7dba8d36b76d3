"""A call just to talk in words: when it suits them, who rings, and what came of it."""

from datetime import datetime
from uuid import uuid4

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import answers, clocks, code_words, numbers, wording
from nowrongdoor.reading.talks import Call
from nowrongdoor.rules import clock
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.talk import STOPPED


def outcomes(*, at: datetime) -> list[tuple[str, str]]:
    """Each as a button."""
    return list(code_words.choices("talk_outcomes", at=at))


def row(one: Call, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    """A call that waits, as a part of the list."""
    talk, owed = one.talk, one.promise
    is_mine = owed.owner_member_id == viewer.member_id
    late = clock.is_late(owed.due_at, at=at)
    return {
        "id": f"talk-{talk.id}",
        "talk_id": talk.id,
        "seen": owed.version,
        "next_id": uuid4(),
        "next_promise_id": uuid4(),
        "chip": clocks.promise_chip(owed, at=at),
        "name": talk.ask_for,
        "suits": _suits(one, at=at),
        "words": talk.words,
        "asked": f"{one.asked_by}, {one.asked_team}",
        "tried": f"Nobody answered {wording.plural(talk.tries, 'call')} so far" if talk.tries else "",
        "who": "You will ring" if is_mine else f"{one.taken_by} will ring" if one.taken_by else "",
        "is_mine": is_mine,
        "may_take": not one.is_kept and not is_mine and (not one.taken_by or late),
        "is_kept": one.is_kept,
        "number": numbers.of(talk.number, talk.safe_to_call) if talk.number else None,
    }


def ended(one: Call, *, at: datetime) -> dict[str, object]:
    """A call that is over: never its words, nor its number."""
    ended_at, stopped = one.promise.ended_at, one.promise.ending_words.startswith(STOPPED)
    return {
        "talk_id": one.talk.id,
        "name": one.talk.ask_for,
        "when": wording.local_when(ended_at, at=at) if ended_at else "",
        "became": STOPPED.rstrip(":") if stopped and one.is_kept else one.promise.ending_words,
        "is_stopped": stopped,
        "ringer": one.promise.owner_member_id,
        "is_kept": one.is_kept,
    }


def refused(refusal: Refused, *, at: datetime) -> str:
    """Why not, and who was first."""
    did = answers.DID.get(refusal.kind, "")
    if did and refusal.by_name and refusal.changed_at:
        return f"{refusal.by_name} {did}, {wording.local_when(refusal.changed_at, at=at)}. {refusal.words}"
    return refusal.words


def _suits(one: Call, *, at: datetime) -> str:
    until = wording.local_when(one.promise.due_at, at=at)
    if one.talk.suits_from is None:
        return f"By {until}"
    return f"From {wording.local_when(one.talk.suits_from, at=at)}, by {until}"
