"""What a browser may do with our pages: nothing from outside, nothing inline, nothing kept.

Works on both sides of the sync line, so that an open stream never has to hold a thread.
"""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from hashlib import sha256

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

# There is no inline script or style at all, so no nonce and no hash either. `data:` is for pictures only.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    ]
)

# Passkeys are asked for by our own pages only; nothing else that reaches beyond the page is.
PERMISSIONS = ", ".join(
    [
        "camera=()",
        "microphone=()",
        "geolocation=()",
        "payment=()",
        "usb=()",
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
    ]
)

Answer = Callable[[HttpRequest], HttpResponse] | Callable[[HttpRequest], Awaitable[HttpResponse]]


def policy(response: HttpResponse) -> str:
    """
    The policy of one answer. A page that holds an editor of others says which words of style are written
    there: those very words pass, each by its hash, and no others.
    """
    words = getattr(response, "styles_of_others", ())
    if not words:
        return POLICY
    hashes = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in words)
    return f"{POLICY}; style-src-attr 'unsafe-hashes' {hashes}"


def guard(response: HttpResponse) -> HttpResponse:
    """Writes the headers. A page is never kept by a browser or a proxy, unless it says otherwise itself."""
    response.headers.setdefault("Content-Security-Policy", policy(response))
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Permissions-Policy", PERMISSIONS)
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if response.headers.get("Content-Type", "").startswith(("text/html", "application/json")):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


@sync_and_async_middleware
def content_security_policy(get_response: Answer) -> Answer:
    """Middleware: every answer leaves with the policy."""
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            return guard(await get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        return guard(get_response(request))

    return answer
