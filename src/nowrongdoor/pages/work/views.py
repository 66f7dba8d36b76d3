"""My work: its page, and its longer parts a page at a time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from nowrongdoor.nhsuk import answers
from nowrongdoor.pages.work import screen
from nowrongdoor.reading import my_work as reading
from nowrongdoor.reading.keyset import bookmark


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """Needs you now; held by you; handed over and not accepted; owed later today."""
    shown = screen.of(request.viewer, request.GET, at=request.at)
    for seen in shown.seen:
        answers.lists(request, seen)
    return answers.page(request, "work/my_work.jinja", {"words": shown.words, "parts": shown.parts})


# What each part that may go on over pages is called, and where it ends.
PARTS = {
    "mine": ("Held by you", "You hold nobody else by name."),
    "given": ("Handed over, not yet accepted", "Nothing else your team has handed over waits for an answer."),
    "owed": ("Owed later", "No more call backs or answers are owed."),
}


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One part of My work, a page at a time, for whoever has more than fit on the first."""
    if name not in PARTS:
        raise Http404
    viewer, after = request.viewer, bookmark(request.GET.get("after", ""))
    read = {
        "mine": lambda: (reading.in_progress(viewer=viewer, after=after),),
        "given": lambda: (reading.handed_over(viewer=viewer, after=after),),
        "owed": lambda: (reading.owed_later(viewer=viewer, at=request.at, after=after),),
    }
    heading, nothing = PARTS[name]
    (section,) = screen.sections(viewer, request.at, (1, read[name]))
    answers.lists(request, section.seen)
    context = {"name": name, "heading": heading, "nothing": nothing, "section": section, "after": after}
    return answers.page(request, "work/part.jinja", context)
