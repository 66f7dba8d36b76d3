"""Visits and crews in words: what waits, who is where, and why this crew or not."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import banners, code_words, whom, wording
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.pages.rapid import joint_wording, skill_wording
from nowrongdoor.pages.rapid.state_wording import STATES, state
from nowrongdoor.reading.rapid_board import Board, CrewLine, VisitLine
from nowrongdoor.reading.visit_record import VisitRecord, is_late_to_say
from nowrongdoor.rules import pairing, travelling
from nowrongdoor.rules.assigning import Offer
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Seat
from nowrongdoor.rules.visit_record import Visit
from nowrongdoor.rules.words import VisitState

KNOWS = "Somebody of it was with this person before."
SHOWS = ("answerable", "identity", "response", "whereabouts")


def shown(lines: Iterable[VisitLine]) -> list[Seen]:
    """Whom a list of visits shows, for the record of looks."""
    return [
        Seen(one.person_id, one.visit.referral_id, None, tuple(name for name in SHOWS if name in one.shows))
        for one in lines
    ]


def chip(one: Visit, *, at: datetime) -> Chip:
    """By when somebody is to be there; stopped once they are with the person, or it is over."""
    if one.met_at is not None:
        return wording.done_chip(f"With them {wording.local_time(one.met_at)}")
    if one.ended_at is not None:
        return wording.done_chip(STATES[VisitState(one.state)])
    return wording.chip(one.due_at, at=at)


def check_in_chip(one: Visit, *, at: datetime) -> Chip | None:
    """By when whoever is alone is to say that they are safe."""
    return wording.chip(one.check_in_at, at=at) if one.check_in_at else None


def asks(one: Visit, *, at: datetime) -> list[str]:
    """Who must go, in words: how many and why, which skills, what the person asked for."""
    said = [f"Two go: {code_words.mid_sentence(rule.label)}" for rule in pairing.of(one.pair_rules, at=at)]
    said = said or ["One may go alone"]
    said += list(code_words.all_words_of("visit_skills", one.skills, at=at))
    if one.wish_gender:
        said.append(f"They ask for {code_words.words_of('crew_genders', one.wish_gender, at=at).lower()}")
    if one.wish_language:
        said.append(f"They ask for {code_words.words_of('crew_languages', one.wish_language, at=at)}")
    return said


def area(code: str, *, at: datetime) -> str:
    return next((one.label for one in travelling.areas(on=local_date(at)) if one.code == code), code)


def row(line: VisitLine, *, at: datetime) -> dict[str, object]:
    """A visit as a line of the board."""
    one = line.visit
    waits = one.state == VisitState.ASKED
    return {
        "id": f"visit-{one.id}",
        "url": reverse("visit", args=[one.id]),
        "assign_url": reverse("rapid_assign", args=[one.id]) if waits else "",
        "chip": chip(one, at=at),
        "is_late": one.met_at is None and one.due_at <= at,
        "name": whom.name(line.whom),
        "about": whom.about(line.whom, at=at),
        "need": whom.line(one.need),
        "place": one.place,
        "area": area(one.area, at=at),
        "mind": one.access_words,
        "asks": asks(one, at=at),
        "waits": waits,
        "crew": line.crew_name,
        "crew_id": one.crew_id,
        "state": state(one),
        "leaves": wording.local_time(one.leaves_at) if one.leaves_at else "",
        "free": wording.local_time(one.free_at) if one.free_at else "",
        "check_in": check_in_chip(one, at=at),
        "is_silent": is_late_to_say(one, at=at),
        "is_asked": one.state == VisitState.ASKED_ALONG,
        "halves": [joint_wording.half(each, at=at) for each in line.halves],
        "meets": joint_wording.meets(one, at=at),
    }


def crew(line: CrewLine, *, at: datetime) -> dict[str, object]:
    """A crew as a line of the board: who, where it is now, until when."""
    one = line.crew
    return {
        "id": f"crew-{one.id}",
        "key": one.id,
        "name": one.name,
        "people": [_sits(line, seat, name, at=at) for seat, name in line.seats],
        **skill_wording.of_crew(line, at=at),
        "base": area(one.base, at=at),
        "travel": code_words.words_of("travel_modes", one.travel, at=at),
        "device": one.device,
        "until": wording.local_when(one.until_at, at=at),
        "status": status(line, at=at),
        "end_url": reverse("crew_end", args=[one.id]),
    }


def status(line: CrewLine, *, at: datetime) -> str:
    """`Free`, `On the way since 13:10`, `Given a visit, leaves 14:20`; what matters most first."""
    visits = list({visit.id: visit for _, visit in line.busy if visit.crew_id == line.crew.id}.values())
    for one in visits:
        if one.check_in_at is not None and is_late_to_say(one, at=at):
            return f"Has not said that they are safe, due {wording.local_time(one.check_in_at)}"
    for one in visits:
        if one.state in (VisitState.WITH_PERSON, VisitState.THERE, VisitState.ON_THE_WAY):
            return state(one)
    for one in sorted(visits, key=lambda each: each.leaves_at or at):
        if one.leaves_at is not None and one.state in (VisitState.PLANNED, VisitState.TOLD):
            return f"Given a visit, leaves {wording.local_time(one.leaves_at)}"
    if at < line.crew.from_at:
        return f"Comes on {wording.local_when(line.crew.from_at, at=at)}"
    return "Free"


def chosen(record: VisitRecord, *, at: datetime) -> dict[str, object]:
    """The visit that crews are ranked for."""
    one = record.visit
    return {
        "key": one.id,
        "seen": one.version,
        "name": banners.name_of(record.about.person),
        "need": one.need,
        "place": one.place,
        "area": area(one.area, at=at),
        "mind": one.access_words,
        "asks": asks(one, at=at),
        "chip": chip(one, at=at),
        "state": state(one),
        "crew": record.crew_name,
        "url": reverse("visit", args=[one.id]),
    }


def offers(
    found: Sequence[Offer], lines: Sequence[CrewLine], one: Visit, *, at: datetime
) -> list[dict[str, object]]:
    """Each crew for this visit, in order, with the key that chooses it."""
    by_crew = {line.crew.id: line for line in lines}
    names = {seat.member_id: name for line in lines for seat, name in line.seats}
    return [
        _offer(each, by_crew[each.crew.id], names, number, at=at)
        | {"lapses": skill_wording.touching(one, each, by_crew[each.crew.id], at=at)}
        for number, each in enumerate(found, start=1)
    ]


def _offer(
    each: Offer, line: CrewLine, names: dict[UUID, str], number: int, *, at: datetime
) -> dict[str, object]:
    who = wording.listed(f"{names[seat.member_id]} ({_role(seat.role, at=at)})" for seat in each.goers)
    leaves = "now" if each.leaves_at <= at else wording.local_when(each.leaves_at, at=at)
    reasons = [
        f"Leaves {leaves}, there {wording.local_time(each.there_at)} ({each.minutes_away} min away)",
        f"Free again {wording.local_time(each.free_at)}; shift ends {wording.local_time(each.crew.ends_at)}",
    ]
    if each.knows:
        reasons.insert(0, KNOWS)
    return {
        "key": each.crew.id,
        "number": number if number < 10 else "",
        "name": each.crew.name,
        "status": status(line, at=at),
        "who": who,
        "reasons": reasons,
        "against": each.against,
        "cannot": each.cannot,
        "leaves_at": each.leaves_at.isoformat(),
    }


def sheet(found: Board, *, at: datetime) -> list[dict[str, object]]:
    """Each crew with its visits in the order they are planned."""
    rows = [row(one, at=at) for one in found.visits]
    planned = sorted((one for one in rows if one["crew_id"]), key=lambda one: str(one["leaves"]))
    return [
        {**crew(line, at=at), "visits": [one for one in planned if one["crew_id"] == line.crew.id]}
        for line in found.crews
    ]


def _sits(line: CrewLine, seat: Seat, name: str, *, at: datetime) -> str:
    """Who it is and as what; and who lends them, where somebody does."""
    lent = f", lent by {line.lent_by[seat.member_id]}" if seat.member_id in line.lent_by else ""
    return f"{name}, {_role(seat.role, at=at)}{lent}"


def _role(code: str, *, at: datetime) -> str:
    return code_words.mid_sentence(code_words.words_of("crew_roles", code, at=at))
