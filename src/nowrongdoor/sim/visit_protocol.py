"""What actors need of crews and visits: the verbs of `journeys`. See `place_protocol`."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.visit_record import Asked


class Crews(Protocol):
    def put_on(
        self,
        *,
        crew_id: UUID,
        name: str,
        base: str,
        travel: str,
        device: str,
        from_at: datetime,
        until_at: datetime,
        seatings: Sequence[Seating],
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def end(self, *, crew_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Loans(Protocol):
    def lend(
        self,
        *,
        membership_id: UUID,
        member_id: UUID,
        to_team_id: UUID,
        role: str,
        until_at: datetime,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def end(self, *, membership_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Skills(Protocol):
    def enter(
        self,
        *,
        skill_id: UUID,
        member_id: UUID,
        kind: str,
        from_on: date,
        until_on: date | None,
        said_by: str,
        checked: str,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def end(self, *, skill_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Visits(Protocol):
    def ask(self, *, visit_id: UUID, referral_id: UUID, asked: Asked, by: Viewer, at: datetime) -> None: ...
    def assign(
        self,
        *,
        visit_id: UUID,
        crew_id: UUID,
        leaves_at: datetime,
        words: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def go_on(self, *, visit_id: UUID, step: str, by: Viewer, at: datetime, seen: int) -> None: ...
    def check_in(self, *, visit_id: UUID, by: Viewer, at: datetime, seen: int) -> None: ...
    def finish(
        self, *, visit_id: UUID, outcome: str, next_step: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def take_back(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...
    def stand_down(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...
    def ask_along(
        self,
        *,
        visit_id: UUID,
        half_id: UUID,
        team_id: UUID,
        need: str,
        meet_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def come_along(self, *, visit_id: UUID, by: Viewer, at: datetime, seen: int) -> None: ...
    def move_meeting(
        self, *, visit_id: UUID, meet_at: datetime | None, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def note_others(self, *, visit_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class SendsCrews(Protocol):
    """A place that has crews, and visits for them."""

    @property
    def crews(self) -> Crews: ...
    @property
    def loans(self) -> Loans: ...
    @property
    def skills(self) -> Skills: ...
    @property
    def visits(self) -> Visits: ...
