"""
Whether people's own numbers may be rung, from every contact that was about those numbers: one statement,
for however many people. What a page about someone says beside their number.
"""

from collections.abc import Iterable
from uuid import UUID

from nowrongdoor.data.contacts.facts import CONTACTS
from nowrongdoor.data.contacts.models import Contact as ContactRow
from nowrongdoor.rules import ringing
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.ringing import is_own


def of(people: Iterable[Person]) -> dict[UUID, str]:
    """
    The answer that stands about the number of each, by person; no statement where none has a number.

    Answers of contacts that this viewer may not open count too: that a number is not safe is told to
    whoever can see the number, and neither who rang nor when is told with it.
    """
    numbers = {one.id: one.phone for one in people if one.phone}
    given: dict[UUID, list[str]] = {key: [] for key in numbers}
    for contact in _contacts(given):
        if contact.person_id is not None and is_own(contact, numbers[contact.person_id]):
            given[contact.person_id].append(contact.safe_to_call)
    return {key: ringing.safe_now(answers) for key, answers in given.items()}


def about(person: Person | None) -> str:
    """The answer that stands about the number of one person."""
    return of([person]).get(person.id, ringing.NOT_ASKED) if person else ringing.NOT_ASKED


def _contacts(people: Iterable[UUID]) -> list[Contact]:
    keys = list(people)
    if not keys:
        return []
    rows = ContactRow.objects.filter(person_id__in=keys).exclude(safe_to_call=ringing.NOT_ASKED)
    return [CONTACTS.of(row) for row in rows.order_by("-happened_at").values_list(*CONTACTS.columns)]
