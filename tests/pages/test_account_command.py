"""Whoever runs a place opens, resets and disables accounts (./nwd manage account), and knows no password."""

import re
from io import StringIO
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from nowrongdoor.data.agencies.models import Membership
from nowrongdoor.journeys import permissions
from nowrongdoor.kernel.accounts import keys
from nowrongdoor.kernel.journal.models import Entry
from tests.worlds import stories
from tests.worlds.keys import AT, PASSWORD, Key, a_key, with_an_app

pytestmark = pytest.mark.usefixtures("with_accounts")


def account(*words):
    said = StringIO()
    call_command("account", *words, stdout=said)
    return said.getvalue()


def link(said):
    return re.search(r"https://[^/\s]+(/sign-in/link/\S+)", said).group(1)


def a_key_of(path, name):
    """The link is used: a password is set, and then an authenticator app."""
    Client().post(path, {"password1": PASSWORD, "password2": PASSWORD})
    return with_an_app(Key(None, name))


def test_a_member_is_found_given_an_account_and_comes_in(place):
    number = re.search(rf"({place.priya.member_id})  Priya of Crisis team", account("members")).group(1)
    path = link(account("add", "Priya@Averley.example", "--member", number))
    client = Client()
    assert client.post(path, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    answer = client.post("/sign-in", {"login": "priya@averley.example", "password": PASSWORD})
    assert answer.status_code == 302


def test_no_password_and_nothing_to_make_one_from_can_be_given_on_the_command_line(place):
    with pytest.raises((CommandError, TypeError)):
        account("add", "x@averley.example", "--member", str(place.priya.member_id), "--password", "x")


def test_an_account_is_only_for_someone_who_works_here(place):
    with pytest.raises(CommandError, match="No such member works here"):
        account("add", "x@averley.example", "--member", str(uuid4()))


@pytest.mark.parametrize("act", ["invite", "reset", "disable", "enable"])
def test_an_account_that_is_not_there_is_said_so(place, act):
    with pytest.raises(CommandError, match="There is no account named nobody"):
        account(act, "nobody")


def test_a_name_that_is_taken_is_said_so_to_whoever_runs_the_place(place):
    key = a_key(place.priya)
    with pytest.raises(CommandError, match="already"):
        account("add", key.name, "--member", str(place.amir.member_id))


def test_a_reset_ends_the_password_and_every_browser_and_keeps_the_second_step(place):
    key = a_key(place.priya)
    client = key.comes_in(later=0)
    path = link(account("reset", key.name))
    assert client.get("/").status_code == 303
    assert key.comes_to(Client()).status_code == 422
    key.password = "boat candle ninety"
    Client().post(path, {"password1": key.password, "password2": key.password})
    assert key.comes_to(Client()).url == "/sign-in/code"


def test_a_lost_telephone_means_a_new_second_step_before_anything_else(place):
    key = a_key(place.priya)
    path = link(account("reset", key.name, "--second-step-too"))
    Client().post(path, {"password1": PASSWORD, "password2": PASSWORD})
    client = Client()
    answer = client.get(key.comes_to(client).url)
    assert answer.url == "/account"
    assert client.get("/").status_code == 303


def test_a_disabled_account_lets_nobody_in_until_it_is_enabled(place):
    key = a_key(place.priya)
    account("disable", key.name)
    assert key.comes_to(Client()).status_code == 422
    account("enable", key.name)
    assert key.comes_to(Client()).status_code == 302


def test_a_link_of_a_disabled_account_opens_nothing(place):
    key = a_key(place.priya)
    path = link(account("invite", key.name))
    account("disable", key.name)
    assert Client().get(path).status_code == 404
    account("enable", key.name)
    assert Client().get(path).status_code == 404


def test_a_person_is_given_a_link_and_after_a_second_step_reads_their_own_record_alone(place):
    person_id = stories.maryam(place)
    said = account("invite-person", "Maryam@Averley.example", "--person", str(person_id))
    assert "See that it is them" in said and "Give this to the person" in said
    key = a_key_of(link(said), "maryam@averley.example")
    client = Client(REMOTE_ADDR=AT)
    answer = key.comes_to(client)
    assert client.get("/my-record").status_code == 303, "a password alone opens nothing"
    answer = client.post(answer.url, {"code": key.code()})
    assert client.get(answer.url).url == "/my-record"
    assert b"Maryam Ali" in client.get("/my-record").content
    assert client.get("/").status_code == 404
    account("disable", key.name)
    assert client.get("/my-record").status_code == 303


def test_a_persons_account_is_offered_no_team_and_can_choose_none(place):
    person_id = stories.maryam(place)
    key = a_key_of(link(account("invite-person", "m", "--person", str(person_id))), "m")
    client = Client(REMOTE_ADDR=AT)
    team = client.post(key.comes_to(client).url, {"code": key.code()}).url
    for membership in Membership.objects.filter(until_at=None):
        answer = client.post(team, {"as": str(membership.id)})
        assert answer.url == "/my-record"
        assert client.get("/").status_code == 404
    answer = client.get("/account")
    assert answer.status_code == 200


def test_an_account_of_one_person_does_not_open_the_record_of_another(place):
    mine, other = stories.maryam(place), stories.maryam(place, family_name="Pugh", nhs_number="")
    key = a_key_of(link(account("invite-person", "m", "--person", str(mine))), "m")
    client = Client(REMOTE_ADDR=AT)
    client.get(client.post(key.comes_to(client).url, {"code": key.code()}).url)
    session = client.session
    session["own"] = str(other)
    session.save()
    assert client.get("/my-record").status_code == 303


def test_nobody_is_invited_to_a_record_that_is_not_there_and_nobody_twice(place):
    with pytest.raises(CommandError, match="There is no record of this number"):
        account("invite-person", "m", "--person", str(uuid4()))
    person_id = str(stories.maryam(place))
    account("invite-person", "m", "--person", person_id)
    for name in ("m", "n"):
        with pytest.raises(CommandError, match="already"):
            account("invite-person", name, "--person", person_id)


def test_a_carer_is_given_a_link_and_reads_what_was_permitted_until_it_is_taken_back(place):
    person_id, permission_id = stories.maryam(place), uuid4()
    place.a_referral(person_id=person_id)
    permissions.give(
        permission_id=permission_id, person_id=person_id, carer_name="Rosa Ali", carer_is="Sister",
        elements=["answerable"], how="told_us", words="Yes.", until_at=None, by=place.amir, at=place.later(),
    )  # fmt: skip
    key = a_key_of(link(account("invite-carer", "rosa", "--permission", str(permission_id))), "rosa")
    client = Client(REMOTE_ADDR=AT)
    team = client.post(key.comes_to(client).url, {"code": key.code()}).url
    assert client.get(team).url == "/my-record"
    assert b"Held by" in client.get("/my-record").content
    permissions.withdraw(permission_id=permission_id, words="No.", by=place.amir, at=place.later(), seen=1)
    assert client.get("/my-record").status_code == 303
    with pytest.raises(CommandError, match="There is no such permission"):
        account("invite-carer", "rose", "--permission", str(permission_id))


def test_whoever_lets_somebody_in_or_no_longer_is_in_the_journal(place, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "bethan")
    account("add", "priya@averley.example", "--member", str(place.priya.member_id))
    for act in ("invite", "reset", "disable", "enable"):
        account(act, "priya@averley.example")
    told = list(Entry.objects.filter(subject="accounts.account").order_by("version"))
    assert [one.kind for one in told] == [
        "account.opened", "account.link_given", "account.reset", "account.disabled", "account.enabled",
    ]  # fmt: skip
    assert {(one.by_name, one.agency_id, one.person_id) for one in told} == {("bethan", None, None)}
    assert told[0].changes == {"member_id": [None, str(place.priya.member_id)]}
    assert told[3].changes == {"is_active": [True, False]}
    assert "priya@" not in str([one.changes for one in told]), "not what she signs in with"


def kinds(key):
    return [(one.kind, one.by_name) for one in keys.story(key.name)[1:]]


def test_what_is_done_with_an_account_on_the_web_is_in_the_journal_and_nothing_that_opens_it(place):
    key = a_key(place.priya, second_step=False)
    client = Client(REMOTE_ADDR=AT)
    key.comes_to(client)
    page = client.get("/account/app").content.decode()
    key.secret = re.search(r">\s*([A-Z2-7]{32})\s*<", page).group(1)
    page = client.post("/account/app", {"code": key.code()}, follow=True).content.decode()
    codes = re.findall(r"<code>(\d{8})</code>", page)
    page = client.post("/account/recovery-codes/new", follow=True).content.decode()
    codes += re.findall(r"<code>(\d{8})</code>", page)
    assert len(codes) == 20
    new = "boat candle ninety"
    client.post("/account/password", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert kinds(key) == [
        ("account.password_set", keys.THE_LINK),
        ("account.second_step_added", keys.ITSELF),
        ("account.second_step_added", keys.ITSELF),
        ("account.recovery_codes_renewed", keys.ITSELF),
        ("account.password_changed", keys.ITSELF),
    ]
    told = keys.story(key.name)
    kept = [str(one.data) for one in Authenticator.objects.all()] + [keys.find(key.name).password]
    everything = " ".join(f"{one.kind} {one.changes} {one.by_name}" for one in told)
    for secret in (PASSWORD, new, key.secret, key.name, *codes, *kept):
        assert secret not in everything
    assert {(one.agency_id, one.person_id) for one in told} == {(None, None)}
    said = account("story", key.name)
    lines = (
        "Password set by a link · Whoever had the link",
        "Second step added: authenticator app",
        "Second step added: recovery codes",
        "Recovery codes made anew",
        "Password changed",
    )
    for line in lines:
        assert line in said


def test_removing_a_second_step_is_in_the_journal_and_what_was_refused_is_not(place):
    key = a_key(place.priya)
    client = key.comes_in()
    assert client.post("/account/app/remove").status_code == 422
    assert kinds(key) == [("account.password_set", keys.THE_LINK)]
    passkey = Authenticator.objects.create(
        user=keys.find(key.name), type="webauthn", data={"name": "My telephone", "credential": {}}
    )
    client.post(f"/account/passkeys/{passkey.pk}/remove")
    assert [one.changes for one in keys.story(key.name)[2:]] == [{"type": ["webauthn", None]}]
    assert "Second step removed: passkey" in account("story", key.name)
    new = "boat candle ninety"
    wrong = {"oldpassword": "not this one", "password1": new, "password2": new}
    assert client.post("/account/password", wrong).status_code == 422
    assert len(keys.story(key.name)) == 3


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/account/recovery-codes/new", {}),
        ("/account/password", {"oldpassword": PASSWORD, "password1": "boat candle ninety"}),
    ],
)
def test_what_cannot_be_told_in_the_journal_is_not_done_to_an_account(place, monkeypatch, path, sent):
    key = a_key(place.priya)
    client = key.comes_in()
    client.post("/account/recovery-codes/new")
    was = list(Authenticator.objects.values_list("pk")), keys.find(key.name).password
    monkeypatch.setattr(keys, "tell", broken)
    with pytest.raises(JournalFailed):
        client.post(path, {**sent, "password2": "boat candle ninety"})
    assert (list(Authenticator.objects.values_list("pk")), keys.find(key.name).password) == was


def test_a_link_sets_no_password_that_the_journal_does_not_know_of(place, monkeypatch):
    path = link(account("add", "priya", "--member", str(place.priya.member_id)))
    monkeypatch.setattr(keys, "tell", broken)
    with pytest.raises(JournalFailed):
        Client().post(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert not keys.find("priya").has_usable_password()


class JournalFailed(Exception):
    """The journal cannot be written."""


def broken(*_, **__):
    raise JournalFailed
