"""What actors need of a place to open, share, seal and look into records; the rest is in `place_protocol`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nowrongdoor.rules.about_me import Said
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.circle import Somebody
from nowrongdoor.rules.merging import Found
from nowrongdoor.rules.register import Alike, Batch
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against
from nowrongdoor.rules.sharing import Grounds
from nowrongdoor.rules.snooping import Suspicion


class Openings(Protocol):
    def claim(
        self, *, opening_id: UUID, person_id: UUID, reason: str, words: str, by: Viewer, at: datetime
    ) -> None: ...
    def break_glass(
        self,
        *,
        opening_id: UUID,
        review_id: UUID,
        person_id: UUID,
        reason: str,
        words: str,
        by: Viewer,
        at: datetime,
    ) -> None: ...


class Reviews(Protocol):
    def decide(
        self, *, review_id: UUID, outcome: str, words: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def look_into(self, *, suspected: Sequence[Suspicion], by: Viewer, at: datetime) -> None: ...


class Sharing(Protocol):
    def decide(
        self,
        *,
        decision_id: UUID,
        person_id: UUID,
        to_team_id: UUID,
        purpose: str,
        grounds: Grounds,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def override(
        self,
        *,
        decision_id: UUID,
        person_id: UUID,
        to_team_id: UUID,
        words: str,
        told: str,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def withdraw(self, *, decision_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Seals(Protocol):
    def put(
        self,
        *,
        seal_id: UUID,
        person_id: UUID | None,
        referral_id: UUID | None,
        contact_id: UUID | None,
        why: str,
        words: str,
        against: Against = NOBODY_NAMED,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def lift(self, *, seal_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Merges(Protocol):
    def propose(self, *, found: Sequence[Found], by: Viewer, at: datetime) -> None: ...
    def merge(
        self, *, merge_id: UUID, stays_id: UUID, words: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def keep_apart(self, *, merge_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...
    def unmerge(self, *, merge_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Registers(Protocol):
    def begin(
        self, *, reading_id: UUID, agency_id: UUID, digest: str, by: Viewer, at: datetime
    ) -> None: ...
    def take(
        self, *, reading_id: UUID, batch: Batch, found: Sequence[Alike], by: Viewer, at: datetime
    ) -> None: ...
    def link(self, *, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...
    def keep_apart(self, *, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...
    def unlink(self, *, link_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Permissions(Protocol):
    def give(
        self,
        *,
        permission_id: UUID,
        person_id: UUID,
        carer_name: str,
        carer_is: str,
        elements: Sequence[str],
        how: str,
        words: str,
        until_at: datetime | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...
    def withdraw(self, *, permission_id: UUID, words: str, by: Viewer, at: datetime, seen: int) -> None: ...


class AboutMe(Protocol):
    def answer(
        self,
        *,
        answer_id: UUID,
        person_id: UUID,
        said: Said,
        replaces_id: UUID | None,
        by: Viewer,
        at: datetime,
    ) -> None: ...


class Circle(Protocol):
    def enter(self, *, entry_id: UUID, person_id: UUID, told: Somebody, by: Viewer, at: datetime) -> None: ...
    def correct(
        self, *, entry_id: UUID, told: Somebody, why: str, by: Viewer, at: datetime, seen: int
    ) -> None: ...
    def withdraw(self, *, entry_id: UUID, why: str, by: Viewer, at: datetime, seen: int) -> None: ...


class Agreements(Protocol):
    def enter(self, *, facts: Agreement, by: Viewer, at: datetime) -> None: ...


class WhoMaySee(Protocol):
    """What of a place is about who may see whom, and what was said about them."""

    @property
    def openings(self) -> Openings: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def agreements(self) -> Agreements: ...
    @property
    def sharing(self) -> Sharing: ...
    @property
    def seals(self) -> Seals: ...
    @property
    def permissions(self) -> Permissions: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def registers(self) -> Registers: ...
    @property
    def about_me(self) -> AboutMe: ...
    @property
    def circle(self) -> Circle: ...
