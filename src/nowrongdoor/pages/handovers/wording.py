"""A handover in words: the message in I-PASS shape, its clock, and how it stands on either side."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from nowrongdoor.nhsuk import banners, chases, clocks, code_words, holder_line, numbers, questions, wording
from nowrongdoor.nhsuk.fields import ordinal
from nowrongdoor.pages.handovers import grounds
from nowrongdoor.reading import safe_to_ring
from nowrongdoor.reading.handover_lines import AttachmentLine, ChaseLine, HandoverLine
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.reading.referral_record import About
from nowrongdoor.rules.attachment import JPEG, PDF, PNG, TEXT, KeptFile, media_type_of, plain_name, size_words
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.rules.words import HandoverState

SECTIONS = (
    ("How urgent, and why", "why_urgent"),
    ("Summary", "summary"),
    ("What has been done", "done"),
    ("What you are asked to do", "ask"),
    ("What to watch for, and what to do if it happens", "watch_for"),
    ("What the person was told, and what they want", "told"),
)

BECAME = {
    HandoverState.ACCEPTED: "accepted it",
    HandoverState.RETURNED: "returned it",
    HandoverState.WITHDRAWN: "took it back",
}
NOT_WRITTEN, NOT_SHOWN = "Nothing written.", "Not shown to you."
KINDS = {PDF: "PDF", PNG: "picture", JPEG: "picture", TEXT: "text"}


def message(
    about: About,
    said: Message,
    *,
    giver: str,
    receiver: str,
    hop: int,
    answer_by: datetime,
    at: datetime,
    files: Sequence[dict[str, str]] = (),
    shared: SharingDecision | None = None,
    hidden: Collection[str] = (),
) -> dict[str, object]:
    """The one-pager, the same for preview, the receiver's page and paper. `hidden` boxes say so."""
    basis = said.sharing_basis
    return {
        "from": giver,
        "to": receiver,
        "hop": f"{ordinal(hop)} handover",
        "answer_by": wording.local_when(answer_by, at=at),
        "name": banners.name_of(about.person),
        "age": banners.age_of(about.person, at=at),
        "needs": ", ".join(code_words.all_words_of("needs", about.referral.needs, at=at))
        or "Needs not known yet",
        "urgency": code_words.urgency_words(about.referral.urgency, at=at),
        "due": wording.local_when(about.referral.due_at, at=at),
        "sections": tuple(
            (heading, getattr(said, name), NOT_SHOWN if name in hidden else NOT_WRITTEN)
            for heading, name in SECTIONS
        ),
        "words": about.referral.words,
        "where": about.contact.where if about.contact else "",
        "at_home": about.contact.at_home if about.contact else "",
        "access": about.person.access_needs
        if about.person
        else about.contact.access_needs
        if about.contact
        else "",
        "number": number.words if (number := numbers.to_ring(about.contact)) else "",
        "about": about.contact.about if about.contact and not about.person else "",
        "answered": questions.answered(about.contact, at=at),
        "basis": code_words.words_of("sharing_bases", basis, at=at)
        if basis
        else NOT_SHOWN
        if "sharing_basis" in hidden
        else "Not said",
        "grounds": grounds.of(shared, at=at) if shared else (),
        "sharing_words": about.contact.sharing_words if about.contact else "",
        "files": files,
    }


def files_to_save(files: Iterable[AttachmentLine]) -> list[dict[str, str]]:
    """The files of an offer with where each is to be had."""
    return [
        _file(one.name, one.media_type, one.size, url=reverse("attachment", args=[one.id])) for one in files
    ]


def kept_files(files: Iterable[KeptFile]) -> list[dict[str, str]]:
    """Files that are chosen and not sent yet."""
    return [
        _file(plain_name(one.name), media_type_of(one.chosen), len(one.content), key=str(one.id))
        for one in files
    ]


def _file(name: str, media_type: str, size: int, *, url: str = "", key: str = "") -> dict[str, str]:
    return {"name": name, "about": f"{KINDS[media_type]}, {size_words(size)}", "url": url, "key": key}


