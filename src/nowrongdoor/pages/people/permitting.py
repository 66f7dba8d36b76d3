"""Whom the person lets read some of their record: the list, writing one down, and taking it back."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from nowrongdoor.journeys import permissions
from nowrongdoor.nhsuk import answers, code_words, drafts, hidden, wording
from nowrongdoor.nhsuk.fields import Choice, Choices, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.seeing_words import PERMITS
from nowrongdoor.pages.people.framing import frame
from nowrongdoor.reading import permissions_of, person_record
from nowrongdoor.reading.permissions_of import PermissionLine
from nowrongdoor.rules import access, permission
from nowrongdoor.rules.access import Element
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused
from nowrongdoor.rules.permission import Permission

LAST_YEAR = 2100


class Permit(forms.Form):
    """Who, what, how the person said so, and until when if they said."""

    permission_id = NewKey()
    carer_name = PlainText(label="Who may read it?", what="who may read it", required=True)
    carer_is = PlainText(label="How do they know the person?")
    elements = Choices(label="What may they read?", what="what they may read", required=True)
    how = Choice(label="How did the person say so?", what="how the person said so", required=True)
    words = Words(label="How did they put it?", what="how the person put it", required=True, max_length=5_000)
    until_on = DateParts(label="Until which day, if they named one?", what="last day")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        may = permission.may_permit(at=at)
        said = ((one, f"{words[:1].upper()}{words[1:]}") for one, words in PERMITS.items())
        self.fields["elements"].choices = [one for one in said if one[0] in may]
        self.fields["how"].choices = code_words.choices("permission_ways", at=at)

    def clean_until_on(self) -> datetime | None:
        """The end of that day."""
        day = self.cleaned_data["until_on"]
        if day is None:
            return None
        if day.year > LAST_YEAR:
            raise forms.ValidationError("Leave this empty if it has no end")
        return wording.on_day(day + timedelta(days=1), time())


class TakeBack(forms.Form):
    words = Words(
        label="Why may they not read it any more?",
        what="why they may not read it any more",
        required=True,
        max_length=5_000,
    )
    seen = Seen()


@require_GET
def show(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who may read for the person, and who could before."""
    if not request.seen.sight.shows(Element.ACCESS):
        return answers.not_for_your_role(request)
    known, has_twin = person_record.known(person_id, seen=request.seen)
    may_take_back = access.may_do(request.viewer, "permission.withdraw", at=request.at)
    lines = permissions_of.of(person_id)
    standing = [one for one in lines if permission.stands(one.permission, at=request.at)]
    context = {
        **frame(request, known, has_twin, here=""),
        "standing": [_told(one, may_take_back, at=request.at) for one in standing],
        "over": [_told(one, False, at=request.at) for one in lines if one not in standing],
        "is_sealed": request.seen.standing.is_restricted,
    }
    return answers.page(request, "people/carers.jinja", context)


@require_http_methods(["GET", "POST"])
def permit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down that the person lets a carer read; sent twice, it is recorded once."""
    form = drafts.form(request, Permit, at=request.at, initial={"permission_id": uuid4()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = dict(form.cleaned_data)
            try:
                permissions.give(
                    **typed | {"until_at": typed.pop("until_on")},
                    person_id=person_id,
                    by=request.viewer,
                    at=request.at,
                )
            except AlreadyRecorded:
                return _done(
                    request, person_id, "Recorded already", "It was sent twice, and is recorded once."
                )
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                return _done(
                    request, person_id, "Written down", "Whoever opens accounts can now invite them."
                )
    return _page(request, person_id, form, "people/permit.jinja", status=status)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, person_id: UUID, permission_id: UUID) -> HttpResponse:
    """The carer reads nothing from now; a colleague may have been first."""
    line = permissions_of.one(permission_id, person_id=person_id)
    form = drafts.form(request, TakeBack, initial={"seen": line.permission.version})
    status, conflict = 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                permissions.withdraw(
                    permission_id=permission_id, **form.cleaned_data, by=request.viewer, at=request.at
                )
            except ChangedMeanwhile as refusal:
                status = answers.status_of(refusal)
                hidden.sees(form, refusal.found)
                conflict = answers.conflict(request, refusal, yours=form.cleaned_data["words"])
            except Refused as refusal:
                answers.refused(request, form, refusal)
                status = answers.status_of(refusal)
            else:
                said = f"{line.permission.carer_name} can read nothing from now."
                return _done(request, person_id, "Taken back", said)
    more = {"conflict": conflict, "problem": conflict is not None, "one": _told(line, False, at=request.at)}
    return _page(request, person_id, form, "people/take_back.jinja", status=status, **more)


def _done(request: HttpRequest, person_id: UUID, *told: str) -> HttpResponse:
    drafts.sent(request)
    answers.note(request, *told)
    has_list = request.seen.sight.shows(Element.ACCESS)
    return redirect(reverse("person_carers" if has_list else "person", args=[person_id]))


def _page(
    request: HttpRequest, person_id: UUID, form: forms.Form, template: str, *, status: int, **more: object
) -> HttpResponse:
    known, has_twin = person_record.known(person_id, seen=request.seen)
    back = reverse("person_carers", args=[person_id])
    context = {
        **frame(request, known, has_twin, here=""), "form": form, "back": back, "conflict": None, **more
    }  # fmt: skip
    return answers.page(request, template, context, status=status)


def _told(line: PermissionLine, may_take_back: bool, *, at: datetime) -> dict[str, Any]:
    """A permission in words, with its number: whoever opens accounts invites by it."""
    given = line.permission
    rows = [
        ("May read", wording.listed(words for one, words in PERMITS.items() if one in given.elements)),
        ("How they said so", code_words.words_of("permission_ways", given.how, at=at)),
        ("Written down", f"{wording.local_when(given.given_at, at=at)} by {line.given_by}, {line.team_name}"),
        ("Until", _until(given, at=at)),
        ("Number, to invite them by", str(given.id)),
    ]
    if given.withdrawn_at is not None:
        when = wording.local_when(given.withdrawn_at, at=at)
        rows[-1] = ("Taken back", f"{when} by {line.withdrawn_by}: {given.withdrawal_words}")
    url = reverse("permission_withdraw", args=[given.person_id, given.id]) if may_take_back else ""
    name = f"{given.carer_name} ({given.carer_is.lower()})" if given.carer_is else given.carer_name
    return {"name": name, "rows": rows, "words": given.words, "url": url}


def _until(given: Permission, *, at: datetime) -> str:
    return wording.local_when(given.until_at, at=at) if given.until_at else "The person says otherwise"
