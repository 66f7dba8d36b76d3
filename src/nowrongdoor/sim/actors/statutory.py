"""
What the law gives a time, as a place lives it: now and then somebody is brought to a place of safety, a
concern is looked into, or what was agreed a year ago falls due for review.

Chance is drawn from streams of its own, so that nobody else's day is changed by it.
"""

from datetime import timedelta
from functools import partial

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.statutory import StatutoryKind
from nowrongdoor.sim.actors import edges
from nowrongdoor.sim.actors.shift import MINUTE, Course, Shift

SAID = {
    StatutoryKind.PLACE_OF_SAFETY: (
        "Brought to the suite at the hospital by two officers, who have left.",
        "Brought to the suite by ambulance; an officer stays for now.",
    ),
    StatutoryKind.S136_HANDOVER: ("Two officers are with them at the suite.",),
    StatutoryKind.DOCTOR_HOLDING: ("On the ward on the second floor; the doctor on duty made the report.",),
    StatutoryKind.NURSE_HOLDING: ("On the ward on the second floor; the nurse in charge made the record.",),
    StatutoryKind.SAFEGUARDING: (
        "A neighbour may be taking money from them.",
        "Not enough to eat in the house, and nobody knows who does the shopping.",
    ),
    StatutoryKind.REVIEW: ("The plan of a year ago: visits on Tuesdays, and whom to ring at night.",),
}
ENDS = {
    StatutoryKind.PLACE_OF_SAFETY: (
        ("assessed", "Assessed by two doctors and a social worker. Goes home with her sister."),
        ("discharged", "Slept, and wishes to go home. Nothing more is needed."),
    ),
    StatutoryKind.S136_HANDOVER: (("handed_over", "Told what had happened, and the officers left."),),
    StatutoryKind.DOCTOR_HOLDING: (("not_needed", "Assessed. Stays of her own will."),),
    StatutoryKind.NURSE_HOLDING: (("doctor_came", "The doctor on duty came, and made the report."),),
    StatutoryKind.SAFEGUARDING: (("enquiry", "The council makes the enquiry, and has said so."),),
    StatutoryKind.REVIEW: (("reviewed", "Gone through together at the kitchen table."),),
}
URGENT = ("emergency", "very_urgent")


def may_begin(shift: Shift, course: Course) -> None:
    """One in nine of the urgent comes from a place of safety; of others a few have a concern, or a review."""
    chance = shift.streams["statutory"]
    if course.plan.statutory:
        planned = StatutoryKind(course.plan.statutory)
        shift.after(MINUTE * 4, partial(begin, shift, course, planned, MINUTE * 35))
    elif course.plan.urgency in URGENT and chance.happens(1 / 9):
        began = timedelta(minutes=chance.randrange(20, 200))
        shift.after(MINUTE * 4, partial(begin, shift, course, StatutoryKind.PLACE_OF_SAFETY, began))
    elif chance.happens(1 / 16):
        shift.after(MINUTE * 9, partial(begin, shift, course, StatutoryKind.SAFEGUARDING, timedelta()))
    elif chance.happens(1 / 20):
        agreed = timedelta(days=chance.randrange(300, 372))
        shift.after(MINUTE * 9, partial(begin, shift, course, StatutoryKind.REVIEW, agreed))


def begin(shift: Shift, course: Course, kind: StatutoryKind, ago: timedelta) -> None:
    case, chance = shift.look(course), shift.streams["statutory"]
    by = _of_holder(shift, course, "statutory.begin")
    if case.holding is None or by is None or course.referral_id in shift.statutory:
        return
    key = chance.id()
    shift.place.statutory.begin(
        clock_id=key,
        referral_id=course.referral_id,
        kind=kind,
        words=chance.one_of(SAID[kind]),
        started_at=shift.at - ago,
        by=by,
        at=shift.tick(),
    )
    shift.statutory[course.referral_id] = (key, kind, 1)
    if course.plan.statutory:
        return
    if kind == StatutoryKind.PLACE_OF_SAFETY:
        if chance.happens(0.3):
            shift.after(timedelta(hours=chance.uniform(8, 18)), partial(extend, shift, course))
        shift.after(timedelta(hours=chance.uniform(6, 26)), partial(end, shift, course))
    elif kind == StatutoryKind.SAFEGUARDING:
        shift.after(timedelta(hours=chance.uniform(5, 40)), partial(end, shift, course))


def extend(shift: Shift, course: Course) -> None:
    """Nobody extends what is over, or for want of somebody to assess."""
    chance, running = shift.streams["statutory"], shift.statutory.get(course.referral_id)
    by = _of_holder(shift, course, "statutory.extend")
    if running is None or by is None:
        return
    key, kind, version = running
    shift.place.statutory.extend(
        clock_id=key,
        reason=chance.one_of(("distressed", "intoxicated", "unwell")),
        doctor="Dr Grace Mensah",
        words="Asleep after a long night, and could not yet be spoken to.",
        hours=chance.one_of((None, 6, 8)),
        decided_at=None,
        by=by,
        at=shift.tick(),
        seen=version,
    )
    shift.statutory[course.referral_id] = (key, kind, version + 1)


def end(shift: Shift, course: Course) -> None:
    """It is over, where it still runs: before that, no referral closes."""
    chance, running = shift.streams["statutory"], shift.statutory.get(course.referral_id)
    by = _of_holder(shift, course, "statutory.end")
    if running is None or by is None:
        return
    key, kind, version = running
    outcome, words = chance.one_of(ENDS[kind])
    shift.place.statutory.end(
        clock_id=key, outcome=outcome, words=words, ended_at=None, by=by, at=shift.tick(), seen=version
    )
    del shift.statutory[course.referral_id]


def _of_holder(shift: Shift, course: Course, act: str) -> Viewer | None:
    held = shift.look(course).holding
    return edges.somebody(shift, shift.roster.key_of(held.team_id), act) if held else None
