"""Faults planted in the rules of crews and visits. See `faults`."""

from types import MappingProxyType
from typing import Any

from nowrongdoor.rules import assigning, crew, joint_visit, skill, visit, visit_owing
from nowrongdoor.rules.words import VisitState
from nowrongdoor.sim.planting import Any_, Fault, but, nothing, only, with_after


def _sent_elsewhere(right: Any) -> Any:
    return MappingProxyType({**right, "assign": dict.fromkeys(VisitState, VisitState.PLANNED)})


def _for_ever(right: Any_) -> Any_:
    return lambda *args: True


def _as_said(right: Any_) -> Any_:
    return lambda seats, skills, **kwargs: tuple(seats)


def _always_can(right: Any_) -> Any_:
    return lambda *args, **kwargs: ""


def _nobody_waits(right: Any_) -> Any_:
    def safe_again(*args: Any, **kwargs: Any) -> Any:
        return with_after(right(*args, **kwargs), kind="after_visit")

    return safe_again


OF_VISITS: dict[str, Fault] = {
    "sent to two at once": Fault(
        "What a crew is planned on already is not looked at.", assigning, "assign", but(busy=())),
    "set off from another visit": Fault(
        "A crew may set off before it has left where it is.", visit, "go_on", but(elsewhere=())),
    "sent elsewhere unsaid": Fault(
        "A crew is given a visit that another has, and nobody takes it back.",
        assigning, "MOVES", _sent_elsewhere),
    "a power outlives its last day": Fault(
        "Whoever held a power goes on being counted on for it.", skill.Skill, "holds", _for_ever),
    "a registration is not looked at": Fault(
        "Whoever was registered once goes as that for ever.", skill, "counted", _as_said),
    "fewer go than must": Fault(
        "Two must go on a visit, and that no two of this crew may is not looked at.",
        assigning, "_cannot", _always_can),
    "shift ends on somebody": Fault(
        "Somebody falls sick, and whoever waits for their crew is not looked at.",
        crew, "end", but(waiting=())),
    "team closes on a visit": Fault(
        "A team closes while a crew of it is expected.", visit, "need_over", nothing),
    "nobody waits for who is alone": Fault(
        "A telephone dies, and nobody waits for the word that they are safe.",
        visit, "safe_again", _nobody_waits),
    "safe once and for all": Fault(
        "Whoever is alone says once that they are safe, and is not asked again.",
        visit, "check_in", only(slice(0, -1))),
    "not at home is the end": Fault(
        "What comes after a visit, or after nobody was at home, is owed by nobody.",
        visit, "finish", only(slice(0, -1))),
    "still out when it is over": Fault(
        "A visit ends and its crew is on it for ever.", visit, "free", nothing),
    "no answer owed": Fault(
        "A team is asked to come along, and nobody waits for its answer.",
        joint_visit, "ask_along", only(slice(0, -1))),
    "a no goes to nobody": Fault(
        "A team that was to come along does not, and whoever goes does not hear.",
        joint_visit, "stood_down", nothing),
    "asked along for ever": Fault(
        "A visit is over, and a team is asked still to come along to it.",
        joint_visit, "ended", nothing),
    "written up by a word": Fault(
        "What came of a visit is ticked off beside it, and never said.",
        visit_owing, "need_written_up", nothing),
}  # fmt: skip
