"""
The pair rule: when two go on a visit, and who may be the second.

Each reason is a dated row, with the roles one of the two must have and those the other may have beside them.
A support worker may be the second wherever the row says so: two clinicians go only where two must decide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Provenance


@dataclass(frozen=True)
class PairRule:
    """Why two go: one of them in a role of `lead_roles`, the other in one of these or of `second_roles`."""

    code: str
    label: str
    lead_roles: frozenset[str]
    second_roles: frozenset[str]
    order: int
    provenance: Provenance

    def fits(self, roles: Sequence[str]) -> bool:
        """One of these may lead and another may be the second."""
        either = self.lead_roles | self.second_roles
        return len(roles) > 1 and any(
            lead in self.lead_roles and any(n != m and second in either for m, second in enumerate(roles))
            for n, lead in enumerate(roles)
        )


def of(codes: Iterable[str], *, at: datetime) -> tuple[PairRule, ...]:
    """The rules of these codes as they stand, in order; refuses a code that is not there."""
    standing = {one.code: one for one in rules(on=local_date(at))}
    wanted = tuple(codes)
    if not standing.keys() >= set(wanted):
        raise Refused("Choose why two go from the list.", code="pair_rule_unknown", field="pair_rules")
    return tuple(standing[code] for code in standing if code in wanted)


@cache
def rules(*, on: date) -> tuple[PairRule, ...]:
    """Every reason for two to go on that day, in order."""
    found = [one for one in _rules() if one.provenance.stands(on)]
    return tuple(sorted(found, key=lambda one: one.order))


@cache
def _rules() -> tuple[PairRule, ...]:
    return tuple(
        PairRule(
            row["code"], row["label"], frozenset(row["lead_roles"].split()),
            frozenset(row["second_roles"].split()), int(row["order"]), law.provenance(row),
        )
        for row in law.rows("pair_rules")
    )  # fmt: skip
