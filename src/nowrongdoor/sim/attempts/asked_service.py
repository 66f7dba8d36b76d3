"""For which of a team's services an attempt asks it."""

from uuid import UUID, uuid5

from nowrongdoor.sim.mischief import Mischief


def of_theirs(luck: Mischief, to: UUID | None, *, of: UUID) -> UUID | None:
    """
    A service of the team, two times in three, where it has one here. No chance is drawn: a walk goes on as it
    would have without.
    """
    own = {luck.teams[0]: uuid5(luck.teams[0], "rapid"), luck.teams[1]: luck.network}
    return own.get(to) if to and of.int % 3 else None
