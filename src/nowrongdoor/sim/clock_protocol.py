"""What actors need of clocks, rota, police and contacts: the verbs of `journeys`. See `place_protocol`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.contact import Said as ContactSaid
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.police_decision import PoliceCall
from nowrongdoor.rules.police_path import Said
from nowrongdoor.rules.police_review import Found


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


class PolicePaths(Protocol):
    def begin(
        self, *, path_id: UUID, referral_id: UUID, path: str, words: str, by: Viewer, at: datetime
    ) -> None: ...
    def answer(
        self, *, path_id: UUID, said: Mapping[str, Said], by: Viewer, at: datetime, seen: int
    ) -> None: ...


class Police(Protocol):
    def take_in(
        self,
        *,
        contact_id: UUID,
        said: ContactSaid,
        callback_id: UUID,
        happened_at: datetime,
        referral: NewReferral,
        offer: NewOffer | None,
        decision_id: UUID,
        call: PoliceCall,
        by: Viewer,
        at: datetime,
        person_id: UUID | None = None,
    ) -> None: ...
    def decide(
        self,
        *,
        decision_id: UUID,
        referral_id: UUID,
        call: PoliceCall,
        follows_id: UUID | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def learn(
        self,
        *,
        decision_id: UUID,
        holding_id: UUID,
        referral_id: UUID,
        fact: str,
        answers: Mapping[str, str],
        follows_id: UUID | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def see(
        self,
        *,
        decision_id: UUID,
        seen_as: str,
        words: str,
        seen_at: datetime | None,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def dispute(
        self,
        *,
        decision_id: UUID,
        our_view: str,
        police_view: str,
        our_rank: str,
        police_rank: str,
        by: Viewer,
        at: datetime,
        seen: int,
    ) -> None: ...
    def review(
        self,
        *,
        review_id: UUID,
        decision_id: UUID,
        level: str,
        found: Found,
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


class SecondReadings(Protocol):
    def answer(
        self, *, promise_id: UUID, how: str, words: str, reason: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
