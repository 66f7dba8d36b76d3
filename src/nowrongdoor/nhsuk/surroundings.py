"""What surrounds a viewer's page: where they can go from here, and what waits there for their team."""

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest

from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import hidden
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.frame import Frame, NavItem
from nowrongdoor.reading import oversight
from nowrongdoor.reading.navigation import Counts
from nowrongdoor.rules import access, law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.own import Reader

# Label, name of the address, the act a role must permit for the place to be of use to it, and the key to it.
PLACES = (
    ("My work", "my_work", "", "g w"),
    ("Triage", "triage", "triage.decide", "g t"),
    ("People", "people_search", "person.search", ""),
    ("Find options", "options", "service.find", ""),
    ("Board", "board", "board.read", "g b"),
    ("Visits", "rapid", "visit.assign", ""),
    ("Our team", "our_team", "", ""),
    ("Duplicates", "duplicates", "duplicates.read", ""),
    ("Governance", "governance", "governance.read", ""),
)

OWN_PLACES = (("My record", "own_record"), ("Who looked", "own_looks"))

# Pages that belong to a place in the menu without being it.
UNDER = {
    "option": "options",
    "option_places": "options",
    "option_links": "options",
    "option_link_withdraw": "options",
    "option_leaflet": "options",
    "option_leaflet_text": "options",
    "option_suggest": "options",
    "option_suggested": "our_team",
    "option_still_right": "our_team",
    "suggestion_approve": "our_team",
    "suggestion_turn_down": "our_team",
    "my_work_part": "my_work",
    "triage_decide": "triage",
    "board_table": "board",
    "person": "people_search",
    "due": "my_work",
    "talks": "my_work",
    "talk": "my_work",
    "call_reply": "my_work",
    "talk_worry": "my_work",
    "clock_reply": "my_work",
    "downtime": "my_work",
    "downtime_paper": "my_work",
    "due_heard": "my_work",
    "rapid_sheet": "rapid",
    "rapid_assign": "rapid",
    "rapid_plan": "rapid",
    "rapid_reports": "our_team",
    "crew_put_on": "rapid",
    "crew_end": "rapid",
    **dict.fromkeys(("skills", "skill_enter", "skill_end"), "rapid"),
    **dict.fromkeys(("loans", "loan_lend", "loan_end"), "rapid"),
    "my_visits": "rapid",
    "visit": "rapid",
    "visit_finish": "rapid",
    "visit_take_back": "rapid",
    "visit_stand_down": "rapid",
    **dict.fromkeys(("visit_ask_along", "visit_meet", "visit_others"), "rapid"),
    "rota": "our_team",
    "figures": "our_team",
    "police_gaps": "our_team",
    "police_reviews": "our_team",
    "gaps": "our_team",
    "service_endings": "our_team",
    "rota_put_on": "our_team",
    "rota_take_off": "our_team",
    "member_leave": "our_team",
    "team_close": "our_team",
    "record_quality": "duplicates",
    "duplicate": "duplicates",
    "registers": "duplicates",
    "register_entry": "duplicates",
    "register_link": "duplicates",
    "register_apart": "duplicates",
    "register_unlink": "duplicates",
    "duplicate_merge": "duplicates",
    "duplicate_apart": "duplicates",
    "duplicate_unmerge": "duplicates",
    "review": "governance",
    "review_decide": "governance",
    "agreement_new": "governance",
    **dict.fromkeys(
        (
            "guidance", "guidance_shipped", "guidance_new", "guidance_version", "guidance_circulate",
            "guidance_compare", "guidance_appraise", "guidance_live", "guidance_aside", "guidance_replay",
            "consistency", "second_look", "guidance_edit", "guidance_edit_shipped",
            "vignettes", "vignette",
        ),
        "our_team",
    ),
    "access_log": "governance",
    "access_log_person": "governance",
}


def frame(request: HttpRequest) -> Frame | None:
    """The frame round this viewer's page; none while nobody is signed in."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return _of_own(request)
    new_contact = _if_may(viewer, "contact.receive", "contact_new", at=request.at)
    return Frame(
        at=request.at,
        name=viewer.member_name,
        role=role_words(viewer.role, at=request.at),
        organisation=viewer.agency_name,
        team=viewer.team_name,
        team_id=str(viewer.team_id),
        navigation=places(viewer, request.waiting, here=_here(request), at=request.at),
        new_contact_url=hidden.fresh(new_contact) if new_contact else "",
        search_url=_if_may(viewer, "person.search", "people_search", at=request.at),
        sign_out_url=reverse("sign_out"),
        switch_url=reverse("switch_team"),
        keeps_for=str(viewer.member_id) if access.may_do(viewer, "visit.finish", at=request.at) else "",
        account_url=reverse("mfa_index") if settings.NWD_ACCOUNTS else "",
    )


def _of_own(request: HttpRequest) -> Frame | None:
    """Round one's own record: its two pages, the numbers to ring, and the way out."""
    reader: Reader | None = getattr(request, "own", None)
    if reader is None:
        return None
    here = _here(request)
    return Frame(
        at=request.at,
        name=reader.name,
        organisation="What you may read" if reader.permission else "Your own record",
        navigation=tuple(
            NavItem(label, reverse(name), current=here == name)
            for label, name in (OWN_PLACES if reader.permission is None else ())
        ),
        sign_out_url=reverse("sign_out"),
        account_url=reverse("mfa_index") if settings.NWD_ACCOUNTS else "",
        home_url=reverse("own_record"),
    )


def role_words(role: str, *, at: datetime) -> str:
    """A role as people say it."""
    labels = {one.code: one.label for one in law.codes("roles", on=local_date(at))}
    return labels.get(role, role.replace("_", " ").capitalize())


def _here(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def places(viewer: Viewer, counts: Counts, *, here: str, at: datetime) -> tuple[NavItem, ...]:
    """Where this viewer can go from here, by the name of its address, and what waits there."""
    to_review = oversight.waiting(viewer=viewer) if access.may_do(viewer, "review.decide", at=at) else None
    counted = (counts.offers, counts.to_decide, to_review)
    return sharing.made(_places, viewer.role, *counted, here, local_date(at))


def _places(
    role: str, offers: int, to_decide: int, to_review: int | None, here: str, on: date
) -> tuple[NavItem, ...]:
    waiting: dict[str, tuple[int | None, str]] = {
        "my_work": (offers, "offered to your team"),
        "triage": (to_decide, "to decide"),
    }
    if to_review is not None:
        waiting["governance"] = (to_review, "to review")
    may = law.acts_of(role, on=on)
    return tuple(
        NavItem(
            label,
            reverse(name),
            *waiting.get(name, (None, "")),
            current=UNDER.get(here, here) == name,
            key=key,
        )
        for label, name, act, key in PLACES
        if not act or act in may
    )


def _if_may(viewer: Viewer, act: str, name: str, *, at: datetime) -> str:
    return reverse(name) if access.may_do(viewer, act, at=at) else ""
