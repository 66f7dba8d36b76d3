"""
Secrets of links that open something without signing in: made, signed, and known again.

A link is a secret and a signature of it. The signature is looked at first, so that a guess is refused before
any table is asked; the secret is stored only as a digest, so that whoever reads the database cannot use one.
Each kind of link has its own signature: one that answers an offer opens nothing else.
"""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SECRET_BYTES = 16
SIGNATURE_BYTES = 9
SECRET_LENGTH = 22
LENGTH = SECRET_LENGTH + 12


@dataclass(frozen=True)
class Fresh:
    """A new link: `token` is shown once and never kept, `digest` is stored."""

    token: str = field(repr=False)
    digest: str


def fresh(kind: str) -> Fresh:
    """A link of this kind that nobody has seen yet."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return Fresh(secret + _signature(kind, secret, settings.SECRET_KEY), _digest(kind, secret))


def fresh_for(kind: str, key: UUID) -> Fresh:
    """A link that a worker sends later: its secret follows from our own key, so that it is kept nowhere."""
    return _of_key(kind, key, settings.SECRET_KEY)


def again(kind: str, key: UUID, *, digest: str) -> str:
    """
    The token of a link that was made by `fresh_for`, while our key of that day is known; empty after.

    Signed with today's key, which is the one that is kept longest.
    """
    for known in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        made = _of_key(kind, key, known)
        if constant_time_compare(made.digest, digest):
            secret = made.token[:SECRET_LENGTH]
            return secret + _signature(kind, secret, settings.SECRET_KEY)
    return ""


def _of_key(kind: str, key: UUID, ours: str) -> Fresh:
    whole = salted_hmac(f"nowrongdoor.secret.{kind}", str(key), secret=ours, algorithm="sha256").digest()
    secret = urlsafe_b64encode(whole[:SECRET_BYTES]).decode().rstrip("=")
    return Fresh(secret + _signature(kind, secret, ours), _digest(kind, secret))


def digest_of(token: str, *, kind: str) -> str | None:
    """By which digest a link is stored; none for what we never signed as a link of this kind."""
    if len(token) != LENGTH or not token.isascii():
        return None
    secret, signature = token[:SECRET_LENGTH], token[SECRET_LENGTH:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(_signature(kind, secret, key), signature) for key in keys):
        return None
    return _digest(kind, secret)


def mark_of_device(cookie: str, *, link: object) -> str:
    """What is kept of the browser that opened a link: enough to know it again with this link, and no more."""
    return sha256(f"{link}/{cookie}".encode()).hexdigest()[:16]


def _signature(kind: str, secret: str, key: str) -> str:
    whole = salted_hmac(f"nowrongdoor.link.{kind}", secret, secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(whole[:SIGNATURE_BYTES]).decode()


def _digest(kind: str, secret: str) -> str:
    return sha256(f"{kind}/{secret}".encode()).hexdigest()
