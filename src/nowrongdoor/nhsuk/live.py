"""
A page that asks for itself again because something has changed: marked by our script, on the same address.

It is the same page, made with the same rights. Only what belongs to a person who comes to a page is not
done: the note of the last act is not taken, nobody is thought to be there who is not, and whoever was on the
screen a moment ago was looked at then.
"""

from django.http import HttpRequest

HEADER = "NWD-Live"
META = "HTTP_NWD_LIVE"
USED = "1"


def is_refetched(request: HttpRequest) -> bool:
    """Our script asks, with nobody pressing anything."""
    return HEADER in request.headers


def is_used(request: HttpRequest) -> bool:
    """Somebody typed, pressed or tapped on that page since it was asked for last."""
    return bool(request.headers.get(HEADER) == USED)
