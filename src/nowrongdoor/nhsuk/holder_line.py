"""The unbroken line of who held someone, as the page draws it."""

from typing import Any

from nowrongdoor.nhsuk.shapes import Hold
from nowrongdoor.reading.holder_lines import HeldTime
from nowrongdoor.rules.words import Began, Ended

BEGAN = {
    Began.RECEIVED: "Received",
    Began.HANDOVER: "Handover accepted",
    Began.RE_HOMING: "Re-homed, because the holder was gone",
    Began.REOPENING: "Reopened",
}


def holds(times: tuple[HeldTime, ...]) -> tuple[Hold, ...]:
    """Every holding in words: by which act it began, and what the receiver said they would do."""
    return tuple(hold(one) for one in times)


def hold(time: HeldTime) -> Hold:
    """One holding. A read-back is in the receiver's words; a re-homing says why."""
    held = time.holding
    accepted = held.began_by == Began.HANDOVER
    return Hold(
        holder=time.team_name,
        from_at=held.from_at,
        until_at=held.until_at,
        member=time.member_name,
        began=BEGAN[Began(held.began_by)],
        words=time.words,
        by=f"read back by {time.by_name}" if accepted and time.by_name else time.by_name,
        **_answer(time),
    )


# What became of a re-homing that its team did not accept, by how its holding ended.
NOT_ACCEPTED = {
    None: "Not yet accepted",
    Ended.HANDOVER: "Not accepted by this team: handed over to the next",
    Ended.RE_HOMING: "Not accepted before it was re-homed again",
}


def _answer(time: HeldTime) -> dict[str, Any]:
    moved = time.re_homing
    if moved is None:
        return {}
    if moved.accepted_at is None:
        return {"answer": NOT_ACCEPTED.get(time.holding.ended_by, "Not accepted")}
    return {
        "answer": "Accepted",
        "answered_at": moved.accepted_at,
        "answered_by": time.accepted_by,
        "read_back": moved.read_back,
    }


def holder_words(time: HeldTime | None) -> str:
    """`Crisis team – Priya Shah`; nobody only where the referral is closed."""
    if time is None:
        return "Nobody – closed"
    return f"{time.team_name} – {time.member_name}" if time.member_name else time.team_name
