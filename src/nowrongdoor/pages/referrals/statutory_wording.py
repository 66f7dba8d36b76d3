"""What the law gives a time, in words: what runs, since when, by which rule, and how it ended."""

from datetime import datetime, timedelta

from django.urls import reverse

from nowrongdoor.nhsuk import clocks, code_words, wording
from nowrongdoor.reading.statutory_lines import StatutoryLine
from nowrongdoor.rules import law, statutory
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import standards
from nowrongdoor.rules.statutory import CONDITION, ENDINGS, StatutoryClock, StatutoryKind

NAMES = {
    StatutoryKind.PLACE_OF_SAFETY: "Detention in a place of safety (section 136), from the arrival there",
    StatutoryKind.S136_HANDOVER: "The handover by the police at a place of safety, from the arrival there",
    StatutoryKind.NURSE_HOLDING: "A nurse’s holding power on a ward (section 5(4)), from the record of it",
    StatutoryKind.DOCTOR_HOLDING: "A doctor’s holding power on a ward (section 5(2)), from the report of it; "
    "where a nurse held them first, from then",
    StatutoryKind.SAFEGUARDING: "A safeguarding enquiry",
    StatutoryKind.REVIEW: "The wait for a review of what was agreed",
}
SHORT = {
    StatutoryKind.PLACE_OF_SAFETY: "Place of safety (section 136)",
    StatutoryKind.S136_HANDOVER: "Handover by the police (section 136)",
    StatutoryKind.NURSE_HOLDING: "A nurse’s holding power (section 5(4))",
    StatutoryKind.DOCTOR_HOLDING: "A doctor’s holding power (section 5(2))",
    StatutoryKind.SAFEGUARDING: "Safeguarding enquiry",
    StatutoryKind.REVIEW: "Review of what was agreed",
}


def line(found: StatutoryLine, *, at: datetime) -> dict[str, object]:
    """One clock as it stands: its chip, its story, and where it is extended or ended."""
    one = found.clock
    is_running = one.ended_at is None
    gone = f", {wording.duration(at - one.started_at)} ago" if is_running else ""
    return {
        "name": SHORT[StatutoryKind(one.kind)],
        "chip": _chip(one, at=at),
        "words": one.words,
        "begun": f"Began {wording.local_when(one.started_at, at=at)}{gone}; recorded by {found.begun_by}"
        f" {wording.local_when(one.recorded_at, at=at)}",
        "rule": clocks.rule_words(one.standard, started_at=one.started_at, at=at),
        "extended": _extended(found, at=at),
        "extension_words": one.extension_words,
        "ended": _ended(found, at=at),
        "ending_words": one.ending_words,
        "extend_url": reverse("statutory_extend", args=[one.id])
        if is_running and _may_be_longer(one)
        else "",
        "end_url": reverse("statutory_end", args=[one.id]) if is_running else "",
        "back": reverse("referral_statutory", args=[one.referral_id]),
        "until": wording.local_when(one.due_at, at=at),
    }


def most(one: StatutoryClock) -> str:
    """How much longer the law lets it be at most; nothing where it knows no extension."""
    longer = statutory.longest_more(one)
    return wording.duration(longer) if longer else ""


def no_reasons(*, at: datetime) -> str:
    """What is no reason in law, said where somebody might look for it."""
    every = law.codes("extension_reasons", on=local_date(at))
    return wording.listed(code_words.mid_sentence(one.label) for one in every if one.entails != CONDITION)


def rules(*, at: datetime) -> list[str]:
    """Each standard of these as it stands today, with its source."""
    return [
        f"{one.label} ({one.provenance.jurisdiction}). Source: {clocks.source_words(one)}"
        for one in standards.of_facts(tuple(StatutoryKind), on=local_date(at))
    ]


def _chip(one: StatutoryClock, *, at: datetime) -> wording.Chip:
    rule = clocks.rule_words(one.standard, started_at=one.started_at, at=at)
    if one.ended_at is None:
        return wording.chip(one.due_at, at=at, rule_words=rule)
    late = one.ended_at - one.due_at
    said = f", {wording.duration(late)} late" if late >= timedelta() else ""
    was_due = f"Was due {wording.local_when(one.due_at, at=at)}. {rule}"
    return wording.done_chip(f"Ended {wording.local_when(one.ended_at, at=at)}{said}", rule_words=was_due)


def _may_be_longer(one: StatutoryClock) -> bool:
    return one.extended_at is None and statutory.longest_more(one) is not None


def _extended(found: StatutoryLine, *, at: datetime) -> str:
    one = found.clock
    if one.extended_at is None:
        return ""
    why = code_words.mid_sentence(code_words.words_of("extension_reasons", one.reason, at=at))
    by = f" by {one.doctor}" if one.doctor else ""
    return (
        f"Extended {wording.local_when(one.extended_at, at=at)}{by}: {why}. Recorded by {found.extended_by}."
    )


def _ended(found: StatutoryLine, *, at: datetime) -> str:
    one = found.clock
    if one.ended_at is None:
        return ""
    how = code_words.words_of(ENDINGS[StatutoryKind(one.kind)], one.outcome, at=at)
    return f"{how}. Recorded by {found.ended_by}."
