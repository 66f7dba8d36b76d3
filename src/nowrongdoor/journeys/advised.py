"""What guidance advised of a decision, found as it stands, so that it is stored with the decision."""

from collections.abc import Sequence
from datetime import datetime

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.guidance.facts import VERSIONS
from nowrongdoor.data.people.facts import PEOPLE
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import advising
from nowrongdoor.rules.change import Step, Steps
from nowrongdoor.rules.guidance_versions import IN_USE
from nowrongdoor.rules.triage import Decision


@transaction_required
def stored(steps: Sequence[Step], *, decision: Decision, by: Viewer, at: datetime) -> Steps:
    """What guidance advised of a decision, whose first step is the referral as decided."""
    decided = steps[0].change.after
    contact = store.peek(CONTACTS, decided.contact_id) if decided.contact_id else None
    asked = contact is not None and bool(contact.answers)
    person = store.peek(PEOPLE, decided.person_id) if asked and decided.person_id else None
    versions = store.find(VERSIONS, state__in=IN_USE) if asked else []
    about = {"contact": contact, "person": person, "versions": versions, "agency_id": by.agency_id}
    return advising.stored(decided, decision, **about, by=by.member_id, at=at)
