"""How somebody comes to a page: by its address, by sending a form, or on a page that is old."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser import given
from tests.browser.found import Found
from tests.browser.given import CENTRE, CLINICIAN, CRISIS, SOCIAL_CARE
from tests.browser.seat import Seat

Come = Callable[[Seat, Found], None]


def at(path: str | Callable[[Found], str]) -> Come:
    """Straight to an address."""
    return lambda seat, found: seat.opens(path if isinstance(path, str) else path(found))


def reads_own(path: str, *, by: str = "own") -> Come:
    """The person or the carer whom one can be in a demonstration, at an address of theirs or of others."""

    def come(seat: Seat, found: Found) -> None:
        seat.opens("/sign-in")
        seat.page.locator(f"button[name={by}]").click()
        seat.sees_heading("My record" if by == "own" else "What you may read")
        seat.opens(path)

    return come


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
    seat.chooses("Accept")
    seat.chooses("Soon – within 72 hours")
    seat.chooses("Physical health")
    seat.writes("Why: what you know that decides this", "She can wait until Friday.")


def looking_for(**answers: str) -> Come:
    return sending("/people", "Look for this person", **answers)


def finding_options(seat: Seat, found: Found) -> None:
    """Two needs, an age and a place: some fit, some miss something, and somebody to ask besides."""
    seat.opens("/options")
    for need in ("mental", "just_to_talk"):
        seat.page.locator(f"main [name=needs][value={need}]").check()
    seat.page.locator("main [name=age]").fill("17")
    seat.page.locator("main [name=postcode]").fill("ZZ1")
    seat.presses("Find options")


def a_leaflet(seat: Seat, found: Found) -> None:
    """Two options ticked, for the person to take along."""
    finding_options(seat, found)
    for number in range(2):
        seat.page.locator("main [name=service]").nth(number).check()
    seat.presses("Make the leaflet")


def in_large_print(seat: Seat, found: Found) -> None:
    a_leaflet(seat, found)
    seat.follows("Large print")


def suggesting(seat: Seat, found: Found) -> None:
    an_option(seat, found)
    seat.follows("Something is wrong here: suggest a change")


def telling(seat: Seat, found: Found) -> None:
    """From a contact to an option, and back to say that they were told of it."""
    seat.opens(f"/options?contact={found.contact().id}")
    seat.page.locator("main [name=needs][value=just_to_talk]").check()
    seat.presses("Find options")
    seat.page.locator("main a[href*=signpost]").first.click()


def asking_for_a_call(seat: Seat, found: Found) -> None:
    """From a contact, that somebody of a network rings just to talk."""
    seat.opens(f"/contacts/{found.contact().id}")
    seat.follows("Ask for a call, just to talk")


def worried(seat: Seat, found: Found) -> None:
    seat.opens("/calls")
    seat.page.locator("main a[href*=worry]").first.click()
    seat.page.locator("main [name=words]").wait_for()


def a_call(then: str = "") -> Come:
    """From everything that is due to one call just to talk, or to where it is replied to."""
    first = "main a[href^='/calls/']"
    return lambda seat, found: (
        seat.opens("/due"),
        seat.opens(f"{seat.page.locator(first).first.get_attribute('href')}{then}"),
    )


def an_option(seat: Seat, found: Found) -> None:
    finding_options(seat, found)
    seat.page.locator("main [data-open]").first.click()
    seat.page.locator("main [name=said_by]").wait_for()


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


def says_who(seat: Seat, person: Any) -> None:
    """Name and date of birth, wherever a page asks for them."""
    seat.writes("Name", f"{person.given_names} {person.family_name}")
    seat.writes("Day", str(person.born_on.day))
    seat.writes("Month", str(person.born_on.month))
    seat.writes("Year", str(person.born_on.year))


def claiming(seat: Seat, found: Found) -> None:
    """Someone is found in whose care one has no part yet."""
    seat.opens("/people")
    person = found.stranger()
    says_who(seat, person)
    seat.presses("Look for this person")
    seat.presses(f"Open the record of {person.family_name.upper()}, {person.given_names}")


def breaking_glass(seat: Seat, found: Found) -> None:
    seat.opens("/break-glass")
    says_who(seat, found.stranger())
    seat.chooses("To keep an adult or a child safe")
    seat.writes("In a line, what has happened?", "A neighbour heard shouting.")
    seat.presses("Break the glass and open the record")


def auditing_one(seat: Seat, found: Found) -> None:
    """The access log of one person, who is asked for by a form that is sent."""
    seat.opens("/governance/access-log")
    seat.page.locator("main summary", has_text="One person").first.click()
    says_who_is_audited(seat, found.person())
    seat.presses("Show who looked at them")


def says_who_is_audited(seat: Seat, person: Any) -> None:
    form = seat.page.get_by_role("form", name="One person")
    form.get_by_label("Name").fill(f"{person.given_names} {person.family_name}")
    for part in ("day", "month", "year"):
        form.locator(f"[name=born_on_{part}]").fill(str(getattr(person.born_on, part)))


def by_a_link(*, step: str) -> Come:
    """
    The giver makes a link for the charity in which nobody signs in; whoever has it, here the same browser,
    comes by it: to who is there, to what is asked, or to an answer that was sent empty.
    """

    def come(seat: Seat, found: Found) -> None:
        seat.opens(f"/handovers/{to_the_charity(found)}/links")
        seat.presses("Make a link")
        if step == "made":
            return
        seat.opens("/answer/" + seat.reads("#made + p").split("/answer/")[1])
        if step == "who":
            return
        seat.writes("Your name", "Jo Carter")
        seat.writes("What you do there", "Volunteer")
        seat.presses("Show what we are asked")
        if step == "no":
            seat.page.locator("main summary").filter(has_text="We cannot take this on").click()
            seat.presses("Say no, and ask the next team")

    return come


def by_a_link_to_go_on(*, step: str) -> Come:
    """The same once the charity has accepted: to who is there, to whom they hold, or to an empty closing."""

    def come(seat: Seat, found: Found) -> None:
        seat.opens(f"/handovers/{to_the_charity(found, 'accepted')}/links")
        seat.presses("Make a link to go on")
        seat.opens("/onward/" + seat.reads("#made + p").split("/onward/")[1])
        if step == "who":
            return
        seat.writes("Your name", "Jo Carter")
        seat.writes("What you do there", "Volunteer")
        seat.presses("Open")
        if step == "close":
            seat.page.locator("main summary").filter(has_text="Say what came of it").click()
            seat.page.locator("#close-form").get_by_role("button", name="Close").click()

    return come


def to_the_charity(found: Found, state: str = "offered") -> str:
    """The offer that the charity of the demonstration has, in which nobody signs in."""
    one = found.latest(
        f"""SELECT h.id FROM handovers_handover h JOIN agencies_team t ON t.id = h.receiver_team_id
            JOIN agencies_team g ON g.id = h.giver_team_id
            WHERE t.name = 'Lantern Lunch Club' AND g.name = '{SOCIAL_CARE}' AND h.state = '{state}'
            ORDER BY h.offered_at DESC"""
    )
    return str(one.id)


def by_a_link_of_a_service(*, step: str) -> Come:
    """A link of the charity's lunch is made; whoever has it says how many places there are."""

    def come(seat: Seat, found: Found) -> None:
        one = found.latest("SELECT id FROM services_service WHERE name = 'Lunch at the Lantern'")
        seat.opens(f"/options/{one.id}/links")
        if step == "list":
            return
        seat.presses("Make a link")
        if step == "made":
            return
        seat.opens("/places/" + seat.reads("#made + p").split("/places/")[1])
        if step == "empty":
            seat.presses("Say this number")

    return come
