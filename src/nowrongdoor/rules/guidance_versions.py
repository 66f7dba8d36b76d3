"""
A version of guidance that a place owns: who wrote it and with whom, who has looked at it, and from when it
stands.

A version is written as a draft and never changed: what is changed is another version. Partners of two
different agencies say that they agree, and never its author; what it answers otherwise than the version that
stands is looked at; and only then somebody puts it live, from a day on. Until that day it is asked beside the
version that stands at each triage, and what it said is kept and shown to nobody as advice. What stood stays,
and stands again when a later version is set aside.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from nowrongdoor.rules.change import Moves, Refusals, Refused, Step, began, changed, moved, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import seeing

FOUND_OUT = "Nobody has looked yet at what it answers otherwise than the version that stands."


class VersionState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    LIVE = "live"
    SET_ASIDE = "set_aside"


DRAFT, IN_REVIEW, REVIEWED, LIVE, SET_ASIDE = VersionState
# What can stand on some day, or is asked beside what does. One that is set aside may have stood.
IN_USE = (str(REVIEWED), str(LIVE), str(SET_ASIDE))
MOVES: Moves = {
    "upload": {None: DRAFT},
    "circulate": {DRAFT: IN_REVIEW},
    "appraise": {IN_REVIEW: IN_REVIEW, REVIEWED: REVIEWED},
    "put_live": {REVIEWED: LIVE},
    "set_aside": {DRAFT: SET_ASIDE, IN_REVIEW: SET_ASIDE, REVIEWED: SET_ASIDE, LIVE: SET_ASIDE},
}
REFUSALS: Refusals = {
    DRAFT: "This is a draft that nobody has been asked to review yet.",
    IN_REVIEW: "Partners of two agencies have not agreed to this yet.",
    REVIEWED: "This has been reviewed already.",
    LIVE: "This has been put live already.",
    SET_ASIDE: "This has been set aside. Upload it again as another version.",
}


@dataclass(frozen=True)
class Version:
    """
    One version as it was uploaded. `agency_id` is whose it is, and none is the whole place's.

    `compared` tells how many cases it answers otherwise than `compared_with`; `ended_on` is the day from
    which it stands no more.
    """

    id: UUID
    name: str
    agency_id: UUID | None
    author_id: UUID
    author_agency_id: UUID
    written_with: str
    lived_experience: bool
    why: str
    text: str
    model_version: str
    state: str
    uploaded_at: datetime
    compared: dict[str, Any] = field(default_factory=dict)
    compared_with: str = ""
    compared_at: datetime | None = None
    live_from: date | None = None
    live_by_id: UUID | None = None
    ended_on: date | None = None
    ended_words: str = ""
    version: int = 0

    def stands(self, on: date) -> bool:
        """On that day it is live, and no longer set aside."""
        begun = self.live_from is not None and self.live_from <= on
        return begun and (self.ended_on is None or on < self.ended_on)

    def runs_beside(self, on: date) -> bool:
        """Reviewed, and not live yet: it is asked beside the version that stands."""
        if self.state == REVIEWED:
            return True
        return self.state == LIVE and self.live_from is not None and on < self.live_from


@dataclass(frozen=True)
class Appraisal:
    """What a partner says of a version: that they agree, or not yet and why."""

    id: UUID
    guidance_version_id: UUID
    agency_id: UUID
    member_id: UUID
    agrees: bool
    words: str
    appraised_at: datetime
    version: int = 0


def standing(
    versions: Iterable[Version], *, agency_id: UUID | None, on: date
) -> Version | None:
    """
    The version that stands for an agency on a day: its own before the whole place's, the latest before
    others.

    None where the place has put none live: then the guidance we ship stands.
    """
    found = [one for one in versions if one.agency_id in (None, agency_id) and one.stands(on)]
    return max(
        found, key=lambda one: (one.agency_id is not None, one.live_from, one.uploaded_at), default=None
    )


def beside(versions: Iterable[Version], *, agency_id: UUID | None, on: date) -> list[Version]:
    """The versions that are asked beside the one that stands, the earliest first."""
    found = [one for one in versions if one.agency_id in (None, agency_id) and one.runs_beside(on)]
    return sorted(found, key=lambda one: (one.uploaded_at, one.id))


def upload(
    *,
    version_id: UUID,
    name: str,
    agency_id: UUID | None,
    author_agency_id: UUID,
    written_with: str,
    lived_experience: bool,
    why: str,
    text: str,
    model_version: str,
    by: UUID,
    at: datetime,
) -> Step:
    """A draft is there to be looked at. Refuses one of which nobody says why, or who wrote it too."""
    need_words(why, field="why", ask="Say in a line what is to change, and why.")
    need_words(written_with, field="written_with", ask="Say who wrote it with you, or that nobody did.")
    if agency_id not in (None, author_agency_id):
        raise Refused(
            "A version is for your own agency or for the whole place.", code="not_your_agency", field="place"
        )
    return began(
        "guidance.uploaded",
        Version(
            id=version_id,
            name=name,
            agency_id=agency_id,
            author_id=by,
            author_agency_id=author_agency_id,
            written_with=written_with,
            lived_experience=lived_experience,
            why=why,
            text=text,
            model_version=model_version,
            state=DRAFT,
            uploaded_at=at,
        ),
    )


def circulate(one: Version, *, problems: Sequence[str]) -> Step:
    """Partners are asked to look at it. Refuses while a check still finds something to put right."""
    state = moved(MOVES, "circulate", one, refusals=REFUSALS)
    if problems:
        raise Refused("Put right first what the checks found.", code="checks_found_something")
    return changed(one, "guidance.circulated", state=state)


def appraise(
    one: Version,
    *,
    earlier: Sequence[Appraisal],
    appraisal_id: UUID,
    agency_id: UUID,
    agrees: bool,
    words: str,
    by: UUID,
    at: datetime,
) -> tuple[Step, ...]:
    """
    A partner says that they agree, or not yet and why. What each says last counts; with partners of two
    different agencies who agree, and none who says not yet, it is reviewed.

    Refuses its author, and a no without a reason.
    """
    moved(MOVES, "appraise", one, refusals=REFUSALS)
    if by == one.author_id:
        raise Refused(
            "You wrote this. Somebody else must look at it, of two different agencies.", code="own_version"
        )
    if not agrees:
        need_words(words, field="words", ask="Say what should be otherwise before you can agree.")
    said = Appraisal(appraisal_id, one.id, agency_id, by, agrees, words, at)
    is_reviewed = agreed([*earlier, said], at=at)
    state = REVIEWED if is_reviewed else IN_REVIEW
    step = began("guidance.appraised", said)
    return (step,) if state == one.state else (changed(one, "guidance.reviewed", state=state), step)


def latest(said: Iterable[Appraisal]) -> list[Appraisal]:
    """What each partner said last."""
    by_member = {one.member_id: one for one in sorted(said, key=lambda one: one.appraised_at)}
    return list(by_member.values())


def agreed(said: Iterable[Appraisal], *, at: datetime) -> bool:
    """Partners of as many different agencies as are needed agree, and none says not yet."""
    last = latest(said)
    agencies = {one.agency_id for one in last if one.agrees}
    return len(agencies) >= seeing.most("guidance_agencies", at=at) and all(one.agrees for one in last)


def compare(one: Version, *, compared: dict[str, Any], with_version: str, at: datetime) -> Step:
    """Somebody looks at what it answers otherwise than the version that stands, and that is kept."""
    if one.state == SET_ASIDE:
        raise Refused(REFUSALS[SET_ASIDE], code="compare_when_set_aside", of=one)
    return changed(one, "guidance.compared", compared=compared, compared_with=with_version, compared_at=at)


def put_live(
    one: Version, *, live_from: date | None, stands_now: str, by: UUID, at: datetime
) -> Step:
    """
    It stands from a day on. Refuses a day that is past, and a version of which nobody has looked at what it
    answers otherwise than the one that stands now.
    """
    state = moved(MOVES, "put_live", one, refusals=REFUSALS)
    if live_from is None:
        raise Refused("Say from which day it stands.", code="live_from_missing", field="live_from")
    if live_from < local_date(at):
        raise Refused("That day is past. Choose today or later.", code="live_from_past", field="live_from")
    if one.compared_at is None or one.compared_with != stands_now:
        raise Refused(f"{FOUND_OUT} Look at the difference first.", code="not_compared")
    return changed(one, "guidance.gone_live", state=state, live_from=live_from, live_by_id=by)


def set_aside(one: Version, *, words: str, at: datetime) -> Step:
    """It is not to stand, or stands no more from today: what stood before stands again."""
    state = moved(MOVES, "set_aside", one, refusals=REFUSALS)
    need_words(words, field="words", ask="Say in a line why it is set aside.")
    ended = local_date(at) if one.state == LIVE else None
    return changed(one, "guidance.set_aside", state=state, ended_on=ended, ended_words=words)
