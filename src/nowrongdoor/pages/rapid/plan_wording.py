"""A plan for the whole board in words: what is proposed and why, what stays, and what cannot be met."""

from datetime import datetime
from typing import Any

from nowrongdoor.nhsuk import code_words, whom, wording
from nowrongdoor.pages.rapid.wording import offers, row
from nowrongdoor.reading.rapid_board import Board, VisitLine
from nowrongdoor.rules import board_plan, board_seeking, pairing
from nowrongdoor.rules.board_plan import BoardPlan, Kept, Proposal, Unmet

SOONEST = "No crew can be there in time. This one would be there soonest."
IN_TIME = {
    board_seeking.ONLY_ONE: "The only crew that can be there in time.",
    board_seeking.NEAREST: "The nearest of {n} crews that can be there in time.",
    board_seeking.LEAST_TO_DO: "Has less to do than others of the {n} crews that can be there in time.",
}
PINNED = "A reason was given for this crew: the plan leaves it, though it would be late."
LATE = "It would be late with every crew: the plan leaves it with this one."


def name(line: VisitLine) -> str:
    return whom.name(line.whom)


def given(number: int) -> str:
    return "1 visit was given to a crew" if number == 1 else f"{number} visits were given to crews"


def plan(found: BoardPlan, board: Board, *, at: datetime) -> dict[str, Any]:
    """What the page shows: new ones, ones that would move, ones that stay, ones that cannot be met."""
    lines = {one.visit.id: one for one in board.visits}
    crews = {one.crew.id: one.crew.name for one in board.crews}
    rows = [_proposal(one, lines[one.visit.id], board, at=at) for one in found.proposals]
    return {
        "good_until": wording.local_time(board_plan.good_until(at=at)),
        "new": [one for one in rows if not one["was"]],
        "moved": [one for one in rows if one["was"]],
        "at_once": [one for one in rows if not one["against"]],
        "kept": [_kept(one, lines[one.visit.id], crews, at=at) for one in found.kept],
        "unmet": [_unmet(one, lines[one.visit.id], at=at) for one in found.unmet],
    }


def _proposal(one: Proposal, line: VisitLine, board: Board, *, at: datetime) -> dict[str, Any]:
    offer = offers((one.offer,), board.crews, one.visit, at=at)[0]
    spare = int((one.visit.due_at - one.offer.there_at).total_seconds() // 60)
    why = IN_TIME[one.why].format(n=one.in_time) if one.leave_by is None else SOONEST
    when = f"{spare} min before it is due" if spare >= 0 else f"{-spare} min after it is due"
    takes = ""
    if one.leave_by is not None:
        leaves = wording.local_when(one.leave_by, at=at)
        takes = f"To be in time the nearest crew would have had to leave by {leaves}."
        if one.leave_by > at:
            takes = f"It takes a crew that is free to leave by {leaves}."
    return {
        **row(line, at=at),
        "key": one.visit.id,
        "seen": one.visit.version,
        "offer": offer,
        "reasons": [f"There {when}.", *_meets(one, at=at), why, *offer["reasons"]],  # type: ignore[misc]
        "against": offer["against"],
        "takes": takes,
        "was": (line.crew_name or "A crew") if one.instead_of is not None else "",
        "because": one.because,
    }


def _meets(one: Proposal, *, at: datetime) -> list[str]:
    """That another team is at the door then, and that this plan keeps to it."""
    meet_at = one.visit.meet_at
    return [f"Meets the other team at the door {wording.local_when(meet_at, at=at)}."] if meet_at else []


def _kept(one: Kept, line: VisitLine, crews: dict[Any, str], *, at: datetime) -> dict[str, Any]:
    words = f"There {wording.local_time(one.there_at)}, in time."
    if one.is_late:
        words = f"There {wording.local_time(one.there_at)}. {PINNED if one.is_pinned else LATE}"
    elif one.is_pinned:
        words += " A reason was given for this crew."
    return {**row(line, at=at), "crew": crews.get(one.visit.crew_id, line.crew_name), "words": words}


def _unmet(one: Unmet, line: VisitLine, *, at: datetime) -> dict[str, Any]:
    why, takes = _why_not(one, at=at)
    return {**row(line, at=at), "why": why, "takes": takes}


def _why_not(one: Unmet, *, at: datetime) -> tuple[str, str]:
    """What stands in the way of every crew, and what it would take."""
    if one.why == board_plan.NO_CREW:
        return "No crew is on shift.", "A crew on shift."
    if one.why == board_plan.NO_PAIR:
        words = "Two must go, and no crew has two who may."
        return words, f"A crew with two who may go together: {_pair(one, at=at)}."
    if one.why == board_plan.NO_SKILL:
        skills = code_words.all_words_of("visit_skills", one.skills, at=at)
        words = wording.listed(code_words.mid_sentence(word) for word in skills)
        return f"No crew that may go has what is needed: {words}.", f"Somebody who can: {words}."
    words = "The shift of every crew that could go is over before the visit would be."
    return words, f"A crew whose shift lasts {one.minutes} min longer than the way there."


def _pair(one: Unmet, *, at: datetime) -> str:
    """Which roles may lead, and which may be the second, of the rule that asks for most."""
    rules = pairing.of(one.visit.pair_rules, at=at)
    rule = min(rules, key=lambda each: (len(each.lead_roles | each.second_roles), each.code))
    lead, second = (
        wording.listed(
            code_words.mid_sentence(word)
            for word in code_words.all_words_of("crew_roles", tuple(sorted(roles)), at=at)
        )
        for roles in (rule.lead_roles, rule.lead_roles | rule.second_roles)
    )
    return f"one of {lead}; and beside them one of {second}"
