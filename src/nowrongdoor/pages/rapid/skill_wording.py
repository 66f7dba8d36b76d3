"""Skills and powers in words: until when each counts, and why one is not counted."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from nowrongdoor.nhsuk import code_words, skill_words, wording
from nowrongdoor.reading.rapid_board import Board, CrewLine, VisitLine
from nowrongdoor.reading.skills import SkillLine
from nowrongdoor.rules import skill
from nowrongdoor.rules.assigning import Offer
from nowrongdoor.rules.skill import Lapse
from nowrongdoor.rules.visit import now_going
from nowrongdoor.rules.visit_record import Visit


def not_counted(line: CrewLine, found: Iterable[Lapse], *, at: datetime) -> list[str]:
    """Each with the name of whose it is."""
    names = {seat.member_id: name for seat, name in line.seats}
    return [skill_words.lapse(one, at=at, name=names.get(one.member_id, "")) for one in found]


def of_crew(line: CrewLine, *, at: datetime) -> dict[str, object]:
    """What a crew can do now, what is not counted, and what nobody knows the end of."""
    seats = [seat for seat, _ in line.seats]
    now = {"from_at": at, "until_at": at}
    can = skill.counted(seats, line.skills, **now)
    codes = tuple(dict.fromkeys(code for seat in can for code in seat.skills))
    held = [one for one in line.skills if one.holds(at, at)]
    endless = dict.fromkeys(skill_words.label(one.kind) for one in held if one.ends_at is None)
    return {
        "skills": wording.listed(
            word.lower() for word in code_words.all_words_of("visit_skills", codes, at=at)
        ),
        "not_counted": not_counted(line, skill.lapses(seats, line.skills, **now), at=at),
        "endless": f"{skill_words.UNKNOWN}: {wording.listed(endless).lower()}" if endless else "",
    }


def touching(one: Visit, offer: Offer, line: CrewLine, *, at: datetime) -> list[str]:
    """What of this crew is not counted on for this visit."""
    return not_counted(line, skill.touching(one, offer.lapses), at=at)


def doubts(line: VisitLine, found: Board, *, at: datetime) -> dict[str, list[str]]:
    """What whoever goes on this visit is not counted on for by then: it is looked at again by a person."""
    for crew in found.crews:
        if crew.crew.id == line.visit.crew_id:
            mine = [going for going, visit in crew.busy if visit.id == line.visit.id]
            going = {one.member_id for one in now_going(line.visit, mine)}
            seats = [seat for seat, _ in crew.seats if seat.member_id in going]
            lapses = skill.in_the_way(line.visit, seats, crew.skills)
            return {"doubts": not_counted(crew, lapses, at=at)}
    return {"doubts": []}


def line(one: SkillLine, *, may_end: bool, at: datetime) -> dict[str, object]:
    """Who holds what, from when until when, who said so and where it was checked."""
    held = one.skill
    is_over = held.ends_at is not None and held.ends_at <= at
    return {
        "id": f"skill-{held.id}",
        "name": one.member_name,
        "what": skill_words.label(held.kind),
        "from": wording.local_date(held.from_on),
        "until": skill_words.until(held, at=at),
        "said_by": held.said_by,
        "checked": held.checked or "Not checked",
        "entered": f"{one.entered_by}, {wording.local_when(held.entered_at, at=at)}",
        "words": held.ended_words,
        "is_over": is_over,
        "is_ending": one.is_ending,
        "url": reverse("skill_end", args=[held.id]) if may_end and not is_over else "",
        "renew_url": f"{reverse('skill_enter')}?member={held.member_id}&kind={held.kind}",
    }


def parts(lines: Sequence[SkillLine], *, may_end: bool, at: datetime) -> dict[str, list[dict[str, object]]]:
    """What somebody has to see to, what counts, and what is over."""
    rows = [line(one, may_end=may_end, at=at) for one in lines]
    rest = [one for one in rows if not one["is_ending"]]
    return {
        "ending": [one for one in rows if one["is_ending"]],
        "held": [one for one in rest if not one["is_over"]],
        "over": [one for one in rest if one["is_over"]],
    }
