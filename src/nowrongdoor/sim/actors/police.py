"""
The police as a place lives with them: now and then they are asked to come. They attend, alone or with
the ambulance or the crisis team, or do not, and somebody else has accepted and goes; or nobody knows for a
while. Something new is said, they see somebody, and once in a while both sides do not agree.

Chance is drawn from a stream of its own, so that nobody else's day is changed by it.
"""

from datetime import timedelta
from functools import partial
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import paths
from nowrongdoor.rules.police_advice import Told
from nowrongdoor.rules.police_decision import PoliceCall
from nowrongdoor.rules.police_path import Said
from nowrongdoor.rules.police_review import Found
from nowrongdoor.sim.actors import edges
from nowrongdoor.sim.actors.shift import MINUTE, Course, Shift

URGENT = ("emergency", "very_urgent")
FORCE = "averley"
NEITHER = {
    "crime_now": "no", "serious_harm": "no", "happening_now": "no", "taken_or_hurt": "no",
    "whereabouts_known": "yes", "out_of_character": "no", "duty_or_power": "no", "refuses": "no",
    "checks_done": "yes", "has_capacity": "yes",
}  # fmt: skip
DANGER = {**NEITHER, "serious_harm": "yes", "happening_now": "yes"}
LATER = {**NEITHER, "serious_harm": "yes"}
NOT_KNOWN = {**NEITHER, "serious_harm": "not_known"}
CATEGORIES = ("concern_for_welfare", "concern_for_welfare", "walk_out", "transport")
PATHS = {"walk_out": "walk_out", "transport": "conveyance"}
RING_AGAIN = ("If he leaves the house.", "If she stops answering.", "If anybody is hurt, or takes anything.")
NEW_FACTS = (
    ("He has taken tablets.", {"taken_or_hurt": "yes", "serious_harm": "yes", "happening_now": "yes"}),
    (
        "She has left the house, and nobody knows where to.",
        {"whereabouts_known": "no", "out_of_character": "yes"},
    ),
    ("He is calmer, and his sister is with him.", {"serious_harm": "no"}),
)
SAW = (
    ("awake", "In the kitchen, talking. They left after ten minutes."),
    ("not_well", "Unsteady and pale; they asked for an ambulance."),
    ("not_found", "Nobody came to the door."),
)


def may_ask(shift: Shift, course: Course) -> None:
    """One in seven of the urgent is about whether the police come."""
    chance = shift.streams["police"]
    if course.plan.police:
        shift.after(MINUTE * 3, partial(ask, shift, course, course.plan.police))
    elif course.plan.urgency in URGENT and chance.happens(1 / 7):
        come = chance.weighed(((4, "not_attending"), (2, "attend"), (1, "joint"), (2, "unknown")))
        shift.after(MINUTE * 6, partial(ask, shift, course, come))


def ask(shift: Shift, course: Course, comes: str) -> None:
    """The holder asks the police and writes down what they said, and who goes."""
    by = _of_holder(shift, course, "police.decide")
    if by is None:
        return
    chance = shift.streams["police"]
    if comes == "not_attending" and _is_police(shift, by):
        comes = "attend"
    key, before = chance.id(), shift.police.get(course.referral_id)
    call = _call(shift, by, comes)
    shift.place.police.decide(
        decision_id=key,
        referral_id=course.referral_id,
        call=call,
        follows_id=before[0] if before else None,
        by=by,
        at=shift.tick(),
    )
    shift.police[course.referral_id] = (key, call.outcome, 1)
    if before is None and call.known.category in PATHS:
        shift.after(MINUTE * 2, partial(choose_path, shift, course, PATHS[call.known.category]))
    if course.plan.police:
        if course.plan.police == "unknown":
            shift.after(MINUTE * 4, partial(disagree, shift, course))
        return
    if comes == "unknown":
        if chance.happens(0.4):
            shift.after(MINUTE * 3, partial(disagree, shift, course))
        shift.after(MINUTE * 12, partial(ask, shift, course, chance.one_of(("attend", "not_attending"))))
    elif chance.happens(0.25):
        shift.after(MINUTE * 20, partial(hear, shift, course))
    elif chance.happens(0.5):
        shift.after(MINUTE * 25, partial(see, shift, course))


def hear(shift: Shift, course: Course) -> None:
    """The caller rings again with something new, and it is asked anew."""
    before, by = shift.police.get(course.referral_id), _of_holder(shift, course, "police.learn")
    if before is None or by is None:
        return
    chance = shift.streams["police"]
    fact, answers = chance.one_of(NEW_FACTS)
    key = chance.id()
    shift.place.police.learn(
        decision_id=key,
        holding_id=chance.id(),
        referral_id=course.referral_id,
        fact=fact,
        answers=answers,
        follows_id=before[0],
        by=by,
        at=shift.tick(),
    )
    shift.police[course.referral_id] = (key, "unknown", 1)
    shift.after(MINUTE * 5, partial(ask, shift, course, "attend"))


