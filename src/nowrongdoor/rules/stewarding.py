"""
What a records steward is asked, and what they answer: whether two things that look alike are one person's.
Pairs of records (`rules.merging`) and entries of partners' registers (`rules.register`) are asked alike.
"""

from datetime import date, datetime
from math import log2
from typing import Any
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Step, changed
from nowrongdoor.rules.matching.model import probability

ONE_PERSON = "Say how you know that they are one person."
TWO_PEOPLE = "Say how you know that they are two people."


def band(codes: str, bits: float, *, on: date) -> str:
    """
    What becomes of what is alike by so many doublings of the odds: proposed, to be looked at, or left alone,
    which is empty. By a list of the place; each of its codes names from how many in a hundred it is so.
    """
    likely = 100.0 * probability(bits)
    return next((one.code for one in law.codes(codes, on=on) if likely >= float(one.entails)), "")


def least(codes: str, *, on: date) -> float:
    """Doublings of the odds below which everything is left alone."""
    share = min(float(one.entails) for one in law.codes(codes, on=on)) / 100
    return log2(share / (1 - share))


def decided(known: Any, kind: str, *, words: str, by: UUID, at: datetime, **after: Any) -> Step:
    """Somebody decided, and said how they know; never before it was proposed."""
    return changed(
        known,
        kind,
        **after,
        decided_at=max(at, known.proposed_at),
        decided_by_id=by,
        words=words.strip(),
    )


def undone(known: Any, kind: str, *, words: str, by: UUID, at: datetime, **after: Any) -> Step:
    """They are two people after all; never before it was decided."""
    assert known.decided_at is not None, "what is undone was decided"
    return changed(
        known,
        kind,
        **after,
        undone_at=max(at, known.decided_at),
        undone_by_id=by,
        undoing_words=words.strip(),
    )
