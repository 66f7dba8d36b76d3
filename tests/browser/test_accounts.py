"""
Signing in with an account, in a real browser: every page looked at as all others are, and passkeys from
Chromium's own virtual authenticator. The server has accounts, and so neither personas nor a demonstration.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests import chromium, databases
from tests.browser import looks
from tests.browser.conftest import ROOT, answering
from tests.browser.seat import Seat
from tests.worlds.keys import PASSWORD, code_of

FILL = """
import json
import django; django.setup()
from uuid import uuid4
from nowrongdoor.console import filling
from nowrongdoor.kernel.accounts import keys
from nowrongdoor.kernel.now import now
from tests.worlds.keys import a_key
from tests.worlds.small_place import SmallPlace
filling.migrate()
place = SmallPlace.begin()
from nowrongdoor.journeys import agencies
from nowrongdoor.rules.agency import Membership
lou = place.viewers["Lou of Front door"]
agencies.enter(
    facts=[Membership(uuid4(), lou.member_id, place.teams["Crisis team"], "team_lead", place.at, None)],
    by=lou, at=place.at,
)
secrets = {}
for who in ("Amir", "Lou"):
    secrets[who] = a_key(place.viewers[f"{who} of Front door"], name=who.lower()).secret
for who in ("Priya of Crisis team", "Amir of Crisis team", "Lou of Crisis team"):
    a_key(place.viewers[who], name=who.split()[0].lower() + "2", second_step=False)
