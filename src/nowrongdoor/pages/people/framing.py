"""What stands round every page of one person: the banner and the tabs."""

from django.http import HttpRequest
from django.urls import reverse

from nowrongdoor.nhsuk import banners
from nowrongdoor.reading import safe_to_ring
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.person import Person


def frame(request: HttpRequest, known: Person, has_twin: bool, *, here: str) -> dict[str, object]:
    """`here` names the tab: now, timeline or sharing; none of them on a form."""
    now_url = reverse("person", args=[known.id])
    tabs = [
        ("Now", now_url, here == "now"),
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
            url="" if here == "now" else now_url,
        ),
        "tabs": tabs,
    }
