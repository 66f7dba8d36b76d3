"""
The record of a visit, of whoever goes on it, and what is said when it is asked for.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Visit:
    """
    `check_ins` counts the times by which whoever is alone was to say that they are safe, `check_in_at` is the
    next of them. `leaves_at` and `until_at` are when the crew is planned to set off and to be free again.

    `joint_with_id` is the visit that its team was asked along to, `joined_at` when it said yes; `meet_at` is
    when both crews are to meet at the door, where that was said, and stands with both. `others_words` say who
    else was asked by telephone.
    """

    id: UUID
    referral_id: UUID
    team_id: UUID
    need: str
    place: str
    area: str
    access_words: str
    skills: tuple[str, ...]
    minutes: int
    pair_rules: tuple[str, ...]
    wish_gender: str
    wish_language: str
    due_at: datetime
    asked_at: datetime
    asked_by_id: UUID
    state: str
    crew_id: UUID | None
    leaves_at: datetime | None
    free_at: datetime | None
    chosen_words: str
    told_at: datetime | None
    set_off_at: datetime | None
    arrived_at: datetime | None
    met_at: datetime | None
    left_at: datetime | None
    check_ins: int
    check_in_at: datetime | None
    ended_at: datetime | None
    outcome: str
    next_step: str
    ended_words: str
    joint_with_id: UUID | None = None
    meet_at: datetime | None = None
    joined_at: datetime | None = None
    others_words: str = ""
    version: int = 0

    @property
    def there_by(self) -> datetime:
        """By when a crew is to be at the door: when both crews meet, else as the person was promised."""
        return self.meet_at or self.due_at

    @property
    def people(self) -> int:
        """How many go: two where a pair rule calls for it."""
        return 2 if self.pair_rules else 1


@dataclass(frozen=True)
class Going:
    """One member goes on a visit, from one instant up to another. `is_under_way` once they have set off."""

    id: UUID
    visit_id: UUID
    crew_id: UUID
    member_id: UUID
    from_at: datetime
    until_at: datetime
    is_under_way: bool
    version: int = 0


@dataclass(frozen=True)
class Asked:
    """What is said when a visit is asked for; without `due_at` by the standard."""

    need: str
    place: str
    area: str
    access_words: str = ""
    skills: tuple[str, ...] = ()
    minutes: int = 60
    pair_rules: tuple[str, ...] = ()
    wish_gender: str = ""
    wish_language: str = ""
    due_at: datetime | None = None
