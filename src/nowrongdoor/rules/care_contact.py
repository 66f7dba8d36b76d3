"""
A care contact: somebody of the team that holds a person was in touch with them, by telephone, by video or
face to face, or tried to be.

It is a fact with who, when and how, and may be told later than it was so. It reaches the stages it is a fact
of, each of them alone: a call is a first contact and nobody's first face to face.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law, referral, stage
from nowrongdoor.rules.change import Refused, Steps, began
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.stage import Stage
from nowrongdoor.rules.words import ReferralState

FACE_TO_FACE = "face_to_face"


@dataclass(frozen=True)
class CareContact:
    id: UUID
    referral_id: UUID
    team_id: UUID
    member_id: UUID
    way: str
    words: str
    happened_at: datetime
    recorded_at: datetime
    version: int = 0


def record(
    about: Referral,
    *,
    stages: Sequence[Stage],
    care_contact_id: UUID,
    way: str,
    words: str,
    happened_at: datetime | None,
    team_id: UUID,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    Somebody was in touch with the person; without a time named, now.

    Being in touch with a person whom a team has accepted begins their help, unless that was before the
    referral was reopened: what is told late of the time before begins nothing now. To have tried reaches
    nothing and begins nothing: it is on record, and every clock goes on. Refuses a time to come, and one
    before anybody had asked.
    """
    entry = law.code("care_contact_ways", way, at=at, field="way")
    when = happened_at or at
    if when > at:
        raise Refused(
            "That time has not come yet. Write when it was.", code="happens_later", field="happened_at"
        )
    if when < about.received_at:
        before = "That is before the referral was received. Write when it was."
        raise Refused(before, code="before_referral", field="happened_at")
    made = CareContact(care_contact_id, about.id, team_id, by, way, words, when, at)
    told = began("care_contact.recorded", made)
    if not entry.entails:
        return (told,)
    is_face_to_face = entry.entails == FACE_TO_FACE
    reached = stage.in_touch(stages, referral=about, is_face_to_face=is_face_to_face, happened_at=when, by=by)
    begins = about.state == ReferralState.ACCEPTED and when >= (about.reopened_at or about.received_at)
    return (told, *reached, *((referral.begin(about, at=at),) if begins else ()))


def is_try(way: str, *, at: datetime) -> bool:
    """It was tried, and nobody was reached."""
    ways = law.codes("care_contact_ways", on=local_date(at))
    return any(one.code == way and not one.entails for one in ways)
