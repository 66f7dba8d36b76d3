"""The visit pack in words: everything whoever goes needs at the door, and what they can say next."""

from datetime import datetime

from django.urls import reverse

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import banners, code_words, message_words, skill_words, wording
from nowrongdoor.pages.rapid import joint_wording, on_the_way
from nowrongdoor.pages.rapid import wording as words
from nowrongdoor.reading import safe_to_ring
from nowrongdoor.reading.visit_record import VisitRecord, is_late_to_say
from nowrongdoor.rules import access, joint_visit
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.visit import MOVES
from nowrongdoor.rules.words import VisitState

# What is said next, in the order of a visit; the first that may be said is the large button.
NEXT = (
    ("set_off", "We are on the way"),
    ("arrive", "We are there"),
    ("meet", "We are with them"),
    ("leave", "We have left"),
    ("tell", "We know of this visit"),
)
MAY_FINISH = frozenset(MOVES["finish"])
# The note is begun on the way: at the door there may be no signal to bring another page.
MAY_TYPE = MAY_FINISH | {VisitState.ON_THE_WAY}
MAY_TAKE_BACK = frozenset(MOVES["take_back"])
MAY_STAND_DOWN = frozenset(MOVES["stand_down"])


def pack(record: VisitRecord, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    """Whom, where, what to mind, who else goes; then the buttons that this state and role have."""
    one, person = record.visit, record.about.person
    safe = safe_to_ring.about(person)
    named = {going.member_id: name for going, name, _ in record.goers}
    is_own = viewer.team_id == one.team_id
    may = {act: is_own and access.may_do(viewer, f"visit.{act}", at=at) for act in ACTS}
    return {
        "key": one.id,
        "seen": one.version,
        "url": reverse("visit", args=[one.id]),
        "referral_url": reverse("referral", args=[one.referral_id]),
        "name": banners.name_of(person),
        "banner": banners.person_banner(
            person, safe=safe, at=at, url=reverse("person", args=[person.id])
        )
        if person
        else None,
        "need": one.need,
        "place": one.place,
        "area": words.area(one.area, at=at),
        "mind": one.access_words,
        "asks": words.asks(one, at=at),
        "state": words.state(one),
        "text": on_the_way.text(one, person, safe, told=record.messages, at=at)
        if may["go_on"]
        else None,
        "told": [message_words.came_of(each, at=at) for each in record.messages],
        "is_over": one.ended_at is not None,
        "chip": words.chip(one, at=at),
        "crew": record.crew_name,
        "device": record.device,
        "goers": [
            f"{name}, {code_words.mid_sentence(code_words.words_of('crew_roles', role, at=at))}"
            for _, name, role in record.goers
        ],
        "leaves": wording.local_when(one.leaves_at, at=at) if one.leaves_at else "",
        "doubts": [
            skill_words.lapse(each, at=at, name=named.get(each.member_id, ""))
            for each in record.lapses
            if is_own
        ],
        "chosen_words": one.chosen_words,
        "check_in": words.check_in_chip(one, at=at),
        "is_silent": is_late_to_say(one, at=at),
        "goes": viewer.member_id in {going.member_id for going, _, _ in record.goers},
        "may_say_safe": may["check_in"] and one.check_in_at is not None,
        "steps": [
            (step, label) for step, label in NEXT if may["go_on"] and one.state in MOVES[step]
        ],
        "finish_url": _url("visit_finish", one.id, may["finish"] and one.state in MAY_FINISH),
        "note_url": _url("visit_finish", one.id, may["finish"] and one.state in MAY_TYPE),
        "take_back_url": _url("visit_take_back", one.id, may["take_back"] and one.state in MAY_TAKE_BACK),
        "stand_down_url": _url("visit_stand_down", one.id, may["stand_down"] and one.state in MAY_STAND_DOWN),
        "assign_url": _url("rapid_assign", one.id, may["assign"] and one.state == VisitState.ASKED),
        "outcome": code_words.words_of("visit_outcomes", one.outcome, at=at) if one.outcome else "",
        "next_step": code_words.words_of("visit_next_steps", one.next_step, at=at) if one.next_step else "",
        "ended_words": one.ended_words,
        "ended": wording.local_when(one.ended_at, at=at) if one.ended_at else "",
        **_joint(record, may, is_own=is_own, at=at),
    }


def _joint(record: VisitRecord, may: dict[str, bool], *, is_own: bool, at: datetime) -> dict[str, object]:
    """Who else comes and how far they are; whether this team is asked itself, and may ask another."""
    one = record.visit
    is_asked = is_own and one.state == VisitState.ASKED_ALONG
    asks = may["ask_along"] and one.joint_with_id is None and one.ended_at is None
    return {
        "team": record.team_name,
        "meets": joint_wording.meets(one, at=at),
        "halves": [(joint_wording.half(each, at=at), joint_wording.words(each)) for each in record.halves],
        "is_asked": is_asked,
        "asked_by": record.halves[0].team_name if is_asked and record.halves else "",
        "may_come": is_asked and may["come_along"],
        "others": record.others_words,
        "others_url": _url("visit_others", one.id, may["note_others"] and one.ended_at is None),
        "meet_url": _url("visit_meet", one.id, may["move_meeting"] and _may_move(record)),
        "ask_along_url": _url("visit_ask_along", one.id, asks and one.state != VisitState.LEFT),
    }


def _may_move(record: VisitRecord) -> bool:
    """Somebody goes along, and neither is with the person yet."""
    try:
        others = [one.visit for one in record.halves]
        joint_visit.need_to_meet(record.visit, others)
    except Refused:
        return False
    return True


ACTS = (
    "go_on", "check_in", "finish", "take_back", "stand_down", "assign", "ask_along", "come_along",
    "move_meeting", "note_others",
)  # fmt: skip


def _url(name: str, key: object, may: bool) -> str:
    return reverse(name, args=[key]) if may else ""
