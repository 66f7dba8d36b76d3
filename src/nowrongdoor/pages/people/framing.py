"""What stands round every page of one person: the banner and the tabs."""

from django.http import HttpRequest
from django.urls import reverse

from nowrongdoor.nhsuk import about_words, banners
from nowrongdoor.reading import about_person, safe_to_ring
from nowrongdoor.reading.about_person import AboutLine
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.person import Person


def frame(
    request: HttpRequest,
    known: Person,
    has_twin: bool,
    *,
    here: str,
    lines: tuple[AboutLine, ...] | None = None,
) -> dict[str, object]:
    """
    `here` names the tab: now, about, timeline or sharing; none of them on a form. `lines` is what was said
    about them, where the page has read it already.
    """
    if lines is None:
        lines = about_person.of(known.id, seen=request.seen)
    now_url = reverse("person", args=[known.id])
    tabs = [
        ("Now", now_url, here == "now"),
        ("About them", reverse("person_about", args=[known.id]), here == "about"),
        ("Timeline", reverse("person_timeline", args=[known.id]), here == "timeline"),
    ]
    if request.seen.sight.shows(Element.ACCESS):
        tabs.append(("Sharing and access", reverse("person_sharing", args=[known.id]), here == "sharing"))
    return {
        "person": known,
        "at": request.at,
        "name": banners.name_of(known),
        "banner": banners.person_banner(
            known,
            safe=safe_to_ring.about(known),
            at=request.at,
            same_name=has_twin,
            needs=about_words.needs(lines, at=request.at),
            url="" if here == "now" else now_url,
        ),
        "tabs": tabs,
    }
