"""Queues, decisions and what they come to, in the words of whoever triages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import clocks, code_words, pauses, whom, wording
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.pages.triage import specialists
from nowrongdoor.reading.handover_lines import HandoverLine
from nowrongdoor.reading.referral_record import About, ReferralRecord
from nowrongdoor.reading.triage_case import Case, Involved
from nowrongdoor.reading.triage_inbox import InboxLine
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Contact

QUEUES = {
    "all": "All to decide",
    "mine": "Mine",
    "unclaimed": "No holder who triages",
    "information": "Waiting for others",
    "soon": "Due in 1 hour",
    "late": "Late",
    "returned": "Returned to us",
    "offered": "Offered to us",
}
NOTHING = {
    "all": "Nothing your team holds is waiting for a decision.",
    "mine": "You have nothing to decide on.",
    "unclaimed": "Each has a holder by name who triages.",
    "information": "Nothing is waiting for information, or for a person.",
    "soon": "Nothing falls due in the next hour.",
    "late": "Nothing is late.",
    "returned": "No team has returned anything that your team still holds.",
    "offered": "No team is waiting for your team's answer.",
}
DECISIONS = [
    ("accept", "Accept"),
    ("hand", "Hand to…"),
    ("ask", "Ask, or wait"),
    ("advise", "Advice only"),
    ("duplicate", "Duplicate of…"),
]
ANSWERS = [("accept", "Accept"), ("decline", "Decline and return")]
# Single keys that choose a decision while the focus is in the list.
KEYS = {"accept": "a", "hand": "t", "ask": "m", "decline": "d"}
WAITS_FOR = [
    ("information", "Information: somebody is asked"),
    ("the_person", "The person: they want time, or cannot be reached yet"),
]
WITHIN = [
    ("30", "In 30 minutes"),
    ("60", "In 1 hour"),
    ("120", "In 2 hours"),
    ("480", "In 8 hours"),
    ("1440", "In 24 hours"),
    ("2880", "In 2 days"),
    ("4320", "In 3 days"),
    ("10080", "In 7 days"),
]
# So many teams are named beside a case; the list in the form has them all.
SUGGESTED = 5
# The box of the form that a refusal of the rules is about, for each decision.
BOXES = {
    "ask": {"words": "question", "due_at": "within"},
    "advise": {"told": "advice_told", "told_by": "advice_told_by"},
    "duplicate": {"told": "duplicate_told", "told_by": "duplicate_told_by"},
}
STATES = {
    "new": "not triaged yet",
    "waiting": "waiting for information, or for the person",
    "triaged": "triaged, waiting for a team to accept",
    "accepted": "accepted",
    "under_way": "help is under way",
    "closed": "closed",
}


@dataclass(frozen=True)
class Row:
    """A line of the inbox."""

    id: str
    url: str
    name: str
    about: str
    flags: tuple[str, ...]
    chip: Chip
    words: str
    needs: str
    came: str
    marks: tuple[str, ...]
    acts: tuple[tuple[str, str, str], ...]
    is_open: bool


def row(one: InboxLine, *, queue: str, at: datetime, after: str = "", opened: UUID | None = None) -> Row:
    """
    One line: when it is due, whom it is about, what was said, where it comes from. `opened` is the
    referral that is looked at beside the list, and `after` where in the queue the list begins.
    """
    asked = {"queue": queue} | ({"after": after} if after else {})
    url = f"{reverse('triage_decide', args=[one.referral_id])}?{urlencode(asked)}"
    if one.offer_id:
        chip = clocks.answer_chip(answer_by=one.due_at, offered_at=one.received_at, at=at)
        acts = (
            ("Accept", f"{url}&decide=accept", "a"),
            ("Decline", f"{url}&decide=decline", "d"),
        )
    else:
        chip = clocks.response_chip(
            state=one.state, due_at=one.due_at, standard=one.standard, since_at=one.since_at, at=at
        )
        acts = (
            ("Decide", url, ""),
            ("Ask", f"{url}&decide=ask", "m"),
            ("Hand on", f"{url}&decide=hand", "t"),
        )
    return Row(
        id=f"r-{one.offer_id or one.referral_id}",
        url=url,
        name=whom.name(one.whom),
        about=whom.about(one.whom, at=at),
        flags=whom.flags(one.whom),
        chip=chip,
        words=whom.line(one.words),
        needs=whom.needs(one.needs, at=at),
        came=", ".join(part for part in (one.from_team, one.member) if part),
        marks=_marks(one, queue=queue, at=at),
        acts=acts,
        is_open=one.referral_id == opened,
    )


def _marks(one: InboxLine, *, queue: str, at: datetime) -> tuple[str, ...]:
    said = []
    # Only where nobody has taken it yet: whoever has is the one to know.
    wanted = specialists.wanted(one.needs, at=at) if queue == "unclaimed" else ""
    if wanted:
        said.append(f"Wants {wanted}")
    if one.returned:
        said.append("Returned once" if one.returned == 1 else f"Returned {one.returned} times")
    if one.offered_to:
        said.append(f"Offered to {one.offered_to}")
    if one.pause or one.state == "waiting":
        said.append(pauses.words(one.pause, at=at) or pauses.WAITING)
    return tuple(said)


def within(*, at: datetime) -> list[tuple[str, str]]:
    """By when: as the standards of the day say, or sooner or later by choice, up to the longest of each."""
    usual = {one.code: wording.duration(one.within) for one in law.promise_times(on=local_date(at))}
    said = f"Usual: {usual['information']}; the person {usual['the_person']}"
    return [("", said), *WITHIN]


def other_words(one: Involved, *, at: datetime) -> str:
    """Another open referral, as a choice: what it asks, who holds it, since when."""
    needs = whom.needs(one.needs, at=at)
    received = wording.local_when(one.received_at, at=at)
    asked = ": ".join(filter(None, (needs, whom.line(one.request, 90))))
    return f"{asked} (held by {one.team}, received {received})"


def could_respond(case: Case, *, queue: str, at: datetime) -> list[dict[str, str]]:
    """
    The first few teams, by agency and name, with a service for a need of this person; nothing but the
    need is weighed. The address is the decision with that team chosen.
    """
    needs, found = case.record.about.referral.needs, []
    decide = reverse("triage_decide", args=[case.record.about.referral.id])
    for one in case.teams:
        offered = {need for service in one.services for need in service.needs}
        met = tuple(need for need in needs if need in offered)
        if met:
            found.append({
                "team": one.team.name,
                "agency": one.agency_name,
                "services": wording.listed(
                    service.name for service in one.services if set(met) & set(service.needs)
                ),
                "needs": whom.needs(met, at=at).lower(),
                "url": f"{decide}?queue={queue}&decide=hand&team={one.team.id}#boxes",
            })  # fmt: skip
    return found[:SUGGESTED]


def decided_by(about: About, *, at: datetime) -> str:
    """`Emyr Llewelyn, mental health nurse, 13:20`; nothing while nobody has decided."""
    if about.referral.triaged_at is None:
        return ""
    discipline = about.referral.triaged_as
    # A decision made before disciplines were recorded is told with the job title.
    title = code_words.words_of("disciplines", discipline, at=at) if discipline else about.triaged_by_title
    title = code_words.mid_sentence(title)
    when = wording.local_when(about.referral.triaged_at, at=at)
    return ", ".join(part for part in (about.triaged_by, title, when) if part)


def said_by(contact: Contact | None, *, at: datetime) -> str:
    """`Mrs Bell (carer), telephone, 12:54`: whose words these are, and how they reached us."""
    if contact is None:
        return ""
    kind = code_words.words_of("caller_kinds", contact.caller_kind, at=at) if contact.caller_kind else ""
    channel = code_words.words_of("channels", contact.channel, at=at).lower()
    who = contact.caller_name or kind
    if contact.caller_name and kind:
        who = f"{contact.caller_name} ({kind.lower()})"
    about = f"about {contact.about}" if contact.about else ""
    when = wording.local_when(contact.happened_at, at=at)
    said = ", ".join(part for part in (who, about, channel, when) if part)
    return said[0].upper() + said[1:]


def now_true(record: ReferralRecord) -> str:
    """How things stand, for someone who was overtaken: who holds this now, and in which state it is."""
    state = STATES[record.about.referral.state]
    held = record.held_now
    if held is None:
        return f"It is {state}: nobody holds it any more."
    holder = ", ".join(part for part in (held.team_name, held.member_name) if part)
    offered = f" {record.live.receiver_team} has been asked to take it on." if record.live else ""
    return f"{holder} holds it now; it is {state}.{offered}"


def done_words(
    decision: str, record: ReferralRecord, *, team: str, member: str, to_team: str, at: datetime
) -> tuple[str, str]:
    """What has just been decided, and who holds the person now; named, for the next page is another's."""
    about = record.about
    received = wording.local_when(about.referral.received_at, at=at)
    name = about.person.name if about.person else f"Someone without a name, received {received},"
    return {
        "accept": ("Accepted", f"{name} is with {team}, {member}."),
        "hand": (
            f"Offered to {to_team}",
            f"{name} stays with {team} until they accept, and {team} answers until then.",
        ),
        "ask": ("What is waited for is on record", f"{name} stays with {team}. The response clock runs on."),
        "advise": ("Closed with advice", f"{name} has been told, and it is on record."),
        "duplicate": ("Closed as a duplicate", f"{name} goes on being held on the other referral."),
    }[decision]


