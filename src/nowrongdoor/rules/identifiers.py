"""
Identifiers: names, numbers and postcodes as they are written down, checked and looked up.
"""

import re
import unicodedata

import nhs_number

from nowrongdoor.rules.change import Refused

# Letters that no decomposition takes apart, as people type them who lack the key: Łukasz, Søren, Đorđe.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
POSTCODE = re.compile(r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$")


def key(text: str) -> str:
    """A name as it is looked up: no accents, no case, letters and digits only ("O'Brien" is "obrien")."""
    if text.isascii():
        return NOT_ALPHANUMERIC.sub("", text.lower())
    # Case is folded once letters are taken apart: some capitals come to light only then.
    plain = unicodedata.normalize("NFKD", text).casefold()
    flat = unicodedata.normalize("NFKD", plain).translate(PLAIN)
    return "".join(char for char in flat if char.isalnum())


def name_keys(name: str) -> tuple[str, ...]:
    """The parts of a name as said, each as it is looked up."""
    return tuple(part for part in (key(word) for word in re.split(r"[\s,]+", name)) if part)


def listed(text: str) -> list[str]:
    """Names or numbers written one on each line, or one after a comma."""
    return [one for part in re.split(r"[,;\n]", text) if (one := part.strip())]


def phone_key(phone: str) -> str:
    """The digits of a telephone number, with +44 written as 0."""
    digits = re.sub(r"\D", "", phone)
    if digits.startswith("0044"):
        return "0" + digits[4:].lstrip("0")
    # With or without the "(0)" many people write after +44.
    if digits.startswith("44") and len(digits) >= 11:
        return "0" + digits[2:].lstrip("0")
    return digits


def postcode_key(postcode: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", postcode.upper())


def nhs_digits(number: str) -> str:
    return re.sub(r"[\s-]", "", number)


def check_nhs_number(number: str) -> str:
    """
    The ten digits of an English or Welsh NHS number, or empty for none given.

    Refuses, each in its own words: letters, a wrong length, a failed check digit, and a number of
    another nation's series (a Scottish CHI number, a Northern Irish number), which is not lost by
    being written elsewhere.
    """
    digits = nhs_digits(number)
    if not digits:
        return ""
    if not digits.isascii() or not digits.isdigit():
        raise Refused(
            "An NHS number has only digits. Check what was read out.", code="nhs_letters", field="nhs_number"
        )
    if len(digits) != 10:
        raise Refused(
            f"An NHS number has 10 digits; this has {len(digits)}.", code="nhs_length", field="nhs_number"
        )
    if not nhs_number.is_valid(digits):
        raise Refused(
            "This is not a valid NHS number: its check digit does not fit. Ask for it again.",
            code="nhs_check_digit",
            field="nhs_number",
        )
    for region, name in (
        (nhs_number.REGION_SCOTLAND, "Scottish (CHI)"),
        (nhs_number.REGION_NORTHERN_IRELAND, "Northern Irish"),
    ):
        if region.contains_number(digits):
            raise Refused(
                f"This is a {name} number, not an NHS number of England or Wales. "
                "Leave this empty and write it in the notes.",
                code="nhs_other_nation",
                field="nhs_number",
            )
    return digits


def check_postcode(postcode: str) -> str:
    """A postcode as written in addresses ("NG7 2AB"), or as given when it is not a full one."""
    compact = postcode_key(postcode)
    return f"{compact[:-3]} {compact[-3:]}" if POSTCODE.match(compact) else postcode.strip()
