"""
A statutory clock: how long the law, or guidance under it, lets something take once it has begun for a person:
detention in a place of safety from the arrival there and the handover there, the holding powers of a ward, a
safeguarding enquiry, the review of what was agreed.

It counts from when it was so and not from when somebody told us, by the standard that stood then. Only a
person's act ends it. Only detention may be extended, once, because of the person's own condition: that no
professional could be found is no reason in law.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from nowrongdoor.rules import clock, law, working_days
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.law import standards
from nowrongdoor.rules.referral import Referral


class StatutoryKind(StrEnum):
    PLACE_OF_SAFETY = "place_of_safety"
    S136_HANDOVER = "s136_handover"
    DOCTOR_HOLDING = "doctor_holding"
    NURSE_HOLDING = "nurse_holding"
    SAFEGUARDING = "safeguarding"
    REVIEW = "review"


ASKS = {
    StatutoryKind.PLACE_OF_SAFETY: "Say which place of safety this is, and who brought the person.",
    StatutoryKind.S136_HANDOVER: "Say which place of safety this is, and which officers brought the person.",
    StatutoryKind.DOCTOR_HOLDING: "Say which ward this is, and which doctor made the report.",
    StatutoryKind.NURSE_HOLDING: "Say which ward this is, and which nurse made the record.",
    StatutoryKind.SAFEGUARDING: "Say in a line what the concern is.",
    StatutoryKind.REVIEW: "Say in a line what was agreed and is to be reviewed.",
}
ENDINGS = {
    StatutoryKind.PLACE_OF_SAFETY: "place_of_safety_endings",
    StatutoryKind.S136_HANDOVER: "s136_handover_endings",
    StatutoryKind.DOCTOR_HOLDING: "doctor_holding_endings",
    StatutoryKind.NURSE_HOLDING: "nurse_holding_endings",
    StatutoryKind.SAFEGUARDING: "safeguarding_endings",
    StatutoryKind.REVIEW: "review_endings",
}
RUNS = {
    StatutoryKind.PLACE_OF_SAFETY: "The clock of a detention in a place of safety",
    StatutoryKind.S136_HANDOVER: "The clock of a handover by the police",
    StatutoryKind.DOCTOR_HOLDING: "The clock of a doctor’s holding power",
    StatutoryKind.NURSE_HOLDING: "The clock of a nurse’s holding power",
    StatutoryKind.SAFEGUARDING: "The clock of a safeguarding enquiry",
    StatutoryKind.REVIEW: "The clock of a review",
}
CONDITION = "condition"
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class StatutoryClock:
    """`standard` is the version it began under and keeps; `doctor` answers for its extension."""

    id: UUID
    kind: str
    referral_id: UUID
    standard: str
    words: str
    started_at: datetime
    due_at: datetime
    recorded_at: datetime
    begun_by_id: UUID
    extended_at: datetime | None
    extended_by_id: UUID | None
    reason: str
    doctor: str
    extension_words: str
    ended_at: datetime | None
    ended_by_id: UUID | None
    outcome: str
    ending_words: str
    version: int = 0


def begin(
    about: Referral,
    *,
    running: Sequence[StatutoryClock],
    clock_id: UUID,
    kind: str,
    words: str,
    started_at: datetime | None,
    nation: str,
    by: UUID,
    at: datetime,
) -> Step:
    """
    Something that the law gives a time has begun for the person; without a time named, now.

    What began long ago may be past its time at once, and is told so. Refuses a time to come, and a second
    clock beside one of the same kind that runs: the first goes on from where it began. `running` are those
    of this referral, `nation` is that of the agency that records it.
    """
    if kind not in set(StatutoryKind):
        raise Refused("Choose which clock begins.", code="kind_unknown", field="kind")
    since = _past(started_at, at)
    others = (one for one in running if one.kind == kind and one.ended_at is None and one.id != clock_id)
    beside = next(others, None)
    if beside is not None:
        raise Refused(
            "This clock is running already, and goes on from when it began.", code="runs_already", of=beside
        )
    need_words(words, field="words", ask=ASKS[StatutoryKind(kind)])
    named = standards.standard(kind, urgency="", nation=nation, services=(), at=since)
    if named is None:
        none = "No standard is known for this at that time. Write when it was, or ask whoever keeps them."
        raise Refused(none, code="no_standard", field="happened_time")
    return began(
        "statutory.begun",
        StatutoryClock(
            id=clock_id,
            kind=kind,
            referral_id=about.id,
            standard=named.version,
            words=words,
            started_at=since,
            due_at=working_days.due(since, named, nation=nation),
            recorded_at=at,
            begun_by_id=by,
            extended_at=None,
            extended_by_id=None,
            reason="",
            doctor="",
            extension_words="",
            ended_at=None,
            ended_by_id=None,
            outcome="",
            ending_words="",
        ),
    )


def extend(
    one: StatutoryClock,
    *,
    reason: str,
    doctor: str,
    words: str,
    hours: int | None,
    decided_at: datetime | None,
    by: UUID,
    at: datetime,
) -> Step:
    """
    The registered medical practitioner responsible decides that detention goes on, because of the person's
    condition; without hours named, for as long as the law lets them at most. Its ladder begins anew.

    Refuses every other reason, saying why; a second extension; one decided after the time had passed; and
    more hours than the version it began under allows.
    """
    _need_running(one)
    most = longest_more(one)
    if most is None:
        raise Refused(
            "Only detention in a place of safety can be extended. This clock goes on as it is.",
            code="not_extendable",
        )
    if one.extended_at is not None:
        raise Refused(
            "This has been extended already, and the law allows that once.", code="extended_already", of=one
        )
    entry = law.code("extension_reasons", reason, at=at, field="reason")
    if entry.entails != CONDITION:
        raise Refused(
            f"{entry.label}: that is no reason in law to detain anybody for longer. Only the person’s own "
            "condition is. The clock goes on, and whoever is on call is told.",
            code="reason_not_allowed",
            field="reason",
        )
    need_words(doctor, field="doctor", ask="Name the registered medical practitioner who is responsible.")
    need_words(words, field="words", ask="Say what it is about the person’s condition, in a line.")
    when = _past(decided_at, at)
    if when < one.started_at:
        before = "That is before they arrived. Write when it was."
        raise Refused(before, code="before_it", field="happened_time")
    if clock.is_late(one.due_at, at=when):
        raise Refused(
            "The time had passed by then, and the law allows an extension only before that. "
            "Say what is being done, and end this when it is over.",
            code="extended_late",
            field="happened_time",
        )
    longer = most if hours is None else hours * HOUR
    if not timedelta() < longer <= most:
        ask = f"Choose from 1 to {most // HOUR} hours: the law allows no more."
        raise Refused(ask, code="too_many_hours", field="hours")
    return changed(
        one,
        "statutory.extended",
        due_at=clock.due_at(one.due_at, longer),
        extended_at=when,
        extended_by_id=by,
        reason=reason,
        doctor=doctor,
        extension_words=words,
    )


def end(
    one: StatutoryClock, *, outcome: str, words: str, ended_at: datetime | None, by: UUID, at: datetime
) -> Step:
    """A person says that it is over, how, and what came of it; without a time named, now."""
    _need_running(one)
    law.code(ENDINGS[StatutoryKind(one.kind)], outcome, at=at, field="outcome")
    need_words(words, field="words", ask="Say in a line what came of it.")
    when = _past(ended_at, at)
    if when < one.started_at:
        raise Refused("That is before it began. Write when it was.", code="before_it", field="happened_time")
    return changed(one, "statutory.ended", ended_at=when, ended_by_id=by, outcome=outcome, ending_words=words)


def need_ended(clocks: Sequence[StatutoryClock]) -> None:
    """Whoever is still detained, or waits for an enquiry or a review, is not let go of."""
    for one in clocks:
        if one.ended_at is None:
            raise Refused(
                f"{RUNS[StatutoryKind(one.kind)]} still runs on this referral. Say first how that ended.",
                code="statutory_runs",
                of=one,
            )


def longest_more(one: StatutoryClock) -> timedelta | None:
    """By how much it may be extended, by its own version; none where the law knows no extension."""
    named = standards.named(one.standard)
    if named is None or named.most is None:
        return None
    return named.most - named.standard.within


def _need_running(one: StatutoryClock) -> None:
    if one.ended_at is not None:
        raise Refused("This has ended already.", code="statutory_ended", of=one)


def _past(told: datetime | None, at: datetime) -> datetime:
    when = told or at
    if when > at:
        raise Refused(
            "That time has not come yet. Write when it was.", code="happens_later", field="happened_time"
        )
    return when
