"""The other records of a person in words: which they are, how it is known, and what is not shown of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.nhsuk import answers, banners, numbers, wording
from nowrongdoor.reading.one_person import OnePerson, OtherRecord, Together
from nowrongdoor.rules import access


def shown(request: HttpRequest, as_one: OnePerson) -> dict[str, Any]:
    """What the page says of them; whom it shows is on record."""
    answers.lists(request, looked_at(as_one.others))
    names = {one.person.id: _name(one) for one in as_one.others}
    return {
        "others": [_other(one, at=request.at) for one in as_one.others],
        "merges": [_together(one, url=_undo(request, one), at=request.at) for one in as_one.merges],
        "unseen": _unseen(as_one.unseen),
        # Where another record stands for them all, it is the one to go on with.
        "stands": names.get(as_one.stands_id, "") if as_one.stands_id else "",
        "stands_url": reverse("person", args=[as_one.stands_id]) if as_one.stands_id in names else "",
    }


def looked_at(others: Iterable[OtherRecord]) -> list[Seen]:
    """Whom a page shows with the one it is about, for the record of who looked."""
    return [
        Seen(
            one.person.id,
            elements=tuple(sorted(one.seen.sight.elements)),
            relationship=one.seen.sight.relationship,
        )
        for one in others
    ]


def _other(one: OtherRecord, *, at: datetime) -> dict[str, Any]:
    banner = banners.person_banner(one.person, safe=numbers.ON_RECORD, at=at)
    facts = [("Born", banner.born), ("NHS number", banner.nhs_number)]
    if one.person.other_numbers:
        facts.append(("Numbers of partners", ", ".join(one.person.other_numbers.split("\n"))))
    return {
        "name": banner.name,
        "url": reverse("person", args=[one.person.id]),
        "timeline_url": reverse("person_timeline", args=[one.person.id]),
        "facts": [(label, value) for label, value in facts if value],
    }


def _together(one: Together, *, url: str, at: datetime) -> dict[str, str]:
    return {
        "said": f"Merged {wording.local_when(one.since, at=at)} by {one.by_name}.",
        "words": one.words,
        "by": one.by_name,
        "evidence": one.evidence,
        "url": url,
    }


def _undo(request: HttpRequest, one: Together) -> str:
    """Where whoever may undo it does."""
    may = access.may_do(request.viewer, "merge.undo", at=request.at)
    return reverse("duplicate", args=[one.merge_id]) if may else ""


def _unseen(count: int) -> str:
    if not count:
        return ""
    more = "One more record" if count == 1 else f"{count} more records"
    return f"{more} of theirs {'is' if count == 1 else 'are'} in the care of others and not shown to you."


def _name(one: OtherRecord) -> str:
    return wording.person_name(one.person.family_name, one.person.given_names)
