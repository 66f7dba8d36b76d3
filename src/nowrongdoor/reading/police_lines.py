"""
What was decided with the police about a referral: each decision, what followed it, and whose act it was.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import F
from django.db.models.functions import JSONObject

from nowrongdoor.data.police.facts import POLICE
from nowrongdoor.reading.columns import Cells, of_json, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.police_decision import PoliceDecision

NAMES = ("accepting_team__name", "decided_by__name", "seen_by__name", "disputed_by__name")
WORDS = ("new_fact", "words", "seen_as", "seen_words", "our_view", "police_view")


@dataclass(frozen=True)
class PoliceLine:
    """One decision with the names of the team that accepted, and of whoever recorded each part of it."""

    decision: PoliceDecision
    accepting_team: str
    decided_by: str
    seen_by: str
    disputed_by: str


def of(referral_id: UUID, *, seen: Vantage) -> tuple[PoliceLine, ...]:
    """Of one referral, as this viewer may read it: the latest first. One statement."""
    sight = seen.of_item(referral_id=referral_id)
    if not sight.shows(Element.RESPONSE):
        return ()
    rows = POLICE.model.objects.filter(referral_id=referral_id)
    found = [_line(values) for values in rows.values_list(*under(POLICE), *NAMES)]
    return _in_order([_as_seen(one, sight) for one in found])


def told(found: list[dict[str, Any]], sight: Sight) -> tuple[PoliceLine, ...]:
    """The same from what another statement read along with it as `ALONG`."""
    return _in_order([_as_seen(_of_json(one), sight) for one in found])


def _in_order(lines: list[PoliceLine]) -> tuple[PoliceLine, ...]:
    return tuple(sorted(lines, key=lambda one: (one.decision.decided_at, one.decision.id), reverse=True))


def _of_json(found: dict[str, Any]) -> PoliceLine:
    return PoliceLine(of_json(POLICE, found), *(found[name] or "" for name in NAMES))


def _line(values: tuple[object, ...]) -> PoliceLine:
    cells = Cells(values)
    return PoliceLine(cells.facts(POLICE), *(cells.take() or "" for _ in NAMES))


def _as_seen(line: PoliceLine, sight: Sight) -> PoliceLine:
    if sight.shows(Element.STORY):
        return line
    kept = {**dict.fromkeys(WORDS, ""), "answers": {}, "age": None}
    return replace(line, decision=replace(line.decision, **kept))


ALONG = JSONObject(**{name: F(name) for name in (*POLICE.columns, *NAMES)})
