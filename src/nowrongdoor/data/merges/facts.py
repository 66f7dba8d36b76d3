"""Where what is known of two records is stored."""

from nowrongdoor.data.merges.models import Merge as MergeRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules import merging
from nowrongdoor.rules.merging import Merge

MERGES = Table(
    MergeRow,
    Merge,
    rank=24,
    person="one_id",
    refusals={"merge_into_one_alone": (merging.ONE_ALREADY, "one_already", "")},
)
