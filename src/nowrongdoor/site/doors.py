"""
Who may come through which door: every address, and what it asks of whoever knocks.

An address that is not listed answers nobody (a test lists them all). Whoever is not signed in is
sent to sign in, and what they had typed is kept for them.
"""

from collections.abc import Callable, Iterable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nowrongdoor.kernel import wall
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.paces import TooFast
from nowrongdoor.nhsuk import answers
from nowrongdoor.reading import standing
from nowrongdoor.rules import access, own
from nowrongdoor.rules.change import Missing
from nowrongdoor.site import by_link, paces, sessions
from nowrongdoor.site.directory_doors import OF_THE_DIRECTORY
from nowrongdoor.site.guidance_doors import GUIDANCE
from nowrongdoor.site.open_directory import OPEN_DIRECTORY

OPEN = "open"
SIGNED_IN = "signed in"
# One's own record is for the person it is about: staff find nothing there, and the person nothing elsewhere.
OWN = "own_record.read"
DOORS = {
    "sign_in": OPEN,
    "sign_out": OPEN,
    "account_login": OPEN,
    "mfa_authenticate": OPEN,
    "mfa_login_webauthn": OPEN,
    "openid_connect_login": OPEN,
    "openid_connect_callback": OPEN,
    "account_link": OPEN,
    "sign_in_team": OPEN,
    "mfa_index": OPEN,
    "mfa_activate_totp": OPEN,
    "mfa_deactivate_totp": OPEN,
    "mfa_add_webauthn": OPEN,
    "mfa_remove_webauthn": OPEN,
    "mfa_view_recovery_codes": OPEN,
    "mfa_generate_recovery_codes": OPEN,
    "account_change_password": OPEN,
    "account_reauthenticate": OPEN,
    "mfa_reauthenticate": OPEN,
    "mfa_reauthenticate_webauthn": OPEN,
    "healthz": OPEN,
    **dict.fromkeys(OPEN_DIRECTORY, OPEN),
    **by_link.DOORS,
    **OF_THE_DIRECTORY,
    "live": SIGNED_IN,
    "my_work": SIGNED_IN,
    "my_work_part": SIGNED_IN,
    "switch_team": SIGNED_IN,
    "draft": SIGNED_IN,
    "contact_new": "contact.receive",
    "contact_match": "person.search",
    "contact": "record.read",
    "contact_link": "contact.link",
    "contact_close": "contact.close",
    "contact_signpost": "signpost.tell",
    "people_search": "person.search",
    "person_register": "person.register",
    "person_open": "person.search",
    "person_claim": "access.claim",
    "break_glass": "access.break_glass",
    "person": "record.read",
    "person_timeline": "record.read",
    "person_sharing": "record.read",
    "person_looks_printed": "looks.read",
    "person_share": "sharing.decide",
    "person_override": "sharing.override",
    "sharing_withdraw": "sharing.withdraw",
    "seal_put": "seal.put",
    "seal_lift": "seal.lift",
    "person_carers": "permission.give",
    "person_permit": "permission.give",
    "permission_withdraw": "permission.withdraw",
    "person_about": "record.read",
    "person_answer": "about_me.answer",
    "person_circle": "record.read",
    "circle_enter": "circle.enter",
    "circle_correct": "circle.correct",
    "circle_withdraw": "circle.withdraw",
    "person_correct": "person.correct",
    "person_refer": "referral.refer",
    "referral": "record.read",
    "referral_begin": "referral.begin",
    "referral_care_contact": "care_contact.record",
    "referral_statutory": "statutory.begin",
    "statutory_extend": "statutory.extend",
    "statutory_end": "statutory.end",
    **dict.fromkeys(("referral_police", "police_call"), "police.decide"),
    "referral_police_fact": "police.learn",
    "referral_police_saw": "police.see",
    "referral_police_dispute": "police.dispute",
    **dict.fromkeys(("referral_police_review", "police_reviews"), "police.review"),
    "referral_path": "police_path.begin",
    "referral_path_list": "police_path.answer",
    "referral_take": "holding.take",
    "referral_accept_re_homed": "holding.accept_re_homed",
    "referral_close": "referral.close",
    "referral_reopen": "referral.reopen",
    **dict.fromkeys(("triage", "triage_decide"), "triage.decide"),
    "handover_new": "handover.offer",
    "handover": "record.read",
    "handover_accept": "handover.accept",
    "handover_return": "handover.send_back",
    "handover_withdraw": "handover.withdraw",
    "attachment": "record.read",
    "handover_chase": "handover.chase",
    "promise_keep": "promise.keep",
    "promise_let_go": "promise.keep",
    "promise_escalate": "promise.escalate",
    "second_reading": "second_reading.answer",
    **dict.fromkeys(("talks", "talk"), "talk.read"), "talk_worry": "talk.worry",
    "talk_take": "talk.take", "talk_tell": "talk.tell",
    **dict.fromkeys(("contact_talk", "referral_talk", "person_talk", "talk_withdraw"), "talk.ask"),
    "referral_promise": "promise.make",
    "referral_escalate": "promise.make",
    "person_promise": "promise.make",
    **dict.fromkeys(("due", "due_heard", "call_backs"), SIGNED_IN),
    **dict.fromkeys(("clock_reply", "call_reply"), "clock.reply"),
    "downtime": "record.read",
    "downtime_file": "record.read",
    "downtime_paper": "record.read",
    **dict.fromkeys(("rapid", "rapid_sheet", "my_visits", "visit"), SIGNED_IN),
    "rapid_assign": "visit.assign", "rapid_plan": "visit.assign",
    "crew_put_on": "crew.put_on", "crew_end": "crew.end",
    "skills": SIGNED_IN, "skill_enter": "skill.enter", "skill_end": "skill.end",
    "loans": SIGNED_IN, "loan_lend": "loan.lend", "loan_end": "loan.end",
    "visit_finish": "visit.finish", "visit_take_back": "visit.take_back",
    "visit_stand_down": "visit.stand_down", "visit_ask_along": "visit.ask_along",
    "visit_meet": "visit.move_meeting", "visit_others": "visit.note_others",
    "referral_visit": "visit.ask",
    "rota": SIGNED_IN,
    **dict.fromkeys(("figures", "rapid_reports", "rapid_reports_export"), "figures.read"),
    **dict.fromkeys(("police_gaps", "police_gaps_export"), "police_gaps.read"),
    "rota_put_on": "rota.put_on",
    "rota_take_off": "rota.take_off",
    "our_team": SIGNED_IN,
    "member_leave": "member.leave",
    "team_close": "team.close",
    **dict.fromkeys(("duplicates", "record_quality", "registers"), "duplicates.read"),
    **dict.fromkeys(("duplicate", "duplicate_unmerge"), "merge.undo"),
    **dict.fromkeys(("duplicate_merge", "duplicate_apart"), "merge.decide"),
    **dict.fromkeys(("register_entry", "register_unlink"), "register.undo"),
    **dict.fromkeys(("register_link", "register_apart"), "register.decide"),
    **dict.fromkeys(("governance", "review"), "governance.read"),
    "review_decide": "review.decide",
    "agreement_new": "agreement.enter",
    **GUIDANCE,
    "access_log": "looks.audit",
    "access_log_person": "looks.audit",
    "access_log_export": "looks.audit",
    "board": "board.read",
    "board_table": "board.read",
    "own_record": OWN,
    "own_looks": OWN,
}
# There only where there are accounts: a demonstration answers that there is no such page.
OF_ACCOUNTS = {
    "account_login", "mfa_authenticate", "mfa_login_webauthn", "openid_connect_login",
    "openid_connect_callback", "account_link",
}  # fmt: skip
# Answers that go on: asked here who is there, and opened outside of the transaction that a page is made in.
STREAMS = {"live"}
# One's own account: for whoever has signed in, at a team or not yet. Nothing about a person is there.
OWN_ACCOUNT = {
    "sign_in_team", "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn",
    "mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "account_change_password", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
# What a name in an address leads to. Whoever has no part in it, or from whom it is sealed, is answered as
# if it were not there; a name that is in neither table answers nobody (a test goes through every address).
RECORDS = {
    "person_id": "person",
    "referral_id": "referral",
    "contact_id": "contact",
    "handover_id": "handover",
    "promise_id": "promise",
    "clock_id": "clock",
    "attachment_id": "attachment",
    "visit_id": "visit",
}
NO_RECORD = {
    "skill_id", "membership_id",
    "service_id", "suggestion_id", "taxonomy_id", "term_id", "place_id", "duty_id", "crew_id", "draft_id",
    "version_id", "link_id", "member_id", "merge_id", "review_id", "decision_id", "permission_id", "entry_id",
    "provider_id", "seal_id", "talk_id", "call_id",
}  # fmt: skip
# What is sent there records nothing for a team, so it may come from a form of another team of one's own.
FOR_NO_TEAM = {"switch_team", "options", "draft", "contact_match", "people_search", "person_open"}


class UnlistedDoor(Exception):
    """An address nobody has said who may use: add it to DOORS."""


class Doors:
    """
    Finds the viewer of each request and lets them in, or not. `request.viewer` is who asks.

    The membership is read again at every request, so that a member who has left is out at once. The page
    is made inside, in the one transaction that shows only what the viewer's agency has a part in.
    """

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Iterable[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in DOORS:
            raise UnlistedDoor(name)
        if name != "healthz":
            request.get_host()  # refuses a name that is not ours, before anything is made from it
        asks = DOORS[name]
        # The one instant this request is about: every clock on its page is told from it.
        request.at = now()
        request.viewer = None
        if name in OF_ACCOUNTS | OWN_ACCOUNT and not settings.NWD_ACCOUNTS:
            return answers.missing(request)
        if name in OWN_ACCOUNT:
            request.viewer, request.own = sessions.viewer(request), sessions.own(request)
            return None if request.user.is_authenticated else answers.sign_in_first(request)
        if asks == OPEN:
            return None
        if asks in by_link.BY_LINK:
            return by_link.let_in(request, view, args, kwargs)
        try:
            with wall.reading():
                request.viewer = sessions.viewer(request)
                if asks != OWN and request.viewer is not None:
                    refused = self._refused(request, name, asks, kwargs)
                    if refused is not None or name not in STREAMS:
                        return refused or view(request, *args, **kwargs)
                    return None  # a stream goes on for hours, and is opened where nothing is held
        except (Missing, TooFast) as failure:  # asked of no view that is called in here
            return self.process_exception(request, failure)
        return self._own(request, asks)

    def _refused(
        self, request: HttpRequest, name: str, asks: str, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """The answer to a member who may not come in, or not like this."""
        if answers.typed_by_another(request):
            return answers.kept_for_another(request)
        if name not in FOR_NO_TEAM and answers.typed_for_another_team(request):
            return answers.kept_for_another_team(request)
        if asks != SIGNED_IN and not access.may_do(request.viewer, asks, at=request.at):
            return answers.not_for_your_role(request)
        return paces.slowed(request) or self._about_somebody(request, name, kwargs)

    def _own(self, request: HttpRequest, asks: str) -> HttpResponse | None:
        """
        Lets somebody in to their own record. To a member it is not there, and to whoever reads their own
        record no other page is; whoever has not signed in is asked to.
        """
        request.own = None if request.viewer is not None else sessions.own(request)
        if request.viewer is None and request.own is None:
            return answers.sign_in_first(request)
        if request.own is None or asks != OWN or not own.may_read(request.own, asks, at=request.at):
            return answers.missing(request)
        return None

    def _about_somebody(self, request: HttpRequest, name: str, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Finds how the viewer stands to whom this address is about; nobody they may know of is not there."""
        for record, key in kwargs.items():
            if record in RECORDS:
                try:
                    request.seen = standing.of(RECORDS[record], key, viewer=request.viewer, at=request.at)
                except Missing:
                    return answers.missing(request)
            elif record.endswith("_id") and record not in NO_RECORD:
                raise UnlistedDoor(f"{name}: {record}")
        return None

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """A page that asks for a record that is not there answers so, whichever page it is."""
        if isinstance(failure, TooFast):
            return paces.too_fast(request, failure)
        return answers.missing(request) if isinstance(failure, Missing) else None
