"""Reports of rapid response: how visits of some days went, in numbers that are of nobody."""

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers, csv_text
from nowrongdoor.nhsuk.fields import DateParts
from nowrongdoor.pages.rapid import reports_wording as wording
from nowrongdoor.pages.rapid.reports_wording import Table
from nowrongdoor.reading import rapid_reports
from nowrongdoor.rules import rapid_figures
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.figures import Eyes

PARTS = ("day", "month", "year")


class Days(forms.Form):
    """From which day to which. Both may be left open."""

    from_on = DateParts(label="From", what="first day")
    until_on = DateParts(label="To, and with it", what="last day")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every table of the report, for the days that are chosen."""
    form, period = _asked(request)
    eyes = _eyes(request)
    tables = _tables(request, period) if period else []
    query = {name: request.GET[name] for name in _names() if request.GET.get(name)}
    context = {
        "form": form,
        "told": wording.told(*period, eyes=eyes) if period else "",
        "tables": tables,
        "export_url": f"{reverse('rapid_reports_export')}?{urlencode(query)}",
        "notes": wording.notes(eyes),
    }
    return answers.page(request, "rapid/reports.jinja", context, status=200 if period else 422)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same numbers as a file: as they may be read, and no others."""
    _, period = _asked(request)
    if period is None:
        return show(request)
    text = csv_text.written(wording.HEADING, wording.exported(_tables(request, period)))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="rapid-response.csv"'
    return answer


def _names() -> list[str]:
    return [f"{day}_{part}" for day in ("from_on", "until_on") for part in PARTS]


def _eyes(request: HttpRequest) -> Eyes:
    return Eyes(rapid_reports.is_exact(request.viewer, at=request.at), request.at)


def _asked(request: HttpRequest) -> tuple[Days, tuple[date, date] | None]:
    """The days that are chosen; none where they cannot be told of, which stands beside the form."""
    form = Days(request.GET)
    if not form.is_valid():
        return form, None
    try:
        return form, rapid_figures.days(
            **form.cleaned_data, is_exact=_eyes(request).is_exact, at=request.at
        )
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return form, None


def _tables(request: HttpRequest, period: tuple[date, date]) -> list[Table]:
    since, until = period
    of = {"since": since, "until": until, "viewer": request.viewer, "at": request.at}
    lines = rapid_reports.told(**of)
    if not lines:
        return []
    return wording.tables(lines, staff=rapid_reports.staffed(**of), eyes=_eyes(request))
