"""The clocks of stages in words, the same on a handover and on a referral."""

from collections.abc import Iterable
from datetime import datetime

from nowrongdoor.nhsuk import clocks, wording
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.stage_lines import StageLine
from nowrongdoor.rules.stage import CARRIED, StageKind

NAMES = {
    StageKind.DIRECT_CONTACT: "First contact with the person",
    StageKind.FACE_TO_FACE: "First seen face to face",
    StageKind.SHORT_INTERVENTION: "Short intervention handed over or planned",
}


def chip(stage: StageLine, *, at: datetime) -> Chip:
    """How long is left, or when it became so and how late that was."""
    rule = clocks.rule_words(stage.standard, started_at=stage.started_at, at=at)
    if stage.reached_at is None:
        return wording.chip(stage.due_at, at=at, rule_words=rule)
    late = ""
    if stage.reached_at >= stage.due_at:
        late = f", {wording.duration(stage.reached_at - stage.due_at)} late"
    was_due = f"Was due {wording.local_when(stage.due_at, at=at)}. {rule}"
    return wording.done_chip(f"{wording.local_when(stage.reached_at, at=at)}{late}", rule_words=was_due)


def how_far(stages: Iterable[StageLine], *, at: datetime) -> str:
    """How far an offer that waits has come, in a few words; nothing where nobody recorded it."""
    found = {one.kind: one for one in stages}
    received, sent = found.get(StageKind.RECEIVED), found.get(StageKind.SENT)
    if received is not None and received.reached_at is not None:
        return f"Opened {wording.local_when(received.reached_at, at=at)} by {received.by_name}, not answered"
    if sent is None:
        return ""
    if sent.reached_at is None:
        return "Not on their list yet"
    return f"{'Sent' if sent.how == CARRIED else 'On their list'}, and not opened yet"
