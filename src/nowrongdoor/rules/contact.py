"""
A contact: one approach to us, from any door, recorded once and in the caller's own words.

The caller may be the person, a carer, a professional of any agency, or nobody we may name. Only
the channel and the outcome must be known. A caller who was lost is owed a call back: the contact
stays open until someone has rung.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.rules import law, promise
from nowrongdoor.rules import referral as referrals
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, changed, moved
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import ContactState, PromiseKind

MOVES: Moves = {
    "receive": {None: ContactState.OPEN},
    "close": {ContactState.OPEN: ContactState.CLOSED},
}
REFUSALS: Refusals = {
    ContactState.OPEN: "This contact is still open.",
    ContactState.CLOSED: "This contact has already been closed.",
}
SKEW = timedelta(minutes=2)
# A letter may be recorded late; a time beyond this is a slip, or somebody trying the form.
REACH = timedelta(days=366)
QUESTIONS = "any_contact"
NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class Said:
    """
    What was said and asked in a contact. Everything but the channel may be left empty.

    `about` says in words whom it was about, where no record was chosen. `answers` is the answer to
    each question of a set, by its code; `question_set` names the version of the set that was asked,
    and left empty it is the one that stands.
    """

    channel: str
    caller_kind: str = ""
    caller_name: str = ""
    caller_agency: str = ""
    callback_number: str = ""
    safe_to_call: str = "not_asked"
    where: str = ""
    words: str = ""
    wish: str = ""
    at_home: str = ""
    access_needs: str = ""
    sharing_words: str = ""
    about: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    question_set: str = ""


@dataclass(frozen=True)
class Contact:
    id: UUID
    team_id: UUID
    member_id: UUID
    person_id: UUID | None
    channel: str
    caller_kind: str
    caller_name: str
    caller_agency: str
    callback_number: str
    safe_to_call: str
    where: str
    words: str
    wish: str
    at_home: str
    access_needs: str
    sharing_words: str
    state: str
    outcome: str
    happened_at: datetime
    received_at: datetime
    closed_at: datetime | None
    closed_by_id: UUID | None
    closing_words: str
    # Contacts from before these columns have what stands here, and nothing of it in the journal.
    about: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    question_set: str = ""
    version: int = 0


def receive(
    said: Said,
    *,
    contact_id: UUID,
    person_id: UUID | None,
    team_id: UUID,
    by: UUID,
    outcome: str,
    callback_id: UUID,
    callback_due_at: datetime | None,
    has_referral: bool,
    happened_at: datetime,
    at: datetime,
) -> Steps:
    """
    An approach is recorded, with what came of it.

    An outcome that ends the contact closes it. "Handed over" needs the referral that was handed
    over. A caller who was lost, or who was promised a call, leaves the contact open with a call
    back that this member owes by a time.
    """
    entry = law.code("contact_outcomes", outcome, at=at, field="outcome")
    _check(said, at=at)
    said = _answered(said, at=at)
    if happened_at > at + SKEW:
        raise Refused("A contact cannot have begun in the future.", code="future", field="happened_at")
    if happened_at < at - REACH:
        raise Refused(
            "This says that the contact began more than a year ago. Check the time.",
            code="long_ago",
            field="happened_at",
        )
    if entry.entails == "referral" and not has_referral:
        raise Refused(
            "Say which need is being handed over, so that a team can be asked.",
            code="no_referral",
            field="outcome",
        )
    closes = entry.entails != "callback"
    received = began(
        "contact.received",
        Contact(
            id=contact_id,
            team_id=team_id,
            member_id=by,
            person_id=person_id,
            state=ContactState.CLOSED if closes else MOVES["receive"][None],
            outcome=outcome,
            happened_at=min(happened_at, at),
            received_at=at,
            closed_at=at if closes else None,
            closed_by_id=by if closes else None,
            closing_words="",
            **vars(said),
        ),
    )
    if closes:
        return (received,)
    return (
        received,
        promise.make(
            promise_id=callback_id,
            kind=PromiseKind.CALLBACK,
            team_id=team_id,
            member_id=by,
            words=f"Ring back: {entry.label.lower()}",
            due_at=callback_due_at,
            at=at,
            contact_id=contact_id,
            person_id=person_id,
        ),
    )


def link(
    contact: Contact, *, person_id: UUID, of_contact: Sequence[Referral], owed: Sequence[Promise]
) -> Steps:
    """
    The person this contact was about is known now; what was referred from it, and what is still
    `owed` on it, is about them too. What was promised to somebody by name stays theirs.

    Refuses to move a contact from one person to another: a wrong link is corrected by unlinking.
    """
    if contact.person_id == person_id:
        raise Refused("This contact is already linked to this person.", code="already_linked")
    if contact.person_id is not None:
        raise Refused("This contact is already about another person.", code="linked_to_another")
    return (
        changed(contact, "contact.linked", person_id=person_id),
        *(
            referrals.link_person(one, person_id=person_id)
            for one in of_contact
            if one.person_id != person_id
        ),
        *(promise.link_person(one, person_id=person_id) for one in owed if one.person_id is None),
    )


def close(
    contact: Contact,
    *,
    open_promises: Sequence[Promise],
    outcome: str,
    words: str,
    by: UUID,
    at: datetime,
) -> Step:
    """
    The contact ends with an outcome. A call back still owed is kept, or let go with a reason, first.
    """
    state = moved(MOVES, "close", contact, refusals=REFUSALS)
    entry = law.code("contact_outcomes", outcome, at=at, field="outcome")
    if entry.entails == "callback":
        raise Refused("Choose what came of this contact in the end.", code="not_an_end", field="outcome")
    if open_promises:
        raise Refused(
            "A call back is still owed. Say first what came of it.", code="promise_open", of=open_promises[0]
        )
    if at < contact.received_at:
        raise Refused(
            "This contact had not been received yet. Look again before you act.", code="before_contact"
        )
    return changed(
        contact,
        "contact.closed",
        state=state,
        outcome=outcome,
        closed_at=at,
        closed_by_id=by,
        closing_words=words,
    )


def _check(said: Said, *, at: datetime) -> None:
    law.code("channels", said.channel, at=at, field="channel")
    if said.caller_kind:
        law.code("caller_kinds", said.caller_kind, at=at, field="caller_kind")
    if said.safe_to_call:
        law.code("safe_to_call", said.safe_to_call, at=at, field="safe_to_call")


def _answered(said: Said, *, at: datetime) -> Said:
    """
    An answer to every question of the set: one that nobody answered was not asked, and is never a no.

    Nothing is worked out from the answers. They are kept for whoever decides what is needed.
    """
    asked = law.questions(QUESTIONS, on=local_date(at))
    if said.question_set:
        named = law.question_set(said.question_set)
        if named is None or named.name != QUESTIONS or named.since > local_date(at):
            raise Refused(
                "These questions are not ones we have asked. Open the form again.",
                code="question_set_unknown",
                field="question_set",
            )
        asked = named
    answers = {question.code: said.answers.get(question.code) or NOT_ASKED for question in asked.questions}
    if not said.answers.keys() <= answers.keys():
        raise Refused(
            "One of the answers is to a question we do not ask.", code="question_unknown", field="answers"
        )
    for answer in answers.values():
        law.code("answers", answer, at=at, field="answers")
    return replace(said, answers=answers, question_set=asked.version)


def whom(contact: Contact, *, person_id: UUID | None) -> UUID | None:
    """
    Whom a referral from this contact is about: whoever the contact is known to be about.

    Refuses a referral about someone else: what one person said must not be read as another's.
    """
    if contact.person_id is None:
        return person_id
    if person_id not in (None, contact.person_id):
        raise Refused("This contact is about another person.", code="contact_of_another")
    return contact.person_id
