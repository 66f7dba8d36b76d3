"""Where people are stored."""

from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.person import Person

PEOPLE = Table(
    PersonRow,
    Person,
    rank=20,
    person="id",
    refusals={
        "person_nhs_number_once": (
            "Someone is already registered with this NHS number. Use that record.",
            "nhs_number_taken",
            "nhs_number",
        )
    },
)
