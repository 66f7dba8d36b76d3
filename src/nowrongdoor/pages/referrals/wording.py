"""A referral in words: its state, its clocks with their rules, its handovers, and what may be done now."""

from datetime import datetime

from django.urls import reverse

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import banners, clocks, code_words, holder_line, pauses, questions, stages, wording
from nowrongdoor.nhsuk.fields import ordinal
from nowrongdoor.nhsuk.shapes import Banner
from nowrongdoor.reading import safe_to_ring
from nowrongdoor.reading.owed import Owed
from nowrongdoor.reading.pauses import PauseLine
from nowrongdoor.reading.referral_record import HandoverLine, ReferralRecord
from nowrongdoor.reading.stage_lines import ContactLine, TouchLines
from nowrongdoor.rules import access, clock
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.promise_kinds import ELSEWHERE, PAUSES
from nowrongdoor.rules.referral import CLOSED
from nowrongdoor.rules.stage import StageKind
from nowrongdoor.rules.words import HandoverState, PromiseKind, PromiseState, ReferralState

STATES = {
    ReferralState.NEW: "Waiting to be triaged",
    ReferralState.WAITING: "Waiting for information, or for the person",
    ReferralState.TRIAGED: "Triaged – waiting for a team to accept",
    ReferralState.ACCEPTED: "Accepted",
    ReferralState.UNDER_WAY: "Help is under way",
    ReferralState.CLOSED: "Closed",
}
SHOWN_WHEN_OPEN = ("take", "be_in_touch", "begin", "visit", "police", "statutory", "offer", "close")
VERBS = {
    "take": "Name yourself as holder",
    "be_in_touch": "Record a contact with the person",
    "begin": "Record that help has begun",
    "visit": "Ask for a visit",
    "police": "Ask the police, and record what they answer",
    "statutory": "Detention, safeguarding or review: their clocks",
    "offer": "Hand over to another team",
    "close": "Close this referral",
    "reopen": "Reopen this referral",
}


def page(record: ReferralRecord, *, in_touch: TouchLines, viewer: Viewer, at: datetime) -> dict[str, object]:
    """Everything the pages of a referral say."""
    about = record.about
    referral = about.referral
    return {
        "record": record,
        "referral": referral,
        "at": at,
        "banner": banner(record, at=at),
        "name": banners.name_of(about.person),
        "needs": ", ".join(code_words.all_words_of("needs", referral.needs, at=at)) or "Needs not known yet",
        "state": _state(record, at=at),
        "pauses": [pauses.words(one, at=at) for one in _pauses(record)],
        "chip": clocks.referral_chip(referral, at=at),
        "clock": _clock(record, at=at),
        "answered": questions.answered(about.contact, at=at),
        "urgency": code_words.urgency_words(referral.urgency, at=at),
        "access": [(stages.NAMES[StageKind(one.kind)], stages.chip(one, at=at)) for one in in_touch.stages],
        "contacts": [_contact(one, at=at) for one in reversed(in_touch.contacts)],
        "holds": holder_line.holds(record.holds),
        "held": holder_line.hold(record.held_now) if record.held_now else None,
        "to_accept": record.held_now is not None and record.held_now.to_accept,
        "may_accept": "accept_re_homed" not in record.why_not,
        "re_homed": _re_homed(record, at=at),
        "holding_seen": record.held_now.holding.version if record.held_now else 0,
        "handovers": [handover(one, at=at) for one in record.handovers],
        "owed": [owed(one, viewer=viewer, at=at) for one in record.owed],
        "acts": _acts(record),
        "may_promise": about.referral.state != CLOSED and access.may_do(viewer, "promise.make", at=at),
        "triage_url": _triage_url(record, viewer=viewer, at=at),
        "outcome": code_words.words_of("close_outcomes", referral.outcome, at=at) if referral.outcome else "",
        "told_by": code_words.words_of("told_by", referral.told_by, at=at) if referral.told_by else "",
    }


def banner(record: ReferralRecord, *, at: datetime) -> Banner | None:
    """Whom it is about, at the top of each of its pages; nothing where nobody is known."""
    about = record.about
    if about.person is None:
        return None
    return banners.person_banner(
        about.person,
        safe=safe_to_ring.about(about.person),
        at=at,
        same_name=about.has_twin,
        url=reverse("person", args=[about.person.id]),
    )


def _contact(one: ContactLine, *, at: datetime) -> dict[str, str]:
    """Who was in touch with the person, how and when, and what came of it."""
    how = code_words.mid_sentence(code_words.words_of("care_contact_ways", one.way, at=at))
    when = wording.local_when(one.happened_at, at=at)
    return {"who": f"{when}: {one.by_name} of {one.team_name}, {how}", "words": one.words}


def _re_homed(record: ReferralRecord, *, at: datetime) -> str:
    """From whom it came without an acceptance, since when and why, while it waits for one."""
    held = record.held_now
    if held is None or held.re_homing is None or not held.to_accept:
        return ""
    moved, before = held.re_homing, record.holds[-2]
    since = wording.local_when(moved.re_homed_at, at=at)
    if moved.from_team_id == moved.to_team_id:
        return f"It stayed with {held.team_name} when {before.member_name or 'its holder'} left, {since}."
    why = code_words.words_of("re_homing_reasons", moved.reason, at=at).lower()
    return f"It came to {held.team_name} from {before.team_name}, {since}: {why}."


