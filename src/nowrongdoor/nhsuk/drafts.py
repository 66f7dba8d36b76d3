"""
Typed text is never lost: drafts that are kept while someone types, and the rescue of a form that
was sent by somebody whose sign-in had ended.

Every form says, under our signature, which member it was shown to and for which of their teams, and
carries the key of its draft. So text can be kept for that member without anyone being signed in,
nobody else can have it back, and nothing is recorded for a team it was not written for. In a page:

    form = drafts.form(request, forms.Refer, initial={...})   as sent, or the draft asked for, or blank
    drafts.sent(request)                                      the act is done; its draft is thrown away
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from nowrongdoor.journeys import drafts as keeping
from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.fields import UNSTORABLE
from nowrongdoor.reading import drafts as kept
from nowrongdoor.rules.attachment import plain_name
from nowrongdoor.rules.draft import Draft, kept_for

TYPED_BY = "typed_by"
KEY = "draft_key"
FORM = "draft_form"
ASKED = "draft"
# What opens a door is typed again, never kept and never shown.
SECRET = {"password", "password1", "password2", "oldpassword", "code", "credential"}
# Files are not kept when nobody is signed in any more: their names are, so that it can be said.
FILES_LOST = "files_to_choose_again"
NEVER_KEPT = {"csrfmiddlewaretoken", TYPED_BY, KEY, FORM} | SECRET
# A form left open over a long weekend is still somebody's work.
LONGEST = timedelta(days=7)
LARGEST = 2_000_000

Form = TypeVar("Form", bound=forms.BaseForm)


@dataclass(frozen=True)
class Offered:
    """A draft this member may take up again or throw away."""

    id: UUID
    words: str
    use_url: str
    discard_url: str


@dataclass(frozen=True)
class OfPage:
    """What a page knows of the drafts of its form: the key to keep under, and those kept before."""

    key: UUID
    url: str
    offered: tuple[Offered, ...]
    in_use: str = ""


@dataclass(frozen=True)
class Rescued:
    """Text kept for the member who typed it, and where it is in its form again."""

    member_id: UUID
    url: str


def form(request: HttpRequest, kind: type[Form], **options: Any) -> Form:
    """The form as it was sent, or with the draft that was asked for, or blank."""
    if request.method == "POST":
        return kind(request.POST, **options)
    draft = _in_use(request)
    if draft is None:
        return kind(**options)
    filled = kind(as_sent(draft.fields), **options)
    # What was typed is shown and not judged: nobody has sent it yet.
    filled._errors = forms.utils.ErrorDict()  # type: ignore[attr-defined]
    return filled


def sent(request: HttpRequest) -> None:
    """The form did what it was for: its draft is not wanted any more."""
    key = _uuid(request.POST.get(KEY, ""))
    if key is not None:
        keeping.discard(draft_id=key, member_id=request.viewer.member_id, at=request.at)


def keep(request: HttpRequest, *, draft_id: UUID) -> str:
    """Keeps a form as it stands; answers the words that say so."""
    keeping.keep(
        draft_id=draft_id,
        member_id=request.viewer.member_id,
        form=form_of(request),
        fields=typed_in(request.POST),
        at=request.at,
    )
    return f"Draft saved {wording.local_time(request.at)}"


def of_page(request: HttpRequest) -> OfPage | None:
    """For the page's template. Found only when the template asks, so that other pages pay nothing."""
    if getattr(request, "viewer", None) is None:
        return None
    return SimpleLazyObject(lambda: _of_page(request))  # type: ignore[return-value]


def kept_of(request: HttpRequest, form: str) -> tuple[Offered, ...]:
    """This member's drafts of a form that nobody comes to directly, to be offered where they begin."""
    found = kept.of_form(member_id=request.viewer.member_id, form=form)
    return tuple(_offered(one, at=request.at) for one in found)


def rescue(request: HttpRequest) -> Rescued | None:
    """
    Keeps what was sent for the member this form was shown to; None when the form does not say so
    under our signature, or is too large to keep.
    """
    member_id = typed_by(request)
    if member_id is None or not can_keep(request):
        return None
    draft_id = _uuid(request.POST.get(KEY, "")) or uuid4()
    keeping.keep(
        draft_id=draft_id,
        member_id=member_id,
        form=form_of(request),
        fields=typed_in(request.POST) | _names_of_files(request),
        at=request.at,
    )
    return Rescued(member_id, url_of(request, draft_id))


def can_keep(request: HttpRequest) -> bool:
    """What was typed is not too large to be kept as a draft."""
    return sum(len(text) for texts in typed_in(request.POST).values() for text in texts) <= LARGEST


def key_of(request: HttpRequest) -> UUID:
    """The key of this showing of the form, under which files are kept that were chosen in it."""
    return _key(request)