def page(record: HandoverRecord, *, at: datetime) -> dict[str, object]:
    """Everything the pages of one handover say."""
    asked, offered = record.asked, record.asked.handover
    return {
        **whom(record.about, at=at),
        "record": record,
        "handover": offered,
        "at": at,
        "message": message(
            record.about,
            offered.message,
            giver=f"{asked.giver_team} – {asked.giver_member}",
            receiver=wording.for_service(asked.receiver_team, asked.service),
            hop=offered.hop,
            answer_by=offered.answer_by,
            at=at,
            files=files_to_save(record.files),
            shared=record.shared,
            hidden=record.hidden,
        ),
        "chip": clocks.offer_chip(offered, at=at),
        "offered_when": wording.local_when(offered.offered_at, at=at),
        "heading": _heading(asked),
        "answer": _answer(asked, at=at),
        "held": holder_line.hold(record.held_now) if record.held_now else None,
        "may_answer": record.waits and "accept" not in record.why_not,
        "may_return": record.waits and "send_back" not in record.why_not,
        "may_withdraw": record.waits and "withdraw" not in record.why_not,
        "may_chase": record.waits and "chase" not in record.why_not,
        "chases": [chased(one, at=at) for one in asked.chases],
        "why_not": record.why_not.get("accept", ""),
        "others": [_other(one, at=at) for one in record.others],
        "next_url": reverse("handover", args=[offered.next_handover_id]) if offered.next_handover_id else "",
    }


def now_true(record: HandoverRecord) -> str:
    """Who holds the person since, after a colleague was first."""
    if record.held_now is None:
        return "The referral is closed since."
    who, holder = banners.name_of(record.about.person), holder_line.holder_words(record.held_now)
    return f"{who} is held by {holder}. Nothing you did has changed that."


def chased(one: ChaseLine, *, at: datetime) -> dict[str, str]:
    """Who asked after the offer, when and how, and what was said."""
    return {"who": chases.chased_words(one, at=at), "words": one.words}


def sent_before(record: HandoverRecord, *, at: datetime) -> str:
    """What became of an offer that is on record, for whoever sends its form again."""
    asked = record.asked
    when = wording.local_when(asked.handover.offered_at, at=at)
    said = f"This was already offered to {asked.receiver_team} at {when}"
    did = BECAME.get(HandoverState(asked.handover.state))
    if did is None or asked.handover.answered_at is None:
        return said
    return f"{said}; {asked.answered_by} {did} {wording.local_when(asked.handover.answered_at, at=at)}"


def whom(about: About, *, at: datetime) -> dict[str, object]:
    known, safe = about.person, safe_to_ring.about(about.person)
    url = reverse("person", args=[known.id]) if known else ""
    return {
        "referral": about.referral,
        "at": at,
        "name": banners.name_of(known),
        "banner": known and banners.person_banner(known, safe=safe, at=at, same_name=about.has_twin, url=url),
        "needs": ", ".join(code_words.all_words_of("needs", about.referral.needs, at=at))
        or "Needs not known yet",
    }


def _heading(asked: HandoverLine) -> str:
    to = wording.for_service(asked.receiver_team, asked.service)
    said = {
        HandoverState.OFFERED: f"Offered to {to}",
        HandoverState.ACCEPTED: f"Accepted by {asked.receiver_team}",
        HandoverState.RETURNED: f"Returned by {asked.receiver_team}",
        HandoverState.WITHDRAWN: f"Offer to {asked.receiver_team}, taken back",
    }
    return said[HandoverState(asked.handover.state)]


def _answer(asked: HandoverLine, *, at: datetime) -> dict[str, str] | None:
    offered = asked.handover
    if offered.answered_at is None:
        return None
    when = wording.local_when(offered.answered_at, at=at)
    if offered.state == HandoverState.ACCEPTED:
        return {"who": f"{asked.answered_by} accepted this {when} and read back:", "words": offered.read_back}
    if offered.state == HandoverState.RETURNED:
        why = code_words.words_of("return_reasons", offered.reason, at=at).lower()
        return {"who": f"{asked.answered_by} returned this {when}: {why}. {asked.next_team} was asked next.",
                "words": offered.reason_words}  # fmt: skip
    why = code_words.words_of("withdraw_reasons", offered.reason, at=at).lower()
    return {"who": f"{asked.answered_by} took the offer back {when}: {why}.", "words": offered.reason_words}


def _other(one: HandoverLine, *, at: datetime) -> dict[str, object]:
    return {
        "url": reverse("handover", args=[one.handover.id]),
        "hop": f"{ordinal(one.handover.hop)} handover",
        "between": f"{one.giver_team} to {wording.for_service(one.receiver_team, one.service)}",
        "chip": clocks.offer_chip(one.handover, at=at),
    }
