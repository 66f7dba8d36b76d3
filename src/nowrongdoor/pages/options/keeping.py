"""Keeping an entry true: suggest what it should say, answer what is suggested, say that it is still right."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nowrongdoor.journeys import services, suggestions
from nowrongdoor.nhsuk import answers, code_words, drafts
from nowrongdoor.pages.options import forms
from nowrongdoor.reading import kept_entries, options
from nowrongdoor.reading.kept_entries import SuggestionLine
from nowrongdoor.rules import access, suggestion
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused
from nowrongdoor.rules.directory import Service


@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What the entry should say, and how one knows. Anybody who is signed in may."""
    service = _entry(service_id)
    form = drafts.form(request, forms.Suggest, at=request.at, initial={"suggestion_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                suggestions.suggest(
                    service_id=service_id, **form.cleaned_data, by=request.viewer, at=request.at
                )
            except AlreadyRecorded as refusal:
                if _as_recorded(form.cleaned_data, service_id):  # sent twice: it stands there once
                    drafts.sent(request)
                    return redirect("option_suggest", service_id)
                answers.refused(request, form, refusal)
                status = 409
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                drafts.sent(request)
                answers.note(
                    request, "Suggested", "Whoever keeps this entry is asked on the page of their team."
                )
                return redirect("option_suggest", service_id)
    return answers.page(request, "options/suggest.jinja", _context(request, service, form), status=status)


@require_safe
def suggested(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """What is suggested of an entry, for its keeper to answer."""
    service = _entry(service_id)
    return answers.page(request, "options/suggested.jinja", _context(request, service, forms.TurnDown()))


@require_POST
def approve(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    return _answered(
        request, suggestion_id, suggestions.approve, "Approved", "The entry says so from now on."
    )


@require_POST
def turn_down(request: HttpRequest, suggestion_id: UUID) -> HttpResponse:
    return _answered(
        request, suggestion_id, suggestions.turn_down, "Turned down", "Whoever suggested it can read why."
    )


@require_POST
def still_right(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One button: the keeper has looked, and the entry counts as checked from today on."""
    service = _entry(service_id)
    form = forms.Looked(request.POST)
    form.is_valid()
    try:
        services.confirm(service_id=service_id, **form.cleaned_data, by=request.viewer, at=request.at)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        context = _context(request, service, form)
        return answers.page(request, "options/suggested.jinja", context, status=answers.status_of(refusal))
    answers.note(request, f"{service.name} is still right", "It counts as checked today.")
    return redirect("our_team")


def _answered(request: HttpRequest, suggestion_id: UUID, act: Any, heading: str, words: str) -> HttpResponse:
    service_id = kept_entries.service_of(suggestion_id)
    if service_id is None:
        raise Missing
    is_no = act is suggestions.turn_down
    form = (forms.TurnDown if is_no else forms.Looked)(request.POST)
    status = 422
    if form.is_valid():
        try:
            act(suggestion_id=suggestion_id, **form.cleaned_data, by=request.viewer, at=request.at)
        except Refused as refusal:
            answers.refused(request, form, refusal)
            status = answers.status_of(refusal)
        else:
            answers.note(request, heading, words)
            return redirect("option_suggested", service_id)
    context = _context(request, _entry(service_id), form) | {"answering": suggestion_id}
    return answers.page(request, "options/suggested.jinja", context, status=status)


def _as_recorded(typed: dict[str, Any], service_id: UUID) -> bool:
    return any(
        (one.suggestion.id, one.suggestion.part, one.suggestion.says, one.suggestion.why)
        == (typed["suggestion_id"], typed["part"], typed["says"].strip(), typed["why"].strip())
        for one in kept_entries.suggested(service_id)
    )


def _entry(service_id: UUID) -> Service:
    known = options.one(service_id)
    if known is None:
        raise Missing
    return known[0]


def _context(request: HttpRequest, service: Service, form: Any) -> dict[str, Any]:
    parts = code_words.choices("entry_parts", at=request.at)
    lines = kept_entries.suggested(service.id)
    return {
        "service": service,
        "form": form,
        "now_says": [(label, said) for code, label in parts if (said := suggestion.now_says(service, code))],
        "waiting": [_line(request, one, service) for one in lines if one.suggestion.answered_at is None],
        "answered": [_line(request, one, service) for one in lines if one.suggestion.answered_at],
        "keeps": access.may_do(request.viewer, "service.keep", at=request.at)
        and service.agency_id in (None, request.viewer.agency_id),
        "answering": None,
    }


def _line(request: HttpRequest, one: SuggestionLine, service: Service) -> dict[str, Any]:
    told = one.suggestion
    return {
        "id": told.id,
        "part": code_words.words_of("entry_parts", told.part, at=request.at),
        "was": suggestion.now_says(service, told.part),
        "says": told.says,
        "why": told.why,
        "by": one.by_name,
        "at": told.suggested_at,
        "version": told.version,
        "answer": told.answer,
        "answered_by": one.answered_by_name,
        "answered_at": told.answered_at,
        "is_approved": told.state == suggestion.APPROVED,
    }
