"""Signing in under attack: one test for each way in that must stay shut (F64, F65, F67, F70, F72, F73)."""

import json
import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings as now_set
from django.contrib.auth import hashers
from django.test import Client

from nowrongdoor.kernel.accounts import keys
from nowrongdoor.kernel.now import now
from tests.worlds.keys import AT, PASSWORD, a_key

pytestmark = pytest.mark.usefixtures("with_accounts")
TRIES = 10  # as many as the settings let by


@pytest.fixture
def key(place):
    return a_key(place.priya)


@pytest.fixture
def colleague(place):
    return a_key(place.amir)


def tries(name, password, *, at=AT):
    return Client(REMOTE_ADDR=at).post("/sign-in", {"login": name, "password": password})


# --- who has an account -------------------------------------------------------------------------------------


def told(answer):
    """
    All that somebody learns from an answer, but for the token of the form, which is never the same, and the
    second at which it was sent.
    """
    from re import sub

    body = sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
    but_for = ("Content-Length", "Expires")
    headers = {name: value for name, value in answer.headers.items() if name not in but_for}
    return answer.status_code, headers, sorted(answer.cookies), body


def test_unknown_wrong_and_disabled_answer_alike(place, key, colleague):
    keys.let_in(name=colleague.name, yes=False, by="Bethan Pugh", at=now())
    name = "same@averley.example"
    unknown = told(tries(name, "not this one"))
    for account in (key, colleague):
        row = keys.find(account.name)
        row.name = name
        row.save()
        wrong, right = told(tries(name, "not this one")), None
        assert wrong == unknown
        if account is colleague:
            right = told(tries(name, PASSWORD))
            assert right == unknown
        row.name = account.name
        row.save()


@pytest.mark.parametrize("who", ["unknown", "wrong", "disabled", "invited only"])
def test_every_sign_in_that_fails_costs_one_hash(place, key, who, monkeypatch):
    """What takes no time answers sooner, and says that there is no such account."""
    if who == "disabled":
        keys.let_in(name=key.name, yes=False, by="Bethan Pugh", at=now())
    if who == "invited only":
        keys.reset(name=key.name, second_step_too=False, by="Bethan Pugh", at=now())
    done = []
    kind = type(hashers.get_hasher())
    encode = kind.encode
    monkeypatch.setattr(kind, "encode", lambda self, *given: done.append(1) or encode(self, *given))
    name = "nobody@averley.example" if who == "unknown" else key.name
    assert tries(name, PASSWORD if who == "disabled" else "not this one").status_code == 422
    assert len(done) == 1


def test_there_is_no_page_that_says_whether_somebody_has_an_account(key):
    for path in ("/account/signup", "/sign-in/reset", "/accounts/signup/", "/accounts/password/reset/"):
        assert Client().get(path).status_code == 404


def test_nothing_typed_at_sign_in_is_logged_or_put_in_an_address(key, caplog):
    with caplog.at_level(logging.DEBUG):
        tries(key.name, "a secret of somebody")
        client = key.comes_in()
        client.get("/")
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert key.name not in written and "a secret" not in written and PASSWORD not in written


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code", "/sign-in/passkey"])
def test_a_password_is_never_shown_or_kept_when_a_form_fails(place, key, path):
    from nowrongdoor.data.drafts.models import Draft

    client = Client(enforce_csrf_checks=True)
    sent = {"login": key.name, "password": "a secret of mine", "code": "a secret of mine", "as": "x"}
    for form in (sent, {**sent, "as": ""}):
        answer = client.post(path, form)
        assert answer.status_code in (303, 403)
        assert b"a secret of mine" not in answer.content
    assert not Draft.objects.exists()


# --- guessing -----------------------------------------------------------------------------------------------


def test_ten_wrong_passwords_stop_that_account_there_and_nobody_else(key, colleague):
    for _ in range(TRIES):
        assert tries(key.name, "not this one").status_code == 422
    stopped = tries(key.name, PASSWORD)
    assert stopped.status_code == 422 and b"Too many tries" in stopped.content
    assert tries(colleague.name, PASSWORD).status_code == 302, "a colleague at the same address"
    assert tries(key.name, PASSWORD, at="198.51.100.9").status_code == 302, "the member from elsewhere"


def test_many_accounts_tried_from_one_address_keep_no_colleague_out(key):
    for number in range(60):
        tries(f"nobody-{number}@averley.example", "not this one")
    assert tries(key.name, PASSWORD).status_code == 302


def test_tries_are_counted_the_same_for_an_account_that_is_not_there(key):
    for _ in range(TRIES):
        tries("nobody@averley.example", "not this one")
    assert b"Too many tries" in tries("NOBODY@averley.example ", "not this one").content


def test_what_is_counted_is_known_to_every_process():
    assert now_set.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    rates = {**now_set.ACCOUNT_RATE_LIMITS, **now_set.MFA_RATE_LIMITS}
    assert not any("/ip" in rate for rate in rates.values()), "an address alone keeps a whole hub out"


def test_signing_in_again_and_again_does_not_use_up_the_tries(key):
    for _ in range(TRIES + 2):
        assert tries(key.name, PASSWORD).status_code == 302


