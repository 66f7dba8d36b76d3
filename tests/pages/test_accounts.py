"""Signing in with an account: a link, a password, a second step, a team; and what a member may change."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.agency import Membership as Joins
from nowrongdoor.site.doors import DOORS, OF_ACCOUNTS, OWN_ACCOUNT
from tests.worlds.keys import AT, PASSWORD, a_key, code_of

pytestmark = pytest.mark.usefixtures("with_accounts")
ABOUT_PEOPLE = ("/", "/people", "/triage", "/board", "/contacts/new")


@pytest.fixture
def key(place):
    return a_key(place.priya)


@pytest.fixture
def invited(place):
    """An account that was opened just now, and the address of its link."""
    token = keys.open_for(
        member_id=place.priya.member_id,
        name=" Priya@Averley.example ",
        account_id=uuid4(),
        by="Bethan Pugh",
        at=now(),
    )
    return f"/sign-in/link/{token}"


def text(answer):
    return answer.content.decode()


def test_an_invited_member_sets_a_password_then_a_second_step_and_comes_to_their_work(invited):
    client = Client()
    assert "priya@averley.example" in text(client.get(invited))
    answer = client.post(invited, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Your password is set" in text(answer)
    answer = client.post("/sign-in", {"login": "PRIYA@averley.example", "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account"
    assert "Set up a second step first" in text(answer)
    page = text(client.get("/account/app"))
    secret = re.search(r">\s*([A-Z2-7]{32})\s*<", page).group(1)
    answer = client.post("/account/app", {"code": code_of(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/account/recovery-codes"
    assert len(re.findall(r"<code>\d{8}</code>", text(answer))) == 10
    answer = client.get("/sign-in/team", follow=True)
    assert answer.redirect_chain[-1][0] == "/"
    assert "Priya of Crisis team" in text(answer)


@pytest.mark.parametrize("path", ABOUT_PEOPLE)
def test_no_page_about_a_person_opens_before_there_is_a_second_step(place, path):
    client = Client()
    a_key(place.priya, second_step=False).comes_to(client)
    assert client.get("/account").status_code == 200
    assert client.get(path).status_code == 303
    client.get("/sign-in/team", follow=True)
    assert client.get(path).status_code == 303


@pytest.mark.parametrize("path", ABOUT_PEOPLE)
def test_a_password_alone_opens_nothing_where_there_is_a_second_step(key, path):
    client = Client()
    assert key.comes_to(client).url == "/sign-in/code"
    assert client.get(path).status_code == 303
    assert client.get("/account").status_code == 303
    assert client.get("/sign-in/team").status_code == 303


def test_password_and_code_lead_back_to_the_page_that_was_asked_for(key):
    client = Client()
    asked = client.get("/board?need=mental").url
    assert 'value="/board?need=mental"' in text(client.get(asked))
    answer = key.comes_to(client, next="/board?need=mental")
    answer = client.post(answer.url, {"code": key.code()})
    assert client.get(answer.url).url == "/board?need=mental"


def test_a_member_of_several_teams_is_asked_which_and_of_no_other(place, key):
    from nowrongdoor.journeys import agencies

    second = Joins(
        uuid4(), place.priya.member_id, place.teams["Front door"], "call_handler", place.later(), None
    )
    agencies.enter(facts=[second], by=place.viewers["Lou of Front door"], at=place.later())
    client = Client()
    key.comes_to(client, next="/board")
    answer = client.post("/sign-in/code", {"code": key.code()}, follow=True)
    assert "Which team are you working for?" in text(answer)
    assert "Front door" in text(answer) and "Social care" not in text(answer)
    assert client.post("/sign-in/team", {"as": str(uuid4())}).status_code == 404
    answer = client.post("/sign-in/team", {"as": str(second.id), "next": "/board"})
    assert answer.url == "/board"
    assert "Front door" in text(client.get("/"))
    assert client.post("/team", {"as": str(second.id)}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_member_of_no_team_comes_no_further_and_is_told_why(place, key):
    from nowrongdoor.journeys import agencies

    agencies.leave(
        member_id=place.priya.member_id,
        words="Moved away",
        by=place.viewers["Lou of Front door"],
        at=place.later(),
    )
    client = Client()
    key.comes_to(client)
    answer = client.post("/sign-in/code", {"code": key.code()}, follow=True)
    assert "you belong to no team that is open" in text(answer)
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(
    "wrong",
    [
        {"password1": "short", "password2": "short"},
        {"password1": PASSWORD, "password2": "horse lamp eight"},
        {"password1": "password1234", "password2": "password1234"},
        {"password1": "priya@averley.example", "password2": "priya@averley.example"},
        {},
    ],
)
def test_a_password_that_is_weak_or_typed_wrong_is_refused_in_words_and_the_link_stays_good(invited, wrong):
    client = Client()
    answer = client.post(invited, {"password1": "", **wrong})
    assert answer.status_code == 422
    assert "There is a problem" in text(answer)
    assert all(f'value="{typed}"' not in text(answer) for typed in wrong.values())
    assert client.post(invited, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302


def test_a_link_sets_a_password_once_and_an_old_or_a_newer_one_ends_it(place, invited):
    first, second = Client(), Client()
    sent = {"password1": PASSWORD, "password2": PASSWORD}
    assert first.post(invited, sent).status_code == 302
    assert second.post(invited, sent).status_code == 404
    newer = keys.invite(name="priya@averley.example", by="Bethan Pugh", at=now())
    last = keys.invite(name="priya@averley.example", by="Bethan Pugh", at=now())
    assert second.get(f"/sign-in/link/{newer}").status_code == 404
    assert second.get(f"/sign-in/link/{last}").status_code == 200
    old = keys.invite(
        name="priya@averley.example", by="Bethan Pugh", at=now() - keys.LASTS - timedelta(seconds=1)
    )
    assert second.get(f"/sign-in/link/{old}").status_code == 404


def test_a_link_that_was_used_and_one_that_never_was_answer_the_same(invited):
    client = Client()
    client.post(invited, {"password1": PASSWORD, "password2": PASSWORD})
    used, never = client.get(invited), Client().get("/sign-in/link/never-was")
    client.cookies.clear()
    used = client.get(invited)
    assert (used.status_code, used.content) == (never.status_code, never.content)


def test_a_recovery_code_lets_its_member_in_once(key):
    client = key.comes_in()
    page = text(client.post("/account/recovery-codes/new", follow=True))
    code = re.findall(r"<code>(\d{8})</code>", page)[0]
    for expected in (302, 422):
        other = Client()
        key.comes_to(other)
        assert other.post("/sign-in/code", {"code": code}).status_code == expected


def test_the_last_second_step_cannot_be_removed(key):
    client = key.comes_in()
    assert "This is your only second step" in text(client.get("/account/app/remove"))
    assert client.post("/account/app/remove").status_code == 422
    assert keys.has_second_step(keys.find(key.name))


def test_changing_how_an_account_is_opened_asks_again_who_one_is_after_a_while(key):
    client = key.comes_in()
    assert client.get("/account/passkeys/new").status_code == 200
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = client.get("/account/passkeys/new")
    assert answer.url.startswith("/account/again")
    assert client.post(answer.url, {"password": "not this one"}).status_code == 422
    assert client.post(answer.url, {"password": PASSWORD}).status_code == 302
    assert client.get("/account/passkeys/new").status_code == 200


def test_the_secret_of_an_authenticator_app_does_not_lie_open_in_the_database(key):
    from allauth.mfa.models import Authenticator

    client = key.comes_in()
    client.post("/account/recovery-codes/new")
    for kept in Authenticator.objects.all():
        assert key.secret not in str(kept.data)
        assert not re.search(r"'(seed|secret)': '[A-Z2-7]{32}'", str(kept.data))
    assert {kept.type for kept in Authenticator.objects.all()} == {"totp", "recovery_codes"}


def test_a_key_before_the_present_one_still_opens_second_steps(key, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long enough to sign whatever there is to sign here"
    assert key.comes_in().get("/").status_code == 200


@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT | OF_ACCOUNTS))
def test_a_demonstration_has_no_accounts(place, settings, name):
    from django.urls import reverse

    assert DOORS[name] == "open"
    settings.NWD_DEMO, settings.NWD_ACCOUNTS = True, False
    given = {"account_link": ["x"], "mfa_remove_webauthn": [1]}
    given |= {"openid_connect_login": ["staff"], "openid_connect_callback": ["staff"]}
    assert Client().get(reverse(name, args=given.get(name))).status_code == 404


@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT))
def test_ones_own_account_opens_to_nobody_who_has_not_come_in(place, name):
    from django.urls import reverse

    path = reverse(name, args=[1] if name == "mfa_remove_webauthn" else None)
    assert Client().get(path).status_code == 303
    assert Client().post(path).status_code in (403, 405)


def test_a_place_with_accounts_has_no_personas(place, key):
    from nowrongdoor.data.agencies.models import Membership

    chair = Membership.objects.get(member_id=place.amir.member_id)
    page = text(Client().get("/sign-in"))
    assert "Amir" not in page and str(chair.id) not in page
    assert Client().post("/sign-in", {"as": chair.id}).status_code == 404


def test_a_session_of_a_demonstration_opens_nothing_where_there_are_accounts(place):
    from tests.worlds import stories

    assert stories.browser(place.amir).get("/").status_code == 303


def test_the_header_leads_to_ones_own_account(key):
    client = key.comes_in()
    assert 'href="/account"' in text(client.get("/"))
    page = text(client.get("/account"))
    assert key.name in page and "Priya of Crisis team" in page


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/account"])
def test_the_first_page_says_what_to_do_when_one_cannot_come_in(place, path):
    page = text(Client(REMOTE_ADDR=AT).get(path))
    assert "Ask whoever set up your account for a new link" in page
    assert "999" in page


def test_permissions_that_no_rule_asks_are_not_even_listed(place):
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType

    assert (Permission.objects.count(), ContentType.objects.count()) == (0, 0)
