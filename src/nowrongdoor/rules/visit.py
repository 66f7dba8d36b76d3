"""
A visit: a crew goes to somebody, to be there by a time.

It is asked for, given to a crew, and followed until they have left and said what came of it. Being there by
its time, and the word of whoever is alone that they are safe, are promises and climb when they are missed.
Nobody is in two visits at once. It ends with what comes next, for whoever holds the person: never in silence.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import law, pairing, promise, travelling
from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, Steps, began, changed, moved, need_words
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.visit_owing import free, gone, owe, owed, safe_again, settle
from nowrongdoor.rules.visit_record import Asked, Going, Visit
from nowrongdoor.rules.words import PromiseKind, VisitState

ASKED_ALONG, ASKED = VisitState.ASKED_ALONG, VisitState.ASKED
PLANNED, TOLD = VisitState.PLANNED, VisitState.TOLD
ON_THE_WAY, THERE, WITH_PERSON = VisitState.ON_THE_WAY, VisitState.THERE, VisitState.WITH_PERSON
LEFT, DONE, STOOD_DOWN = VisitState.LEFT, VisitState.DONE, VisitState.STOOD_DOWN
OPEN = (ASKED_ALONG, ASKED, PLANNED, TOLD, ON_THE_WAY, THERE, WITH_PERSON, LEFT)
UNDER_WAY = (ON_THE_WAY, THERE, WITH_PERSON)

MOVES: Moves = {
    "ask": {None: ASKED},
    "ask_along": {None: ASKED_ALONG},
    "come_along": {ASKED_ALONG: ASKED},
    "assign": {ASKED: PLANNED},
    "tell": {PLANNED: TOLD},
    "set_off": {PLANNED: ON_THE_WAY, TOLD: ON_THE_WAY},
    "arrive": {ON_THE_WAY: THERE},
    "meet": {THERE: WITH_PERSON},
    "leave": {THERE: LEFT, WITH_PERSON: LEFT},
    "finish": {THERE: DONE, WITH_PERSON: DONE, LEFT: DONE},
    "take_back": {PLANNED: ASKED, TOLD: ASKED, ON_THE_WAY: ASKED},
    "stand_down": dict.fromkeys((ASKED_ALONG, ASKED, PLANNED, TOLD, ON_THE_WAY), STOOD_DOWN),
}
REFUSALS: Refusals = {
    ASKED_ALONG: "This team was asked to come along, and has not said yet whether it does.",
    ASKED: "No crew has this visit yet.",
    PLANNED: "A crew has this visit, and has not set off.",
    TOLD: "A crew has this visit and knows of it.",
    ON_THE_WAY: "A crew is on the way to this visit.",
    THERE: "A crew is there already.",
    WITH_PERSON: "A crew is with the person already.",
    LEFT: "The crew has left already. Say what came of the visit.",
    DONE: "This visit is done.",
    STOOD_DOWN: "This visit was stood down.",
}


def ask(visit_id: UUID, asked: Asked, *, about: Referral, team_id: UUID, by: UUID, at: datetime) -> Steps:
    """
    The team that holds somebody asks for a visit: what is needed, where, by when, and who must go.

    Promises to be with the person by then: the time that was named, or the standard.
    """
    need_words(asked.need, field="need", ask="Say in a line what the visit is for.")
    need_words(asked.place, field="place", ask="Say where the person is.")
    travelling.area(asked.area, at=at)
    for skill in asked.skills:
        law.code("visit_skills", skill, at=at, field="skills")
    pairing.of(asked.pair_rules, at=at)
    if asked.wish_gender:
        law.code("crew_genders", asked.wish_gender, at=at, field="wish_gender")
    if asked.wish_language:
        law.code("crew_languages", asked.wish_language, at=at, field="wish_language")
    most = seeing.most("visit_minutes", at=at)
    if not 5 <= asked.minutes <= most:
        raise Refused(f"Write whole minutes from 5 to {most}.", code="minutes_wrong", field="minutes")
    promised = promise.make(
        promise_id=uuid5(visit_id, PromiseKind.VISIT),
        kind=PromiseKind.VISIT,
        team_id=team_id,
        member_id=None,
        words=asked.need,
        due_at=asked.due_at,
        at=at,
        referral_id=about.id,
        person_id=about.person_id,
        by_rows=True,
    )
    made = Visit(
        visit_id, about.id, team_id, asked.need, asked.place, asked.area, asked.access_words, asked.skills,
        asked.minutes, asked.pair_rules, asked.wish_gender, asked.wish_language, promised.change.after.due_at,
        at, by, ASKED, None, None, None, "", None, None, None, None, None, 0, None, None, "", "", "",
    )  # fmt: skip
    return (began("visit.asked", made), promised)


STEPS = ("tell", "set_off", "arrive", "meet", "leave")
TOLD_AS = {
    "tell": ("visit.crew_told", "told_at"),
    "set_off": ("visit.set_off", "set_off_at"),
    "arrive": ("visit.arrived", "arrived_at"),
    "meet": ("visit.met", "met_at"),
    "leave": ("visit.left", "left_at"),
}
WRITE_UP = "Say what came of the visit, and what comes next."


def go_on(
    visit: Visit,
    step: str,
    *,
    goings: Sequence[Going],
    elsewhere: Sequence[Visit],
    about: Referral,
    open_promises: Sequence[Promise],
    by: UUID,
    at: datetime,
) -> Steps:
    """
    The crew is one step further: told, on its way, there, with the person, or gone again.

    Whoever is alone says that they are safe from when they are there. Being with the person keeps the promise
    to be; to have left promises to say what came of it. `elsewhere` are the visits these people are on.
    """
    if step not in STEPS:
        raise Refused("Choose how far the crew is.", code="step_unknown", field="step")
    state = moved(MOVES, step, visit, refusals=REFUSALS)
    if step == "set_off" and elsewhere:
        raise Refused(
            "Somebody of this crew is on another visit still. Leave there first.",
            code="on_another_visit",
            of=elsewhere[0],
        )
    kind, column = TOLD_AS[step]
    after: dict[str, object] = {"state": state, column: at}
    steps: list[Step] = []
    mine = owed(visit, open_promises)
    if step == "set_off":
        steps += [changed(one, "going.set_off", is_under_way=True) for one in goings]
    if step == "arrive" and len(goings) == 1:
        safe = safe_again(visit, about, number=1, at=at)
        after |= {"check_ins": 1, "check_in_at": safe.change.after.due_at}
        steps.append(safe)
    if step == "meet":
        steps += settle(mine, PromiseKind.VISIT, "They are with the person.", by=by, at=at)
    if step == "leave":
        steps += gone(visit, goings, mine, by=by, at=at)
        steps.append(owe(visit, about, PromiseKind.AFTER_VISIT, WRITE_UP, of="write up", at=at))
        after |= {"check_in_at": None}
    return (changed(visit, kind, **after), *steps)


def check_in(
    visit: Visit, *, about: Referral, open_promises: Sequence[Promise], by: UUID, at: datetime
) -> Steps:
    """Whoever is alone says that they are safe, and will say so again by the next time."""
    if visit.check_in_at is None:
        raise Refused("Nobody waits for that word on this visit.", code="no_check_in", of=visit)
    number = visit.check_ins + 1
    safe = safe_again(visit, about, number=number, at=at)
    return (
        changed(visit, "visit.safe", check_ins=number, check_in_at=safe.change.after.due_at),
        *settle(
            owed(visit, open_promises), PromiseKind.CHECK_IN, "They said that they are safe.", by=by, at=at
        ),
        safe,
    )


def finish(
    visit: Visit,
    *,
    outcome: str,
    next_step: str,
    words: str,
    goings: Sequence[Going],
    holder_id: UUID,
    about: Referral,
    open_promises: Sequence[Promise],
    by: UUID,
    at: datetime,
) -> Steps:
    """
    What came of the visit, and what comes next: owed from now on by whoever holds the person.

    Not at home is no end: it makes a promise to follow them up. Refuses a silence, and to be done with
    somebody nobody was with.
    """
    state = moved(MOVES, "finish", visit, refusals=REFUSALS)
    entry = law.code("visit_outcomes", outcome, at=at, field="outcome")
    is_follow_up = entry.entails == "follow_up"
    need_words(words, field="words", ask="Say what happened, and what was agreed.")
    if is_follow_up:
        then, kind = "Find them: they were not at home.", PromiseKind.NOT_AT_HOME
    else:
        if visit.met_at is None:
            raise Refused(
                "Nobody was with the person yet. Say so first, or that they were not at home.",
                code="nobody_was_with_them",
                field="outcome",
            )
        then = law.code("visit_next_steps", next_step, at=at, field="next_step").label + "."
        kind = PromiseKind.AFTER_VISIT
    mine = owed(visit, open_promises)
    steps = gone(visit, goings, mine, by=by, at=at)
    for kept in (PromiseKind.VISIT, PromiseKind.AFTER_VISIT):
        steps += settle(mine, kept, "It was said what came of the visit.", by=by, at=at)
    done = changed(
        visit, "visit.finished", state=state, left_at=visit.left_at or at, check_in_at=None, ended_at=at,
        outcome=outcome, next_step="" if is_follow_up else next_step, ended_words=words.strip(),
    )  # fmt: skip
    # What happened stands with the visit. What is owed is read by more people than may read that.
    after = owe(visit, about, kind, then, of="after", team_id=holder_id, at=at)
    return (done, *steps, after)


def take_back(visit: Visit, *, words: str, goings: Sequence[Going], at: datetime) -> Steps:
    """A person takes the visit from its crew, with a reason: it waits for another, by the same time."""
    state = moved(MOVES, "take_back", visit, refusals=REFUSALS)
    need_words(words, field="words", ask="Say why, for whoever goes instead.")
    back = changed(
        visit, "visit.taken_back", state=state, crew_id=None, leaves_at=None, free_at=None,
        chosen_words=words.strip(), told_at=None, set_off_at=None,
    )  # fmt: skip
    return (back, *free(goings, at=at))


def stand_down(
    visit: Visit,
    *,
    words: str,
    goings: Sequence[Going],
    open_promises: Sequence[Promise],
    by: UUID,
    at: datetime,
) -> Steps:
    """A person decides, with a reason, that nobody goes. Whoever holds the person holds them all the same."""
    state = moved(MOVES, "stand_down", visit, refusals=REFUSALS)
    need_words(words, field="words", ask="Say why nobody goes, and what was agreed instead.")
    down = changed(visit, "visit.stood_down", state=state, ended_at=at, ended_words=words.strip())
    mine = owed(visit, open_promises)
    kept = [
        step
        for kind in (PromiseKind.VISIT, PromiseKind.JOINT_VISIT)
        for step in settle(mine, kind, words.strip(), by=by, at=at)
    ]
    return (down, *free(goings, at=at), *kept)


def now_going(visit: Visit, goings: Sequence[Going]) -> list[Going]:
    """Of all who ever were planned on this visit, those who go: not those of a crew it was taken from."""
    return [one for one in goings if one.from_at == visit.leaves_at and one.until_at > one.from_at]


def need_over(visits: Sequence[Visit]) -> None:
    """Nobody is let go of, and no team closes, while a visit waits or is under way."""
    for one in visits:
        if one.ended_at is None:
            raise Refused(
                "A visit is still open. Say what came of it, or stand it down with a reason, first.",
                code="visit_open",
                of=one,
            )
