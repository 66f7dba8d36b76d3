"""What the larger pieces of furniture are given: frozen values that pages make from what reading answers.

A person has no colour, score or band here, and no place to put one: only clocks have a state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk.wording import Chip


@dataclass(frozen=True)
class Screen:
    """All that may change on a screen: what its strip says, each part by its id, and whom they show."""

    words: str
    parts: Mapping[str, Markup]
    seen: tuple[tuple[Seen, ...], ...]


@dataclass(frozen=True)
class Banner:
    """Who this record is about, in the order in which it must be checked before anything is done."""

    name: str
    born: str
    nhs_number: str
    preferred: str = ""
    address: str = ""
    phone: str = ""
    communication: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    same_name: bool = False
    url: str = ""


@dataclass(frozen=True)
class Strip:
    """One referral as a flight strip: its clock, whom it is about, who holds them, and what comes next."""

    id: str
    url: str
    name: str
    chip: Chip
    reason: str = ""
    holder: str = ""
    age: str = ""
    hops: str = ""
    next_step: str = ""
    from_words: str = ""


@dataclass(frozen=True)
class Hold:
    """
    A time during which one team, or one member of it, was answerable; `until_at` None means now.

    `answer` is for one that began by a re-homing: accepted (when, by whom, in which words), or not yet.
    """

    holder: str
    from_at: datetime
    until_at: datetime | None = None
    member: str = ""
    began: str = ""
    words: str = ""
    by: str = ""
    answer: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    read_back: str = ""


@dataclass(frozen=True)
class Conflict:
    """Two people acted on one thing: who did what and when, what you were doing, and what is true now."""

    who_did_what: str
    yours: str = ""
    now_true: str = ""
    actions: tuple[tuple[str, str], ...] = ()