def test_a_code_is_good_once(key):
    key.comes_in(later=0)
    other = Client()
    key.comes_to(other)
    assert other.post("/sign-in/code", {"code": key.code()}).status_code == 422


def test_the_code_that_set_an_app_up_is_not_good_again(place):
    import re

    from tests.worlds.keys import code_of

    key = a_key(place.priya, second_step=False)
    client = Client()
    key.comes_to(client)
    key.secret = re.search(r">\s*([A-Z2-7]{32})\s*<", client.get("/account/app").content.decode()).group(1)
    code = code_of(key.secret)
    assert client.post("/account/app", {"code": code}).status_code == 302
    other = Client()
    key.comes_to(other)
    assert other.post("/sign-in/code", {"code": code}).status_code == 422


def test_codes_cannot_be_guessed_one_after_another(key):
    client = Client()
    key.comes_to(client)
    for _ in range(TRIES):
        assert client.post("/sign-in/code", {"code": "000000"}).status_code == 422
    stopped = client.post("/sign-in/code", {"code": key.code()})
    assert stopped.status_code == 422 and b"Too many tries" in stopped.content


@pytest.mark.parametrize(
    "made_up",
    ["", "{}", "[]", "3", "null", "{", '{"response": 3}', '{"response": {}}', '"' + "x" * 5000 + '"',
     json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
                 "response": {"userHandle": "_w", "clientDataJSON": "e30", "authenticatorData": "AA",
                              "signature": "AA", "attestationObject": "oA"}}),
     '{"response": {"userHandle": 7}}', '{"response": {"userHandle": "\\u0000"}}', '{"response": null}',
     "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace")],
)  # fmt: skip
def test_a_made_up_answer_of_a_passkey_is_refused_and_breaks_nothing(key, made_up):
    first, second, third = Client(), Client(), key.comes_in()
    first.get("/sign-in/passkey", headers={"accept": "application/json"})
    assert first.post("/sign-in/passkey", {"credential": made_up}).status_code == 302
    assert first.get("/account").status_code == 303
    key.comes_to(second)
    second.get("/sign-in/code")
    assert second.post("/sign-in/code", {"credential": made_up}).status_code == 422
    third.get("/account/passkeys/new")
    assert third.post("/account/passkeys/new", {"credential": made_up, "name": "x"}).status_code == 422
    third.get("/account/again/passkey")
    assert third.post("/account/again/passkey", {"credential": made_up}).status_code in (302, 422)


TYPED = ["", "\x00", "x" * 100_000, "\u202e", "\U0001f622", "' OR 1=1 --", "%ED%A0%80"]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("box", ["login", "password"])
def test_whatever_is_typed_at_sign_in_is_refused_in_words(key, box, typed):
    answer = Client().post("/sign-in", {"login": key.name, "password": PASSWORD, box: typed})
    assert answer.status_code == 422 and b"There is a problem" in answer.content


# --- sessions -----------------------------------------------------------------------------------------------


def in_another(session_key):
    """A browser with this session's key and nothing else."""
    client = Client()
    client.cookies["sessionid"] = session_key
    return client


def test_every_step_of_signing_in_gives_a_new_key(key):
    client = Client()
    client.get("/sign-in")
    seen = []
    answer = key.comes_to(client)
    seen.append(client.cookies["sessionid"].value)
    answer = client.post(answer.url, {"code": key.code()})
    seen.append(client.cookies["sessionid"].value)
    client.get(answer.url)
    seen.append(client.cookies["sessionid"].value)
    client.post("/team", {"as": client.session["membership"]})
    seen.append(client.cookies["sessionid"].value)
    assert len(set(seen)) == len(seen)
    assert [in_another(one).get("/").status_code for one in seen] == [303, 303, 303, 200]


def test_a_key_that_somebody_else_planted_is_not_the_one_that_is_signed_in(key):
    planted = Client()
    planted.get("/board")
    session = planted.session
    session["note"] = ["planted", ""]
    session.save()
    victim = in_another(session.session_key)
    key.comes_in(victim)
    assert victim.cookies["sessionid"].value != session.session_key
    assert in_another(session.session_key).get("/").status_code == 303


def test_after_signing_out_the_old_key_opens_nothing(key):
    client = key.comes_in()
    old = client.cookies["sessionid"].value
    client.post("/sign-out")
    assert in_another(old).get("/").status_code == 303
    assert in_another(old).get("/account").status_code == 303


def test_a_changed_password_ends_every_other_browser(key):
    here, there = key.comes_in(later=0), key.comes_in(later=1)
    sent = {"oldpassword": PASSWORD, "password1": "boat candle ninety", "password2": "boat candle ninety"}
    assert here.post("/account/password", sent).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303
    assert there.get("/account").status_code == 303


@pytest.mark.parametrize(
    "wrong", [{"oldpassword": "not this one"}, {"password2": "other"}, {"password1": ""}]
)
def test_a_password_is_not_changed_by_whoever_does_not_know_it(key, wrong):
    client = key.comes_in()
    sent = {"oldpassword": PASSWORD, "password1": "boat candle ninety", "password2": "boat candle ninety"}
    assert client.post("/account/password", {**sent, **wrong}).status_code == 422
    assert tries(key.name, PASSWORD).status_code == 302


