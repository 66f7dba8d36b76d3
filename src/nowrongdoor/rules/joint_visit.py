"""
A joint visit: two teams go to one person together, each with a crew of its own.

What the other team does is a visit of its own, its half, joined to the one it was asked along to. To be asked
is to owe an answer by a time, and to take part in the person's care for as long as it is owed; nobody counts
on that team before a person of it says yes. A no, or that one of the two does not go after all, is told to
the other as something it owes an answer to. Whoever holds the person holds them throughout.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import agency, clock, law
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import AlreadyRecorded, Refused, Step, Steps, began, changed, moved, need_words
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.visit import ASKED_ALONG, LEFT, MOVES, REFUSALS
from nowrongdoor.rules.visit_owing import ANSWER, owe, owed, settle
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import PromiseKind, VisitState

SAY = "Say whether you come along to a visit, or why not."
SAID_NO = "The team that was asked along to a visit says no. Read why, and decide who goes."
NOT_COMING = "The team that comes along does not go after all. Read why, and decide who goes."
NOT_GOING = "The team you go along with does not go after all. Read why, and decide whether you still go."
MOVED = "When you meet at the door was changed by the team you go with. Look again at when your crew leaves."
OVER = "The team you go along with has said what came of the visit. Decide whether you still go."
PASSED = "Choose a time to meet that has not passed yet."
NO_MORE = "Nobody is asked along any more: the visit it was for is over."


def ask_along(
    visit: Visit,
    *,
    half_id: UUID,
    team: Team,
    need: str,
    meet_at: datetime | None,
    others: Sequence[Visit],
    is_kept_from: bool,
    about: Referral,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The team whose crew goes asks another to come along: what for, and when both meet at the door.

    Promises an answer, by the standard or by when they are to meet, whichever is sooner. `others` are the
    open visits to this person; `is_kept_from` that a seal keeps them safe from that agency, or from one who
    works for that team (`sealing.keeps_safe_from`). Refuses to ask those, a team twice at once, and for a
    half: whoever was asked along asks nobody in turn.
    """
    if visit.joint_with_id is not None:
        raise Refused(
            "Your team was asked along to this visit. Whoever asked you can ask another team.",
            code="asked_along_itself",
            of=visit,
        )
    if visit.ended_at is not None or visit.state == LEFT:
        raise Refused(REFUSALS[visit.state], code=f"ask_along_when_{visit.state}", of=visit)
    if team.id == visit.team_id:
        raise Refused(
            "A crew of your own team goes already. Choose another team.", code="own_team", field="team"
        )
    agency.need_open(team)
    if is_kept_from:
        # Which seal, and that there is one, is not said: it may be on something of theirs that whoever asks
        # must not learn of, and one sentence for an agency and for a member names neither.
        raise Refused(
            "That team cannot be asked along to this person. Choose another team.",
            code="kept_safe_from_them",
            field="team",
        )
    need_words(need, field="need", ask="Say what they are to come along for.")
    for one in others:
        if one.joint_with_id == visit.id and one.team_id == team.id:
            raise Refused(f"{team.name} is asked already.", code="asked_along_already", field="team", of=one)
    if half_id == visit.id:
        raise AlreadyRecorded(half_id)  # nothing is its own half, whatever a form says
    steps: list[Step] = []
    meet = _meeting(visit, meet_at, at=at)
    if meet != visit.meet_at:
        steps.append(changed(visit, "visit.meeting_set", meet_at=meet))
    half = Visit(
        half_id, about.id, team.id, need.strip(), visit.place, visit.area, visit.access_words, (),
        visit.minutes, (), visit.wish_gender, visit.wish_language, _by_when(visit, at=at),
        at, by, ASKED_ALONG, None, None, None, "", None, None, None, None, None, 0, None, None, "", "", "",
        joint_with_id=visit.id, meet_at=meet,
    )  # fmt: skip
    usual = clock.due_at(at, law.promise_time(PromiseKind.JOINT_VISIT, at=at).within)
    sooner = meet if meet is not None and at < meet < usual else None
    answer = owe(half, about, PromiseKind.JOINT_VISIT, SAY, of=ANSWER, due_at=sooner, at=at)
    return (*steps, began("visit.asked_along", half), answer)


def come_along(
    half: Visit, *, about: Referral, open_promises: Sequence[Promise], by: UUID, at: datetime
) -> Steps:
    """
    The team that was asked says yes: from now on it is its visit, waits for a crew of it, and is owed by its
    time. Where that has passed while they were asked, by the standard from now.
    """
    state = moved(MOVES, "come_along", half, refusals=REFUSALS)
    due_at = half.due_at if half.due_at > at else None
    promised = owe(half, about, PromiseKind.VISIT, half.need, of=PromiseKind.VISIT, due_at=due_at, at=at)
    joined = changed(half, "visit.joined", state=state, joined_at=at, due_at=promised.change.after.due_at)
    answered = settle(owed(half, open_promises), PromiseKind.JOINT_VISIT, "They come along.", by=by, at=at)
    return (joined, *answered, promised)


