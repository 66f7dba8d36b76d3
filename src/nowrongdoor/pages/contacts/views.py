"""Recording a contact: one page, one submit, nothing asked twice and nothing typed lost."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from nowrongdoor.journeys import contacts
from nowrongdoor.nhsuk import answers, drafts, hidden, recorded, team_choices, wording
from nowrongdoor.nhsuk.identity_fields import NAMES
from nowrongdoor.pages.contacts import forms, rail, recording
from nowrongdoor.reading import contact_record, open_teams, people_search, standing
from nowrongdoor.rules import access
from nowrongdoor.rules.change import AlreadyRecorded, Missing, Refused

KEEP_HERE = "No other team – ours holds it and triages it"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, the buttons beside it that look for the person, and the one that records."""
    known = _recorded_before(request)
    if known is not None:
        return known
    form = _form(request)
    if request.method == "GET":
        form = _with_person(request, form, request.GET.get("person", ""))
        return _show(request, form)
    if "choose" in request.POST:
        return _choose(request, form, request.POST["choose"])
    if "unchoose" in request.POST:
        return _show(request, _again(request, {"person_id": ""}))
    if "register" in request.POST:
        return _register(request, form)
    if "look" in request.POST:
        form.judge_only(*NAMES)
        return _show(request, form, status=422 if form.errors else 200)
    if not form.is_valid():
        return _show(request, form, status=422)
    return _record(request, form)


@require_POST
def match(request: HttpRequest) -> HttpResponse:
    """What is known of whoever is being described, while it is being typed. A fragment of the page."""
    form = _form(request)
    form.judge_only()
    known = rail.of(form, viewer=request.viewer, at=request.at)
    answers.lists(request, known.shows)
    shown = render(request, "contacts/match.jinja", {"rail": known, "at": request.at})
    return answers.shown(request, shown)


def _record(request: HttpRequest, form: forms.NewContact) -> HttpResponse:
    typed = form.cleaned_data
    contact_id = typed["contact_id"]
    referral = recording.referral(form) if form.hands_over else None
    try:
        contacts.receive(
            contact_id=contact_id,
            said=form.said(),
            outcome=typed["outcome"],
            person_id=typed["person_id"],
            referral=referral,
            offer=recording.offer(form) if referral and typed["to_team"] else None,
            callback_id=uuid5(contact_id, "callback"),
            callback_due_at=form.callback_due_at(),
            happened_at=typed["started_at"],
            by=request.viewer,
            at=request.at,
        )
    except AlreadyRecorded:
        return _sent_before(request, form)
    except Missing:
        form = _again(request, {"person_id": ""})
        form.is_valid()
        form.add_error(None, forms.NOT_THERE)
        return _show(request, form, status=422)
    except Refused as refusal:
        answers.refused(request, form, refusal)
        return _show(request, form, status=answers.status_of(refusal))
    drafts.sent(request)
    answers.note(request, "Contact recorded", _came_of_it(form))
    return redirect("contact", contact_id)


def _came_of_it(form: forms.NewContact) -> str:
    team = dict(_flat(form.fields["to_team"].choices)).get(form.cleaned_data["to_team"], "")
    if form.hands_over and form.cleaned_data["to_team"]:
        return f"{team} has been asked. Your team holds the person until they accept."
    if form.hands_over:
        return "Your team holds the person now, and has it to triage."
    due = form.callback_due_at()
    return f"You ring back at {wording.local_when(due, at=form.at)}." if due else ""


def _sent_before(request: HttpRequest, form: forms.NewContact) -> HttpResponse:
    """The form was sent twice. If it was changed in between, what is new in it is not thrown away."""
    contact_id = form.cleaned_data["contact_id"]
    seen = standing.of("contact", contact_id, viewer=request.viewer, at=request.at)
    known = contact_record.of(contact_id, seen=seen)
    if recording.is_recorded(form, known):
        drafts.sent(request)
        answers.note(request, "Recorded already", "It was sent twice, and is recorded once.")
        return redirect("contact", contact_id)
    again = _again(request, {"contact_id": str(uuid4())})
    again.is_valid()
    when = wording.local_when(known.contact.received_at, at=request.at)
    recorded.otherwise(
        again,
        what=f"This contact was already recorded at {when}",
        then="send it again to record it as another contact.",
    )
    return _show(request, again, status=409, known_url=reverse("contact", args=[known.contact.id]))