@pytest.mark.parametrize("how", ["disabled", "reset", "left", "moved to another member"])
def test_a_leaver_is_out_at_the_next_page(place, key, how):
    """Sixty seconds are allowed; none are taken, for account and membership are read at every request."""
    from nowrongdoor.journeys import agencies

    client = key.comes_in()
    assert client.get("/").status_code == 200
    if how == "disabled":
        keys.let_in(name=key.name, yes=False, by="Bethan Pugh", at=now())
    elif how == "reset":
        keys.reset(name=key.name, second_step_too=True, by="Bethan Pugh", at=now())
    elif how == "left":
        agencies.leave(
            member_id=place.priya.member_id,
            words="Moved away",
            by=place.viewers["Lou of Front door"],
            at=place.later(),
        )
    else:
        row = keys.find(key.name)
        row.member_id = place.sam.member_id
        row.save()
    assert client.get("/").status_code == 303
    assert client.get("/people").status_code == 303


def test_who_went_away_is_locked_out_and_what_they_typed_is_there_for_them_alone(place, key, colleague):
    from nowrongdoor.data.drafts.models import Draft

    referral_id = place.a_referral(person_id=place.a_person())
    path = f"/triage/{referral_id}"
    client = colleague.comes_in(later=0)
    page = client.get(path).content.decode()
    hidden = dict(__import__("re").findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    session = client.session
    session["seen_at"] = (now() - timedelta(seconds=now_set.NWD_IDLE_SECONDS + 1)).isoformat()
    session.save()
    typed = "Not slept for four nights; her mum is frightened."
    answer = client.post(path, {**hidden, "decision": "accept", "why": typed})
    assert answer.status_code == 303 and answer.url.startswith("/sign-in?")
    assert client.get("/account").status_code == 303, "the account is locked too"
    assert "What you had typed is kept" in client.get(answer.url).content.decode()
    back = f"{path}?draft={Draft.objects.get().id}"
    other = a_key(place.viewers["Lou of Front door"]).comes_in(Client())
    assert typed not in other.get(back).content.decode()
    again = colleague.comes_in(client, later=1, next=back)
    assert typed in again.get(back).content.decode()


# --- led astray ---------------------------------------------------------------------------------------------

ELSEWHERE = ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "javascript:x",
             "http:///elsewhere.example", "/\t/elsewhere.example", "\x00//elsewhere.example"]  # fmt: skip


@pytest.mark.parametrize("back", ELSEWHERE)
def test_signing_in_leads_to_no_other_place(key, back):
    client = Client()
    answer = key.comes_to(client, next=back)
    answer = client.post(answer.url, {"code": key.code(), "next": back})
    assert answer.url.startswith("/sign-in/team")
    answer = client.get(answer.url)
    assert answer.url == "/"
    assert client.get("/sign-in/team", {"next": back}).url == "/"


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "testserver.elsewhere.example", "testserver:80@elsewhere"]
)
def test_a_host_that_is_not_ours_is_answered_nothing(key, host):
    for path in ("/sign-in", "/", "/account", "/sign-in/link/x", "/board"):
        answer = Client().get(path, HTTP_HOST=host)
        assert answer.status_code == 400 and b"does not answer to that name" in answer.content
    answer = Client().get("/sign-in", HTTP_X_FORWARDED_HOST=host)
    assert host.encode() not in answer.content


def test_nobody_is_signed_in_by_a_form_of_another_place(key):
    client = Client(enforce_csrf_checks=True)
    assert key.comes_to(client).status_code == 403
    assert client.get("/account").status_code == 303
    own = Client(enforce_csrf_checks=True)
    own.get("/sign-in")
    sent = {"login": key.name, "password": PASSWORD, "csrfmiddlewaretoken": own.cookies["csrftoken"].value}
    assert own.post("/sign-in", sent).status_code == 302
    elsewhere = {"HTTP_ORIGIN": "https://elsewhere.example"}
    assert own.post("/sign-in/code", {"code": key.code()}, **elsewhere).status_code == 403


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_another_kind_of_body_needs_a_token_too(key, kind):
    client = key.comes_in(Client(enforce_csrf_checks=False))
    client.handler.enforce_csrf_checks = True
    for path in ("/account/password", "/account/app", "/account/recovery-codes/new", "/sign-out"):
        assert client.post(path, "{}", content_type=kind).status_code == 403


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/sign-in/link/x", "/"])
def test_every_answer_keeps_to_itself(key, path):
    answer = key.comes_in().get(path)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    if answer.status_code == 200:
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_second_account_for_a_member_or_of_a_name_is_refused(place, key):
    with pytest.raises(keys.NoAccount):
        keys.open_for(
            member_id=place.priya.member_id, name="other", account_id=uuid4(), by="Bethan Pugh", at=now()
        )
    with pytest.raises(keys.NoAccount):
        keys.open_for(
            member_id=place.sam.member_id,
            name=key.name.upper(),
            account_id=uuid4(),
            by="Bethan Pugh",
            at=now(),
        )
