"""Every page and its main states, in one table: who sits there, and how they come to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.coming import (
    Come,
    after_a_colleague,
    at,
    auditing_one,
    beside_a_contact,
    breaking_glass,
    claiming,
    decides,
    forged,
    going_back,
    just_recorded,
    looking_for,
    looking_for_the_beginning_of_a_name,
    on_an_old_page,
    reads_own,
    registering,
    sending,
    too_long,
    too_much,
    with_a_draft,
)
from tests.browser.found import Found, asked, held, holder, new, offered, re_homed, referral, successor
from tests.browser.given import CALL_HANDLER, CENTRE, CLINICIAN

QUIET = "Learning Disability and Autism"
PARTNER = "Good Company"
OFFICE, GOVERNANCE = "Information Governance and Safety", "governance_lead"
NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class State:
    """A page in one of its states. `status` is what the last answer must be; forms may print their boxes."""

    name: str
    come: Come
    team: str | Callable[[Found], str] = CENTRE
    role: str = ""
    status: int = 200
    is_form: bool = False
    own_browser: bool = False


PAGES = (
    State("sign in", at("/sign-in"), team=""),
    State("sign in, with text kept", at("/sign-in?kept=1&next=/"), team=""),
    State("not found, signed out", at("/nothing"), team="", status=404),
    State("form that nobody was shown", forged, team="", status=403),
    State("form that is too large", too_much, own_browser=True, status=413),
    State("form opened by a colleague", after_a_colleague, own_browser=True, status=403),
    State("form with too long a text", too_long, own_browser=True, status=422, is_form=True),
    State("my record", reads_own("/my-record"), team=""),
    State("my record, who looked", reads_own("/my-record/looks"), team=""),
    State("what a carer may read", reads_own("/my-record", by="carer"), team=""),
    State("my record, no page of staff", reads_own("/board"), team="", status=404),
    State("switch team", at("/team")),
    State("my work of a clinician", at("/"), role=CLINICIAN),
    State("my work of a call handler", at("/"), role=CALL_HANDLER),
    State("my work of a team that is asked", at("/"), team=asked),
    State("my work of a team lead", at("/"), role="team_lead"),
    State("my work of a quiet team", at("/"), team=QUIET),
    State("new contact", at("/contacts/new"), is_form=True),
    State(
        "new contact, sent empty", sending("/contacts/new", "Record this contact"), status=422, is_form=True
    ),
    State("new contact, with a record alongside", beside_a_contact, is_form=True),
    State("new contact, from a draft", with_a_draft, is_form=True),
    State("contact, just recorded", just_recorded),
    State("contact, gone back to", going_back),
    State("contact about somebody", at(lambda found: f"/contacts/{found.contact().id}")),
    State("contact with a call back owed", at(lambda found: f"/contacts/{found.promise().contact_id}")),
    State("link a contact", at(lambda found: f"/contacts/{found.promise().contact_id}/link"), is_form=True),
    State(
        "link a contact, records found",
        sending(
            lambda found: f"/contacts/{found.promise().contact_id}/link", "Look for this person", name="Ali"
        ),
        is_form=True,
    ),
    State("people", at("/people"), is_form=True),
    State("people, nothing asked", looking_for(), status=422, is_form=True),
    State("people, none found", looking_for(name="Zzyzx Quillfeather"), is_form=True),
    State("people, found by how a name begins", looking_for_the_beginning_of_a_name, is_form=True),
    State("say why a record is needed", claiming, team=PARTNER, is_form=True),
    State(
        "say why a record is needed, sent empty",
        lambda seat, found: (claiming(seat, found), seat.presses("Open the record")),
        team="Recovery Support",
        status=422,
        is_form=True,
    ),
    State("break the glass", at("/break-glass"), team=PARTNER, is_form=True),
    State(
        "break the glass, sent empty",
        sending("/break-glass", "Break the glass and open the record"),
        team=PARTNER,
        status=422,
        is_form=True,
    ),
    State("person, with the glass broken", breaking_glass, team="Housing Options"),
    State("register, others could be the same", registering, is_form=True),
    State(
        "register, with a number that cannot be",
        lambda seat, found: (
            registering(seat, found),
            seat.writes("NHS number", "999 000 0001"),
            seat.presses("This is someone else – register"),
        ),
        status=422,
        is_form=True,
    ),
    State("person", at(lambda found: f"/people/{found.person().id}")),
    State("person, hardly known", at(lambda found: f"/people/{found.newcomer().id}")),
    State("sharing and access", at(lambda found: f"/people/{found.person().id}/sharing")),
    State(
        "sharing and access, of a team that shared",
        at(lambda found: f"/people/{found.shared().person_id}/sharing"),
        team=lambda found: found.shared().team,
    ),
    State(
        "sharing and access, with a seal",
        at(lambda found: f"/people/{found.sealed().person_id}/sharing"),
        team=lambda found: found.sealed().team,
    ),
    State("who looked, for the person", at(lambda found: f"/people/{found.person().id}/sharing/looks")),
    State("share with a team", at(lambda found: f"/people/{found.person().id}/sharing/share"), is_form=True),
    State(
        "share with a team, sent empty",
        sending(lambda found: f"/people/{found.person().id}/sharing/share", "Share"),
        status=422,
        is_form=True,
    ),
    State(
        "share to keep someone safe",
        at(lambda found: f"/people/{found.person().id}/sharing/override"),
        is_form=True,
    ),
    State(
        "share to keep someone safe, sent empty",
        sending(lambda found: f"/people/{found.person().id}/sharing/override", "Share now"),
        status=422,
        is_form=True,
    ),
    State("seal", at(lambda found: f"/people/{found.person().id}/sharing/seal"), is_form=True),
    State(
        "stop sharing",
        at(lambda found: f"/people/{found.shared().person_id}/sharing/{found.shared().id}/withdraw"),
        team=lambda found: found.shared().team,
        is_form=True,
    ),
    State(
        "stop sharing, sent empty",
        sending(
            lambda found: f"/people/{found.shared().person_id}/sharing/{found.shared().id}/withdraw",
            "Stop sharing",
        ),
        team=lambda found: found.shared().team,
        status=422,
        is_form=True,
    ),
    State(
        "lift a seal",
        at(lambda found: f"/people/{found.sealed().person_id}/sharing/seals/{found.sealed().id}/lift"),
        team=lambda found: found.sealed().team,
        role="team_lead",
        is_form=True,
    ),
    State(
        "who may read for them",
        at(lambda found: f"/people/{found.permitted().person_id}/carers"),
        team=lambda found: found.permitted().team,
    ),
    State("let a carer read", at(lambda found: f"/people/{found.person().id}/carers/new"), is_form=True),
    State(
        "let a carer read, sent empty",
        sending(lambda found: f"/people/{found.person().id}/carers/new", "Write it down"),
        status=422,
        is_form=True,
    ),
    State(
        "take back what a carer may read",
        at(lambda found: f"/people/{found.permitted().person_id}/carers/{found.permitted().id}/withdraw"),
        team=lambda found: found.permitted().team,
        is_form=True,
    ),
    State("timeline", at(lambda found: f"/people/{found.person().id}/timeline")),
    State(
        "timeline, past its end",
        at(lambda found: f"/people/{found.person().id}/timeline?before=2001-01-01T00:00:00Z_{NOBODY}"),
    ),
    State("correct details", at(lambda found: f"/people/{found.person().id}/correct"), is_form=True),
    State(
        "correct details, overtaken",
        on_an_old_page(
            lambda found: f"/people/{found.person().id}/correct",
            lambda seat: seat.writes("Likes to be called", "Ngo"),
            "Save the correction",
        ),
        status=409,
        is_form=True,
    ),
    State("new referral", at(lambda found: f"/people/{found.person().id}/refer"), is_form=True),
    State("referral, offered", at(referral)),
    State("referral, closed", at(lambda found: f"/referrals/{found.referral('closed').id}")),
    State("referral, held", at(lambda found: f"/referrals/{held(found).id}"), team=holder, role="team_lead"),
    State("referral, re-homed, to accept", at(re_homed), team=successor, role="team_lead", is_form=True),
    State("referral, re-homed, as another team reads it", at(re_homed)),
    State(
        "referral, re-homed, accepted without a read-back",
        sending(re_homed, "Accept"),
        team=successor,
        role="team_lead",
        status=422,
        is_form=True,
    ),
    State("my work with a re-homing to answer", at("/"), team=successor, role="team_lead"),
    State(
        "close a referral",
        at(lambda found: f"/referrals/{held(found).id}/close"),
        team=holder,
        role="team_lead",
        is_form=True,
    ),
    State(
        "close a referral, sent empty",
        sending(lambda found: f"/referrals/{held(found).id}/close", "Close the referral"),
        team=holder,
        role="team_lead",
        status=422,
        is_form=True,
    ),
    State(
        "reopen a referral",
        at(lambda found: f"/referrals/{found.referral('closed').id}/reopen"),
        role=CLINICIAN,
        is_form=True,
    ),
    State(
        "hand over",
        at(lambda found: f"/referrals/{held(found).id}/hand-over"),
        team=holder,
        role="team_lead",
        is_form=True,
    ),
    State(
        "hand over, previewed",
        sending(lambda found: f"/referrals/{held(found).id}/hand-over", "Preview", ask="Take this on."),
        team=holder,
        role="team_lead",
        is_form=True,
    ),
    State(
        "hand over, sent empty",
        sending(lambda found: f"/referrals/{held(found).id}/hand-over", "Send the offer", ask=""),
        team=holder,
        role="team_lead",
        status=422,
        is_form=True,
    ),
    State("hand over, offered already", at(lambda found: f"{referral(found)}/hand-over"), is_form=True),
    State("handover to answer", at(offered), team=asked, is_form=True),
    State("handover the giver waits for", at(offered), role=CALL_HANDLER),
    State("handover, accepted", at(lambda found: f"/handovers/{found.handover('accepted').id}")),
    State("handover, returned", at(lambda found: f"/handovers/{found.handover('returned').id}")),
    State(
        "handover, overtaken",
        on_an_old_page(
            offered, lambda seat: seat.writes("In one line, what will you do?", "I go."), "Accept"
        ),
        team=asked,
        status=409,
        is_form=True,
    ),
    State("return a handover", at(lambda found: f"{offered(found)}/return"), team=asked, is_form=True),
    State(
        "return a handover, sent empty",
        sending(lambda found: f"{offered(found)}/return", "Return, and ask the next team"),
        team=asked,
        status=422,
        is_form=True,
    ),
    State(
        "take an offer back", at(lambda found: f"{offered(found)}/withdraw"), role=CALL_HANDLER, is_form=True
    ),
    State("chase an offer", at(lambda found: f"{offered(found)}/chase"), role=CALL_HANDLER, is_form=True),
    State(
        "chase an offer, sent empty",
        sending(lambda found: f"{offered(found)}/chase", "Record that you chased them"),
        role=CALL_HANDLER,
        status=422,
        is_form=True,
    ),
    State(
        "timeline, of one type",
        at(lambda found: f"/people/{found.person().id}/timeline?type=promises"),
    ),
    State("keep a promise", at(lambda found: f"/promises/{found.promise().id}/keep"), is_form=True),
    State("let a promise go", at(lambda found: f"/promises/{found.promise().id}/let-go"), is_form=True),
    State("promise something", at(lambda found: f"{referral(found)}/promise"), is_form=True),
    State(
        "promise something, sent empty",
        sending(lambda found: f"{referral(found)}/promise", "Promise this"),
        status=422,
        is_form=True,
    ),
    State(
        "promise something to a person",
        at(lambda found: f"/people/{found.person().id}/promise"),
        is_form=True,
    ),
    State(
        "escalate a promise",
        at(lambda found: f"/promises/{found.promise().id}/escalate"),
        role="team_lead",
        is_form=True,
    ),
    State(
        "escalate a promise, sent empty",
        sending(lambda found: f"/promises/{found.promise().id}/escalate", "Escalate"),
        role="team_lead",
        status=422,
        is_form=True,
    ),
    State("key in from paper", at("/downtime/paper"), is_form=True),
    State(
        "key in from paper, no such line",
        at("/downtime/paper?code=000-000"),
        is_form=True,
    ),
    State("downtime pack", at("/downtime"), role=CLINICIAN),
    State("everything that is due", at("/due")),
    State("escalated to whoever is on call", at("/due/heard"), role="team_lead"),
    State("who is on call", at("/rota"), role="team_lead"),
    State("put somebody on the rota", at("/rota/new"), role="team_lead", is_form=True),
    State(
        "put somebody on the rota, sent empty",
        sending("/rota/new", "Put them on the rota"),
        role="team_lead",
        status=422,
        is_form=True,
    ),
    State("who holds, in numbers", at("/figures"), role="team_lead"),
    State(
        "reply to an escalation",
        at(lambda found: f"/clocks/{found.promise().id}/reply"),
        is_form=True,
    ),
    State(
        "reply to an escalation, sent empty",
        sending(lambda found: f"/clocks/{found.promise().id}/reply", "Reply"),
        status=422,
        is_form=True,
    ),
    State("our team", at("/our-team")),
    State("our team of a lead", at("/our-team"), role="team_lead"),
    State("our team, with little to do", at("/our-team"), team=QUIET),
    State(
        "a member leaves",
        at(lambda found: f"/our-team/members/{found.member(QUIET).id}/leave"),
        team=QUIET,
        role="team_lead",
        is_form=True,
    ),
    State("close a team", at("/our-team/close"), role="team_lead", is_form=True),
    State(
        "close a team, sent empty",
        sending("/our-team/close", "Continue"),
        role="team_lead",
        status=422,
        is_form=True,
    ),
    State(
        "close a team, before it is done",
        lambda seat, found: (
            seat.opens("/our-team/close"),
            seat.picks("Which team takes over?", QUIET),
            seat.writes("Why does the team close, and what should the other team know?", "It is merged."),
            seat.presses("Continue"),
        ),
        role="team_lead",
        is_form=True,
    ),
    State("triage", at("/triage"), role=CLINICIAN),
    State("triage, an empty queue", at("/triage?queue=offered"), role=CLINICIAN),
    State("triage, returned", at("/triage?queue=returned"), role=CLINICIAN),
    State("triage, a decision", at(new), role=CLINICIAN, is_form=True),
    State(
        "triage, an offer to answer",
        at(lambda found: f"/triage/{found.handover('offered').referral_id}?queue=offered&decide=decline"),
        team=asked,
        is_form=True,
    ),
    State(
        "triage, an answer sent empty",
        sending(
            lambda found: f"/triage/{found.handover('offered').referral_id}?queue=offered&decide=decline",
            "Record decision",
        ),
        team=asked,
        status=422,
        is_form=True,
    ),
    State("triage, sent empty", sending(new, "Record decision"), role=CLINICIAN, status=422, is_form=True),
    State(
        "triage, overtaken",
        on_an_old_page(new, decides, "Record decision"),
        role=CLINICIAN,
        status=409,
        is_form=True,
    ),
    State(
        "triage, nothing to decide",
        at(lambda found: f"/triage/{found.handover('offered').referral_id}"),
        role=CLINICIAN,
        is_form=True,
    ),
    State("board", at("/board"), is_form=True),
    State("board for a wall", at("/board?wall=1"), is_form=True),
    State("board, nobody fits", at("/board?need=autism"), team=PARTNER, is_form=True),
    State("board as a table", at("/board/table"), is_form=True),
    State("board as a table, closed today", at("/board/table?column=closed"), is_form=True),
    State("board as a table, nobody fits", at("/board/table?need=autism&clock=late"), is_form=True),
    State("governance", at("/governance"), team=OFFICE, role=GOVERNANCE),
    State("governance of a safety lead", at("/governance"), team=OFFICE, role="safety_lead"),
    State(
        "review to do",
        at(lambda found: f"/governance/reviews/{found.review(decided=False).id}"),
        team=OFFICE,
        role=GOVERNANCE,
        is_form=True,
    ),
    State(
        "review, sent empty",
        sending(
            lambda found: f"/governance/reviews/{found.review(decided=False).id}", "Record what you found"
        ),
        team=OFFICE,
        role=GOVERNANCE,
        status=422,
        is_form=True,
    ),
    State(
        "review that was decided",
        at(lambda found: f"/governance/reviews/{found.review(decided=True).id}"),
        team=OFFICE,
        role=GOVERNANCE,
    ),
    State("agreement", at("/governance/agreements/new"), team=OFFICE, role=GOVERNANCE, is_form=True),
    State(
        "agreement, sent empty",
        sending("/governance/agreements/new", "Put it on record"),
        team=OFFICE,
        role=GOVERNANCE,
        status=422,
        is_form=True,
    ),
    State("access log", at("/governance/access-log"), team=OFFICE, role=GOVERNANCE, is_form=True),
    State(
        "access log, nothing fits",
        at("/governance/access-log?day_day=1&day_month=1&day_year=2020"),
        team=OFFICE,
        role=GOVERNANCE,
        is_form=True,
    ),
    State("access log of one person", auditing_one, team=OFFICE, role=GOVERNANCE, is_form=True),
    State("my work of a commissioner", at("/"), team=OFFICE, role="commissioner"),
    State("our team of an administrator", at("/our-team"), team=OFFICE, role="administrator"),
    State("not found", at(f"/people/{NOBODY}"), status=404),
    State("not for this role", at("/triage"), role=CALL_HANDLER, status=403),
)
