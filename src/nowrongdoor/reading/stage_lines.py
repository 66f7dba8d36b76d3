"""
What is or was awaited on a referral's way, and when staff were in touch with the person: who, when and how.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from nowrongdoor.data.guidance.models import Advice as AdviceRow
from nowrongdoor.data.police.models import PoliceDecision as PoliceRow
from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.data.stages.facts import CARE_CONTACTS
from nowrongdoor.data.stages.models import CareContact as CareContactRow
from nowrongdoor.data.stages.models import Stage as StageRow
from nowrongdoor.data.stages.models import StatutoryClock as StatutoryRow
from nowrongdoor.reading import advice_lines, police_lines, statutory_lines
from nowrongdoor.reading.advice_lines import AdviceLine
from nowrongdoor.reading.police_lines import PoliceLine
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.reading.statutory_lines import StatutoryLine
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.stage import OF_REFERRAL as AWAITED


@dataclass(frozen=True)
class StageLine:
    """One stage with the name of whoever reached it; nobody's where a worker found it so."""

    kind: str
    standard: str
    started_at: datetime
    due_at: datetime
    reached_at: datetime | None
    by_name: str
    how: str


@dataclass(frozen=True)
class ContactLine:
    """Once that staff were in touch with the person, or tried to be."""

    by_name: str
    team_name: str
    way: str
    words: str
    happened_at: datetime


@dataclass(frozen=True)
class TouchLines:
    """The standards of access of a referral as it was asked for last; every contact; what else is shown."""

    stages: tuple[StageLine, ...] = ()
    contacts: tuple[ContactLine, ...] = ()
    statutory: tuple[StatutoryLine, ...] = ()
    police: tuple[PoliceLine, ...] = ()
    advice: tuple[AdviceLine, ...] = ()


def of(referral_id: UUID, *, seen: Vantage) -> TouchLines:
    """Of one referral, as this viewer may read it. One statement."""
    sight = seen.of_item(referral_id=referral_id)
    found = (
        ReferralRow.objects.filter(pk=referral_id)
        .annotate(
            stages=ArraySubquery(OF_REFERRAL),
            contacts=ArraySubquery(CONTACTS),
            statutory=ArraySubquery(STATUTORY),
            police=ArraySubquery(POLICE),
            advice=ArraySubquery(ADVICE),
        )
        .values_list(
            "received_at", "reopened_at", "contact_id", "stages", "contacts", "statutory", "police", "advice"
        )
        .first()
    )
    if found is None or not sight.shows(Element.RESPONSE):
        return TouchLines()
    received_at, reopened_at, contact_id, stages, contacts, along, police, advice = found
    lines = tuple(line(one) for one in stages)
    since = reopened_at or received_at
    return TouchLines(
        tuple(one for one in lines if one.started_at >= since),
        tuple(_as_seen(_contact(one), sight) for one in contacts),
        statutory_lines.told(along, sight),
        police_lines.told(police, sight),
        # It comes of what was said in the contact, and is no more to be read than that.
        advice_lines.told(advice, sight) if seen.may_see_contact(contact_id, sight) else (),
    )


def care_contact(key: UUID) -> CareContact | None:
    """One contact with the person as it is recorded, for whoever sends its form again; none without one."""
    values = CARE_CONTACTS.model.objects.filter(pk=key).values_list(*CARE_CONTACTS.columns).first()
    return CARE_CONTACTS.of(values) if values else None


def line(found: dict[str, Any]) -> StageLine:
    reached = found["reached_at"]
    return StageLine(
        found["kind"],
        found["standard"],
        datetime.fromisoformat(found["started_at"]),
        datetime.fromisoformat(found["due_at"]),
        datetime.fromisoformat(reached) if reached else None,
        found["by"] or "",
        found["how"],
    )


def _contact(found: dict[str, Any]) -> ContactLine:
    return ContactLine(
        found["by"], found["team"], found["way"], found["words"], datetime.fromisoformat(found["at"])
    )


def _as_seen(one: ContactLine, sight: Sight) -> ContactLine:
    return one if sight.shows(Element.STORY) else replace(one, words="")


STAGE = JSONObject(
    kind="kind",
    standard="standard",
    started_at="started_at",
    due_at="due_at",
    reached_at="reached_at",
    by="reached_by__name",
    how="how",
)
OF_HANDOVER = (
    StageRow.objects.filter(handover=OuterRef("pk")).order_by("started_at", "pk").values(found=STAGE)
)
OF_REFERRAL = (
    StageRow.objects.filter(referral=OuterRef("pk"), kind__in=[str(one) for one in AWAITED])
    .order_by("due_at", "kind")
    .values(found=STAGE)
)
CONTACTS = (
    CareContactRow.objects.filter(referral=OuterRef("pk"))
    .order_by("happened_at", "pk")
    .values(
        found=JSONObject(by="member__name", team="team__name", way="way", words="words", at="happened_at")
    )
)
STATUTORY = StatutoryRow.objects.filter(referral=OuterRef("pk")).values(found=statutory_lines.ALONG)
POLICE = PoliceRow.objects.filter(referral=OuterRef("pk")).values(found=police_lines.ALONG)
ADVICE = AdviceRow.objects.filter(referral=OuterRef("pk"), is_beside=False).values(found=advice_lines.ALONG)
