"""
Files that are sent to us stay in memory and are never laid on a disk, where nobody would clear them away.

Of each file no more is kept than a file may have, and one byte, so that a file without end costs nothing;
how large it really was is known all the same, and the form says so with everything typed still in it.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

from nowrongdoor.rules.attachment import LARGEST, MOST
from nowrongdoor.site import failures
from nowrongdoor.site.bodies import TOO_LARGE


class InMemory(FileUploadHandler):
    """Keeps the files of one request, the beginning of each, and of those too many only the names."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = LARGEST + 1 - self.kept.tell() if self.files <= MOST else 0
        self.kept.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


@sync_and_async_middleware
def refuse_too_large(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware: 413 in words for a body that was not read."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            if _was_too_large(request):
                return await sync_to_async(failures.too_large)(request)
            return await get_response(request)

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        return failures.too_large(request) if _was_too_large(request) else get_response(request)

    return answer


def _was_too_large(request: HttpRequest) -> bool:
    return bool(getattr(request, "scope", {}).get(TOO_LARGE))
