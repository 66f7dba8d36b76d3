"""Where contacts, and what they told of, are stored."""

from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.data.contacts.models import Signpost as SignpostRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.signpost import Signpost

CONTACTS = Table(ContactRow, Contact, rank=30, person="person_id")
# After the promise it may name.
SIGNPOSTS = Table(SignpostRow, Signpost, rank=79, person="person_id")
