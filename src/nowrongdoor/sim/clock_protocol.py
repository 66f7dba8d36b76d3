"""What actors need of clocks, of the rota and of contacts: the verbs of `journeys`. See `place_protocol`."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from nowrongdoor.rules.access import Viewer


class CareContacts(Protocol):
    def record(
        self,
        *,
        care_contact_id: UUID,
        referral_id: UUID,
        way: str,
        words: str,
        happened_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...


class Statutory(Protocol):
    def begin(
        self,
        *,
        clock_id: UUID,
        referral_id: UUID,
        kind: str,
        words: str,
        started_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def extend(
        self,
        *,
        clock_id: UUID,
        reason: str,
        doctor: str,
        words: str,
        hours: int | None,
        decided_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def end(
        self,
        *,
        clock_id: UUID,
        outcome: str,
        words: str,
        ended_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...


class Clocks(Protocol):
    def sweep(self, *, ours: datetime, limit: int = ..., by: Viewer, at: datetime) -> tuple[int, int]: ...
    def reply(
        self,
        *,
        clock_id: UUID,
        reply_id: UUID,
        step: int,
        decision: str,
        dissent: str,
        told: str,
        rests_until: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...


class Rota(Protocol):
    def put_on(
        self,
        *,
        duty_id: UUID,
        team_id: UUID | None,
        member_id: UUID,
        rung: str,
        phone: str,
        from_at: datetime,
        until_at: datetime,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def offer_on(self, *, ours: datetime, by: Viewer, at: datetime) -> int: ...
    def take_off(self, *, duty_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...
