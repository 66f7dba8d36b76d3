"""From whom a seal keeps somebody safe: the agencies there are, and who of one is called so."""

from uuid import UUID

from nowrongdoor.data.agencies.models import Agency as AgencyRow
from nowrongdoor.data.agencies.models import Membership as MembershipRow
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.sealing import NOBODY_NAMED, Against

NOBODY = "Nobody of that name works for that agency. Leave the name empty to keep it from all of them."
SEVERAL = (
    "Several people of that name work for that agency. Leave the name empty to keep it from all of them."
)


def agencies() -> tuple[tuple[str, str], ...]:
    """Every agency with its key, by name. One statement."""
    return tuple(
        (str(key), name) for key, name in AgencyRow.objects.order_by("name").values_list("pk", "name")
    )


def whom(agency_id: str, name: str) -> Against:
    """
    An agency, or the one member of it who has this name, by any writing of capitals, at work or not. Refuses
    a name that nobody has there, and one that is several people's.
    """
    if not agency_id:
        return NOBODY_NAMED
    if not name:
        return Against(UUID(agency_id))
    named = MembershipRow.objects.filter(
        team__agency_id=agency_id, member__name__iexact=" ".join(name.split())
    )
    found = set(named.values_list("member_id", flat=True))
    if len(found) != 1:
        raise Refused(SEVERAL if found else NOBODY, code="not_one_of_that_name", field="against_name")
    return Against(None, *found)
