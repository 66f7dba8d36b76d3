"""How whole the records are, agency by agency, and whether the weights still agree with whoever decides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from nowrongdoor.nhsuk import answers
from nowrongdoor.pages.duplicates import entries
from nowrongdoor.reading import record_quality, registers
from nowrongdoor.reading.record_quality import AgencyQuality, BandLine
from nowrongdoor.rules.clock import local_date

# With fewer decisions than this a share says nothing yet.
ENOUGH = 10


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Numbers alone: of nobody by name."""
    context = {
        "agencies": [_agency(one) for one in record_quality.by_agency()],
        "registers": [entries.quality(one, at=request.at) for one in registers.quality()],
        "agreement": [_agreement(one) for one in record_quality.agreement(on=local_date(request.at))],
    }
    return answers.page(request, "duplicates/quality.jinja", context)


def _agency(one: AgencyQuality) -> dict[str, Any]:
    return {
        "name": one.agency_name,
        "people": one.people,
        "number": _missing(one.no_number, one.number_not_asked, one.people),
        "birth": _missing(one.no_birth, one.birth_not_asked, one.people),
        "name_missing": _missing(one.no_name, 0, one.people),
        "phone": _missing(one.no_phone, one.phone_not_asked, one.people),
        "address": _missing(one.no_address, one.address_not_asked, one.people),
        "alike": one.alike,
        "conflicting": one.conflicting,
    }


def _missing(count: int, not_asked: int, people: int) -> tuple[str, str]:
    """How many miss it, with the share; and of these how many nobody asked."""
    if not count:
        return "0", ""
    share = round(100 * count / people)
    return f"{count:,} ({share} in 100)", f"{not_asked:,} not asked" if not_asked else ""


def _agreement(one: BandLine) -> dict[str, Any]:
    if one.decided < ENOUGH:
        said = f"Too few decisions to say: {one.decided} of {ENOUGH}."
    else:
        said = (
            f"{one.one_person} of {one.decided} were one person's; by the weights it would be "
            f"{one.expected:.0f}."
        )
    return {
        "label": one.label,
        "waiting": one.waiting,
        "one": one.one_person,
        "two": one.two_people,
        "said": said,
    }
