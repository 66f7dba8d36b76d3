"""What a planted fault is, and the plainest ways to make a wrong function from a right one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from nowrongdoor.rules.change import Change, Step

Any_ = Callable[..., Any]


@dataclass(frozen=True)
class Fault:
    """`where` and `name` are what is replaced; `plant` makes the wrong one from the right one."""

    says: str
    where: Any
    name: str
    plant: Callable[[Any], Any]


def but(**wrong: Any) -> Callable[[Any_], Any_]:
    """The same function, called with these arguments whatever it was given."""
    return lambda right: lambda *args, **kwargs: right(*args, **{**kwargs, **wrong})


def nothing(right: Any_) -> Any_:
    """Does nothing at all."""
    return lambda *args, **kwargs: ()


def only(part: slice) -> Callable[[Any_], Any_]:
    """Forgets some of the steps."""
    return lambda right: lambda *args, **kwargs: right(*args, **kwargs)[part]


def with_after(step: Step, **wrong: Any) -> Step:
    return Step(step.before, Change(step.change.kind, replace(step.change.after, **wrong)))
