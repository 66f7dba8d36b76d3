"""
Whether a number may be rung, from every answer that was given about it: the last one stands, but only a
later yes lifts a no. Who did not say, or was not asked, has not taken a no back.
"""

from collections.abc import Iterable

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
