"""Every address, by its name: what it is called with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from nowrongdoor.console.prove.seeing.calls import (
    PLANTED,
    Ask,
    Asks,
    _url,
    filled,
    of_nothing,
    of_person_and,
    of_record,
    plain,
    with_key,
)
from nowrongdoor.console.prove.seeing.directory_table import OF_THE_DIRECTORY
from nowrongdoor.console.prove.seeing.expected import NOT_A_MEMBER, ROLES
from nowrongdoor.console.prove.seeing.guided import GUIDANCE
from nowrongdoor.console.prove.seeing.looking_for import (
    DANGER,
    WHY,
    correcting,
    in_contact,
    linking,
    registering,
    searching,
)
from nowrongdoor.console.prove.seeing.place import Place
from nowrongdoor.rules import law

QUEUES = ("all", "mine", "unclaimed", "information", "soon", "late", "returned", "offered")
READ, SENT, BOTH = ("GET", "HEAD"), ("POST",), ("GET", "POST")


OF_A_VISIT = ("finish", "take_back", "stand_down", "ask_along", "meet", "others")


def _members(place: Place) -> Iterator[Any]:
    yield from (place[name].member_id for name in ("team_member", "police_control", "Far"))


def _reviews(place: Place) -> Iterator[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM sharing_review ORDER BY raised_at, id LIMIT 12")
        yield from (key for (key,) in cursor.fetchall())


def _drafts(place: Place) -> Iterator[Any]:
    yield uuid4()


def _parts(place: Place) -> Iterator[Any]:
    yield from ("mine", "given", "owed", "nothing")


def _boards(place: Place, route: str) -> Iterator[Ask]:
    path = _url(route)
    for query in (
        "",
        "?wall=1",
        *("?need=mental", "?need=housing", "?clock=late", "?column=offered", "?column=closed"),
        f"?agency={place['Far'].agency_id}",
        f"?agency={place.ours.agency_id}",
    ):
        yield Ask(route, path + query)
        yield Ask(route, path + query, "HEAD")
    for life in place.lives:
        for text, one in place.canaries.known.items():
            if (one.subject, one.element) == (life, "area"):
                area = text.upper()
                yield Ask(
                    route,
                    f"{path}?area={area}",
                    life=life,
                    item="P",
                    typed=(area,),
                    other=Ask(route, f"{path}?area=ZQ0Z", typed=("ZQ0Z",)),
                )


def _log(place: Place, route: str) -> Iterator[Ask]:
    path = _url(route)
    yield Ask(route, path)
    yield Ask(route, f"{path}?member={place.ours.member_id}&agency={place['Far'].agency_id}")
    for life in place.lives.values():
        if "person" in life.keys:
            yield Ask(
                route,
                f"{path}?person={life.keys['person']}",
                life=life.name,
                item="P",
                other=Ask(route, f"{path}?person={uuid4()}"),
            )


def _agreement(place: Place, route: str) -> Iterator[Ask]:
    yield Ask(route, _url(route))
    yield Ask(route, _url(route), "POST", filled(place, place.lives["holder"]))


def _link(place: Place, route: str) -> Iterator[Ask]:
    yield from of_record("contact", *BOTH)(place, route)
    yield from linking(place, route)


def _services(place: Place) -> Iterator[Any]:
    yield uuid4()


CALLS: dict[str, Asks] = {
    **OF_THE_DIRECTORY,
    "option_links": with_key(_services, *BOTH),
    "option_link_withdraw": of_nothing(2, *SENT),
    "places_by_link": with_key(lambda place: iter(("nothing",)), *BOTH),
    "contact_signpost": of_record("contact", *BOTH),
    "healthz": plain("GET"),
    "openreferral": plain(*READ),
    "openreferral_services": plain(*READ),
    **dict.fromkeys(("openreferral_service", "openreferral_place"), with_key(_services, *READ)),
    "openreferral_taxonomies": plain(*READ),
    "openreferral_taxonomy": with_key(lambda place: iter((uuid4(),)), *READ),
    "openreferral_terms": plain(*READ),
    "openreferral_term": with_key(lambda place: iter((uuid4(),)), *READ),
    "openreferral_places": plain(*READ),
    "sign_in": plain("GET", "POST"),
    "sign_out": plain("POST"),
    "account_login": plain("GET"),
    "mfa_authenticate": plain("GET", "POST"),
    "mfa_login_webauthn": plain("GET", "POST"),
    "openid_connect_login": with_key(lambda place: iter(("nobody",)), *BOTH),
    "openid_connect_callback": with_key(lambda place: iter(("nobody",)), "GET"),
    "account_link": with_key(lambda place: iter(("nothing",)), *BOTH),
    "sign_in_team": plain(*BOTH),
    "mfa_index": plain("GET"),
    "mfa_activate_totp": plain(*BOTH),
    "mfa_deactivate_totp": plain(*BOTH),
    "mfa_add_webauthn": plain(*BOTH),
    "mfa_remove_webauthn": with_key(lambda place: iter((1,)), *BOTH),
    "mfa_view_recovery_codes": plain("GET"),
    "mfa_generate_recovery_codes": plain(*BOTH),
    "account_change_password": plain(*BOTH),
    "account_reauthenticate": plain(*BOTH),
    "mfa_reauthenticate": plain(*BOTH),
    "mfa_reauthenticate_webauthn": plain(*BOTH),
    "my_work": plain(*READ),
    "my_work_part": with_key(_parts, *READ),
    "switch_team": plain(*BOTH),
    "draft": with_key(_drafts, *SENT),
    "contact_new": in_contact,
    "contact_match": searching(),
    "contact": of_record("contact", "GET"),
    "contact_link": _link,
    "contact_close": of_record("contact", *BOTH),
    "people_search": searching(),
    "person_register": registering,
    "person_open": searching(key="person_id"),
    "person_claim": searching(key="person_id", more=WHY),
    "break_glass": searching(more=DANGER),
    "person": of_record("person", "GET"),
    "person_timeline": of_record("person", "GET"),
    "person_about": of_record("person", "GET"),
    "person_answer": of_record("person", *BOTH, more=("language",)),
    "person_circle": of_record("person", "GET"),
    "circle_enter": of_record("person", *BOTH),
    "circle_correct": of_person_and("people_incircle"),
    "circle_withdraw": of_person_and("people_incircle"),
    "person_correct": correcting,
    "person_refer": of_record("person", *BOTH, key_in_address=True),
    "person_promise": of_record("person", *BOTH),
    "person_sharing": of_record("person", "GET"),
    "person_looks_printed": of_record("person", "GET"),
    "person_share": of_record("person", *BOTH),
    "person_override": of_record("person", *BOTH),
    "seal_put": of_record("person", *BOTH),
    "sharing_withdraw": of_person_and("sharing_sharingdecision"),
    "seal_lift": of_person_and("sharing_seal"),
    "person_carers": of_record("person", "GET"),
    "person_permit": of_record("person", *BOTH),
    "permission_withdraw": of_person_and("sharing_permission"),
    "referral": of_record("referral", "GET"),
    "referral_begin": of_record("referral", *BOTH),
    "referral_care_contact": of_record("referral", *BOTH),
    "referral_statutory": of_record("referral", *BOTH),
    "statutory_extend": of_record("statutory", *BOTH),
    "statutory_end": of_record("statutory", *BOTH),
    "referral_police": of_record("referral", *BOTH),
    "referral_police_fact": of_record("referral", *BOTH),
    "referral_police_saw": of_record("referral", *BOTH),
    "referral_police_dispute": of_record("referral", *BOTH),
    "referral_police_review": of_record("referral", *BOTH),
    "police_reviews": plain(*READ, *SENT), "police_call": plain(*BOTH),
    "referral_path": of_record("referral", *BOTH),
    "referral_path_list": of_record("referral", *BOTH, more=("awol",)),
    "referral_take": of_record("referral", *BOTH),
    "referral_accept_re_homed": of_record("referral", *BOTH),
    "referral_close": of_record("referral", *BOTH),
    "referral_reopen": of_record("referral", *BOTH),
    "referral_promise": of_record("referral", *BOTH),
    "referral_escalate": of_record("referral", *BOTH),
    "triage": plain(*READ, queries=tuple(f"?queue={name}" for name in QUEUES)),
    "triage_decide": of_record("referral", *BOTH),
    "handover_new": of_record("referral", *BOTH),
    "handover": of_record("handover", "GET"),
    "handover_accept": of_record("handover", *BOTH),
    "handover_return": of_record("handover", *BOTH),
    "handover_withdraw": of_record("handover", *BOTH),
    "handover_chase": of_record("handover", *BOTH),
    "handover_links": of_record("handover", *BOTH),
    "handover_link_withdraw": of_record("handover", *SENT, more=(str(PLANTED),)),
    **dict.fromkeys(("answer_by_link", "go_on_by_link"), with_key(lambda place: iter(("nothing",)), *BOTH)),
    "attachment": of_record("attachment", "GET"),
    "promise_keep": of_record("promise", *BOTH),
    "promise_let_go": of_record("promise", *BOTH),
    "promise_escalate": of_record("promise", *BOTH),
    "second_reading": of_record("promise", *BOTH),
    "due": plain(*READ),
    "due_heard": plain(*READ),
    **dict.fromkeys(("rapid", "rapid_sheet", "my_visits", "skills", "loans"), plain(*READ)),
    **dict.fromkeys(
        ("rapid_assign", "visit", *(f"visit_{name}" for name in OF_A_VISIT)),
        of_record("visit", *BOTH),
    ),
    **dict.fromkeys(("crew_put_on", "rapid_plan", "skill_enter", "loan_lend"), plain(*BOTH)),
    **dict.fromkeys(("crew_end", "skill_end", "loan_end"), with_key(_drafts, *BOTH)),
    "referral_visit": of_record("referral", *BOTH),
    "rota": plain(*READ),
    **dict.fromkeys(("figures", "rapid_reports_export", "police_gaps_export"), plain(*READ)),
    "rapid_reports": plain(*READ, queries=("", "?from_on_day=1&from_on_month=11&from_on_year=2026")),
    "police_gaps": plain(*READ, queries=("", "?force=averley&each=week", "?measure=declined")),
    "rota_put_on": plain(*BOTH),
    "rota_take_off": with_key(_drafts, *BOTH),
    "call_backs": plain(*READ, queries=("", "?show=open", "?show=late", "?show=kept")),
    "clock_reply": of_record("clock", *BOTH),
    "downtime": plain(*READ),
    "downtime_file": plain(*READ),
    "downtime_paper": plain(*READ, queries=("?code=a3f-9c2&happened_time=01:30",)),
    "our_team": plain("GET"),
    "own_record": plain("GET"),
    "own_looks": plain("GET"),
    "member_leave": with_key(_members, *BOTH),
    "team_close": plain(*BOTH),
    "duplicates": plain("GET"),
    "record_quality": plain(*READ),
    "registers": plain("GET"),
    "register_entry": with_key(_drafts, "GET"),
    "duplicate": with_key(_drafts, "GET"),
    **dict.fromkeys(("register_link", "register_apart", "register_unlink"), with_key(_drafts, *SENT)),
    **dict.fromkeys(("duplicate_merge", "duplicate_apart", "duplicate_unmerge"), with_key(_drafts, *SENT)),
    **GUIDANCE,
    "governance": plain("GET"),
    "review": with_key(_reviews, "GET"),
    "review_decide": with_key(_reviews, *SENT),
    "agreement_new": _agreement,
    "access_log": _log,
    "access_log_export": _log,
    "access_log_person": searching(),
    "live": plain("GET"),
    "board": _boards,
    "board_table": _boards,
}


def unlisted(calls: dict[str, Asks] | None = None) -> list[str]:
    """Names of the URL configuration that the table does not call, and lines of it that call nothing."""
    from django.urls import get_resolver

    known = set(_names(get_resolver().url_patterns))
    return sorted(known.symmetric_difference(CALLS if calls is None else calls))


def unlisted_roles() -> list[str]:
    """Roles that the law file knows and the table of who may read what does not, and the other way round."""
    known = {row["role"] for name in ("roles", "role_sees") for row in law.rows(name)}
    return sorted((known - NOT_A_MEMBER).symmetric_difference(ROLES))


def _names(patterns: Any) -> Iterator[str]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _names(one.url_patterns)
        else:
            yield one.name or str(one.pattern)


def without(name: str) -> dict[str, Asks]:
    """The table as if somebody had forgotten that address. For controls."""
    return {route: asks for route, asks in CALLS.items() if route != name}


def with_one_more() -> dict[str, Asks]:
    """The table with a line for an address that is gone. For controls."""
    return {**CALLS, "an address of yesterday": plain("GET")}
