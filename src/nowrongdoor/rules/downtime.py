"""
Downtime packs: how often one is written, how long it stays, what it is called, and the phrase it opens with.

A pack is the list a team works from when nothing else answers. One phrase for each team follows from one key
in the settings: whoever opens one team's packs opens no other's.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date

STRENGTH = 20  # bytes: 32 letters and digits, which nobody guesses
GROUP = 4
NAME = re.compile(r"(?P<team>[a-z0-9-]+)-(?P<key>[0-9a-f]{8})-(?P<made>\d{8}T\d{6})Z\.html")
# What a process that was killed left of one, beside the place where it was to be.
LEFT = re.compile(rf"\.(?P<pack>{NAME.pattern})\.\d+\.\d+")
MADE = "%Y%m%dT%H%M%S"
# What is read for another letter: neither zero, one, eight nor nine is ever in a phrase.
READ_AS = str.maketrans("018", "OIB")


def lasts(code: str, *, at: datetime) -> timedelta:
    """How often, how long: as it stands on that day."""
    return _times(local_date(at))[code]


@cache
def _times(on: date) -> dict[str, timedelta]:
    standing = (row for row in law.rows("downtime_times") if law.provenance(row).stands(on))
    return {row["code"]: timedelta(minutes=int(row["within_minutes"])) for row in standing}


def phrase(key: str, team_id: UUID) -> str:
    """
    What opens the packs of one team, in groups of four to be typed from paper.

    >>> phrase("k" * 50, UUID(int=1))
    'FYCU-THGE-2VNM-26KK-LCYS-2M3U-MAUT-CJEO'
    """
    made = hmac.new(key.encode(), b"downtime pack " + team_id.bytes, hashlib.sha256).digest()[:STRENGTH]
    text = base64.b32encode(made).decode()
    return "-".join(text[begins : begins + GROUP] for begins in range(0, len(text), GROUP))


def as_typed(said: str) -> str:
    """
    A phrase as somebody typed it: without blanks, in capitals, and what looks alike read as what it must be.

    >>> as_typed("eyf5 7kbd–018")
    'EYF57KBDOIB'
    """
    return re.sub(r"[^A-Z0-9]", "", said.upper()).translate(READ_AS)


def file_name(team_name: str, team_id: UUID, *, at: datetime) -> str:
    """
    Which team's it is and when it was made, and nothing about anybody.

    >>> file_name("Crisis team", UUID(int=1), at=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    'crisis-team-00000000-20261025T013000Z.html'
    """
    said = re.sub(r"[^a-z0-9]+", "-", team_name.lower()).strip("-")[:40].strip("-") or "team"
    return f"{said}-{str(team_id)[:8]}-{at.strftime(MADE)}Z.html"


def made_at(name: str) -> datetime | None:
    """When the pack of this name was made; none where the name is no pack's."""
    found = NAME.fullmatch(name)
    return datetime.strptime(found["made"], MADE).replace(tzinfo=UTC) if found else None


def is_due(names: Iterable[str], *, at: datetime) -> bool:
    """None of these packs is as new as one must be."""
    made = [when for name in names if (when := made_at(name)) is not None]
    return not made or at - max(made) >= lasts("pack_each", at=at)


def to_prune(names: Iterable[str], *, at: datetime) -> list[str]:
    """
    Packs that have been kept long enough, and what is left of any that were never whole. The latest of each
    team stays however old it is: after a long failure it is the only list there is.
    """
    names = list(names)
    packs = sorted((found for name in names if (found := NAME.fullmatch(name))), key=lambda one: one["made"])
    latest = {one["key"]: one.string for one in packs}
    kept = at - lasts("pack_kept", at=at)
    old = [one.string for one in packs if one.string != latest[one["key"]]]
    left = {name: found["pack"] for name in names if (found := LEFT.fullmatch(name))}
    return [
        name for name, pack in [*((one, one) for one in old), *left.items()] if (made_at(pack) or at) < kept
    ]


def code(key: UUID) -> str:
    """
    What a line of a pack is called on paper.

    >>> code(UUID("a3f9c2d4-0000-4000-8000-000000000000"))
    'A3F-9C2'
    """
    said = key.hex[:6].upper()
    return f"{said[:3]}-{said[3:]}"
