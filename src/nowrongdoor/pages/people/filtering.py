"""Which part of a story is asked for, all of it in the address: of one agency, of one type, from where on."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from nowrongdoor.reading.person_timeline import StoryBookmark

# What entries can be narrowed to: its words, and the nouns of the journal's kinds that belong to it.
TYPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "contacts": ("Contacts", ("contact", "care_contact", "signpost")),
    "referrals": ("Referrals and triage", ("referral", "triage", "advice", "rating")),
    "handovers": (
        "Handovers and who holds",
        (
            "handover",
            "answer_link",
            "onward_link",
            "attachment",
            "holding",
            "stage",
            "statutory",
            "police",
            "police_path",
            "visit",
        ),
    ),
    "promises": ("Promises and escalations", ("promise", "climb", "reply", "talk", "message")),
    "record": ("The record itself", ("person", "merge", "register_link", "about_me", "circle")),
    "access": (
        "Shared, opened and sealed",
        ("sharing", "seal", "opening", "review", "agreement", "permission"),
    ),
}

Tab = tuple[str, str, bool]


class Filter:
    """What this address asks for; anything it says that we do not know asks for everything."""

    def __init__(self, request: HttpRequest, person_id: UUID) -> None:
        self.url = reverse("person_timeline", args=[person_id])
        self.agency_id = _key(request.GET.get("agency", ""))
        self.type = request.GET["type"] if request.GET.get("type") in TYPES else ""
        self.before = _bookmark(request.GET.get("before", ""))

    @property
    def nouns(self) -> tuple[str, ...]:
        """The nouns of the kinds that are asked for; none asks for all."""
        return TYPES[self.type][1] if self.type else ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.agency_id or self.type)

    def by_agency(self, agencies: Iterable[tuple[UUID, str]]) -> list[Tab]:
        """A way to each agency's entries of this type, and to everyone's."""
        every = ((None, "Every agency"), *agencies)
        return [(name, self._address(key, self.type), key == self.agency_id) for key, name in every]

    def by_type(self) -> list[Tab]:
        """A way to each type of entry of this agency, and to all of them."""
        every = (("", "Everything"), *((key, words) for key, (words, _) in TYPES.items()))
        return [(words, self._address(self.agency_id, key), key == self.type) for key, words in every]

    @property
    def first_url(self) -> str:
        return self._address(self.agency_id, self.type)

    def next_url(self, bookmark: StoryBookmark | None) -> str:
        """Where older entries begin, narrowed as these are; empty when there are none."""
        if bookmark is None:
            return ""
        stamp = bookmark.recorded_at.isoformat().replace("+00:00", "Z")
        return self._address(self.agency_id, self.type, before=f"{stamp}_{bookmark.entry_id}")

    def _address(self, agency_id: UUID | None, type_of_entry: str, *, before: str = "") -> str:
        asked = {"agency": agency_id, "type": type_of_entry, "before": before}
        query = urlencode({name: value for name, value in asked.items() if value}, safe=":")
        return f"{self.url}?{query}" if query else self.url


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _bookmark(text: str) -> StoryBookmark | None:
    """Where the page before this one ended; anything else begins at the top."""
    instant, _, key = text.partition("_")
    try:
        recorded_at = datetime.fromisoformat(instant)
        return StoryBookmark(recorded_at, UUID(key)) if recorded_at.tzinfo else None
    except ValueError:
        return None
