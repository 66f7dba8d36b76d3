"""Rows as a file for a spreadsheet: text that would be taken for a formula is shown as the text it is."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO

# What a spreadsheet may take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def written(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Instants in UTC as ISO 8601, text as it is, with an apostrophe before what could be a formula."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_cell(one) for one in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
