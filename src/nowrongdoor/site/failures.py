"""When a page cannot be shown: what happened, what was kept, and where to go on."""

import sys
from collections.abc import Collection
from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import Error, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk import answers, drafts
from nowrongdoor.site import sessions
from nowrongdoor.site.allowed import taken_by
from nowrongdoor.site.bodies import takes_files


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such address, or no such record."""
    _arrive(request)
    return answers.missing(request)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: something inside refused."""
    _arrive(request)
    return answers.missing(request) if request.viewer is None else answers.not_for_your_role(request)


def wrong_method(request: HttpRequest, *, allowed: Collection[str]) -> HttpResponse:
    """405: the address is there, and cannot be used like this. Nothing was read from what was sent."""
    _arrive(request)
    words = "This address cannot be used like that."
    if answers.wants_json(request):
        response: HttpResponse = JsonResponse({"words": words}, status=405)
    else:
        context = {"problem": True, "is_sent_to": "GET" not in allowed}
        response = answers.page(request, "nhsuk/wrong_method.jinja", context, status=405)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """
    The form cannot be told from one that another site sent: it was shown before the last sign-in, say.

    Nothing is recorded. When our signature says whom the form was shown to, the text is kept for
    them, and whoever is signed in as that member finds it in the form again, to check and send.
    """
    _arrive(request)
    if request.viewer is None:
        return answers.sign_in_first(request)
    if answers.typed_by_another(request):
        return answers.kept_for_another(request)
    kept = drafts.rescue(request)
    if kept is None:
        return answers.copy_of_what_was_typed(request, status=403)
    answers.note(
        request,
        "This has not been sent yet",
        "The page was opened before you signed in. Your text is in the form: check it and send it again.",
    )
    return answers.seen_again(kept)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read; 413 when its text is larger than we take in at once."""
    if isinstance(exception, DisallowedHost):
        words = "This place does not answer to that name.\n"
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    if isinstance(exception, SessionInterrupted):
        return broken(request) if _is_out_of_reach(exception) else interrupted(request)
    is_large = isinstance(exception, RequestDataTooBig)
    return _bare(request, "nhsuk/too_much.jinja", status=413 if is_large else 400)


def interrupted(request: HttpRequest) -> HttpResponse:
    """
    409: the session ended elsewhere while this was answered, and the answer to it is lost.

    An act is done before its session is stored, so what was sent may well be recorded: this page says
    that nobody can tell, and where to look.
    """
    if answers.wants_json(request):
        return JsonResponse({"words": "Signed out – sign in again. Your text is still here."}, status=401)
    was_sent = request.method == "POST"
    context = {"was_sent": was_sent, "typed": _typed(request), "look": _where_it_was(request)}
    return _bare(request, "nhsuk/interrupted.jinja", context, status=409)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: someone tries again and again to say who they are."""
    return answers.page(request, "nhsuk/too_many.jinja", {"problem": True}, status=429)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: what was sent is larger than any form at its address, with its files if it has any; not read."""
    if answers.wants_json(request):
        return JsonResponse({"words": "This is too large to take in. Your text is still here."}, status=413)
    what = "too_large" if takes_files(request.path) else "too_much"
    return _bare(request, f"nhsuk/{what}.jinja", status=413)


def broken(request: HttpRequest) -> HttpResponse:
    """
    500, or 503 when the records cannot be reached. Nothing was half recorded, for an act is one
    transaction; whether it was recorded at all nobody knows, when the answer to it was lost.
    What was typed is shown, for nobody knows either when it can be sent.
    """
    out_of_reach = _is_out_of_reach(sys.exc_info()[1])
    was_sent = request.method == "POST"
    context = {"out_of_reach": out_of_reach, "was_sent": was_sent, "typed": _typed(request)}
    return _bare(request, "nhsuk/broken.jinja", context, status=503 if out_of_reach else 500)


def _is_out_of_reach(failure: BaseException | None) -> bool:
    """
    The database was gone: by what failed, or by what that came of. A session that cannot be saved for
    want of a database is told by Django like one that was ended elsewhere.
    """
    known: list[BaseException] = []
    while failure is not None and failure not in known:  # failures may name each other in a ring
        known.append(failure)
        failure = failure.__cause__ or failure.__context__
    return any(isinstance(one, OperationalError) for one in known)


def _arrive(request: HttpRequest) -> None:
    """These pages are shown when the door was never reached; who asks is found here instead."""
    request.at = now()
    if not hasattr(request, "viewer"):
        request.viewer = sessions.viewer(request)


def _where_it_was(request: HttpRequest) -> str:
    """The page itself, where it can be opened; the way to it leads over signing in."""
    view = request.resolver_match.func if request.resolver_match else None
    opens = request.method == "GET" or (view is not None and "GET" in taken_by(view))
    return request.path if opens else "/"


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        return drafts.readable(request.POST) if request.method == "POST" else []
    except (OSError, Error):
        return []


def _bare(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int
) -> HttpResponse:
    """Without frame or records: whatever failed must not fail again."""
    request.viewer = None
    return render(request, template, {"problem": True, **(context or {})}, status=status)
