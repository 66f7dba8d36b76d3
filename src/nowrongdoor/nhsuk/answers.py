"""
How a page answers: in its frame, refused with a reason, overtaken by a colleague, or not for this viewer.

Every answer keeps what was typed. `request.viewer` is who asks and `request.at` the one instant the
whole answer is true at; both are set at the door, before any page is asked.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nowrongdoor.kernel.access_log import looking
from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import did_words, drafts, live, surroundings, wording
from nowrongdoor.nhsuk.shapes import Conflict
from nowrongdoor.reading import viewers
from nowrongdoor.rules import access
from nowrongdoor.rules.change import ChangedMeanwhile, Refused
from nowrongdoor.rules.law import seeing

NOTE = "note"

# What someone did, by the kind the journal gives it, to go between a name and "20 seconds ago".
DID = {
    "climb.made": "escalated this",
    "reply.given": "replied to this",
    "stage.reached": "recorded how far this has come",
    "statutory.extended": "recorded that it was extended",
    "statutory.ended": "recorded that it is over",
    **did_words.DID,
    "police_path.answered": "said how far things on this list are",
    "stage.measured_anew": "decided anew how soon this is due",
    "contact.linked": "linked this contact to a person",
    "contact.closed": "closed this contact",
    "person.registered": "registered this person",
    "person.number_superseded": "recorded that the NHS number was replaced",
    "person.corrected": "corrected this record",
    "person.line_waits": "asked for a second reading of what staff know first",
    "merge.merged": "merged these records",
    "merge.undone": "undid this merge",
    "register_link.linked": "linked this entry with the record",
    **dict.fromkeys(("merge.kept_apart", "register_link.kept_apart"), "decided that these are two people"),
    "register_link.undone": "undid this link",
    "person.partner_number_added": "recorded a partner's number",
    "person.partner_number_removed": "took a partner's number away",
    "referral.begun": "recorded that help has begun",
    "referral.person_linked": "recorded whom this is about",
    "referral.closed": "closed this referral",
    "referral.answered": "recorded the answer this waited for",
    "referral.reopened": "reopened this referral",
    **dict.fromkeys(("referral.accepted", "handover.accepted"), "accepted this"),
    "triage.accepted": "triaged this and accepted it",
    "triage.handed_on": "triaged this and offered it to another team",
    "triage.asked": "asked for information about this",
    "triage.waited": "noted that this waits for the person",
    "triage.advised": "gave advice and closed this",
    "triage.duplicate": "closed this as a duplicate",
    "handover.offered": "offered this to a team",
    "handover.returned": "returned this and named the next team",
    "handover.withdrawn": "withdrew this offer",
    "answer_link.received": "opened this by its link",
    "onward_link.received": "opened whom their team holds, by its link",
    "answer_link.answered": "answered this by its link",
    "answer_link.withdrawn": "took this link back",
    "holding.began": "took this on",
    "holding.passed_on": "passed this on",
    "holding.taken": "took this on by name",
    "holding.ended": "closed this",
    "holding.re_homed": "gave this to another team",
    "holding.re_homing_accepted": "accepted this",
    "promise.kept": "recorded that this was done",
    "promise.settled": "settled who holds this",
    "promise.agreed": "read this and agreed to it",
    "promise.reworded": "read this and wrote it otherwise",
    "promise.set_aside": "read this and set it aside",
    "promise.let_go": "recorded that this is no longer owed",
    "promise.escalated": "raised this as late",
    "promise.re_homed": "gave this to another team",
    "promise.person_linked": "recorded whom this is owed to",
    "sharing.withdrawn": "ended this sharing",
    "seal.lifted": "lifted this seal",
    "permission.given": "wrote this down",
    "permission.withdrawn": "took this back",
    "about_me.answered": "wrote this down",
    "circle.entered": "wrote them down",
    "circle.corrected": "changed what is known of them",
    "circle.withdrawn": "took them out",
    "review.decided": "reviewed this",
}


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in its frame, with the note left by the act before it and any draft of its form."""
    shared = {
        "frame": surroundings.frame(request),
        "note": None if live.is_refetched(request) else _take_note(request),
        "draft": drafts.of_page(request),
        "refetched": live.is_refetched(request),
    }
    return shown(request, render(request, template, {**shared, **context}, status=status))


