"""Accounts of members in tests, and browsers that come in with them, step by step as people do."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from nowrongdoor.kernel.now import now
from nowrongdoor.rules.access import Viewer

PASSWORD = "horse lamp seven"
AT = "203.0.113.7"


@dataclass
class Key:
    """An account of a member or a person: what they sign in with, and what makes their codes."""

    viewer: Viewer | None
    name: str
    secret: str = ""
    password: str = PASSWORD

    def code(self, later: int = 0) -> str:
        """What the authenticator app shows, now or so many half minutes later."""
        return code_of(self.secret, later)

    def comes_to(self, client: Client, **sent: Any) -> Any:
        """The first step: name and password."""
        return client.post("/sign-in", {"login": self.name, "password": self.password, **sent})

    def comes_in(self, client: Client | None = None, *, later: int = 1, **sent: Any) -> Client:
        """All the way, to the one team of this member."""
        client = client or Client(REMOTE_ADDR=AT)
        answer = self.comes_to(client, **sent)
        assert answer.url == "/sign-in/code", answer.content
        answer = client.post("/sign-in/code", {"code": self.code(later)})
        assert answer.status_code == 302, answer.content
        assert client.get(answer.url).status_code == 302
        return client


def code_of(secret: str, later: int = 0) -> str:
    from allauth.mfa.totp.internal import auth

    return auth.format_hotp_value(auth.hotp_value(secret, int(now().timestamp()) // 30 + later))


def a_key(viewer: Viewer, *, name: str = "", second_step: bool = True) -> Key:
    """An open account with a password; and an authenticator app, unless it is to be set up yet."""
    from nowrongdoor.kernel.accounts import keys

    key = Key(viewer, name or f"{uuid4().hex[:8]}@averley.example")
    token = keys.open_for(
        member_id=viewer.member_id, name=key.name, account_id=uuid4(), by="Bethan Pugh", at=now()
    )
    assert keys.use_link(token, password=key.password, at=now())
    return with_an_app(key) if second_step else key


def with_an_app(key: Key) -> Key:
    """The same account with an authenticator app."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from nowrongdoor.kernel.accounts import keys

    key.secret = generate_totp_secret()
    TOTP.activate(keys.find(key.name), key.secret)
    return key
