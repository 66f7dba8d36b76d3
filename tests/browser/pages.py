"""Every page and its main states, in one table: who sits there, and how they come to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.browser import given
from tests.browser.given import CALL_HANDLER, CENTRE, CLINICIAN, CRISIS
from tests.browser.rows import Rows
from tests.browser.seat import Seat

QUIET = "Learning Disability and Autism"
PARTNER = "Good Company"
NOBODY = "00000000-0000-4000-8000-000000000000"


class Found:
    """What the invented place holds: the latest row of each kind, looked up once."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.kept: dict[str, Any] = {}

    def latest(self, statement: str) -> Any:
        if statement not in self.kept:
            found = self.rows.all(f"{statement} LIMIT 1")
            assert found, f"the invented place has none: {statement}"
            self.kept[statement] = found[0]
        return self.kept[statement]

    def handover(self, state: str) -> Any:
        return self.latest(
            f"""SELECT h.id, h.referral_id, g.name AS giver, r.name AS receiver FROM handovers_handover h
                JOIN agencies_team g ON g.id = h.giver_team_id
                JOIN agencies_team r ON r.id = h.receiver_team_id
                WHERE h.state = '{state}' AND g.name = '{CENTRE}' AND r.closed_at IS NULL
                ORDER BY h.offered_at DESC"""
        )

    def referral(self, state: str, *, also: str = "") -> Any:
        return self.latest(
            f"""SELECT r.id, r.person_id, t.name AS team FROM referrals_referral r
                LEFT JOIN holdings_holding h ON h.referral_id = r.id AND h.until_at IS NULL
                LEFT JOIN agencies_team t ON t.id = h.team_id
                WHERE r.state = '{state}' {also} ORDER BY r.received_at DESC, r.id"""
        )

    def person(self) -> Any:
        """Someone with something open and much behind them."""
        return self.latest(
            """SELECT p.id, p.family_name, p.given_names, p.born_on FROM people_person p
               JOIN journal_entry j ON j.person_id = p.id
               WHERE p.born_on IS NOT NULL AND p.family_name <> '' AND EXISTS (
                 SELECT FROM referrals_referral r WHERE r.person_id = p.id AND r.state <> 'closed')
               GROUP BY p.id ORDER BY count(*) DESC"""
        )

    def newcomer(self) -> Any:
        """Someone nobody has done anything for yet: fewest entries."""
        return self.latest(
            """SELECT p.id FROM people_person p LEFT JOIN journal_entry j ON j.person_id = p.id
               GROUP BY p.id ORDER BY count(*)"""
        )

    def promise(self) -> Any:
        return self.latest(
            f"""SELECT d.id, d.contact_id FROM promises_promise d
                JOIN agencies_team t ON t.id = d.owner_team_id
                WHERE d.state = 'open' AND d.contact_id IS NOT NULL AND t.name = '{CENTRE}'
                ORDER BY d.due_at"""
        )

    def contact(self) -> Any:
        """A contact about somebody, from which something was referred."""
        return self.latest(
            """SELECT c.id FROM contacts_contact c JOIN referrals_referral r ON r.contact_id = c.id
               WHERE c.person_id IS NOT NULL ORDER BY c.received_at DESC"""
        )


Come = Callable[[Seat, Found], None]


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


def at(path: str | Callable[[Found], str]) -> Come:
    """Straight to an address."""
    return lambda seat, found: seat.opens(path if isinstance(path, str) else path(found))


def sending(path: str | Callable[[Found], str], button: str, **answers: str) -> Come:
    """To a form, so much filled in, and sent."""

    def come(seat: Seat, found: Found) -> None:
        at(path)(seat, found)
        for name, text in answers.items():
            seat.page.locator(f"main [name={name}]").first.fill(text)
        seat.presses(button)

    return come


def on_an_old_page(path: Callable[[Found], str], fill: Callable[[Seat], None], button: str) -> Come:
    """To a form that somebody else has overtaken: it has seen nothing, so all that is there is news."""

    def come(seat: Seat, found: Found) -> None:
        at(path)(seat, found)
        fill(seat)
        seat.page.locator("form:has([data-primary]) [name=seen]").evaluate("(it) => { it.value = '0'; }")
        seat.presses(button)

    return come


def decides(seat: Seat) -> None:
    seat.chooses("Accept here")
    seat.chooses("Soon – within 72 hours")
    seat.chooses("Physical health")
    seat.writes("Why: what you know that decides this", "She can wait until Friday.")


def looking_for(**answers: str) -> Come:
    return sending("/people", "Look for this person", **answers)