def url_of(request: HttpRequest, draft_id: UUID) -> str:
    """Where the draft is in its form again."""
    return f"{form_of(request)}?{ASKED}={draft_id}"


def typed_by(request: HttpRequest) -> UUID | None:
    """The member this form was shown to, if we signed it and not too long ago."""
    return _shown_to(request)[0]


def typed_for(request: HttpRequest) -> UUID | None:
    """The team this form was opened for, under the same signature."""
    return _shown_to(request)[1]


def in_every_form(request: HttpRequest) -> Mapping[str, Any]:
    """Context for every page: `csrf_input` also carries whom the form was shown to, and its draft's key."""
    return {"csrf_input": SimpleLazyObject(lambda: _hidden(request))}


def readable(sent: QueryDict, *, only: Collection[str] = ()) -> list[tuple[str, str]]:
    """What was typed, by the name of its box, for someone to read or copy."""
    return [
        (name.replace("_", " ").capitalize(), text)
        for name, texts in typed_in(sent).items()
        for text in texts
        if text.strip() and _uuid(text) is None and (not only or name in only)
    ]


def typed_in(sent: QueryDict) -> dict[str, list[str]]:
    """The answers as typed, without what the page itself put there and what nothing can store."""
    return {
        UNSTORABLE.sub("", name): [UNSTORABLE.sub("", text) for text in texts]
        for name, texts in sent.lists()
        if name not in NEVER_KEPT
    }


def as_sent(fields: Mapping[str, list[str]]) -> QueryDict:
    """Kept answers, as if they had just been sent."""
    answers = QueryDict(mutable=True)
    for name, texts in fields.items():
        answers.setlist(name, list(texts))
    return answers


def form_of(request: HttpRequest) -> str:
    """
    Where the form is that was sent: it says so itself. Otherwise the page it was sent from, or
    the address it was sent to. Addresses here never hold anything about a person.
    """
    path = request.POST.get(FORM, "") or urlsplit(request.headers.get("Referer", "")).path or request.path
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours else request.path


def _names_of_files(request: HttpRequest) -> dict[str, list[str]]:
    names = [plain_name(one.name or "") for name in request.FILES for one in request.FILES.getlist(name)]
    return {FILES_LOST: names} if names else {}


def _of_page(request: HttpRequest) -> OfPage:
    in_use = _in_use(request) if request.method == "GET" else None
    key = _key(request)
    others = kept.of_form(member_id=request.viewer.member_id, form=request.path)
    return OfPage(
        key,
        reverse("draft", args=[key]),
        tuple(_offered(one, at=request.at) for one in others if one.id != key),
        f"This is your draft from {wording.local_when(in_use.saved_at, at=request.at)}." if in_use else "",
    )


def _offered(draft: Draft, *, at: datetime) -> Offered:
    return Offered(
        draft.id,
        f"You have a draft from {wording.local_when(draft.saved_at, at=at)}. It is kept at least until "
        f"{wording.local_date(draft.saved_at + kept_for(at=at))}.",
        f"{draft.form}?{ASKED}={draft.id}",
        reverse("draft", args=[draft.id]),
    )


def _key(request: HttpRequest) -> UUID:
    """One key for one showing of a form: the draft's that is in use, the one sent, or a new one."""
    if not hasattr(request, "draft_key"):
        draft = _in_use(request) if request.method == "GET" else None
        sent = _uuid(request.POST.get(KEY, "")) if request.method == "POST" else None
        request.draft_key = draft.id if draft else sent or uuid4()
    return request.draft_key


def _in_use(request: HttpRequest) -> Draft | None:
    if not hasattr(request, "draft_in_use"):
        asked = _uuid(request.GET.get(ASKED, ""))
        viewer = getattr(request, "viewer", None)
        request.draft_in_use = (
            kept.one(draft_id=asked, member_id=viewer.member_id, form=request.path)
            if asked and viewer
            else None
        )
    return request.draft_in_use


def _hidden(request: HttpRequest) -> SafeString:
    csrf = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        return csrf
    return csrf + format_html(
        '<input type="hidden" name="{}" value="{}"><input type="hidden" name="{}" value="{}">'
        '<input type="hidden" name="{}" value="{}">',
        TYPED_BY,
        _signer().sign(f"{viewer.member_id}/{viewer.team_id}"),
        KEY,
        _key(request),
        FORM,
        request.path,
    )


def _shown_to(request: HttpRequest) -> tuple[UUID | None, UUID | None]:
    try:
        signed = _signer().unsign(request.POST.get(TYPED_BY, ""), max_age=LONGEST)
        member, _, team = signed.partition("/")
        return UUID(member), UUID(team)
    except (BadSignature, ValueError):
        return None, None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="nowrongdoor.typed_by")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
