"""An organisation that signs its members in, in this very process: no request leaves it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter

ISSUER = "https://sign-in.averley.example"
CLIENT = "nowrongdoor"
SETTINGS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "staff",
                "name": "Averley staff",
                "client_id": CLIENT,
                "secret": "a secret between us",
                "settings": {"server_url": ISSUER},
            }
        ],
    }
}
KNOWN = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorise",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "jwks_uri": f"{ISSUER}/keys",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}


@dataclass
class Answer:
    body: dict[str, Any]
    status_code: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})

    def json(self) -> dict[str, Any]:
        return self.body

    @property
    def text(self) -> str:
        import json

        return json.dumps(self.body)

    def raise_for_status(self) -> None:
        assert self.status_code == 200


@dataclass
class Provider:
    """What it says of whoever signs in there; `asked` is every address that was asked."""

    claims: dict[str, Any]
    signed_for: str = CLIENT
    issued_by: str = ISSUER
    asked: list[str] = field(default_factory=list)

    def __enter__(self) -> "Provider":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def get(self, url: str, **sent: Any) -> Answer:
        return self.request("GET", url, **sent)

    def request(self, method: str, url: str, **sent: Any) -> Answer:
        self.asked.append(url)
        if url.endswith("/.well-known/openid-configuration"):
            return Answer(KNOWN)
        if url == KNOWN["userinfo_endpoint"]:
            return Answer(self.claims)
        assert url == KNOWN["token_endpoint"], url
        assert sent["data"]["code_verifier"], "a code that was overheard is worth nothing"
        said = {**self.claims, "aud": self.signed_for, "iss": self.issued_by, "iat": 0, "exp": 4_000_000_000}
        token = jwt.encode(said, "of theirs, and never looked at here, for it came to us directly", "HS256")
        return Answer({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def instead_of_the_network(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(DefaultSocialAccountAdapter, "get_requests_session", lambda adapter: self)


def began(client: Any, **asked: str) -> dict[str, str]:
    """Presses the button, and answers with what the provider is asked."""
    answer = client.get("/sign-in/with/staff", asked)
    assert answer.url.startswith(KNOWN["authorization_endpoint"])
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.url).query).items()}
