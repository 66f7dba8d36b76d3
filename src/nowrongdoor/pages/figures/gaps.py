"""The partner gap monitor: what became of everybody about whom the police were asked. Counts, of nobody."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers, charts, code_words, csv_text
from nowrongdoor.nhsuk.fields import Choice
from nowrongdoor.pages.figures import gaps_split
from nowrongdoor.pages.figures import gaps_wording as wording
from nowrongdoor.reading import police_calls, police_split
from nowrongdoor.rules import police_gaps, run_chart
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import forces
from nowrongdoor.rules.law.forces import Policy
from nowrongdoor.rules.police_gaps import MEASURES, Call


class Filter(forms.Form):
    """Which calls, and what is followed how. Everything may be left open."""

    force = Choice(label="Police force", widget=forms.Select)
    category = Choice(label="What the call was about", widget=forms.Select)
    phase = Choice(label="Before and after", widget=forms.Select)
    measure = Choice(label="Follow", widget=forms.Select)
    each = Choice(label="By", widget=forms.Select)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["force"].choices = [("", "Every force"), *forces.labels().items()]
        self.fields["category"].choices = [
            ("", "Every kind of call"), *code_words.choices("police_categories", at=at)
        ]  # fmt: skip
        self.fields["phase"].choices = [
            ("", "No phase"), *((one.version, wording.phase(one, at=at)) for one in forces.every())
        ]  # fmt: skip
        self.fields["measure"].choices = [(name, wording.MEASURE[name]) for name in MEASURES]
        self.fields["each"].choices = [("month", "Month"), ("week", "Week")]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Every table of the monitor, and what is followed as a run chart."""
    form, calls, policy = _asked(request)
    at, typed = request.at, form.cleaned_data if form.is_valid() else {}
    declined = [one for one in calls if one.outcome == police_gaps.DECLINED]
    context = {
        "form": form,
        "calls": wording.by_call(calls, at=at),
        "accepted": wording.by_holder(declined, at=at),
        "seen_by": wording.by_whom_seen(declined, at=at),
        "stood": wording.how_they_were(declined, at=at),
        "hours": [wording.after(one) for one in police_gaps.hours(at=at)],
        "phases": wording.phases(calls, policy, at=at) if policy else [],
        "phase": wording.phase(policy, at=at) if policy else "",
        **_chart(calls, policy, typed.get("measure") or "seen", typed.get("each") or "month", at=at),
        "export_url": f"{reverse('police_gaps_export')}?{urlencode(_kept(request))}",
        "notes": wording.notes(at=at),
        "splits": gaps_split.tables(police_split.told(at=at), at=at),
        "split_notes": gaps_split.notes(at=at),
    }
    return answers.page(request, "figures/gaps.jinja", context, status=200 if form.is_valid() else 422)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same numbers as a file: as they may be read, and no others."""
    _, calls, policy = _asked(request)
    lines = wording.exported(calls, policy, at=request.at)
    lines += gaps_split.exported(police_split.told(at=request.at), at=request.at)
    text = csv_text.written(wording.HEADING, lines)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="partner-gaps.csv"'
    return answer


def _kept(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("force", "category", "phase") if request.GET.get(name)}


def _asked(request: HttpRequest) -> tuple[Filter, list[Call], Policy | None]:
    """The filter, and the calls it leaves; a phase chooses the calls to which it would apply."""
    form = Filter(request.GET, at=request.at)
    typed = form.cleaned_data if form.is_valid() else {}
    policy = forces.named(typed.get("phase", ""))
    calls = [
        one
        for one in police_calls.told(at=request.at)
        if typed.get("force", "") in ("", one.force) and typed.get("category", "") in ("", one.category)
    ]
    if policy is not None:
        before, after = police_gaps.of_phase(calls, policy)
        calls = [*before, *after]
    return form, calls, policy


def _chart(
    calls: list[Call], policy: Policy | None, measure: str, each: str, *, at: datetime
) -> dict[str, object]:
    switch_on = policy.provenance.valid_from if policy else None
    points = []
    for begins_on, theirs in police_gaps.periods(calls, each=each, until=local_date(at)):
        share = MEASURES[measure](theirs, at=at)
        points.append(run_chart.point(begins_on, share.part, share.whole, at=at))
    chart = run_chart.read(points, switch_on=switch_on, at=at)
    labels = [wording.period(one.begins_on, each) for one in points]
    return {
        "chart": charts.drawn(chart, labels=labels, switch_on=switch_on) if chart.is_a_line else None,
        "chart_title": f"{wording.MEASURE[measure]}, by {each}",
        "chart_says": wording.chart(chart, switch_on=switch_on),
        "points": wording.points(chart, labels, at=at),
    }
