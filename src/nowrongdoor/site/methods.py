"""
Which methods an address takes, asked before anything else: whoever uses another is told so on a page
of ours, and not that their form came from somewhere else.
"""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse

from nowrongdoor.site import failures
from nowrongdoor.site.allowed import taken_by


class Methods:
    """Stands before the check of the form's token, which every method but GET would fail first."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        allowed = taken_by(view)
        if not allowed or request.method in allowed:
            return None
        return failures.wrong_method(request, allowed=allowed)
