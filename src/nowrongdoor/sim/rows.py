"""
The rows of an in-memory place: facts by kind and id, changed only by whole acts, and indexed.

What the database does with locks, versions and constraints is done here by checking an act whole
before any of it is written: a refused act leaves the rows equal.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from nowrongdoor.rules.about_me import AboutAnswer
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.advising import Advice
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.agreement import Agreement
from nowrongdoor.rules.answer_link import AnswerLink
from nowrongdoor.rules.attachment import Attachment
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Missing, Step, difference
from nowrongdoor.rules.chase import Chase
from nowrongdoor.rules.circle import InCircle
from nowrongdoor.rules.consistency import SecondRating
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.crew import Crew, Seat
from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.escalation import Climb, Reply
from nowrongdoor.rules.guidance_versions import Appraisal, Version
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding, ReHoming
from nowrongdoor.rules.merging import Merge
from nowrongdoor.rules.opening import Opening
from nowrongdoor.rules.permission import Permission
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.police_path import PolicePath
from nowrongdoor.rules.police_review import PoliceReview
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.register import RegisterLink, RegisterReading
from nowrongdoor.rules.review import Review
from nowrongdoor.rules.rota import Duty
from nowrongdoor.rules.sealing import Seal
from nowrongdoor.rules.sharing import SharingDecision
from nowrongdoor.rules.signpost import Signpost
from nowrongdoor.rules.skill import Skill
from nowrongdoor.rules.stage import Stage
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.rules.suggestion import Suggestion
from nowrongdoor.rules.talk import Talk
from nowrongdoor.rules.vignettes import VignetteRating
from nowrongdoor.rules.visit_record import Going, Visit
from nowrongdoor.sim.indexes import Indexes

KINDS: tuple[type, ...] = (
    Agency,
    Team,
    Member,
    Membership,
    Duty,
    Service,
    Capacity,
    Suggestion,
    Person,
    Merge,
    RegisterReading,
    RegisterLink,
    Contact,
    Referral,
    Holding,
    ReHoming,
    Handover,
    Chase,
    AnswerLink,
    Attachment,
    Stage,
    Signpost,
    CareContact,
    StatutoryClock,
    PoliceDecision,
    Version,
    Appraisal,
    Advice,
    PoliceReview,
    PolicePath,
    Crew,
    Seat,
    Skill,
    Visit,
    Going,
    SecondRating,
    VignetteRating,
    Promise,
    Escalation,
    Talk,
    Climb,
    Reply,
    Agreement,
    SharingDecision,
    Seal,
    Opening,
    Permission,
    Review,
    AboutAnswer,
    InCircle,
)
Facts = TypeVar("Facts")


class Entry(NamedTuple):
    """What the journal says of one row's part in an act: the row as it is after it, and the difference."""

    after: Any
    kind: str
    changes: dict[str, list[Any]]
    by: Viewer
    at: datetime


class Journal(Protocol):
    """Anything that takes entries in order; a list will do, and so will a file or a COPY."""

    def append(self, entry: Entry, /) -> object: ...


class Latest(NamedTuple):
    """Who changed a row last, how, and when: what a lost race is told."""

    kind: str
    by_member_id: UUID
    by_name: str
    at: datetime


class Rows:
    """Every row of the place. `last` are the steps of the act that was written last."""

    def __init__(self, journal: Journal | None) -> None:
        self.journal = journal
        self.tables: dict[type, dict[UUID, Any]] = {kind: {} for kind in KINDS}
        self.latest: dict[UUID, Latest] = {}
        self.indexes = Indexes()
        self.last: tuple[Step, ...] = ()

    def one(self, kind: type[Facts], key: UUID) -> Facts:
        """A row as it is now; raises `Missing`."""
        try:
            found: Facts = self.tables[kind][key]
        except KeyError:
            raise Missing(kind.__name__) from None
        return found

    def seen(self, kind: type[Facts], key: UUID, seen: int) -> Facts:
        """A row as it was seen; raises `ChangedMeanwhile` when it has moved on since."""
        found = self.one(kind, key)
        if found.version != seen:  # type: ignore[attr-defined]
            raise self._changed_meanwhile(key, seen, found.version)  # type: ignore[attr-defined]
        return found

    def several(self, kind: type[Facts], keys: Iterable[UUID]) -> list[Facts]:
        table = self.tables[kind]
        return [table[key] for key in keys]

    def every(self, kind: type[Facts]) -> Iterable[Facts]:
        """All rows of a kind, in the order they were made."""
        return self.tables[kind].values()

    def everything(self) -> Iterator[Any]:
        """Every row of every kind as it is when asked for, kind by kind."""
        for kind in KINDS:
            yield from self.tables[kind].values()

    def apply(self, steps: Iterable[Step], *, by: Viewer, at: datetime) -> None:
        """
        Write an act: all of its steps, or none.

        Raises `AlreadyRecorded` for a new row whose id exists, `ChangedMeanwhile` for a row that
        moved on since the act read it.
        """
        act = tuple(steps)
        self._check(act)
        for before, change in act:
            after = change.after
            kind = type(after)
            self.tables[kind][after.id] = after
            self.latest[after.id] = Latest(change.kind, by.member_id, by.member_name, at)
            self.indexes.update(kind, before, after)
            if self.journal is not None:
                changes = difference(before, after)
                self.journal.append(Entry(after, change.kind, changes, by, at))
        self.last = act

    def _check(self, act: tuple[Step, ...]) -> None:
        # An act may touch one row twice: its second step goes on from its first.
        pending: dict[UUID, Any] = {}
        for before, change in act:
            after = change.after
            known = pending.get(after.id) or self.tables[type(after)].get(after.id)
            if before is None:
                if known is not None:
                    raise AlreadyRecorded(after.id)
            elif known is None or known.version != before.version:
                found = known.version if known is not None else 0
                raise self._changed_meanwhile(after.id, before.version, found)
            pending[after.id] = after

    def _changed_meanwhile(self, key: UUID, seen: int, found: int) -> ChangedMeanwhile:
        latest = self.latest[key]
        return ChangedMeanwhile(
            kind=latest.kind,
            by_member_id=latest.by_member_id,
            by_name=latest.by_name,
            changed_at=latest.at,
            seen=seen,
            found=found,
        )
