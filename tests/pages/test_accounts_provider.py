"""Signing in with an organisation's account: it opens an account that is there, and makes none."""

import pytest
from django.test import Client

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.kernel.now import now
from tests.worlds.keys import a_key
from tests.worlds.provider import ISSUER, SETTINGS, Provider, began

pytestmark = pytest.mark.usefixtures("with_accounts")
NAME = "priya.n@averley.example"


@pytest.fixture
def provider(settings, monkeypatch):
    settings.SOCIALACCOUNT_PROVIDERS = SETTINGS
    settings.NWD_OIDC_STRONG = True
    stub = Provider({"sub": "number-7", "preferred_username": NAME, "name": "Priya N"})
    stub.instead_of_the_network(monkeypatch)
    return stub


@pytest.fixture
def key(place):
    return a_key(place.priya, name=NAME, second_step=False)


def comes_back(client, **asked):
    sent = began(client, **asked)
    return client.get("/sign-in/with/staff/back", {"code": "theirs", "state": sent["state"]})


def test_the_first_page_offers_it_by_its_name(place, provider):
    page = Client().get("/sign-in?next=/board").content.decode()
    assert "Sign in with Averley staff" in page
    assert "/sign-in/with/staff?next=" in page


def test_a_member_comes_in_chooses_a_team_and_is_where_they_wanted_to_be(key, provider):
    client = Client()
    answer = comes_back(client, next="/board")
    assert answer.url == "/sign-in/team?next=%2Fboard"
    assert client.get(answer.url).url == "/board"
    assert b"Priya of Crisis team" in client.get("/").content
    assert all(url.startswith(ISSUER) for url in provider.asked)


def test_it_is_asked_with_a_state_a_proof_and_an_address_of_ours(key, provider):
    sent = began(Client())
    assert sent["redirect_uri"] == "http://testserver/sign-in/with/staff/back"
    assert sent["code_challenge_method"] == "S256" and sent["state"]


def test_it_asks_for_a_second_step_unless_the_provider_always_does(key, provider, settings):
    settings.NWD_OIDC_STRONG = False
    client = Client()
    assert client.get(comes_back(client).url).url == "/account"
    assert client.get("/").status_code == 303


def test_the_second_time_it_is_known_by_its_own_number_and_nothing_else_it_told_is_kept(key, provider):
    from allauth.socialaccount.models import SocialAccount, SocialToken

    comes_back(Client())
    provider.claims |= {"preferred_username": "renamed@averley.example"}
    client = Client()
    client.get(comes_back(client).url)
    assert client.get("/").status_code == 200
    known = SocialAccount.objects.get()
    assert (known.uid, known.extra_data, SocialToken.objects.count()) == ("number-7", {}, 0)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "number-8", "preferred_username": "nobody@averley.example"},
        {"sub": "number-8", "preferred_username": ""},
        {"sub": "number-8"},
        {"sub": "number-8", "email": NAME, "email_verified": True},
    ],
)
def test_whoever_has_no_account_here_gets_none_and_learns_nothing(key, provider, claims):
    provider.claims = claims
    client = Client()
    answer = comes_back(client)
    assert answer.url == "/sign-in"
    assert "You could not be signed in that way" in client.get("/sign-in").content.decode()
    assert client.get("/account").status_code == 303
    assert keys.Account.objects.count() == 1


def test_a_disabled_account_is_opened_by_no_provider_and_answers_as_if_it_were_not_there(key, provider):
    keys.let_in(name=NAME, yes=False, by="Bethan Pugh", at=now())
    client = Client()
    assert comes_back(client).url == "/sign-in"
    assert "You could not be signed in that way" in client.get("/sign-in").content.decode()
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize(
    "wrong", [{"signed_for": "somebody-else"}, {"issued_by": "https://elsewhere.example"}]
)
def test_a_token_for_another_or_by_another_opens_nothing(key, provider, wrong):
    for name, value in wrong.items():
        setattr(provider, name, value)
    client = Client()
    assert comes_back(client).url == "/sign-in"
    assert client.get("/account").status_code == 303


@pytest.mark.parametrize(
    "sent",
    [{}, {"code": "x"}, {"code": "x", "state": "made-up"}, {"error": "access_denied"}, {"state": "\x00"}],
)
def test_coming_back_without_having_been_sent_opens_nothing(key, provider, sent):
    client = Client()
    answer = client.get("/sign-in/with/staff/back", sent)
    assert answer.status_code == 302 and answer.url == "/sign-in"
    assert client.get("/account").status_code == 303


def test_the_state_of_one_browser_signs_no_other_in(key, provider):
    """Login CSRF: somebody's own sign-in is finished in another's browser."""
    sent = began(Client())
    victim = Client()
    victim.get("/sign-in/with/staff/back", {"code": "theirs", "state": sent["state"]})
    assert victim.get("/account").status_code == 303


def test_nobody_ties_another_sign_in_to_an_account_that_is_open(place, key, provider):
    from allauth.socialaccount.models import SocialAccount

    amir = a_key(place.amir)
    client = amir.comes_in()
    answer = comes_back(client, process="connect")
    assert answer.url == "/sign-in"
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_it_leads_to_no_other_place(key, provider, back):
    client = Client()
    answer = comes_back(client, next=back)
    assert client.get(answer.url).url == "/"


def test_a_provider_nobody_named_is_not_there(place, provider):
    for path in ("/sign-in/with/other", "/sign-in/with/other/back"):
        assert Client().get(path).status_code == 404


def test_where_none_is_named_none_is_offered(place):
    assert "Sign in with " not in Client().get("/sign-in").content.decode().replace(
        "Sign in with a passkey", ""
    )
    assert Client().get("/sign-in/with/staff").status_code == 404


def test_a_provider_that_does_not_answer_is_no_error_of_ours(key, provider, monkeypatch):
    import requests

    client, lost = Client(), Client()
    sent = began(lost)

    def gone(*_, **__):
        raise requests.ConnectionError

    monkeypatch.setattr(provider, "request", gone)
    for one, path in ((client, "/sign-in/with/staff"), (lost, "/sign-in/with/staff/back")):
        answer = one.get(path, {"code": "theirs", "state": sent["state"]})
        assert answer.url == "/sign-in"
        assert one.get("/account").status_code == 303
