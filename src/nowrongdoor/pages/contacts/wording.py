"""How a contact is told: what was said in whose words, and what came of it."""

from collections.abc import Collection
from datetime import datetime

from nowrongdoor.nhsuk import clocks, code_words, message_words, wording
from nowrongdoor.nhsuk.holder_line import holder_words
from nowrongdoor.reading.contact_record import ContactRecord
from nowrongdoor.reading.owed import Owed
from nowrongdoor.reading.signposts_of import SignpostLine
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.promise_kinds import ELSEWHERE
from nowrongdoor.rules.words import ContactState, PromiseKind, PromiseState

Rows = tuple[tuple[str, str], ...]


NOT_SHOWN = "Not shown to you"


def facts(contact: Contact, *, hidden: Collection[str], at: datetime) -> Rows:
    """
    What was asked and answered, in the order of the form; what was not written down says so, and what is not
    this viewer's to read never looks like it.
    """
    caller = ", ".join(
        part
        for part in (
            contact.caller_name,
            code_words.words_of("caller_kinds", contact.caller_kind, at=at) if contact.caller_kind else "",
            contact.caller_agency,
        )
        if part
    )
    safe = contact.safe_to_call and code_words.words_of("safe_to_call", contact.safe_to_call, at=at)
    rows = (
        ("Reached us by", "channel", code_words.words_of("channels", contact.channel, at=at)),
        ("Caller", "caller_name", caller),
        *((("About", "about", contact.about),) if contact.about else ()),
        ("Number", "callback_number", contact.callback_number),
        ("Safe to ring", "safe_to_call", safe),
        ("Where they were", "where", contact.where),
        ("With them", "at_home", contact.at_home),
        ("Communication and access", "access_needs", contact.access_needs),
        ("Sharing", "sharing_words", contact.sharing_words),
    )
    return tuple(
        (what, words or (NOT_SHOWN if column in hidden else "Not recorded")) for what, column, words in rows
    )


def outcome(record: ContactRecord, *, at: datetime) -> str:
    """`Handed over to a team – closed 14:02 by Sam Okafor`, or that it is still open."""
    contact = record.contact
    words = code_words.words_of("contact_outcomes", contact.outcome, at=at)
    if contact.state == ContactState.OPEN:
        return f"{words} – still open"
    when = wording.local_when(contact.closed_at or contact.received_at, at=at)
    return f"{words} – closed {when} by {record.closed_by}"


def referrals(record: ContactRecord, *, at: datetime) -> tuple[dict[str, object], ...]:
    """What was referred from it, with its clock and its holder now."""
    return tuple(
        {
            "id": one.referral.id,
            "needs": wording.listed(code_words.all_words_of("needs", one.referral.needs, at=at))
            or "Needs not known yet",
            "is_open": one.held_now is not None,
            "holder": holder_words(one.held_now),
            "chip": clocks.referral_chip(one.referral, at=at),
        }
        for one in record.referrals
    )


def owed(promises: tuple[Owed, ...], *, at: datetime) -> tuple[dict[str, object], ...]:
    """Call backs, each with its clock and who owes it."""
    return tuple(
        {
            "id": one.promise.id,
            "words": one.promise.words,
            "who": f"{one.team_name} – {one.member_name}" if one.member_name else one.team_name,
            "chip": clocks.promise_chip(one.promise, at=at),
            "is_elsewhere": one.promise.kind in ELSEWHERE,
            "is_call": one.promise.kind == PromiseKind.JUST_TO_TALK,
            "is_open": one.promise.state == PromiseState.OPEN,
            "ending": one.promise.ending_words,
            "ended_by": one.ended_by,
        }
        for one in promises
    )


def told_of(lines: Collection[SignpostLine], *, at: datetime) -> list[dict[str, object]]:
    """Of which services they were told, each with whether they want to be asked how it went."""
    return [
        {
            "signpost": one.signpost,
            "by_name": one.by_name,
            "came_of": code_words.ending(one.signpost.came_of, at=at) if one.signpost.came_of else "",
            "asks": code_words.words_of("ask_after", one.signpost.ask_after, at=at)
            if one.signpost.ask_after
            else "",
            "sent": message_words.came_of(one.leaflet, at=at) if one.leaflet else "",
        }
        for one in lines
    ]
