"""Versions of guidance: all of them, one as a table with its checks, and uploading another."""

from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from nowrongdoor.journeys import guidance as journey
from nowrongdoor.nhsuk import answers, drafts
from nowrongdoor.pages.guidance import forms, wording
from nowrongdoor.reading import guidance_versions as reading
from nowrongdoor.rules import access
from nowrongdoor.rules.change import AlreadyRecorded, Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance_versions import standing

BOXES = {"file": "text"}


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version of the place, and which of them stands for this agency."""
    found = reading.all_of_the_place()
    agency_id, on = request.viewer.agency_id, local_date(request.at)
    now = standing([one.version for one in found], agency_id=agency_id, on=on)
    context = {
        "rows": [
            wording.line(one, stands=now is not None and one.version.id == now.id, at=request.at)
            for one in found
        ],
        "shipped_stands": now is None,
        "may_compare_notes": access.may_do(request.viewer, "rating.read", at=request.at),
        "may_upload": access.may_do(request.viewer, "guidance.upload", at=request.at),
    }
    return answers.page(request, "guidance/versions.jinja", context)


@require_safe
def shipped(request: HttpRequest) -> HttpResponse:
    """The guidance we ship: the first version of every place."""
    may_edit = access.may_do(request.viewer, "guidance.upload", at=request.at)
    context = {**wording.shipped(at=request.at), "may_edit": may_edit}
    return answers.page(request, "guidance/shipped.jinja", context)


@require_safe
def version(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """One version, drawn as a table, with its checks, what partners said, and what can be done."""
    return show(request, version_id)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A file from any tool, or its text. What cannot be taken says where; what was typed is kept."""
    form = drafts.form(request, forms.Upload, initial={"version_id": uuid4(), "place": "agency"})
    status = 200
    if request.method == "POST":
        form = _with_file(request)
        led_to, status = taken(request, form)
        if led_to is not None:
            return led_to
    context = {"form": form, **wording.may_say(at=request.at)}
    return answers.page(request, "guidance/upload.jinja", context, status=status)


def taken(request: HttpRequest, form: forms.Upload) -> tuple[HttpResponse | None, int]:
    """Where what was sent leads; nowhere where it is refused, and the status its form is shown again with."""
    if not form.is_valid():
        return None, 422
    kept = form.cleaned_data
    try:
        journey.upload(
            version_id=kept["version_id"],
            whole_place=kept["place"] == "place",
            written_with=kept["written_with"],
            lived_experience=kept["lived"] == "yes",
            why=kept["why"],
            text=kept["text"],
            by=request.viewer,
            at=request.at,
        )
    except AlreadyRecorded:
        return redirect("guidance_version", kept["version_id"]), 302
    except Refused as refusal:
        refusal.field = BOXES.get(refusal.field, refusal.field)
        answers.refused(request, form, refusal)
        return None, answers.status_of(refusal)
    drafts.sent(request)
    answers.note(request, "A draft is there", "Nothing stands otherwise than before.")
    return redirect("guidance_version", kept["version_id"]), 302


def _with_file(request: HttpRequest) -> forms.Upload:
    """A file that was chosen is its text, so that a refusal keeps it like what was typed."""
    chosen = request.FILES.get("file")
    if not isinstance(chosen, UploadedFile) or not chosen.size:
        return drafts.form(request, forms.Upload)
    sent = request.POST.copy()
    sent["text"] = chosen.read().decode("utf-8", "replace").replace("\x00", "\N{REPLACEMENT CHARACTER}")
    return forms.Upload(sent)


def show(
    request: HttpRequest, version_id: UUID, *, bound: Form | None = None, status: int = 200
) -> HttpResponse:
    """The page of one version; with the form that was refused, as it was sent."""
    line, said = reading.one(version_id), reading.said_of(version_id)
    context = wording.version(line, said, viewer=request.viewer, at=request.at)
    seen = {"seen": line.version.version}
    made = {
        "appraise": forms.Appraise(initial={**seen, "appraisal_id": uuid4()}),
        "live": forms.PutLive(initial=seen),
        "aside": forms.Aside(initial=seen),
        "plain": forms.Nothing(initial=seen),
    }
    for name, form in made.items():
        context[name] = bound if bound is not None and type(bound) is type(form) else form
    context["bound"] = bound
    return answers.page(request, "guidance/version.jinja", context, status=status)
