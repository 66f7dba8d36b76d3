"""What surrounds a page: who is signed in, where they can go, and the numbers to ring in danger."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class NavItem:
    """
    One place to go, and the `key` that goes there from a list. A count is shown only where someone
    must act; `count_words` says what it counts.
    """

    label: str
    url: str
    count: int | None = None
    count_words: str = ""
    current: bool = False
    key: str = ""


@dataclass(frozen=True)
class HelpLine:
    """A number to give or ring now: who answers, how to reach them, when, and who says so."""

    who: str
    number: str
    when: str
    source: str
    href: str = ""


HELP_NOW = (
    HelpLine("Life in danger now", "999", "Any time. Can’t speak? Ring, then press 55.", "nhs.uk", "tel:999"),
    HelpLine("Urgent mental health help", "111, then 2", "Any time, any age.", "nhs.uk", "tel:111"),
    HelpLine("Samaritans", "116 123", "Any time, free, to talk.", "samaritans.org", "tel:116123"),
    HelpLine(
        "Shout, by text",
        "SHOUT to 85258",
        "Any time, free, by text message.",
        "giveusashout.org",
        "sms:85258",
    ),
)


@dataclass(frozen=True)
class Frame:
    """The frame round one page for one viewer. `at` is the instant the page tells the truth about (UTC)."""

    at: datetime
    name: str
    role: str = ""
    organisation: str = ""
    team: str = ""
    team_id: str = ""
    navigation: tuple[NavItem, ...] = ()
    new_contact_url: str = ""
    search_url: str = ""
    sign_out_url: str = ""
    switch_url: str = ""
    account_url: str = ""
    keeps_for: str = ""
    home_url: str = "/"
    help_now: tuple[HelpLine, ...] = HELP_NOW


def demonstration(request: HttpRequest) -> dict[str, bool]:
    """Context for every page: is this a demonstration with invented people? Then the page says so."""
    return {"demonstration": bool(getattr(settings, "NWD_DEMO", False))}
