"""
The other halves of a joint visit: which team, how far it is, who of it goes; read with the visit itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Coalesce, JSONObject

from nowrongdoor.data.visits.facts import GOINGS, VISITS
from nowrongdoor.reading.columns import of_json
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.visit_record import Visit

GOES = GOINGS.model.objects.filter(
    visit=OuterRef("pk"), crew=OuterRef("crew"), from_at=OuterRef("leaves_at"), until_at__gt=F("from_at")
)


@dataclass(frozen=True)
class HalfLine:
    """What another team does of a joint visit: its visit, the name of the team, its crew, and who goes."""

    visit: Visit
    team_name: str
    crew_name: str
    goers: tuple[str, ...]


def halves() -> ArraySubquery:
    """Every other half of a visit, the one that others were asked along to first."""
    lead = Coalesce(OuterRef("joint_with"), OuterRef("pk"))
    its = VISITS.model.objects.filter(Q(pk=lead) | Q(joint_with=lead)).exclude(pk=OuterRef("pk"))
    columns = {name: name for name in VISITS.columns}
    told = JSONObject(
        **columns,
        team_name="team__name",
        crew_name="crew__name",
        goers=ArraySubquery(GOES.order_by("member__name").values("member__name")),
    )
    return ArraySubquery(
        its.order_by(F("joint_with").asc(nulls_first=True), "asked_at", "id").values(it=told)
    )


def seen(found: Iterable[Mapping[str, Any]], sight: Sight) -> tuple[HalfLine, ...]:
    """The same as this viewer may read it: what a half says of the person is as much theirs as ours."""
    return tuple(
        HalfLine(
            _as_seen(of_json(VISITS, one), sight),
            one["team_name"],
            one["crew_name"] or "",
            tuple(one["goers"]),
        )
        for one in found
    )


def _as_seen(one: Visit, sight: Sight) -> Visit:
    if not sight.shows(Element.WHEREABOUTS):
        one = replace(one, place="")
    if not sight.shows(Element.RESPONSE):
        one = replace(one, need="", access_words="", others_words="")
    return one if sight.shows(Element.STORY) else replace(one, ended_words="", chosen_words="")
