"""
What staff wrote, looked through for words that may keep help from somebody, however long ago it was written.

A record is not held back and not rewritten: what was handed over, answered or decided is there for the next
one to read at once. What may keep help from somebody in it is raised, for somebody other than its writer to
read and say whether it holds. Lines that staff know first, and that stand since before the list of words
named them, are shown as waiting like any other. What a person, or somebody close to them, said themselves is
no instruction and is never looked through. How soon anybody is answered does not change by any of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from nowrongdoor.rules import promise, withholding
from nowrongdoor.rules.change import Step, Steps, changed
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.words import PromiseKind

PERSON, CONTACT, ABOUT_ME = "people:person", "contacts:contact", "people:aboutanswer"
KNOW_FIRST = "know_first"
# Which columns of which rows staff write for the next one to read, and what each is in words. A row is named
# with a colon: with a point it would read as something that happened.
READ: Mapping[str, Mapping[str, str]] = {
    "contacts:contact": {
        "words": "what a professional said",
        "wish": "what a professional asked for",
        "closing_words": "what came of a contact",
    },
    "contacts:signpost": {"words": "what they were told of a service"},
    "referrals:referral": {
        "request": "what a referral asks for",
        "triage_words": "why it was decided so",
        "triaged_as_words": "why they decided on it",
        "told": "what the person was told at the end",
        "reopening_words": "why it was reopened",
    },
    "handovers:handover": {
        "why_urgent": "how urgent an offer is, and why",
        "summary": "what an offer says has happened",
        "done": "what an offer says was done",
        "ask": "what an offer asks",
        "watch_for": "what an offer says to watch for",
        "told": "what an offer says the person was told",
        "read_back": "what a team said it would do",
        "reason_words": "why an offer was returned or taken back",
    },
    "handovers:chase": {"words": "what was said about an offer"},
    "holdings:rehoming": {"words": "why it was re-homed", "read_back": "what a team said it would do"},
    "promises:promise": {
        "words": "what is owed",
        "asked_of": "who is asked",
        "ending_words": "what came of what was owed",
    },
    "promises:escalation": {"words": "what was asked when it was raised"},
    "clocks:reply": {
        "decision": "what was decided about a clock",
        "dissent": "who disagreed about a clock, and why",
        "told": "what the person was told",
    },
    "stages:carecontact": {"words": "what came of being in touch"},
    "stages:statutoryclock": {
        "words": "what the law gives a time",
        "extension_words": "why it was extended",
        "ending_words": "how it ended",
    },
    "guidance:advice": {"reason_words": "why it was decided otherwise than advised"},
    "police:policedecision": {
        "words": "what the police said",
        "new_fact": "what was new to the police",
        "call_back_when": "when the caller is to ring again",
        "seen_words": "what the police saw",
        "our_view": "what we think",
        "police_view": "what the police think",
    },
    "police:policepath": {"words": "what was said with the police path"},
    "police:policereview": {"learned": "what was learned with the police", "change": "what changes"},
    "visits:visit": {
        "need": "what a visit is for",
        "access_words": "how to get in",
        "chosen_words": "why this crew",
        "ended_words": "what came of a visit",
        "others_words": "who else was asked to a visit",
    },
    "people:aboutanswer": {"words": "what is known about the person"},
    "people:incircle": {"words": "how to involve somebody close", "why": "why that was changed"},
}
SUBJECTS = tuple(one.replace(":", ".") for one in (*READ, PERSON))
LINKED = ("contact.linked", "referral.person_linked", "promise.person_linked")
"""It is known now whom it is about: what was written before is looked through with it."""
# What a second reader says of what waited is an answer to it, and waits for nobody.
ANSWERS = ("promise.agreed", "promise.reworded", "promise.set_aside")
# Whose words they are, where somebody other than staff may have said them.
PROFESSIONAL, PERSONS_OWN, CLOSE, OURS = "professional", ("person", "close"), "close", "ours"


@dataclass(frozen=True)
class Written:
    """What one entry of the journal says was written: `became` is each column with its value from then on."""

    subject: str
    subject_id: UUID
    kind: str
    was: Mapping[str, Any]
    became: Mapping[str, Any]
    by_id: UUID


    @property
    def row(self) -> str:
        return self.subject.replace(".", ":")


@dataclass(frozen=True)
class About:
    """Whom it is about, in which open record it is kept, and which team answers for its being read."""

    person_id: UUID
    referral_id: UUID | None
    contact_id: UUID | None
    team_id: UUID


def in_record(written: Written, *, about: About, at: datetime) -> Steps:
    """
    One second reading for each text with such a word; its key follows from row, column and text, so that it
    is raised once however often it is looked through. It names the word and where it stands, and repeats
    nothing: whoever may not read the text is not told it here.
    """
    return tuple(
        promise.make(
            promise_id=uuid5(written.subject_id, f"{PromiseKind.SECOND_READING} {column} {text}"),
            kind=PromiseKind.SECOND_READING,
            team_id=about.team_id,
            member_id=None,
            words=withholding.OWED,
            due_at=None,
            at=at,
            person_id=about.person_id,
            referral_id=about.referral_id,
            contact_id=about.contact_id,
            by_rows=True,
            held_words=", ".join(words),
            held_from=where,
            written_by_id=written.by_id,
        )
        for column, where, text, words in _found(written, at=at)
    )


def stood_before(
    written: Written, known: Person, *, read: Collection[Promise], team_id: UUID, at: datetime
) -> Steps:
    """
    Lines that staff know first, that this entry brought and that still stand, without anybody having read
    them a second time: from now on they are shown as waiting. `read` is whatever waited or waits of theirs.
    """
    if written.row != PERSON or KNOW_FIRST not in written.became:
        return ()
    brought = set(_lines(written.became[KNOW_FIRST])) - set(_lines(written.was.get(KNOW_FIRST)))
    seen = {one.held_words for one in read}
    lines = _lines(known.know_first)
    waits = tuple(
        line for line in lines if line in brought and line not in seen and withholding.found(line, at=at)
    )
    if not waits:
        return ()
    shown: Step = changed(
        known,
        "person.line_waits",
        know_first="\n".join(line for line in lines if line not in waits),
        know_waits="\n".join((*_lines(known.know_waits), *waits)),
    )
    owed = withholding.wait(
        waits, after=known.id, person=shown.change.after, team_id=team_id, writer_id=written.by_id, at=at
    )
    return (shown, *owed)


def _found(written: Written, *, at: datetime) -> list[tuple[str, str, str, tuple[str, ...]]]:
    if written.kind in ANSWERS or _is_their_own(written):
        return []
    found = []
    for column, where in READ.get(written.row, {}).items():
        text = written.became.get(column)
        if not isinstance(text, str) or not text.strip():
            continue
        if words := withholding.found(text, use=withholding.IN_RECORDS, at=at):
            found.append((column, where, text, words))
    return found


def _is_their_own(written: Written) -> bool:
    """What the person, or somebody close to them, said in their own words."""
    if written.row == CONTACT:
        return "caller_kind" in written.became and written.became["caller_kind"] != PROFESSIONAL
    if written.row == ABOUT_ME:
        said = written.became
        return said.get("said_by") in PERSONS_OWN and said.get("whose_words") != OURS
    return False


def _lines(text: Any) -> list[str]:
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]
