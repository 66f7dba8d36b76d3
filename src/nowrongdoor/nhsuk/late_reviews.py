"""Reviews that wait or are late, said where a governance lead begins: what nobody sees escalates nothing."""

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


def waiting(late: Late) -> str:
    """How many wait, where none is late yet; empty where none waits, and where `words` has more to say."""
    if late.reviews or not late.waiting:
        return ""
    return "1 review waits for you." if late.waiting == 1 else f"{late.waiting} reviews wait for you."
