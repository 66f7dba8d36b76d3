"""
Whether a number may be rung, from every answer that was given about it: the last one stands, but only a
later yes lifts a no. Who did not say, or was not asked, has not taken a no back.
"""

import re
from collections.abc import Iterable

from nowrongdoor.rules.contact import Contact

YES, NO, NOT_ASKED = "yes", "no", "not_asked"
DO_NOT_CONTACT = "do_not_contact"
"""It is the number of somebody whom the person does not want contacted: no answer to a caller lifts that."""


def safe_now(answers: Iterable[str]) -> str:
    """
    The answer that stands, of those given, latest first.

    >>> safe_now(["not_asked", "yes", "no"])
    'yes'
    >>> safe_now(["declined", "no"])
    'no'
    >>> safe_now([])
    'not_asked'
    """
    given = list(answers)
    if DO_NOT_CONTACT in given:
        return DO_NOT_CONTACT
    given = [one for one in given if one != NOT_ASKED]
    if not given:
        return NOT_ASKED
    plain = next((one for one in given if one in (YES, NO)), "")
    return NO if plain == NO else given[0]


NUMBER = re.compile(r"\+?[0-9 ().-]*")
FEWEST = 3  # digits


def dialled(said: str) -> str:
    """
    The number with which these words begin, as a telephone dials it; empty where they begin with none.

    >>> dialled("+44 (0)1632 960 114, after six")
    '+441632960114'
    """
    begins = NUMBER.match(said.strip())
    number = re.sub(r"(?<=[0-9]) ?\(0\)|[ ().-]", "", begins[0]) if begins else ""
    return number if len(number) >= FEWEST else ""


def takes_texts(said: str) -> bool:
    """It is the number of a mobile telephone: what is texted to another may reach nobody."""
    return digits(dialled(said)).startswith("07")


def digits(number: str) -> str:
    """A number as a telephone dials it, so that one that was written twice in two ways is one."""
    found = re.sub(r"\D", "", number)
    return f"0{found[2:]}" if found.startswith("44") and number.strip().startswith("+") else found


def is_own(one: Contact, phone: str) -> bool:
    """It was about the person's own number: that number was given, or they rang and gave no other."""
    if one.callback_number:
        return bool(phone) and digits(one.callback_number) == digits(phone)
    return one.caller_kind == "person"