def looking_for_the_beginning_of_a_name(seat: Seat, found: Found) -> None:
    looking_for(name=found.person().family_name[:3])(seat, found)


def beside_a_contact(seat: Seat, found: Found) -> None:
    """A contact being written, with a record alongside that may be the person."""
    person = found.person()
    seat.opens("/contacts/new")
    seat.writes("Name of the person", f"{person.given_names} {person.family_name}")
    seat.writes("Day", str(person.born_on.day))
    seat.writes("Month", str(person.born_on.month))
    seat.writes("Year", str(person.born_on.year))
    seat.presses("Look for this person")


def with_a_draft(seat: Seat, found: Found) -> None:
    seat.opens("/contacts/new")
    seat.writes("What is happening?", "He has stopped eating.")
    seat.presses("Save draft")
    seat.opens("/contacts/new")
    seat.page.locator(".nwd-kept").first.get_by_role("link").click()


def forged(seat: Seat, found: Found) -> None:
    """A form that no page of ours has shown."""
    seat.opens("/sign-in")
    seat.sends_a_strange_form("/contacts/new", words="Please help. I cannot find my way home.")


def too_long(seat: Seat, found: Found) -> None:
    seat.opens("/contacts/new")
    seat.writes("Where are they now?", "Behind the bus station. " * 30)
    seat.chooses("Advice given", of="What came of it?")
    seat.presses("Record this contact")


def too_much(seat: Seat, found: Found) -> None:
    """More than can be sent at once. Out of sight, for a box so full would keep the browser busy."""
    seat.opens("/contacts/new")
    seat.page.locator("main [name=person_id]").evaluate("(it) => { it.value = 'more '.repeat(3500000); }")
    seat.presses("Record this contact")


def after_a_colleague(seat: Seat, found: Found) -> None:
    """The form was open when somebody else signed in on the same computer."""
    seat.opens("/contacts/new")
    seat.writes("What is happening?", "He has stopped eating.")
    seat.chooses("Advice given", of="What came of it?")
    seat.lets_sign_in(found.rows.member(CENTRE, CLINICIAN))
    seat.presses("Record this contact")


def registering(seat: Seat, found: Found) -> None:
    person = found.person()
    looking_for(name=f"{person.given_names} {person.family_name}")(seat, found)
    seat.presses("Register a new person")


def just_recorded(seat: Seat, found: Found) -> None:
    given.a_contact(seat, "It is about my tablets.", to_team=CRISIS)


def going_back(seat: Seat, found: Found) -> None:
    just_recorded(seat, found)
    seat.goes_back()


def referral(found: Found) -> str:
    return f"/referrals/{found.handover('offered').referral_id}"


def offered(found: Found) -> str:
    return f"/handovers/{found.handover('offered').id}"


def asked(found: Found) -> str:
    """The team that has an offer to answer."""
    return found.handover("offered").receiver


def new(found: Found) -> str:
    return f"/triage/{found.referral('new', also=f'AND t.name = {CENTRE!r} AND r.person_id IS NOT NULL').id}"


def held(found: Found) -> Any:
    """A referral that a team has accepted and could hand on or close."""
    return found.referral(
        "accepted",
        also="""AND t.closed_at IS NULL AND NOT EXISTS (
            SELECT FROM handovers_handover o WHERE o.referral_id = r.id AND o.state = 'offered')""",
    )


def holder(found: Found) -> str:
    return held(found).team


PAGES = (
    State("sign in", at("/sign-in"), team=""),
    State("sign in, with text kept", at("/sign-in?kept=1&next=/"), team=""),
    State("not found, signed out", at("/nothing"), team="", status=404),
    State("form that nobody was shown", forged, team="", status=403),
    State("form that is too large", too_much, own_browser=True, status=400),
    State("form opened by a colleague", after_a_colleague, own_browser=True, status=403),
    State("form with too long a text", too_long, own_browser=True, status=422, is_form=True),
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
    State("keep a promise", at(lambda found: f"/promises/{found.promise().id}/keep"), is_form=True),
    State("let a promise go", at(lambda found: f"/promises/{found.promise().id}/let-go"), is_form=True),
    State("triage", at("/triage"), role=CLINICIAN),
    State("triage, an empty queue", at("/triage?queue=offered"), role=CLINICIAN),
    State("triage, returned", at("/triage?queue=returned"), role=CLINICIAN),
    State("triage, a decision", at(new), role=CLINICIAN, is_form=True),
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
    State("not found", at(f"/people/{NOBODY}"), status=404),
    State("not for this role", at("/triage"), role=CALL_HANDLER, status=403),
)
