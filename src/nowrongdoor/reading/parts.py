"""The parts that teams have in people's care, as PostgreSQL derives them from the rows that say so."""

from collections.abc import Iterator

from nowrongdoor.data.participations.models import Participation as PartRow
from nowrongdoor.rules.participation import Participation

COLUMNS = tuple(Participation.__dataclass_fields__)


def every() -> Iterator[Participation]:
    """Every participation of the place, for proofs: no page asks for all of them."""
    for values in PartRow.objects.order_by("id").values_list(*COLUMNS).iterator():
        yield Participation(*values)