def answered_words(
    decision: str, record: ReferralRecord, *, team: str, member: str, next_team: str
) -> tuple[str, str]:
    """What the answer to an offer came to, and who holds the person now."""
    name = record.about.person.name if record.about.person else "Someone without a name"
    if decision == "accept":
        return "Accepted", f"{name} is with {team} now, {member}."
    giver = record.held_now.team_name if record.held_now else "The giver"
    return (
        f"Declined, and {next_team} was asked",
        f"{name} stays with {giver}, who answers until {next_team} accepts, by the same time as before.",
    )


def nothing(queue: str, *, oldest_at: datetime | None, at: datetime) -> str:
    """What is true of an empty queue, and how long the longest of all the team must decide on has waited."""
    if oldest_at is None or queue == "all":
        return NOTHING[queue]
    waited = wording.duration(at - oldest_at)
    return f"{NOTHING[queue]} The longest wait of all that your team must decide on: {waited}."


def asked_of_us(record: ReferralRecord) -> HandoverLine | None:
    """The handover by which this came to whoever holds it now, if it came by one."""
    held = record.held_now
    if held is None or held.holding.handover_id is None:
        return None
    return next((one for one in record.handovers if one.handover.id == held.holding.handover_id), None)


def urgency_sources(*, at: datetime) -> str:
    """What a response time is, and where each comes from."""
    sources = "; ".join(
        f"{one.label}: {clocks.source_words(one)}" for one in law.response_times(on=local_date(at))
    )
    return f"Urgency is how soon someone should respond. It says nothing about the person. {sources}."


def shown(lines: Iterable[InboxLine]) -> list[Seen]:
    """
    Whom these lines show, for the record of who was looked at. Whoever decides reads here what was said, in
    its own words; of an offer what is asked.
    """
    return [Seen(one.person_id, one.referral_id, None, _shows(one)) for one in lines]


def _shows(one: InboxLine) -> tuple[str, ...]:
    shows = ("answerable", "identity", "response")
    return shows if one.offer_id else (*shows, "story")
