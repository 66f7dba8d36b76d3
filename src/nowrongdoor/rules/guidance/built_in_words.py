"""Built-in functions about text."""

import re
from decimal import Decimal
from typing import Any

from nowrongdoor.rules.guidance import temporal
from nowrongdoor.rules.guidance.calling import built_in
from nowrongdoor.rules.guidance.values import SUMS, Range, kind
from nowrongdoor.rules.guidance.work import went_over

PLAIN_KEY = re.compile(r"[\w'’?./+*\- ]+")


@built_in("string length", "string:s")
def string_length(text: str) -> Decimal:
    return Decimal(len(text))


@built_in("substring", "string:s", "start position:n", "length:n?")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    begin = int(start)
    if not begin or abs(begin) > len(text) or (length is not None and length < 1):
        return None
    begin = begin - 1 if begin > 0 else len(text) + begin
    return text[begin:] if length is None else text[begin : begin + int(length)]


@built_in("upper case", "string:s")
def upper_case(text: str) -> str:
    return text.upper()


@built_in("lower case", "string:s")
def lower_case(text: str) -> str:
    return text.lower()


@built_in("substring before", "string:s", "match:s")
def substring_before(text: str, match: str) -> str:
    return text.partition(match)[0] if match and match in text else ""


@built_in("substring after", "string:s", "match:s")
def substring_after(text: str, match: str) -> str:
    return text if not match else text.partition(match)[2]


@built_in("contains", "string:s", "match:s")
def contains(text: str, match: str) -> bool:
    return match in text


@built_in("starts with", "string:s", "match:s")
def starts_with(text: str, match: str) -> bool:
    return text.startswith(match)


@built_in("ends with", "string:s", "match:s")
def ends_with(text: str, match: str) -> bool:
    return text.endswith(match)


@built_in("string join", "list:l", "delimiter:s!?")
def string_join(items: list[Any], delimiter: str | None = None) -> str | None:
    said = [item for item in items if item is not None]
    if not all(type(item) is str for item in said):
        return None
    went_over(sum(map(len, said)) + len(delimiter or "") * len(said))
    return (delimiter or "").join(said)


@built_in("string", "from:a")
def string(value: Any) -> str | None:
    return None if value is None else written(value, quoted=False)


def written(value: Any, *, quoted: bool = True) -> str:
    """A value as an expression would write it."""
    which = kind(value)
    if which == "null":
        return "null"
    if which == "string":
        went_over(len(value))
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if quoted else str(value)
    if which == "boolean":
        return "true" if value else "false"
    if which == "number":
        return number_words(value)
    if which == "list":
        went_over(len(value))
        return "[" + ", ".join(written(item) for item in value) + "]"
    if which == "context":
        went_over(len(value))
        return "{" + ", ".join(f"{_key(key)}: {written(item)}" for key, item in value.items()) + "}"
    if which == "range":
        return _range_words(value)
    if which == "function":
        return f"function {value.name}"
    said = temporal.words(value)
    return f'@"{said}"' if quoted else said


def _key(name: str) -> str:
    """The name of an entry; in quotes where its own signs could be taken for those around it."""
    return name if PLAIN_KEY.fullmatch(name) else written(name)


def number_words(value: Decimal) -> str:
    plain = format(value if abs(value.adjusted()) < 40 else SUMS.normalize(value), "f")
    return "0" if plain.strip("-0.") == "" else plain.rstrip("0").rstrip(".") if "." in plain else plain


def _range_words(value: Range) -> str:
    if value.open_low or value.open_high:
        sign = "<" if value.open_low else ">"
        included = value.high_included if value.open_low else value.low_included
        return f"({sign}{'=' if included else ''} {written(value.high if value.open_low else value.low)})"
    low, high = "[" if value.low_included else "(", "]" if value.high_included else ")"
    return f"{low}{written(value.low)}..{written(value.high)}{high}"
