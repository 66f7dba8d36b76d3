"""Where what something is about can be read: its referral, else the contact, else the person's own page."""

from typing import Protocol
from uuid import UUID

from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.rules.words import PromiseKind


class About(Protocol):
    """Whatever is about somebody: a promise, a clock, a line of a list."""

    @property
    def referral_id(self) -> UUID | None: ...

    @property
    def contact_id(self) -> UUID | None: ...

    @property
    def person_id(self) -> UUID | None: ...


def about(one: About) -> str:
    """
    The address of what it came from; of the person themselves where it came from neither. A call just to talk
    has one of its own, for whoever rings has no part in the rest.
    """
    if PromiseKind.JUST_TO_TALK in (getattr(one, "kind", ""), getattr(one, "state", "")):
        return reverse("talk", args=[_key(one)])
    for name, key in (("referral", one.referral_id), ("contact", one.contact_id)):
        if key is not None:
            return reverse(name, args=[key])
    return reverse("person", args=[one.person_id])


def _key(one: About) -> UUID:
    """Of the promise: a clock has its key, and a line of a list says which it is about."""
    for name in ("promise_id", "subject_id", "id"):
        if key := getattr(one, name, None):
            return UUID(str(key))
    raise AttributeError("id")
