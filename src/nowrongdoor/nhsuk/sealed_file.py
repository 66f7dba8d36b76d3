"""
A page that opens with a phrase, in any browser and with nothing else running: a file to keep for bad days.

AES-256-GCM over a key that HKDF-SHA256 makes of the phrase, both from `cryptography` here and from the
browser's own WebCrypto there. A phrase of ours has 160 random bits, so it needs no slow stretching.
"""

from __future__ import annotations

import base64
import json
import os
import re
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.template.loader import render_to_string
from markupsafe import Markup

from nowrongdoor.rules import downtime

STATIC = Path(__file__).parent / "static/nhsuk"
INSIDE = re.compile(r'<script type="application/json" id="pack">(.*?)</script>', re.S)
LABEL = b"No Wrong Door downtime pack 1"


class DoesNotOpen(Exception):
    """Another phrase, or no file of ours, or one that was changed since."""


def sealed(page: str, *, phrase: str, title: str) -> str:
    """A whole document in which `page`, a piece of HTML, can be read by whoever types the phrase."""
    salt, nonce = os.urandom(16), os.urandom(12)
    body = AESGCM(_key(phrase, salt)).encrypt(nonce, page.encode(), LABEL)
    parts = {"salt": salt, "nonce": nonce, "body": body}
    inside = json.dumps({name: base64.b64encode(value).decode() for name, value in parts.items()})
    return render_to_string(
        "nhsuk/sealed_file.jinja",
        {
            "title": title,
            "inside": Markup(inside),  # letters, digits, +, / and = alone
            "looks": Markup((STATIC / "pack.css").read_text("utf-8")),
            "script": Markup((STATIC / "opening.js").read_text("utf-8")),
        },
    )


def opened(document: str, *, phrase: str) -> str:
    """The page inside. Raises `DoesNotOpen`."""
    found = INSIDE.search(document)
    try:
        if found is None:
            raise DoesNotOpen
        parts = {name: base64.b64decode(value) for name, value in json.loads(found[1]).items()}
        key = _key(phrase, parts["salt"])
        return AESGCM(key).decrypt(parts["nonce"], parts["body"], LABEL).decode()
    except (InvalidTag, KeyError, ValueError) as fault:
        raise DoesNotOpen from fault


def alone(page: str) -> str:
    """The page inside as a document of its own, for a browser that runs no scripts, or a printer."""
    looks = Markup((STATIC / "pack.css").read_text("utf-8"))
    return render_to_string("nhsuk/opened_file.jinja", {"page": Markup(page), "looks": looks})


def _key(phrase: str, salt: bytes) -> bytes:
    made = HKDF(algorithm=SHA256(), length=32, salt=salt, info=LABEL)
    return made.derive(downtime.as_typed(phrase).encode())