def stood_down(visit: Visit, *, others: Sequence[Visit], about: Referral, at: datetime) -> Steps:
    """
    The other team hears that one of the two does not go: a no to whoever asked, and that either stood down.

    `visit` is as it was before. A half that had not been answered is asked no more: see `ended`.
    """
    asked = next((one for one in others if one.id == visit.joint_with_id), None)
    if asked is None or not _still_matters(asked):
        return ()
    return (
        _tell(asked, of=visit, about=about, words=SAID_NO if visit.joined_at is None else NOT_COMING, at=at),
    )


def ended(
    visit: Visit,
    *,
    others: Sequence[Visit],
    about: Referral,
    open_promises: Sequence[Promise],
    words: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    A visit that others were asked along to is over: whoever comes along and is not with the person yet hears
    it and decides for themselves, and whoever has not answered is asked no more.
    """
    steps: list[Step] = []
    for half in others:
        if half.joint_with_id != visit.id:
            continue
        if half.state == ASKED_ALONG:
            steps.append(
                changed(
                    half, "visit.asked_no_more", state=VisitState.STOOD_DOWN, ended_at=at, ended_words=NO_MORE
                )
            )
            steps += settle(owed(half, open_promises), PromiseKind.JOINT_VISIT, NO_MORE, by=by, at=at)
        elif _still_matters(half):
            steps.append(_tell(half, of=visit, about=about, words=words, at=at))
    return tuple(steps)


def move_meeting(
    visit: Visit, *, meet_at: datetime | None, others: Sequence[Visit], about: Referral, at: datetime
) -> Steps:
    """
    Either of the two says when both meet at the door, anew: it stands with every half, and the other
    hears it. By when somebody is to be with the person, and what is owed by then, stays as it was.
    """
    halves = need_to_meet(visit, others)
    if meet_at is None:
        raise Refused("Write when you meet at the door.", code="meet_at_missing", field="meet_at")
    if meet_at == visit.meet_at:
        raise Refused("That is when you meet already.", code="meets_then", field="meet_at")
    if meet_at <= at:
        raise Refused(PASSED, code="meet_in_the_past", field="meet_at")
    steps = [changed(one, "visit.meeting_set", meet_at=meet_at) for one in (visit, *halves)]
    steps += [
        _tell(one, of=visit, about=about, words=MOVED, at=at)
        for one in halves
        if one.state != ASKED_ALONG and _still_matters(one)
    ]
    return tuple(steps)


def need_to_meet(visit: Visit, others: Sequence[Visit]) -> list[Visit]:
    """The halves still open beside this one; refuses where there is nobody to meet, or no need to."""
    if visit.state == ASKED_ALONG or not _still_matters(visit):
        raise Refused(REFUSALS[visit.state], code=f"move_meeting_when_{visit.state}", of=visit)
    lead = visit.joint_with_id or visit.id
    halves = [one for one in others if one.ended_at is None and lead in (one.id, one.joint_with_id)]
    if not halves:
        raise Refused("Nobody comes along to this visit. Ask another team first.", code="nobody_along")
    return halves


def note_others(visit: Visit, *, words: str) -> Step:
    """
    Who else was asked by telephone, such as an ambulance or the police, who answered, and when they said that
    they come: a line on the visit, written anew as it changes. It is no state of ours, and nothing is owed.
    """
    if visit.ended_at is not None:
        raise Refused(REFUSALS[visit.state], code=f"note_others_when_{visit.state}", of=visit)
    if not visit.others_words:
        need_words(words, field="words", ask="Say who was asked, who answered, and when they come.")
    return changed(visit, "visit.others_noted", others_words=words.strip())


def _still_matters(visit: Visit) -> bool:
    """Nobody of it is with the person yet, nor gone again."""
    return visit.ended_at is None and visit.met_at is None and visit.state != LEFT


def _tell(visit: Visit, *, of: Visit, about: Referral, words: str, at: datetime) -> Step:
    """Owed by the team of this visit: an answer to what became of the other half, once for each change."""
    return owe(visit, about, PromiseKind.JOINT_VISIT, words, of=f"told {of.id} {of.version}", at=at)


def _meeting(visit: Visit, meet_at: datetime | None, *, at: datetime) -> datetime | None:
    if meet_at is None:
        return visit.meet_at
    if visit.meet_at is not None and visit.meet_at != meet_at:
        raise Refused(
            "Another time to meet was said already, and others count on it. Change it on the visit.",
            code="meeting_is_set",
            field="meet_at",
        )
    if meet_at <= at:
        raise Refused(PASSED, code="meet_in_the_past", field="meet_at")
    return meet_at


def _by_when(visit: Visit, *, at: datetime) -> datetime:
    """As the person was promised, whenever the crews meet; where that has passed, by the standard."""
    return (
        visit.due_at
        if visit.due_at > at
        else clock.due_at(at, law.promise_time(PromiseKind.VISIT, at=at).within)
    )
