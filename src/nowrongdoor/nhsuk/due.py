"""
What is due and what has been escalated, in words: what is waited for, who was told, and what to do.

Colour is of the clock. A person is late for nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.live.sharing import Instant
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import clocks, code_words, records, replies, whom, wording
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.due_words import ALARMS, LATE, SOON
from nowrongdoor.nhsuk.numbers import Number
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.due import DueLine, DueList
from nowrongdoor.reading.heard import Heard
from nowrongdoor.reading.on_call import OnCall
from nowrongdoor.rules import clock as time
from nowrongdoor.rules import rota, sweeping
from nowrongdoor.rules.escalation import POLICE_REVIEWS, Clock, ClockKind
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.statutory import StatutoryKind

# Whose record it was, and what was looked at, stands with the review for whoever looks into it.
REVIEW = "A governance review"
UNLED = "This agency has no governance lead who can look into it: its duty lead asks one of another agency."
DISAGREEMENT = "A disagreement with the police"
ON_THE_LIST = "Whoever leads the team reviews it: Our team, Disagreements to review."
LED = "Ask the governance lead of this team to decide it: only they can open it."
# What ends the wait, and where that is done.
DO: dict[str, tuple[str, Callable[[Clock], str]]] = {
    ClockKind.OFFER: ("Answer the offer", lambda one: reverse("handover", args=[one.id])),
    ClockKind.ANSWER_REFERRER: ("Open", lambda one: reverse("referral", args=[one.id])),
    ClockKind.RESPONSE: ("Open", lambda one: reverse("referral", args=[one.id])),
    **dict.fromkeys(
        (ClockKind.CALLBACK, ClockKind.INFORMATION, ClockKind.THE_PERSON, ClockKind.URGENT_HEALTH),
        ("Say it is done", lambda one: reverse("promise_keep", args=[one.id])),
    ),
    **{kind: ("Say what was done", lambda one: reverse("promise_keep", args=[one.id])) for kind in ALARMS},
    **dict.fromkeys(
        (ClockKind.POLICE_GAP, ClockKind.LATE_ARRIVAL, ClockKind.POLICE_RECHECK),
        ("Decide again", lambda one: reverse("referral_police", args=[one.referral_id])),
    ),
    **dict.fromkeys(
        (ClockKind.VISIT, ClockKind.CHECK_IN, ClockKind.JOINT_VISIT),
        ("See the visits", lambda one: reverse("rapid")),
    ),
    **dict.fromkeys(
        (ClockKind.NOT_AT_HOME, ClockKind.AFTER_VISIT),
        ("Say it is done", lambda one: reverse("promise_keep", args=[one.id])),
    ),
    ClockKind.JUST_TO_TALK: ("See the call", lambda one: reverse("talk", args=[one.id])),
    ClockKind.SECOND_READING: ("Open", lambda one: reverse("person", args=[one.person_id])),
    ClockKind.HOLDER_OFF: ("Take on", lambda one: reverse("referral", args=[one.referral_id])),
    **dict.fromkeys(
        (ClockKind.SENT, ClockKind.RECEIVED, ClockKind.ANSWERED),
        ("Ask after it", lambda one: reverse("referral", args=[one.referral_id])),
    ),
    **dict.fromkeys(
        (ClockKind.FIRST_CONTACT, ClockKind.DIRECT_CONTACT, ClockKind.FACE_TO_FACE),
        ("Record a contact", lambda one: reverse("referral_care_contact", args=[one.referral_id])),
    ),
    ClockKind.SHORT_INTERVENTION: (
        "Say how it goes on",
        lambda one: reverse("referral", args=[one.referral_id]),
    ),
    **dict.fromkeys(
        [ClockKind(one) for one in StatutoryKind],
        ("Say how it stands", lambda one: reverse("referral_statutory", args=[one.referral_id])),
    ),
    ClockKind.RE_HOMING: ("Accept", lambda one: reverse("referral_accept_re_homed", args=[one.referral_id])),
}
Act = tuple[str, str, str]
# Whoever such a line is about is not shown by it: nobody looked at a record.
OF_NOBODY = {ClockKind.GOVERNANCE_REVIEW, ClockKind.JUST_TO_TALK, *POLICE_REVIEWS}
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
    flags: tuple[str, ...] = ()
    ring: Number | None = None
    ring_whom: str = ""


def row(
    line: DueLine, *, team_id: UUID, on_call: OnCall | None, is_heard: bool = False, at: datetime
) -> Row:
    said = _raised(line) or told(line.clock, on_call, at=at)
    return sharing.lately(_row, line, said, team_id, is_heard, sharing.moment(at), Instant(at))


def _row(line: DueLine, said: str, team_id: UUID, is_heard: bool, moment: int, instant: Instant) -> Row:
    one, at = line.clock, instant.at
    if one.kind == ClockKind.GOVERNANCE_REVIEW:
        return _review(line, said, at=at)
    if one.kind in POLICE_REVIEWS:
        return _disagreement(line, said, at=at)
    return Row(
        id=f"due-{one.id}",
        url=about_for(one, team_id=team_id),
        name=whom.name(line.whom),
        about=whom.about(line.whom, at=at),
        chip=chip(one, at=at),
        what=what(one, at=at),
        words=line.words,
        told=said,
        who=f"{line.team} – {line.member}" if line.member else line.team,
        acts=_acts(line, team_id, is_heard),
    )


def _review(line: DueLine, said: str, *, at: datetime) -> Row:
    """A governance review as a line: of nobody, and without a link, for only its lead opens it."""
    one = line.clock
    return Row(
        id=f"due-{one.id}",
        url="", name=REVIEW, about="", acts=(),
        chip=chip(one, at=at), what=what(one, at=at),
        words=UNLED if line.words else LED,
        told=said,
        who=line.team,
    )  # fmt: skip


def _disagreement(line: DueLine, said: str, *, at: datetime) -> Row:
    """A disagreement with the police as a line: of nobody; whoever leads reviews it from the list of them."""
    one = line.clock
    level = one.kind.removeprefix("police_")
    return Row(
        id=f"due-{one.id}",
        url="", name=DISAGREEMENT, about="", acts=(),
        chip=chip(one, at=at), what=what(one, at=at),
        words=f"It waits at {level}. {ON_THE_LIST}",
        told=said,
        who=line.team,
    )  # fmt: skip


def _acts(line: DueLine, team_id: UUID, is_heard: bool) -> tuple[Act, ...]:
    """What ends the wait is done by whoever is answerable; whoever is on call for them replies."""
    one = line.clock
    do, url = DO[one.kind] if one.team_id == team_id else ("Open", about)
    # Nothing of whoever waits for a call just to talk opens to somebody who only replies.
    act = () if replies.is_anothers_call(one, team_id=team_id) else ((do, url(one), ""),)
    reply = (("Reply", replies.to(one), ""),) if one.is_raised and (is_heard or not line.raised_by) else ()
    return (*act, *reply)


def about_for(one: Clock, *, team_id: UUID) -> str:
    """Where it can be read by this team; nowhere where it is a call that another team owes."""
    return "" if replies.is_anothers_call(one, team_id=team_id) else about(one)


def _raised(line: DueLine) -> str:
    """Who raised it to this team by hand, and what they asked for."""
    return (
        f"Escalated to your team by {line.raised_by}: “{whom.line(line.raised_words)}”"
        if line.raised_by
        else ""
    )


@dataclass(frozen=True)
class GroupRows:
    """So much of one team that has climbed to one rung, and the rows of it that are shown."""

    id: str
    heading: str
    count: int
    rows: tuple[Row, ...]


def groups(found: Heard, *, team_id: UUID, on_call: OnCall, at: datetime) -> list[GroupRows]:
    """What has climbed to this member, so that a storm is a few headings; each says how much there is."""
    return [
        GroupRows(
            id=f"heard-{number}",
            heading=f"{one.team_name}: escalated to {ladder.label(one.rung)}",
            count=one.count,
            rows=tuple(
                row(line, team_id=team_id, on_call=on_call, is_heard=True, at=at) for line in one.lines
            ),
        )
        for number, one in enumerate(found.groups, 1)
    ]


def stands(on_call: OnCall, *, viewer: Viewer, at: datetime) -> str:
    """`You are on call until 20:00: duty lead for Crisis team.` Nothing while they are not."""
    own = [one for one in on_call.lines.values() if one.duty.member_id == viewer.member_id]
    if not own:
        return ""
    as_what = wording.listed(
        f"{code_words.words_of('rota_rungs', one.duty.rung, at=at).lower()} for "
        f"{one.team_name or 'the whole agency'}"
        for one in own
    )
    until = wording.local_when(min(one.duty.ends_at for one in own), at=at)
    return f"You are on the rota until {until}: {as_what}."


def gone_wrong(kind: str) -> str:
    """What has gone wrong, within a sentence."""
    words = ALARMS[ClockKind(kind)]
    return f"{words[:1].lower()}{words[1:]}"


def what(one: Clock, *, at: datetime) -> str:
    """What is waited for, as it stands now."""
    return (LATE if time.is_late(one.due_at, at=at) else SOON)[ClockKind(one.kind)]


def rows(found: DueList, *, team_id: UUID, on_call: OnCall | None, at: datetime) -> list[Row]:
    return [row(one, team_id=team_id, on_call=on_call, at=at) for one in found.lines]


def listed(lines: Iterable[DueLine]) -> list[Seen]:
    """Whom such a list shows, for the record of who looked."""
    clocks_of = [one.clock for one in lines if one.clock.kind not in OF_NOBODY]
    return [Seen(one.person_id, one.referral_id, one.contact_id, SHOWS) for one in clocks_of]


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


def told(one: Clock, on_call: OnCall | None = None, *, at: datetime) -> str:
    """Who has been told, and what follows; what a reply said about when it is looked at again."""
    if not one.rung:
        return ""
    if one.rests_until is not None:
        return f"Somebody has replied; looked at again {wording.local_when(one.rests_until, at=at)}"
    # No message leaves the place: whoever reads this is the one who can reach them.
    following = f"; raised again {wording.local_when(one.next_at, at=at)}" if one.next_at else ""
    return f"Escalated to {to_whom(one, on_call)}: let them know, for nothing is sent{following}"


def to_whom(one: Clock, on_call: OnCall | None) -> str:
    """`the duty lead, Lou Evans (01632 960001)`; or that nobody is on the rota as that, and who hears."""
    who = ladder.label(one.rung)
    if on_call is None:
        return who
    heard = on_call.hears(one.rung, team_id=one.team_id)
    names = wording.listed(
        f"{line.member_name} ({line.duty.phone})" if line.duty.phone else line.member_name
        for line in on_call.names(heard)
    )
    if not heard.is_passed_on:
        return f"{who}, {names}" if names else who
    if heard.rung != rota.LEADS:
        return f"{who} (nobody is on the rota as that, so {ladder.label(heard.rung)} hears, {names})"
    also = f" and {names}" if names else ""
    return f"{who} (nobody is on the rota as that or above, so every lead of the agency{also} hears)"


def chip(one: Clock, *, at: datetime) -> Chip:
    rule = clocks.rule_words(one.standard, started_at=one.started_at, at=at)
    return wording.chip(one.due_at, at=at, rule_words=rule)


def about(one: Clock) -> str:
    """Where what is waited for can be read."""
    if one.kind == ClockKind.OFFER:
        return reverse("handover", args=[one.id])
    if one.kind in POLICE_REVIEWS:
        return reverse("police_reviews")
    return reverse("review", args=[one.id]) if one.kind == ClockKind.GOVERNANCE_REVIEW else records.about(one)
