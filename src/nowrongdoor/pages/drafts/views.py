"""Keeps a form as it stands, or throws a draft away. Nothing here records anything about a person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from nowrongdoor.journeys import drafts as keeping
from nowrongdoor.nhsuk import answers, drafts

TOO_LARGE = "This is too long to be kept as a draft. It is still on your screen: send it, or shorten it."


@require_POST
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Asked every few seconds by a form that is being filled in, or by its button when there is no script."""
    if request.POST.get("draft_act") == "discard":
        keeping.discard(draft_id=draft_id, member_id=request.viewer.member_id, at=request.at)
        return redirect(drafts.form_of(request))
    if not drafts.can_keep(request):
        return JsonResponse({"words": TOO_LARGE}, status=413)
    words = drafts.keep(request, draft_id=draft_id)
    if answers.wants_json(request):
        return JsonResponse({"words": words})
    return redirect(drafts.url_of(request, draft_id))
