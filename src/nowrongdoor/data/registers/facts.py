"""Where readings of partners' registers are stored, and what is known of their entries."""

from nowrongdoor.data.registers.models import RegisterLink as RegisterLinkRow
from nowrongdoor.data.registers.models import RegisterReading as RegisterReadingRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules import register
from nowrongdoor.rules.register import RegisterLink, RegisterReading

READINGS = Table(
    RegisterReadingRow,
    RegisterReading,
    rank=25,
    refusals={"reading_open_once": (register.BEING_READ, "register_being_read", "")},
)
REGISTER_LINKS = Table(RegisterLinkRow, RegisterLink, rank=26, person="person_id")
