"""Where contacts are stored."""

from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.contact import Contact

CONTACTS = Table(ContactRow, Contact, rank=30, person="person_id")
