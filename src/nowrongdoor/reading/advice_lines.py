"""What guidance advised at each decision about a referral, and what was decided."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F
from django.db.models.functions import JSONObject

from nowrongdoor.data.guidance.facts import ADVICE
from nowrongdoor.reading.columns import of_json
from nowrongdoor.rules.access import Element, Sight
from nowrongdoor.rules.advising import Advice


@dataclass(frozen=True)
class AdviceLine:
    """One advice with the name of whoever decided."""

    advice: Advice
    decided_by: str


def told(found: list[dict[str, Any]], sight: Sight) -> tuple[AdviceLine, ...]:
    """From what another statement read along with it as `ALONG`, as this viewer may read it: latest first."""
    lines = [_as_seen(AdviceLine(of_json(ADVICE, one), one["decided_by__name"]), sight) for one in found]
    return tuple(sorted(lines, key=lambda one: (one.advice.decided_at, one.advice.id), reverse=True))


def _as_seen(line: AdviceLine, sight: Sight) -> AdviceLine:
    if sight.shows(Element.STORY):
        return line
    return replace(line, advice=replace(line.advice, inputs={}, reason_words=""))


ALONG = JSONObject(**{name: F(name) for name in (*ADVICE.columns, "decided_by__name")})