def _state(record: ReferralRecord, *, at: datetime) -> str:
    if record.live:
        holder = holder_line.holder_words(record.held_now)
        to = wording.for_service(record.live.receiver_team, record.live.service)
        return f"Offered to {to} – {holder} holds until they accept"
    state = ReferralState(record.about.referral.state)
    # What exactly it waits for stands there, with its time.
    return "" if state == ReferralState.WAITING and _pauses(record) else STATES[state]


def _pauses(record: ReferralRecord) -> list[PauseLine]:
    """What it waits for now, soonest first, beside its own clock."""
    open_now = (one.promise for one in record.owed if one.promise.state == PromiseState.OPEN)
    waits = sorted((one for one in open_now if one.kind in PAUSES), key=lambda one: one.due_at)
    return [PauseLine(one.kind, one.asked_of, one.due_at) for one in waits]


def _clock(record: ReferralRecord, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """The response clock explained: when it is due, the rule, where the rule comes from."""
    referral = record.about.referral
    started = referral.reopened_at or referral.received_at
    rows = [
        ("Received", wording.local_when(referral.received_at, at=at)),
        *([("Reopened", wording.local_when(referral.reopened_at, at=at))] if referral.reopened_at else []),
        ("Due", wording.local_when(referral.due_at, at=at)),
    ]
    standard = clocks.standard_of(referral.standard)
    if standard:
        rows.append(("Rule", f"{standard.label}, from {wording.local_when(started, at=at)}"))
        rows.append(("Source", clocks.source_words(standard)))
    return tuple(rows)


def handover(one: HandoverLine, *, at: datetime) -> dict[str, object]:
    """One handover in a few lines: which it was, between whom, and what came of it."""
    offered = one.handover
    return {
        "url": reverse("handover", args=[offered.id]),
        "hop": f"{ordinal(offered.hop)} handover",
        "between": f"{one.giver_team} to {wording.for_service(one.receiver_team, one.service)}",
        "chip": clocks.offer_chip(offered, at=at),
        "offered": f"Offered {wording.local_when(offered.offered_at, at=at)} by {one.giver_member}",
        "answer": answer_words(one, at=at),
        "ask": offered.ask,
        "read_back": offered.read_back,
        "reason_words": offered.reason_words,
    }


def answer_words(one: HandoverLine, *, at: datetime) -> str:
    """What the receiver, or the giver, did with an offer, and why."""
    offered = one.handover
    if offered.state == HandoverState.RETURNED:
        why = code_words.words_of("return_reasons", offered.reason, at=at).lower()
        return f"{one.answered_by} returned it: {why}. {one.next_team} was asked next."
    if offered.state == HandoverState.WITHDRAWN:
        why = code_words.words_of("withdraw_reasons", offered.reason, at=at).lower()
        return f"{one.answered_by} took the offer back: {why}."
    return f"{one.answered_by} read back:" if offered.state == HandoverState.ACCEPTED else ""


def owed(one: Owed, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    """What is owed, by whom, and whether this viewer may end it."""
    promise = one.promise
    is_open = promise.state == PromiseState.OPEN
    may_end = (
        is_open
        # What has an answer of its own is ended by that, which has its own place on the page.
        and promise.kind not in ELSEWHERE
        and promise.owner_team_id == viewer.team_id
        and access.may_do(viewer, "promise.keep", at=at)
    )
    is_late = is_open and clock.is_late(promise.due_at, at=at)
    return {
        "id": promise.id,
        "may_escalate": is_late and access.may_do(viewer, "promise.escalate", at=at),
        "chip": clocks.promise_chip(promise, at=at),
        # Which word was found, and where: whoever reads the record here sees it marked.
        "words": _owed_words(promise),
        "asked_of": promise.asked_of,
        "who": f"{one.team_name} – {one.member_name}" if one.member_name else one.team_name,
        "is_open": is_open,
        "is_re_homing": promise.kind == PromiseKind.RE_HOMING,
        "may_end": may_end,
        "ending": promise.ending_words,
        "ended_by": one.ended_by,
    }


def _owed_words(promise: Promise) -> str:
    if not promise.held_from:
        return promise.words
    return f"{promise.words} “{promise.held_words}”, in {promise.held_from}."


def _acts(record: ReferralRecord) -> list[dict[str, str]]:
    shown = ("reopen",) if record.about.referral.state == CLOSED else SHOWN_WHEN_OPEN
    return [{"verb": verb, "words": VERBS[verb], "why_not": record.why_not.get(verb, "")} for verb in shown]


def _triage_url(record: ReferralRecord, *, viewer: Viewer, at: datetime) -> str:
    """Where this viewer decides on it, if it is theirs to decide and waits for a decision."""
    held, state = record.held_now, record.about.referral.state
    to_decide = state in (ReferralState.NEW, ReferralState.TRIAGED, ReferralState.WAITING) and not record.live
    if not (held and to_decide and held.holding.team_id == viewer.team_id):
        return ""
    if not access.may_do(viewer, "triage.decide", at=at):
        return ""
    return reverse("triage_decide", args=[record.about.referral.id])
