"""Reviews that are late, said where a governance lead begins: a clock that nobody sees escalates nothing."""

from nowrongdoor.nhsuk import wording
from nowrongdoor.reading.oversight import Late

NOBODY_ELSE = "There is no other governance lead: tell your team lead if you cannot look into it now."


def words(late: Late) -> str:
    """How many, and whom else one can ask; empty where none is late."""
    if not late.reviews:
        return ""
    said = "1 review is late." if late.reviews == 1 else f"{late.reviews} reviews are late."
    if not late.others:
        return f"{said} {NOBODY_ELSE}"
    others = wording.listed(late.others)
    return f"{said} If you cannot look into it now, ask another governance lead: {others}."