link = keys.open_for(member_id=place.sam.member_id, name="sam", account_id=uuid4(), by="Bethan", at=now())
print(json.dumps({"secrets": secrets, "link": f"/sign-in/link/{link}"}))
"""
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Place:
    address: str
    secrets: dict[str, str]
    link: str


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """A server where three teams have accounts. `localhost`, for passkeys go to no bare address."""
    name = databases.make(os.environ["DATABASE_OWNER_URL"], suffix="_accounts", with_tables=True)
    settings = os.environ | {
        "DATABASE_URL": databases.elsewhere(os.environ["DATABASE_URL"], name),
        "DATABASE_READER_URL": databases.elsewhere(os.environ["DATABASE_READER_URL"], name),
        "DATABASE_OWNER_URL": databases.elsewhere(os.environ["DATABASE_OWNER_URL"], name),
        "NWD_TEST": "1",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": "tests.browser.with_accounts",
        "NWD_SECRET_KEY": "only for tests, and long enough to sign a session with",
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = None
    try:
        filled = subprocess.run(
            [sys.executable, "-c", FILL],
            env=settings,
            check=True,
            timeout=180,
            capture_output=True,
            text=True,
        )
        server = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "nowrongdoor.site.asgi:application", "--port", str(port),
             "--host", "localhost", "--log-level", "warning", "--lifespan", "off",
             "--timeout-graceful-shutdown", "1"],
            env=settings,
        )  # fmt: skip
        yield Place(
            answering(f"http://localhost:{port}", server), **json.loads(filled.stdout.splitlines()[-1])
        )
    finally:
        if server is not None:
            server.terminate()
            server.wait(timeout=20)
        databases.remove(os.environ["DATABASE_OWNER_URL"], name)


@pytest.fixture(scope="module")
def watch(place: Place) -> chromium.Watch:
    return chromium.Watch(place.address)


@pytest.fixture(scope="module")
def contexts(browser: Any, watch: chromium.Watch) -> Iterator[Callable[..., Any]]:
    """One browser for each colleague, kept while they are signed in."""
    kept: dict[str, Any] = {}

    def of(who: str, *, scripts: bool = True) -> Any:
        if who not in kept:
            kept[who] = browser.new_context(
                **chromium.AS_HERE, base_url=watch.address, java_script_enabled=scripts
            )
            kept[who].set_default_timeout(10_000)
            watch.over(kept[who])
        return kept[who]

    yield of
    for context in kept.values():
        context.close()


@pytest.fixture
def seat_of(contexts: Callable[..., Any], watch: chromium.Watch) -> Iterator[Callable[..., Seat]]:
    pages = []

    def sit_down(who: str, **how: bool) -> Seat:
        page = contexts(who, **how).new_page()
        pages.append(page)
        return Seat(page, None, watch)

    yield sit_down
    for page in pages:
        page.close()
    assert watch.found() == [], "the browser saw something that no test expected"


def says_who(seat: Seat, name: str, password: str = PASSWORD, *, path: str = "/sign-in") -> None:
    seat.opens(path)
    seat.writes("Name you sign in with", name)
    seat.writes("Password", password)
    seat.presses("Sign in")


def comes_in(seat: Seat, place: Place, who: str, *, later: int = 0) -> None:
    says_who(seat, who.lower())
    seat.writes("Code", code_of(place.secrets[who], later))
    seat.presses("Go on")


def sends(path: str, button: str, **answers: str) -> Callable[[Seat, Place], None]:
    def come(seat: Seat, place: Place) -> None:
        seat.opens(path.replace("LINK", place.link))
        for label, text in answers.items():
            seat.page.locator(f"main [name={label}]").first.fill(text)
        seat.presses(button)

    return come


def at(path: str) -> Callable[[Seat, Place], None]:
    return lambda seat, place: seat.opens(path.replace("LINK", place.link))


def after_a_password(seat: Seat, place: Place) -> None:
    says_who(seat, "amir")


def wrong_code(seat: Seat, place: Place) -> None:
    says_who(seat, "amir")
    seat.writes("Code", "000000")
    seat.presses("Go on")


def too_often(seat: Seat, place: Place) -> None:
    for _ in range(11):
        says_who(seat, "nobody", "not this one")
    refusals = seat.watch.refusals
    assert len(refusals) == 11
    del refusals[1:]


STRANGER, NEW, AT_WORK, OF_TWO = "nobody", "priya2", "Amir", "Lou"
PAGES = {
    "sign in": (STRANGER, at("/sign-in"), 200),
    "sign in, with text kept": (STRANGER, at("/sign-in?kept=1&next=/"), 200),
    "sign in, sent empty": (STRANGER, sends("/sign-in", "Sign in"), 422),
    "sign in, wrong password": (STRANGER, sends("/sign-in", "Sign in", login="amir", password="not"), 422),
    "sign in, too often": (STRANGER, too_often, 422),
    "second step": ("halfway", after_a_password, 200),
    "second step, wrong code": ("halfway too", wrong_code, 422),
    "a link": (STRANGER, at("LINK"), 200),
    "a link, sent weak": (STRANGER, sends("LINK", "Set the password", password1="x", password2="y"), 422),
    "a link that opens nothing": (STRANGER, at("/sign-in/link/none"), 404),
    "account, without a second step": (NEW, at("/account"), 200),
    "authenticator app": (NEW, at("/account/app"), 200),
    "authenticator app, wrong code": (NEW, sends("/account/app", "Set it up", code="1"), 422),
    "a passkey": (NEW, at("/account/passkeys/new"), 200),
    "account": (AT_WORK, at("/account"), 200),
    "the last second step": (AT_WORK, at("/account/app/remove"), 200),
    "password": (AT_WORK, at("/account/password"), 200),
    "password, sent empty": (AT_WORK, sends("/account/password", "Change the password"), 422),
    "is it still you": (AT_WORK, at("/account/again"), 200),
    "is it still you, by password, wrong": (AT_WORK, sends("/account/again", "Go on", password="no"), 422),
    "is it still you, by code": (AT_WORK, at("/account/again/code"), 200),
    "new recovery codes": (AT_WORK, at("/account/recovery-codes/new"), 200),
    "recovery codes": (AT_WORK, sends("/account/recovery-codes/new", "Make new codes"), 200),
    "which team": (OF_TWO, at("/sign-in/team"), 200),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_accounts_can_be_used_by_everyone(place, seat_of, contexts, name):
    who, come, status = PAGES[name]
    seat = seat_of(who)
    signed_in = any(cookie["name"] == "sessionid" for cookie in contexts(who).cookies())
    if who == NEW and not signed_in:
        says_who(seat, who)
    elif who in place.secrets and not signed_in:
        comes_in(seat, place, who)
    come(seat, place)
    if status != 200:
        seat.is_refused(status)
    can_be_used_by_everyone(seat)


@pytest.fixture
def passkeys() -> Callable[[Seat], Any]:
    def plugged_in(seat: Seat) -> Any:
        session = seat.page.context.new_cdp_session(seat.page)
        session.send("WebAuthn.enable")
        made = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        return session, made["authenticatorId"]

    return plugged_in


def can_be_used_by_everyone(seat: Seat) -> None:
    """Last of all: looking closely at a page unplugs the authenticator."""
    complaints = looks.complaints(seat.page, is_form=True)
    assert not complaints, "\n" + "\n".join(complaints)


def test_a_passkey_is_set_up_as_the_second_step_and_later_lets_its_member_in_alone(place, seat_of, passkeys):
    seat = seat_of("amir2")
    session, authenticator = passkeys(seat)
    says_who(seat, "amir2")
    seat.sees_heading("Important: Set up a second step first")
    seat.follows("Add a passkey")
    seat.writes("What to call this passkey", "My telephone")
    seat.chooses("Sign in with this passkey alone, without a password")
    seat.presses("Add the passkey")
    seat.sees_heading("Recovery codes")
    seat.follows("Go on to your work")
    seat.sees_heading("My work")
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert len(kept) == 1 and kept[0]["rpId"] == "localhost"
    seat.opens("/account")
    seat.follows("Remove the passkey My telephone")
    seat.presses("Remove the passkey")
    seat.sees("This is your only second step")
    seat.opens("/account/again/passkey?next=/account/passkeys/new")
    seat.presses("Use a passkey")
    seat.sees_heading("Add a passkey")
    seat.opens("/account")
    seat.presses("Sign out")

    seat.opens("/sign-in?next=/board")
    seat.page.get_by_role("button", name="Sign in with a passkey", exact=True).click()
    seat.page.wait_for_url(re.compile(r"//[^/]+/board$"))
    for path in ("/account", "/account/again/passkey"):
        seat.opens(path)
        can_be_used_by_everyone(seat)
    seat.opens("/account")
    seat.follows("Remove the passkey My telephone")
    can_be_used_by_everyone(seat)


def test_a_passkey_is_the_second_step_after_a_password(place, seat_of, passkeys):
    seat = seat_of("lou2")
    passkeys(seat)
    says_who(seat, "lou2")
    seat.follows("Add a passkey")
    seat.presses("Add the passkey")
    seat.sees_heading("Recovery codes")
    seat.opens("/account")
    seat.presses("Sign out")
    says_who(seat, "lou2", path="/sign-in?next=/board")
    seat.sees_heading("Second step")
    seat.page.get_by_role("button", name="Use a passkey instead", exact=True).click()
    seat.page.wait_for_url(re.compile(r"//[^/]+/board$"))
    seat.opens("/account")
    seat.presses("Sign out")
    says_who(seat, "lou2")
    seat.sees_heading("Second step")
    can_be_used_by_everyone(seat)


def test_a_passkey_of_somebody_else_lets_nobody_in_and_says_so(place, seat_of, passkeys):
    seat = seat_of("nobody yet")
    passkeys(seat)
    seat.opens("/sign-in")
    seat.page.get_by_role("button", name="Sign in with a passkey", exact=True).click()
    seat.page.get_by_text("Your passkey did not answer. Try again, or use another way.").wait_for()


def test_password_and_code_need_no_script(place, seat_of):
    seat = seat_of("without scripts", scripts=False)
    comes_in(seat, place, "Amir", later=1)
    seat.sees_heading("My work")
    seat.opens("/account/password")
    seat.sees_heading("Change your password")
