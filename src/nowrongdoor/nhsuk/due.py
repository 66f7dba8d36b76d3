"""
What is due and what has been escalated, in words: what is waited for, who was told, and what to do.

Colour is of the clock. A person is late for nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import clocks, whom, wording
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.due import DueLine, DueList
from nowrongdoor.rules import clock as time
from nowrongdoor.rules import sweeping
from nowrongdoor.rules.escalation import Clock, ClockKind
from nowrongdoor.rules.law import ladder

LATE = {
    ClockKind.OFFER: "An offer nobody has answered",
    ClockKind.ANSWER_REFERRER: "Nobody has decided, and whoever asked waits for an answer",
    ClockKind.RESPONSE: "Help has not begun",
    ClockKind.CALLBACK: "A call back nobody has made",
    ClockKind.INFORMATION: "An answer nobody has got",
    ClockKind.RE_HOMING: "Re-homed to the team, and not accepted yet",
}
SOON = {
    ClockKind.OFFER: "An offer to answer",
    ClockKind.ANSWER_REFERRER: "To decide, and to answer whoever asked",
    ClockKind.RESPONSE: "Help to begin",
    ClockKind.CALLBACK: "A call back to make",
    ClockKind.INFORMATION: "An answer to get",
    ClockKind.RE_HOMING: "Re-homed to the team, to accept",
}
# What ends the wait, and where that is done.
DO: dict[str, tuple[str, Callable[[Clock], str]]] = {
    ClockKind.OFFER: ("Answer the offer", lambda one: reverse("handover", args=[one.id])),
    ClockKind.ANSWER_REFERRER: ("Open", lambda one: reverse("referral", args=[one.id])),
    ClockKind.RESPONSE: ("Open", lambda one: reverse("referral", args=[one.id])),
    ClockKind.CALLBACK: ("Say it is done", lambda one: reverse("promise_keep", args=[one.id])),
    ClockKind.INFORMATION: ("Say it is done", lambda one: reverse("promise_keep", args=[one.id])),
    ClockKind.RE_HOMING: (
        "Accept",
        lambda one: reverse("referral_accept_re_homed", args=[one.referral_id]),
    ),
}
Act = tuple[str, str, str]
# What a line tells of whoever it is about.
SHOWS = ("answerable", "identity", "response")


@dataclass(frozen=True)
class Row:
    """A running clock as a line of a table."""

    id: str
    url: str
    name: str
    about: str
    chip: Chip
    what: str
    words: str
    told: str
    who: str
    acts: tuple[Act, ...]


def row(line: DueLine, *, team: str, at: datetime) -> Row:
    one = line.clock
    do, url = DO[one.kind]
    acts: tuple[Act, ...] = ((do, url(one), ""),)
    if one.is_raised:
        acts = (*acts, ("Reply", reverse("clock_reply", args=[one.id]), ""))
    return Row(
        id=f"due-{one.id}",
        url=about(one),
        name=whom.name(line.whom),
        about=whom.about(line.whom, at=at),
        chip=chip(one, at=at),
        what=what(one, at=at),
        words=line.words,
        told=told(one, at=at),
        who=line.member or team,
        acts=acts,
    )


def what(one: Clock, *, at: datetime) -> str:
    """What is waited for, as it stands now."""
    return (LATE if time.is_late(one.due_at, at=at) else SOON)[ClockKind(one.kind)]


def rows(found: DueList, *, team: str, at: datetime) -> list[Row]:
    return [row(one, team=team, at=at) for one in found.lines]


def listed(found: DueList) -> list[Seen]:
    """Whom such a list shows, for the record of who looked."""
    return [
        Seen(one.clock.person_id, one.clock.referral_id, one.clock.contact_id, SHOWS) for one in found.lines
    ]


def quiet(finished_at: datetime | None, *, at: datetime) -> str:
    """What to say when nobody is told of anything any more, because no sweep finishes; else nothing."""
    if not sweeping.has_gone_quiet(finished_at, at=at):
        return ""
    since = f"since {wording.local_when(finished_at, at=at)}" if finished_at else "yet"
    within = ladder.sweep_time("sweep_quiet", at=at).total_seconds()
    return (
        f"No sweep has finished for {within:.0f} seconds ({since}). Nobody is told of what is late until one "
        "does. What is due is right all the same: go by the list, and print it."
    )


def told(one: Clock, *, at: datetime) -> str:
    """Who has been told, and what follows; what a reply said about when it is looked at again."""
    if not one.rung:
        return ""
    if one.rests_until is not None:
        return f"Somebody has replied; looked at again {wording.local_when(one.rests_until, at=at)}"
    who = ladder.label(one.rung)
    # No message leaves the place: whoever reads this is the one who can reach them.
    following = f"; raised again {wording.local_when(one.next_at, at=at)}" if one.next_at else ""
    return f"Escalated to {who}: let them know, for nothing is sent{following}"


def chip(one: Clock, *, at: datetime) -> Chip:
    rule = clocks.rule_words(one.standard, started_at=one.started_at, at=at)
    return wording.chip(one.due_at, at=at, rule_words=rule)


def about(one: Clock) -> str:
    """Where what is waited for can be read."""
    if one.kind == ClockKind.OFFER:
        return reverse("handover", args=[one.id])
    for name, key in (("referral", one.referral_id), ("contact", one.contact_id)):
        if key:
            return reverse(name, args=[key])
    return reverse("person", args=[one.person_id])
