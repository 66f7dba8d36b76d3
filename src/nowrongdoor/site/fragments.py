"""
A part of a page that asks for itself gets a part back, whatever happened: never a whole page in a cell.

Works on both sides of the sync line, so that an open stream never has to hold a thread.
"""

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import sync_and_async_middleware
from django.utils.html import format_html

from nowrongdoor.nhsuk import live

SIGNED_OUT = "Signed out – sign in again in another tab. What you have typed is still here."
FAILED = {
    400: "This is too much to look things up by. What you have typed is still here.",
    403: "This cannot be looked up by you just now. What you have typed is still here.",
    404: "There is nothing here any more.",
    413: "This is too much to look things up by. What you have typed is still here.",
    429: "You have looked for people very often in a short time. Wait a few minutes, or go on without.",
}
NOT_NOW = "This part could not be loaded. What you have typed is still here, and can be sent."

Answer = Callable[[HttpRequest], HttpResponse] | Callable[[HttpRequest], Awaitable[HttpResponse]]


def part_of(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer as it is, or in its place one sentence that fits where a part of a page goes."""
    if request.headers.get("HX-Request") != "true" and not live.is_refetched(request):
        return response
    if response.status_code in (302, 303) and response["Location"].startswith(reverse("sign_in")):
        return _sentence(SIGNED_OUT, status=401)
    if response.status_code >= 400 and b"<html" in response.content[:400]:
        return _sentence(FAILED.get(response.status_code, NOT_NOW), status=response.status_code)
    return response


def _sentence(words: str, *, status: int) -> HttpResponse:
    return HttpResponse(format_html('<p role="alert">{}</p>', words), status=status)


@sync_and_async_middleware
def parts_for_parts(get_response: Answer) -> Answer:
    """Middleware: every answer to a part of a page passes here last."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            return part_of(request, await get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        return part_of(request, get_response(request))

    return answer
