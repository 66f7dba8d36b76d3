"""Where people are stored, what was said about them, and who matters to them."""

from nowrongdoor.data.people.models import AboutAnswer as AboutAnswerRow
from nowrongdoor.data.people.models import InCircle as InCircleRow
from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.about_me import AboutAnswer
from nowrongdoor.rules.circle import InCircle
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
ABOUT = Table(
    AboutAnswerRow,
    AboutAnswer,
    rank=21,
    person="person_id",
    refusals={
        "about_replaced_once": (
            "This was answered since you opened the page. Read that first.", "answered_since", ""
        )
    },
)
CIRCLE = Table(InCircleRow, InCircle, rank=22, person="person_id")
