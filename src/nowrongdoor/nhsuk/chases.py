"""That an offer was chased, in the same words for the giver, the receiver and either's list."""

from datetime import datetime

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.handover_lines import ChaseLine


def chased_words(one: ChaseLine, *, at: datetime) -> str:
    """`Chased at 14:10 by Sam Reed by phone`; on another day, with the day."""
    how = code_words.words_of("chase_ways", one.how, at=at).lower()
    when = wording.local_when(one.chased_at, at=at)
    return f"Chased at {when} by {one.by_name} {how}"
