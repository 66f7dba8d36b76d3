"""Faults planted in the rules of calls just to talk. See `faults`."""

from typing import Any

from nowrongdoor.rules import talk, talk_worry
from nowrongdoor.sim.planting import Any_, Fault, only, with_after


def _to_nobody(right: Any_) -> Any_:
    def unanswered(*args: Any, **kwargs: Any) -> Any:
        return tuple(step for step in right(*args, **kwargs) if step.before is not None)

    return unanswered


def _untold(right: Any_) -> Any_:
    def withdraw(*args: Any, **kwargs: Any) -> Any:
        return tuple(with_after(step, owner_member_id=None) for step in right(*args, **kwargs))

    return withdraw


OF_CALLS: dict[str, Fault] = {
    "call goes back to nobody": Fault(
        "So often not answered, a call is let go and nobody has it again.", talk, "_unanswered", _to_nobody),
    "stopped unsaid": Fault(
        "A call is stopped, and whoever said that they will ring is not told.", talk, "withdraw", _untold),
    "worried about by nobody": Fault(
        "A volunteer is worried, and nobody owes a call back.", talk_worry, "worry", only(slice(0, 1))),
}  # fmt: skip
