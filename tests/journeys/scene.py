"""A scene: one verb in a place where it may be acted, what it tells, refuses, and who may come first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from tests.worlds.small_place import SmallPlace

Given = dict[str, Any]
Changed = Given | Callable[[SmallPlace, Given], Given]
Rival = Callable[[SmallPlace, Given], Callable[..., None]]


@dataclass(frozen=True)
class Scene:
    """
    A verb in a place where it may be acted: `given` are its arguments but for the instant.

    `tells` are the journal's kinds, in order. `refused` are arguments that make it refuse, with the
    words. `rival` is what somebody else does to the same rows; acted before, this verb is refused with
    the code `told`. `no_rival` says why nobody can come first, `no_journal` why nothing is told.
    """

    verb: str
    given: Callable[[SmallPlace], Given]
    tells: tuple[str, ...]
    refused: tuple[tuple[Changed, str], ...]
    rival: Rival | None = None
    told: str = "changed_meanwhile"
    no_rival: str = ""
    no_journal: str = ""
    any_role: str = ""
    later: dict[str, int] = field(default_factory=dict)

    def act(self, place: SmallPlace, given: Given) -> None:
        noun, verb = self.verb.split(".")
        act = getattr(import_module(f"nowrongdoor.journeys.{noun}"), verb)
        act(**given) if self.verb == "drafts.discard" else act(**given, at=place.later(**self.later))