def shown(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """
    The answer, once it is on record whom it shows: the one the page is about, and whoever it `lists`.
    What cannot be recorded is not shown. Raises `TooFast` where this is one try too many of a kind that is
    counted with what it shows.
    """
    about = getattr(request, "seen", None)
    seen = [*getattr(request, "listed", ())]
    if about is not None:
        seen.append(
            Seen(
                about.person_id,
                about.referral_id,
                about.contact_id,
                tuple(sorted(about.sight.elements)),
                about.sight.relationship,
            )
        )
    pace = getattr(request, "pace", None)
    made_with_others = getattr(request, "made_with_others", None)
    if made_with_others is not None:
        made_with_others.extend(seen)  # recorded with the looks of all, before any of it is sent
    elif seen or pace:
        looking.record(
            seen,
            pace=pace,
            page=request.resolver_match.view_name,
            purpose=access.purpose(request.viewer, at=request.at),
            by=request.viewer,
            at=request.at,
            but_not_since=_still_looking(request),
        )
    return response


def _still_looking(request: HttpRequest) -> datetime | None:
    """Whoever was on this screen since then is still looked at, and not once more; None on a new page."""
    if not live.is_refetched(request):
        return None
    at: datetime = request.at
    return at - seeing.lasts("same_look", at=at)


def lists(request: HttpRequest, seen: Iterable[Seen]) -> None:
    """Says whom a list on this page shows, so that it is on record before the page is sent."""
    request.listed = [*getattr(request, "listed", ()), *seen]


def note(request: HttpRequest, heading: str, words: str = "") -> None:
    """Leaves what has just been done for the next page to say, once."""
    request.session[NOTE] = [heading, words]


def refused(request: HttpRequest, form: forms.BaseForm, refusal: Refused) -> None:
    """Puts a refusal where it belongs: at its field, or over the whole form."""
    words = refusal.words
    if isinstance(refusal, ChangedMeanwhile):
        words = changed_words(refusal, viewer=request.viewer, at=request.at)
    elif refusal.changed_at is not None:
        words = f"{words} {changed_words(refusal, viewer=request.viewer, at=request.at)}"
    form.add_error(refusal.field if refusal.field in form.fields else None, words)


def changed_words(refusal: Refused, *, viewer: Viewer, at: datetime) -> str:
    """`Priya Shah accepted this 20 seconds ago.`"""
    # Two colleagues may have one name: who acted is known by the member, never by what they are called.
    who = "You" if refusal.by_member_id == viewer.member_id else refusal.by_name
    did = DID.get(refusal.kind, "changed this")
    return f"{who} {did} {wording.ago(refusal.changed_at or at, at=at)}."


def conflict(
    request: HttpRequest,
    refusal: ChangedMeanwhile,
    *,
    yours: str = "",
    now_true: str = "",
    actions: tuple[tuple[str, str], ...] = (),
) -> Conflict:
    """The box that says who was first. `yours` is what was typed; `now_true` how things stand since."""
    return Conflict(changed_words(refusal, viewer=request.viewer, at=request.at), yours, now_true, actions)


def status_of(refusal: Refused) -> int:
    """409 when a colleague was first, 422 when a rule says no."""
    return 409 if refusal.changed_at is not None else 422


def done_before(request: HttpRequest, *, what: str, when: datetime, url: str, again_url: str) -> HttpResponse:
    """The form at this address was sent: whoever goes back to it finds that, and nothing to send again."""
    context = {"what": what, "when": when, "url": url, "again_url": again_url}
    return page(request, "nhsuk/done_before.jinja", context)


def missing(request: HttpRequest) -> HttpResponse:
    """There is no such record here, or none that this viewer may know of: nobody can tell which."""
    request.seen, request.listed = None, ()
    return page(request, "nhsuk/missing.jinja", {"problem": True}, status=404)


def not_for_your_role(request: HttpRequest) -> HttpResponse:
    """
    The viewer's role does not permit this; says which role that is and who can help. What was typed
    is kept as a draft, and shown to be copied: the form itself may not open for this role.
    """
    # Nobody is shown here, so nobody is on record as looked at.
    request.seen, request.listed = None, ()
    kept = drafts.rescue(request) if request.method == "POST" else None
    if wants_json(request):
        return JsonResponse({"words": "Your role cannot do this."}, status=403)
    context = {
        "problem": True,
        "role": surroundings.role_words(request.viewer.role, at=request.at),
        "kept": kept is not None,
        "typed": drafts.readable(request.POST),
    }
    return page(request, "nhsuk/not_for_your_role.jinja", context, status=403)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """
    Nobody is signed in, or not any more. What was typed is kept for the member who opened the form,
    and is in the form again once that member has signed in.
    """
    kept = drafts.rescue(request) if request.method == "POST" else None
    if wants_json(request):
        return JsonResponse({"words": "Signed out – sign in again. Your text is still here."}, status=401)
    if request.method not in ("GET", "HEAD") and kept is None:
        return copy_of_what_was_typed(request, status=403)
    back = kept.url if kept else request.get_full_path()
    asked = {"next": back} | ({"kept": "1"} if kept else {})
    return _see_other(f"{reverse('sign_in')}?{urlencode(asked)}")


def typed_by_another(request: HttpRequest) -> bool:
    """This form was shown to someone else, who was signed in on this browser before."""
    typist = drafts.typed_by(request) if request.method == "POST" else None
    return typist is not None and typist != request.viewer.member_id


def kept_for_another(request: HttpRequest) -> HttpResponse:
    """It must not be sent in this viewer's name: it is kept for its own typist, and shown to nobody else."""
    drafts.rescue(request)
    if wants_json(request):
        return JsonResponse({"words": "Someone else is signed in now. Your text is still here."}, status=403)
    return page(request, "nhsuk/typed_by_another.jinja", {"problem": True}, status=403)


def typed_for_another_team(request: HttpRequest) -> bool:
    """This form was opened for another team of the same member, who has switched since."""
    team = drafts.typed_for(request) if request.method == "POST" else None
    return team is not None and team != request.viewer.team_id


def kept_for_another_team(request: HttpRequest) -> HttpResponse:
    """It must not be recorded for the team of now: it is kept, and the member says for which team it is."""
    kept = drafts.rescue(request)
    team = viewers.team_of(drafts.typed_for(request), member_id=request.viewer.member_id)
    if wants_json(request):
        words = f"This form was opened for {team.name}. Your text is still here."
        return JsonResponse({"words": words}, status=409)
    context = {"problem": True, "team": team, "kept": kept, "typed": drafts.readable(request.POST)}
    return page(request, "nhsuk/typed_for_another_team.jinja", context, status=409)


def seen_again(kept: drafts.Rescued) -> HttpResponse:
    """On to the form that has the text in it again."""
    return _see_other(kept.url)


def copy_of_what_was_typed(request: HttpRequest, *, status: int) -> HttpResponse:
    """The last resort: nothing was sent and nobody can be asked, so the text is shown to be copied."""
    context = {"problem": True, "typed": drafts.readable(request.POST)}
    return page(request, "nhsuk/typed.jinja", context, status=status)


def _see_other(url: str) -> HttpResponse:
    response = redirect(url)
    response.status_code = 303
    return response


def _take_note(request: HttpRequest) -> list[str] | None:
    session = getattr(request, "session", None)
    return session.pop(NOTE, None) if session is not None and NOTE in session else None


def wants_json(request: HttpRequest) -> bool:
    """A script asks, or a stream, and not a page."""
    return request.headers.get("Accept", "").startswith(("application/json", "text/event-stream"))
