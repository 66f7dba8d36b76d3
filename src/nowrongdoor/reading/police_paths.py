"""The paths somebody is on about whom the police may be asked, with who chose each: of one referral."""

from dataclasses import dataclass, replace
from uuid import UUID

from nowrongdoor.data.police.facts import POLICE_PATHS
from nowrongdoor.reading.columns import Cells, under
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.police_path import PolicePath


@dataclass(frozen=True)
class PathLine:
    """One path, and who chose it."""

    path: PolicePath
    chosen_by: str


def of(referral_id: UUID, *, seen: Vantage) -> tuple[PathLine, ...]:
    """Of one referral, as this viewer may read it: the latest first. One statement."""
    sight = seen.of_item(referral_id=referral_id)
    if not sight.shows(Element.RESPONSE):
        return ()
    rows = POLICE_PATHS.model.objects.filter(referral_id=referral_id).order_by("-chosen_at", "pk")
    found = []
    for values in rows.values_list(*under(POLICE_PATHS), "chosen_by__name"):
        cells = Cells(values)
        one = PathLine(cells.facts(POLICE_PATHS), cells.take() or "")
        if not sight.shows(Element.STORY):
            bare = {step: {**said, "words": ""} for step, said in one.path.answers.items()}
            one = replace(one, path=replace(one.path, words="", answers=bare))
        found.append(one)
    return tuple(found)
