"""What could not be met, month by month: for commissioners and leads, about nobody, and no small number."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers, csv_text
from nowrongdoor.pages.gaps import months, wording
from nowrongdoor.reading import gap_ledger
from nowrongdoor.rules import access, figures, gap_figures


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    period = months.asked(request)
    at = request.at
    counts = gap_ledger.of(period, at=at)
    answered = wording.answers(counts, at=at)
    shown = [one for one in answered if any(one[0][rate] != figures.HIDDEN for rate in wording.SHOWN)]
    context = {
        "period": period,
        "months": gap_figures.months(at=at),
        "sentence": gap_figures.sentence(counts.unmet, period=period, at=at),
        "searches": gap_figures.searches(counts.searches, at=at),
        "unmet": wording.unmet(counts.unmet, at=at),
        "returned": gap_figures.total(counts.returns, at=at),
        "returns": wording.returns(counts.returns, at=at),
        "missed": gap_figures.by("criterion", counts.missed, at=at),
        "services": gap_figures.by_service(counts.services, at=at),
        "endings": wording.endings(counts.endings, at=at),
        "may_see_endings": access.may_do(request.viewer, "endings.read", at=at),
        "answers": shown,
        "left_out": len(answered) - len(shown),
    }
    return answers.page(request, "gaps/ledger.jinja", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same figures as a file for a spreadsheet: no small number there either."""
    period = months.asked(request)
    rows = wording.exported(gap_ledger.of(period, at=request.at), period=period, at=request.at)
    answer = HttpResponse(csv_text.written(wording.HEADING, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="gaps-{period.name}.csv"'
    return answers.shown(request, answer)
