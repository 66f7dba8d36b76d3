"""Built-in functions about text."""

import re
from decimal import Decimal
from functools import lru_cache
from re import _parser as patterns  # type: ignore[attr-defined]  # the tree of a pattern, to see whether it ends
from typing import Any

from nowrongdoor.rules.guidance import temporal
from nowrongdoor.rules.guidance.calling import built_in
from nowrongdoor.rules.guidance.values import SUMS, Range, kind

# A pattern that can go over the same text again and again is tried on short texts only.
SHORT = 20
WORK = 30_000_000
GREAT = 50


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
    return (delimiter or "").join(said) if all(type(item) is str for item in said) else None


@built_in("matches", "input:s", "pattern:s", "flags:s!?")
def matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    ready = _pattern(pattern, flags or "")
    return None if ready is None or not _ends(ready, text) else bool(ready.search(text))


@built_in("replace", "input:s", "pattern:s", "replacement:s", "flags:s!?")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    ready = _pattern(pattern, flags or "")
    if ready is None or not _ends(ready, text) or ready.match(""):
        return None
    groups = ready.groups

    def filled(found: re.Match[str]) -> str:
        def one(sign: re.Match[str]) -> str:
            said = sign.group(1)
            if not said.isdigit():
                return said
            return (found.group(int(said)) or "") if int(said) <= groups else ""

        return re.sub(r"\$(\d)|\\([\\$])", lambda m: one(m) if m.group(1) else m.group(2), replacement)

    return ready.sub(filled, text)


@built_in("split", "string:s", "delimiter:s")
def split(text: str, delimiter: str) -> list[str] | None:
    ready = _pattern(delimiter, "")
    if ready is None or not _ends(ready, text) or ready.match(""):
        return None
    parts, at = [], 0
    for found in ready.finditer(text):
        parts.append(text[at : found.start()])
        at = found.end()
    return [*parts, text[at:]]


@lru_cache(500)
def _pattern(pattern: str, flags: str) -> re.Pattern[str] | None:
    if len(pattern) > 500 or not set(flags) <= set("smixq"):
        return None
    said = 0
    for flag in flags:
        said |= {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE}.get(flag, 0)
    if "q" in flags:
        pattern = re.escape(pattern)
    elif "x" in flags:
        pattern = re.sub(r"\s+", "", pattern)
    try:
        return re.compile(pattern.replace(r"\i", "[_:A-Za-z]").replace(r"\c", r"[-._:\w]"), said)
    except (re.error, RecursionError, OverflowError):
        return None


def _ends(pattern: re.Pattern[str], text: str) -> bool:
    """The search is done in a moment, whatever the text is: the more repeats, the shorter the text may be."""
    repeats = _repeats(patterns.parse(pattern.pattern, pattern.flags), inside=False)
    return len(text) <= max(SHORT, int(WORK ** (1 / (repeats + 1))))


def _repeats(tree: Any, *, inside: bool) -> int:
    """How many parts repeat over the same text; a repeat or choice within a repeat counts as a great many."""
    count = 0
    for sign, said in tree:
        name = str(sign)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            varies = said[0] != said[1]
            count += (GREAT if inside else 1) if varies else 0
            count += _repeats(said[2], inside=inside or said[1] > 1)
        elif name == "BRANCH":
            count += (GREAT if inside else 0) + max(_repeats(one, inside=inside) for one in said[1])
        elif name in ("SUBPATTERN", "ASSERT", "ASSERT_NOT", "ATOMIC_GROUP"):
            count += _repeats(said[-1] if name != "ATOMIC_GROUP" else said, inside=inside)
        elif name == "GROUPREF":
            count += GREAT
    return count


@built_in("string", "from:a")
def string(value: Any) -> str | None:
    return None if value is None else written(value, quoted=False)


def written(value: Any, *, quoted: bool = True) -> str:
    """A value as an expression would write it."""
    which = kind(value)
    if which == "null":
        return "null"
    if which == "string":
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' if quoted else str(value)
    if which == "boolean":
        return "true" if value else "false"
    if which == "number":
        return number_words(value)
    if which == "list":
        return "[" + ", ".join(written(item) for item in value) + "]"
    if which == "context":
        return "{" + ", ".join(f"{key}: {written(item)}" for key, item in value.items()) + "}"
    if which == "range":
        return _range_words(value)
    if which == "function":
        return f"function {value.name}"
    said = temporal.words(value)
    return f'@"{said}"' if quoted else said


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