def _recorded_before(request: HttpRequest) -> HttpResponse | None:
    """Someone went back in the browser, after saving, to the address the form was at."""
    key = hidden.of_address(request) if request.method == "GET" else None
    if key is None or not standing.may_know("contact", key, viewer=request.viewer, at=request.at):
        return None
    known = contact_record.recorded(key)
    return answers.done_before(
        request,
        what="contact",
        when=known.received_at,
        url=reverse("contact", args=[known.id]),
        again_url=hidden.fresh(reverse("contact_new")),
    )


def _choose(request: HttpRequest, form: forms.NewContact, chosen: str) -> HttpResponse:
    """This is the person: only when two identifiers agree with the record."""
    form.judge_only(*NAMES)
    if form.errors:
        return _show(request, form, status=422)
    try:
        found = people_search.match_of(
            form.asked(), person_id=UUID(chosen), viewer=request.viewer, at=request.at
        )
    except (ValueError, Missing):
        form.add_error(None, forms.NOT_THERE)
        return _show(request, form, status=422)
    if not found.may_open:
        form.add_error(None, "One thing alone could fit many people. Ask one more, then choose the record.")
        return _show(request, form, status=422)
    return _show(request, _again(request, {"person_id": str(found.person.id)}))


def _register(request: HttpRequest, form: forms.NewContact) -> HttpResponse:
    """Someone new: what is typed is kept, and the same answers go on to be registered (307: sent again)."""
    form.judge_only(*NAMES)
    if form.errors:
        return _show(request, form, status=422)
    drafts.keep(request, draft_id=drafts.of_page(request).key)
    response = redirect("person_register")
    response.status_code = 307
    return response


def _form(request: HttpRequest) -> forms.NewContact:
    return drafts.form(
        request,
        forms.NewContact,
        at=request.at,
        teams=_teams(request),
        initial={
            "contact_id": hidden.of_address(request) or uuid4(),
            "started_at": request.at.isoformat(),
            "channel": "telephone",
            "safe_to_call": "not_asked",
        },
    )


def _again(request: HttpRequest, instead: dict[str, str]) -> forms.NewContact:
    """The form as it was sent, but for these answers, and not judged."""
    answers_now = request.POST.copy()
    for name, value in instead.items():
        answers_now[name] = value
    form = forms.NewContact(answers_now, at=request.at, teams=_teams(request))
    form.judge_only()
    return form


def _with_person(request: HttpRequest, form: forms.NewContact, person: str) -> forms.NewContact:
    """Coming back from registering someone: their record goes with what was typed before."""
    try:
        key = UUID(person)
    except ValueError:
        return form
    if not standing.may_know("person", key, viewer=request.viewer, at=request.at):
        return form
    if form.is_bound:
        kept = form.data.copy()
        kept["person_id"] = str(key)
        form = forms.NewContact(kept, at=request.at, teams=_teams(request))
        form.judge_only()
    else:
        form.initial["person_id"] = str(key)
    return form


def _show(
    request: HttpRequest, form: forms.NewContact, *, status: int = 200, known_url: str = ""
) -> HttpResponse:
    known = rail.of(form, viewer=request.viewer, at=request.at)
    answers.lists(request, known.shows)
    context = {
        "form": form,
        "at": request.at,
        "rail": known,
        "started_at": _started(form),
        "known_url": known_url,
        # Whoever looked for a record reads on where it is shown, not at the top of the form.
        "looked": request.method == "POST",
        "may_come_back": hidden.of_address(request) is not None,
        "police_url": hidden.fresh(reverse("police_call"))
        if access.may_do(request.viewer, "police.decide", at=request.at)
        else "",
    }
    return answers.page(request, "contacts/new.jinja", context, status=status)


def _started(form: forms.NewContact) -> datetime:
    try:
        started = datetime.fromisoformat(str(form["started_at"].value() or ""))
    except ValueError:
        return form.at
    return started if started.tzinfo else form.at


def _teams(request: HttpRequest) -> team_choices.Grouped:
    if not hasattr(request, "team_choices"):
        teams = open_teams.names(but_not=request.viewer.team_id)
        request.team_choices = team_choices.grouped(teams, empty=KEEP_HERE)
    return request.team_choices


def _flat(choices: team_choices.Grouped) -> Iterator[tuple[str, str]]:
    for code, words in choices:
        if isinstance(words, str):
            yield code, words
        else:
            yield from words