def see(shift: Shift, course: Course) -> None:
    """The police say whom they saw; nothing that is owed ends with it."""
    before, by = shift.police.get(course.referral_id), _of_holder(shift, course, "police.see")
    if before is None or by is None:
        return
    key, outcome, version = before
    seen_as, words = shift.streams["police"].one_of(SAW)
    shift.place.police.see(
        decision_id=key, seen_as=seen_as, words=words, seen_at=None, by=by, at=shift.tick(), seen=version
    )
    shift.police[course.referral_id] = (key, outcome, version + 1)


def disagree(shift: Shift, course: Course) -> None:
    """Both sides say what they think, and two named ranks settle it."""
    before, by = shift.police.get(course.referral_id), _of_holder(shift, course, "police.dispute")
    if before is None or by is None or before[1] != "unknown":
        return
    key, outcome, version = before
    shift.place.police.dispute(
        decision_id=key,
        our_view="He has said what he will do, and is alone with what he needs for it.",
        police_view="No crime, and nobody in danger at this moment.",
        our_rank="on_call_manager",
        police_rank="control_supervisor",
        by=by,
        at=shift.tick(),
        seen=version,
    )
    shift.police[course.referral_id] = (key, outcome, version + 1)
    if shift.streams["police"].happens(0.6):
        shift.after(MINUTE * 60 * 44, partial(review, shift, course, key))


def review(shift: Shift, course: Course, key: UUID) -> None:
    """Two days later whoever leads looks at what there was to disagree about."""
    by, stands = _of_holder(shift, course, "police.review"), shift.police.get(course.referral_id)
    if by is None or stands is None or stands[0] != key:
        return
    found = ((3, "something_changes"), (2, "nothing_changes"), (1, "passed_up"))
    finding = shift.streams["police"].weighed(found)
    shift.place.police.review(
        review_id=shift.streams["police"].id(),
        decision_id=key,
        level="bronze",
        found=Found(
            "Control room supervisor",
            "Both sides had half of what was known, and neither knew of the other half.",
            finding,
            "The crisis team’s number stands on the card of the control room.",
            "Duty lead of the crisis team",
            local_date(shift.at) + timedelta(days=14),
        ),
        by=by,
        at=shift.tick(),
        seen=stands[2],
    )
    shift.police[course.referral_id] = (key, stands[1], stands[2] + 1)


def choose_path(shift: Shift, course: Course, path: str) -> None:
    """Which path it is, and half an hour later how far the first things on its list are."""
    by = _of_holder(shift, course, "police_path.begin")
    if by is None:
        return
    key = shift.streams["police"].id()
    shift.place.police_paths.begin(
        path_id=key, referral_id=course.referral_id, path=path, words="", by=by, at=shift.tick()
    )
    shift.after(MINUTE * 30, partial(answer_path, shift, course, key, path))


def answer_path(shift: Shift, course: Course, key: UUID, path: str) -> None:
    by = _of_holder(shift, course, "police_path.answer")
    if by is None:
        return
    first, second, third, *_ = paths.standing(at=shift.at)[path].steps
    said = {
        first.code: Said("done", by.member_name, "Nobody is in danger at this moment."),
        second.code: Said("done", by.member_name),
        third.code: Said("under_way", "A colleague"),
    }
    shift.place.police_paths.answer(path_id=key, said=said, by=by, at=shift.tick(), seen=1)


def settle(shift: Shift, course: Course) -> None:
    """Before a referral closes it is settled with the police who responds."""
    before = shift.police.get(course.referral_id)
    if before is not None and before[1] == "unknown":
        ask(shift, course, "attend")


def _call(shift: Shift, by: Viewer, comes: str) -> PoliceCall:
    chance = shift.streams["police"]
    told = chance.weighed(((9, "told"), (1, "not_reached")))
    answers = {
        "attend": DANGER, "joint": DANGER, "unknown": NOT_KNOWN,
        "not_attending": chance.weighed(((4, NEITHER), (1, LATER))),
    }[comes]  # fmt: skip
    reason = {"attend": "limb_b", "joint": "limb_b", "unknown": "not_agreed", "not_attending": "neither_limb"}
    known = Told(FORCE, chance.one_of(CATEGORIES), "health", chance.randrange(19, 88), answers)
    holds = comes == "not_attending"
    return PoliceCall(
        known,
        comes,
        reason[comes],
        words=chance.one_of(("Log taken; control room supervisor agrees.", "Two officers are free.")),
        log_reference=f"{chance.randrange(100, 999)} of today",
        accepted_by=by.member_name if holds else "",
        going=chance.one_of((f"{by.member_name} and a colleague", "The crisis team’s evening visit")),
        arrives_minutes=chance.weighed(((6, 35), (1, 120))) if holds else None,
        safe_minutes=60 if holds else None,
        told=told,
        call_back_when=chance.one_of(RING_AGAIN),
        recheck_minutes=45,
    )


def _is_police(shift: Shift, by: Viewer) -> bool:
    return by.role == "police_control"


def _of_holder(shift: Shift, course: Course, act: str) -> Viewer | None:
    held = shift.look(course).holding
    return edges.somebody(shift, shift.roster.key_of(held.team_id), act) if held else None
