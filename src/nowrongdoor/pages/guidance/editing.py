"""Guidance in the open editor of its standard. What is saved is another version, taken like any upload."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from nowrongdoor.nhsuk import answers, drafts
from nowrongdoor.pages.guidance import forms, views, wording
from nowrongdoor.reading import guidance_versions as reading
from nowrongdoor.rules import response_advice
from nowrongdoor.rules.clock import local_date

# The words of style that the vendored editor writes into its page, mark and all, as they stand in its file.
STYLES = (
    "vertical-align:middle",
    "position: absolute; bottom: 15px; right: 15px; z-index: 100;",
    "z-index: 1001;position: fixed;top: 0;left: 0;right: 0;bottom: 0",
    "width: 100%;height: 100%;background: rgba(40,40,40,0.2)",
    "position: absolute;left: 50%;top: 40%;transform: translate(-50%);width: 260px;padding: 10px;"
    "background: white;box-shadow: 0 1px 4px rgba(0,0,0,0.3);font-family: Helvetica, Arial, sans-serif;"
    "font-size: 14px;display: flex;line-height: 1.3",
    "margin: 15px 20px 15px 10px; align-self: center;",
    "\n          visibility: hidden;\n          position: fixed;\n          top: -10000px\n      ",
)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, version_id: UUID | None = None) -> HttpResponse:
    """
    A version, or the guidance we ship, to start from. A refusal names row and column and keeps what was
    edited. The one that was opened stays as it is.
    """
    start = _start(request, version_id)
    form = drafts.form(request, forms.Upload, initial={"version_id": uuid4(), **start})
    status = 200
    if request.method == "POST":
        led_to, status = views.taken(request, form)
        if led_to is not None:
            return led_to
    about = wording.before_editing(start["text"])
    context = {"form": form, "start": start, **about, **wording.may_say(at=request.at)}
    response = answers.page(request, "guidance/edit.jinja", context, status=status)
    response.styles_of_others = STYLES  # type: ignore[attr-defined]
    return response


def _start(request: HttpRequest, version_id: UUID | None) -> dict[str, str]:
    """What is opened: its text, for whom it is, and what it is called."""
    if version_id is None:
        shipped = response_advice.shipped(on=local_date(request.at))
        return {"text": shipped.model.source.decode(), "place": "agency", "title": shipped.label}
    one = reading.one(version_id).version
    return {
        "text": one.text,
        "place": "agency" if one.agency_id else "place",
        "title": wording.title(one),
    }
