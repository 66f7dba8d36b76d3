"""
A message: a text or an e-mail that is to leave the place, promised in the act that caused it.

It waits in the outbox until whoever carries texts or letters has taken it; each try is dated, and so is when
it is no use any more. Taken is not read, and not even arrived: nobody here knows more than that it was taken.
One that never goes is owed to the person as a call by whoever promised it: nothing lapses. No number is
kept with it: it goes to where the number stands on record when it is sent, if that may still be texted.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules import clock, promise
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, changed, moved
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.ringing import YES, dialled
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import MessageState, PromiseKind, VisitState

TEXT, EMAIL = "text", "email"
CHANNELS = (EMAIL, TEXT)
ON_THE_WAY, PLACES_LINK, LEAFLET = "on_the_way", "places_link", "leaflet"
ANSWER_LINK = "answer_link"
KINDS = (ANSWER_LINK, LEAFLET, ON_THE_WAY, PLACES_LINK)
WAITING, SENT, FAILED = MessageState.WAITING, MessageState.SENT, MessageState.FAILED
MOVES: Moves = {
    "promise": {None: WAITING},
    "take": {WAITING: WAITING},
    "note_sent": {WAITING: SENT},
    "give_up": {WAITING: FAILED},
}
REFUSALS: Refusals = {
    WAITING: "This message still waits to be sent.",
    SENT: "This message has been sent already.",
    FAILED: "This message could not be sent, and is not tried again.",
}
NOBODY_TOOK_IT, WOULD_NOT, NOT_SAFE = "nobody_took_it", "would_not", "not_safe"
NO_ADDRESS, OVERTAKEN, LINK_OVER = "no_address", "overtaken", "link_over"
WHY = {
    NOBODY_TOOK_IT: "nobody took it in time",
    WOULD_NOT: "whoever carries it would not take it",
    NOT_SAFE: "it is not said any more that this number may be texted",
    NO_ADDRESS: "no number or address stands on record any more",
    OVERTAKEN: "they were no longer on the way",
    LINK_OVER: "the link opens nothing any more",
}
CALLED = {
    ON_THE_WAY: "The text “on the way”",
    PLACES_LINK: "The link",
    LEAFLET: "The leaflet",
    ANSWER_LINK: "The link to answer by",
}
SUBJECT = {
    PLACES_LINK: "How many places have you now?",
    LEAFLET: "Where you can get help",
    ANSWER_LINK: "You are asked to take somebody on",
}
ROUND = timedelta(minutes=5)
ON_OUR_WAY = "We are on our way to you"


@dataclass(frozen=True)
class Message:
    """
    `due_at` is when it is tried next, while it waits; `until_at` from when it is no use any more. `reference`
    is what whoever took it calls it; `why` why it never went.
    """

    id: UUID
    kind: str
    channel: str
    person_id: UUID | None
    referral_id: UUID | None
    contact_id: UUID | None
    visit_id: UUID | None
    service_id: UUID | None
    link_id: UUID | None
    team_id: UUID
    words: str
    state: str
    promised_at: datetime
    promised_by_id: UUID
    until_at: datetime
    due_at: datetime | None
    attempts: int
    reference: str
    why: str
    ended_at: datetime | None
    version: int = 0


@dataclass(frozen=True)
class Letter:
    """
    A message in hand, where it goes as the record says now, and its words with the secret of a link in them.
    Without an address it was given up.
    """

    message: Message
    address: str = field(default="", repr=False)
    words: str = field(default="", repr=False)


def key_on_the_way(visit: Visit) -> UUID:
    """One for each time a crew sets off: pressed twice, or sent twice, it is the same."""
    return uuid5(visit.id, f"text {visit.set_off_at.isoformat() if visit.set_off_at else ''}")


def on_the_way(visit: Visit, *, person: Person | None, safe: str, by: UUID, at: datetime) -> Step:
    """
    The person will be told by text that somebody is on the way. It says nothing of who comes, or why.

    Refuses while nobody is on the way, and any number that is not plainly said to be safe: a text stays on a
    screen that others see.
    """
    if visit.state != VisitState.ON_THE_WAY:
        raise Refused("Nobody is on the way. Say first that you are.", code="not_on_the_way", of=visit)
    person = need_safe(person, safe)
    words = words_on_the_way(visit, at=at)
    about = {"person_id": person.id, "referral_id": visit.referral_id, "visit_id": visit.id}
    return promised(
        ON_THE_WAY, TEXT, words, key=key_on_the_way(visit), **about, team_id=visit.team_id, by=by, at=at
    )


def promised(
    kind: str,
    channel: str,
    words: str,
    *,
    key: UUID,
    person_id: UUID | None = None,
    referral_id: UUID | None = None,
    contact_id: UUID | None = None,
    visit_id: UUID | None = None,
    service_id: UUID | None = None,
    link_id: UUID | None = None,
    team_id: UUID,
    by: UUID,
    at: datetime,
) -> Step:
    """A message waits from now on, for as long as one of its kind is of use."""
    return began(
        "message.promised",
        Message(
            id=key,
            kind=kind,
            channel=channel,
            person_id=person_id,
            referral_id=referral_id,
            contact_id=contact_id,
            visit_id=visit_id,
            service_id=service_id,
            link_id=link_id,
            team_id=team_id,
            words=words,
            state=WAITING,
            promised_at=at,
            promised_by_id=by,
            until_at=at + ladder.sweep_time(f"message_{kind}", at=at),
            due_at=at,
            attempts=0,
            reference="",
            why="",
            ended_at=None,
        ),
    )


def words_on_the_way(visit: Visit, *, at: datetime) -> str:
    """With when they are there, unless that has passed already."""
    there = expected(visit)
    return f"{ON_OUR_WAY}, about {clock.local_time(there)}." if there and there > at else f"{ON_OUR_WAY}."


def expected(visit: Visit) -> datetime | None:
    """When they are there if they travel as was planned, from when they set off; the next five minutes."""
    if visit.set_off_at is None or visit.free_at is None or visit.leaves_at is None:
        return None
    there = visit.set_off_at + (visit.free_at - visit.leaves_at) - timedelta(minutes=visit.minutes)
    over = timedelta(minutes=there.minute, seconds=there.second, microseconds=there.microsecond) % ROUND
    return there + (ROUND - over if over else timedelta())


def key_of_leaflet(signpost_id: UUID) -> UUID:
    return uuid5(signpost_id, LEAFLET)


def leaflet(
    contact: Contact, *, key: UUID, person: Person | None, safe: str, words: str, team_id: UUID, by: UUID,
    at: datetime,
) -> Step:  # fmt: skip
    """
    Whoever was told of a service has its leaflet by text as well, on their own number.

    Refuses where nobody knows yet who they are, and any number that is not plainly said to be safe.
    """
    person = need_safe(person, safe)
    about = {"person_id": person.id, "contact_id": contact.id, "team_id": team_id}
    return promised(LEAFLET, TEXT, words, key=key, **about, by=by, at=at)


def need_safe(person: Person | None, safe: str) -> Person:
    """Refuses to text somebody who is not known here, or whose number nobody has plainly said is safe."""
    if person is None or not dialled(person.phone):
        raise Refused("No number of theirs that can be texted is known here.", code="no_address")
    if safe != YES:
        raise Refused("Nobody has said that it is safe to text this number. Nothing was sent.", code=NOT_SAFE)
    return person


def take(message: Message, *, at: datetime) -> Step:
    """
    One worker tries it now. Should it fall over, or nobody answer it, the next tries when this is due again:
    with the same name, by which whoever carries it knows it again.
    """
    moved(MOVES, "take", message, refusals=REFUSALS)
    in_hand, most = (ladder.sweep_time(f"message_{code}", at=at) for code in ("in_hand", "again_most"))
    again = at + min(in_hand * 2**message.attempts, most)
    # Not after it has become of no use: it is given up then, and somebody is told.
    due = min(again, max(message.until_at, at + in_hand))
    return changed(message, "message.tried", attempts=message.attempts + 1, due_at=due)


def note_sent(message: Message, *, reference: str, at: datetime) -> Step:
    """Whoever carries it has taken it. Whether it arrives is theirs to know."""
    state = moved(MOVES, "note_sent", message, refusals=REFUSALS)
    return changed(message, "message.sent", state=state, reference=reference, due_at=None, ended_at=at)


def give_up(message: Message, *, why: str, at: datetime) -> Steps:
    """
    It never goes. Whoever promised it owes the person a call instead, unless it was no longer needed.

    Where the team that was asked did not get its link, it has to be reached. About a service nobody is owed
    anything: that it never went stands with its link.
    """
    if why not in WHY:
        raise Refused("Say why it is not tried again.", code="why_unknown", field="why")
    state = moved(MOVES, "give_up", message, refusals=REFUSALS)
    failed = changed(message, "message.failed", state=state, why=why, due_at=None, ended_at=at)
    if not is_owed(message, why):
        return (failed,)
    asks_a_team = message.kind == ANSWER_LINK
    then = "Ring the team." if asks_a_team else "Ring them."
    if why in (NOT_SAFE, NO_ADDRESS) and not asks_a_team:
        then = "Reach them another way."
    owed = promise.make(
        promise_id=uuid5(message.id, "instead"),
        kind=PromiseKind.PARTNER_UNREACHABLE if asks_a_team else PromiseKind.CALLBACK,
        team_id=message.team_id,
        member_id=message.promised_by_id,
        words=f"{CALLED[message.kind]} was not sent: {WHY[why]}. {then}",
        due_at=None,
        at=at,
        contact_id=message.contact_id,
        referral_id=message.referral_id,
        person_id=message.person_id,
    )
    return (failed, owed)


def is_owed(message: Message, why: str) -> bool:
    """Something is owed instead of a message that never went: not of what is over, nor about nobody."""
    if why == OVERTAKEN or (message.kind == ANSWER_LINK and why == LINK_OVER):
        return False
    return message.person_id is not None or message.referral_id is not None
