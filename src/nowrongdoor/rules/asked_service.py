"""
Whom an offer asks: a team that is open and does not hold already and, where it is said, for which of its
services.

The team is who answers, whatever it keeps in the directory. Which of its services is meant need not be said:
a question more must not keep anybody waiting.
"""

from collections.abc import Iterable
from uuid import UUID

from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.holding import Holding


def need_open(to: Team, held: Holding, *, field: str = "to_team") -> None:
    """Refuses the team that holds this already, and one that has closed."""
    if to.id == held.team_id:
        own = "Your own team holds this already. Choose another team."
        raise Refused(own, code="offer_to_self", field=field)
    if to.closed_at is not None:
        closed = f"{to.name} has closed and cannot be asked."
        raise Refused(closed, code="receiver_closed", field=field, of=to)


def of_theirs(service: Service | None, to: Team) -> UUID | None:
    """
    The key of the service that is named, where one is. Refuses one that another team keeps, or nobody here,
    and one that its feed no longer has.
    """
    if service is None:
        return None
    if service.team_id != to.id:
        raise Refused(
            f"{service.name} is not a service of {to.name}. Choose one of theirs, or leave it at “Not said”.",
            code="service_of_another",
            field="service",
        )
    if service.missing_since is not None:
        raise Refused(
            f"{service.name} is no longer in the directory. Choose another, or leave it at “Not said”.",
            code="service_gone",
            field="service",
        )
    return service.id


def to_name(services: Iterable[Service]) -> tuple[Service, ...]:
    """Which of a team's entries an offer may name."""
    return tuple(one for one in services if one.missing_since is None)


def only_one(services: Iterable[Service]) -> UUID | None:
    """Where a team keeps exactly one entry, an offer to it is for that one without asking."""
    named = to_name(services)
    return named[0].id if len(named) == 1 else None
