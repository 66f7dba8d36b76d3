"""Glass that was broken, in words: who, when, why and for how long, until somebody has looked into it."""

from datetime import datetime

from django.urls import reverse

from nowrongdoor.nhsuk import code_words, whom, wording
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.oversight import GlassLine


def chip(opened_at: datetime, until_at: datetime, *, at: datetime) -> Chip:
    """When it was broken, and for how long. Nothing is late by it: whoever holds the person is to know."""
    return wording.done_chip(
        wording.local_when(opened_at, at=at), rule_words=_first_up(open_until(until_at, at=at))
    )


def why(reason: str, *, at: datetime) -> str:
    return code_words.words_of("break_glass_reasons", reason, at=at)


def open_until(until_at: datetime, *, at: datetime) -> str:
    return f"{'open' if at < until_at else 'was open'} until {wording.local_when(until_at, at=at)}"


def who(member: str, team: str) -> str:
    return f"By {member}, {team}"


def rows(lines: tuple[GlassLine, ...], *, shows_people: bool, at: datetime) -> list[dict[str, str]]:
    """The lines of a governance lead, who looks into it; with whose record it was, where they may know."""
    return [_row(one, shows_people=shows_people, at=at) for one in lines]


def _row(one: GlassLine, *, shows_people: bool, at: datetime) -> dict[str, str]:
    return {
        "id": f"glass-{one.review_id}",
        "url": reverse("review", args=[one.review_id]),
        "when": wording.local_when(one.opened_at, at=at),
        "until": _first_up(open_until(one.until_at, at=at)),
        "name": wording.person_name(one.family_name, one.given_names) if shows_people else "Not shown to you",
        "about": "",
        "why": why(one.reason, at=one.opened_at),
        "words": f"“{whom.line(one.words)}”",
        "who": who(one.member_name, one.team_name),
        "do": "Review",
        "do_url": reverse("review", args=[one.review_id]),
    }


def _first_up(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
