"""
What was said about a person and who matters to them, together: what a page of theirs shows of both. One
statement, for however many records of theirs are read as one.
"""

from collections.abc import Iterable
from uuid import UUID

from nowrongdoor.data.people.models import Person as PersonRow
from nowrongdoor.reading import about_person, circle_of
from nowrongdoor.reading.about_person import AboutLine
from nowrongdoor.reading.circle_of import CircleLine
from nowrongdoor.reading.one_person import OtherRecord
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules.access import Element


def of(
    person_id: UUID, others: Iterable[OtherRecord], *, seen: Vantage
) -> tuple[tuple[AboutLine, ...], tuple[CircleLine, ...]]:
    """Of each record as far as this viewer may see that very record; nothing where they may not know."""
    records = [(person_id, seen), *((one.person.id, one.seen) for one in others)]
    may_see = {key: sight for key, one in records if (sight := one.of_person()).shows(Element.RESPONSE)}
    rows = PersonRow.objects.filter(pk__in=list(may_see)).values_list(
        about_person.along("pk"), circle_of.along("pk")
    )
    found = list(rows) if may_see else []
    answers = [one for said, _ in found for one in said]
    circle = [one for _, around in found for one in around]
    return about_person.told(answers, may_see, seen.at), circle_of.told(circle, may_see)
