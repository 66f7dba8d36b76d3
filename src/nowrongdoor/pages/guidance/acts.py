"""What is done with a version: circulated, appraised, compared, put live, set aside."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from nowrongdoor.journeys import guidance as journey
from nowrongdoor.nhsuk import answers
from nowrongdoor.pages.guidance import forms, views
from nowrongdoor.reading import guidance_versions as reading
from nowrongdoor.rules.change import AlreadyRecorded, Refused


@require_POST
def circulate(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Partners are asked to look at it."""
    said = ("In review", "Partners of two agencies are asked to look at it.")
    return _act(request, version_id, forms.Nothing(request.POST), journey.circulate, said)


@require_POST
def appraise(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A partner agrees, or says not yet and why."""
    form = forms.Appraise(request.POST)

    def act(**about: object) -> None:
        kept = form.cleaned_data
        said = {"appraisal_id": kept["appraisal_id"], "agrees": kept["agrees"] == "yes"}
        journey.appraise(**said, words=kept["words"], **about)

    return _act(request, version_id, form, act, ("On record", "What you said of this version is on record."))


@require_POST
def compare(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """What it answers otherwise than what stands is worked out and kept."""
    said = ("Compared", "What it answers otherwise is shown below.")
    return _act(request, version_id, forms.Nothing(request.POST), journey.compare, said)


@require_POST
def put_live(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """It stands from a day on."""
    form = forms.PutLive(request.POST)

    def act(**about: object) -> None:
        journey.put_live(live_from=form.cleaned_data["live_from"], **about)

    return _act(request, version_id, form, act, ("Put live", "It stands from that day on."))


@require_POST
def set_aside(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """It is not to stand, or stands no more."""
    form = forms.Aside(request.POST)

    def act(**about: object) -> None:
        journey.set_aside(words=form.cleaned_data["words"], **about)

    return _act(request, version_id, form, act, ("Set aside", "What stood before stands again."))


def _act(
    request: HttpRequest, version_id: UUID, form: Form, act: Callable[..., None], said: tuple[str, str]
) -> HttpResponse:
    reading.one(version_id)
    if not form.is_valid():
        return views.show(request, version_id, bound=form, status=422)
    about = {"version_id": version_id, "by": request.viewer, "at": request.at}
    try:
        act(**about, seen=form.cleaned_data["seen"])
    except AlreadyRecorded:
        pass
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return views.show(request, version_id, bound=form, status=answers.status_of(refusal))
    answers.note(request, *said)
    return redirect("guidance_version", version_id)
