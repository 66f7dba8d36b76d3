"""
What a log may hold: what failed, where and by which rule of the database, and nothing about anyone.

PostgreSQL explains a refusal with the row that it refused ("DETAIL: Failing row contains (…)"), its
driver repeats that in every traceback, and Django tells statements with their values. A log is read by
people who may not read records, so all of this is left out of whatever is written.
"""

import logging
import re
import traceback
from collections.abc import Iterator

from django.db import Error as DjangoError
from psycopg import Error as PostgresError

LEFT_OUT = "(left out, for it may be about someone)"
# A row that is quoted may hold line ends, so everything from here on goes: in a message the reason is first.
ADDED = re.compile(r"^[ \t]*(DETAIL|CONTEXT|HINT|QUERY|STATEMENT|LINE \d+|PARAMETERS):.*", re.S | re.M | re.I)
BAD_VALUE = "22"  # the class of errors whose very reason quotes the value
NOT_OURS = "(no address of ours)"
STATEMENTS = "django.db.backends"
HEADINGS = {
    "cause": "\nThe above exception was the direct cause of the following exception:\n\n",
    "context": "\nDuring handling of the above exception, another exception occurred:\n\n",
}


class NoStatements(logging.Filter):
    """Statements are told with their values, at levels for finding faults; no log has them."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or not record.name.startswith(STATEMENTS)


class NoAddresses(logging.Filter):
    """
    An address is told as the rule it fits: what was typed into one, or stood in it, may be anything.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", None)
        if path and isinstance(record.args, tuple):
            found = getattr(record.request, "resolver_match", None)  # type: ignore[attr-defined]
            route = f"/{found.route}" if found else NOT_OURS
            same = {path, path.encode("unicode_escape").decode("ascii")}
            record.args = tuple(route if one in same else one for one in record.args)
        return True


class AboutNobody(logging.Formatter):
    """The message and the traceback, without what the database said about the row."""

    def format(self, record: logging.LogRecord) -> str:
        record.message = without_rows(record.getMessage())
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        parts = [self.formatMessage(record)]
        # Not `record.exc_text`: another formatter may have put its own there.
        if record.exc_info and record.exc_info[1] is not None:
            parts.append("".join(told(record.exc_info[1])).rstrip("\n"))
        if record.stack_info:
            parts.append(self.formatStack(record.stack_info))
        return "\n".join(parts)


def without_rows(text: str) -> str:
    return ADDED.sub(lambda found: f"{found[1]}: {LEFT_OUT}", text)


def told(failure: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    """A traceback as Python tells it, causes first, each failure in words that are about nobody."""
    seen |= {id(failure)}
    before, heading = failure.__cause__, HEADINGS["cause"]
    if before is None and not failure.__suppress_context__:
        before, heading = failure.__context__, HEADINGS["context"]
    if before is not None and id(before) not in seen:
        yield from told(before, seen)
        yield heading
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(failure.__traceback__)
    kind = type(failure)
    yield f"{kind.__module__}.{kind.__qualname__}: {in_words(failure)}\n"
    if isinstance(failure, BaseExceptionGroup):
        for one in failure.exceptions:
            yield from told(one, seen)


def in_words(failure: BaseException) -> str:
    """Why it failed; of a fault in a row or value, only by which rule."""
    said = failure if isinstance(failure, PostgresError) else failure.__cause__
    if not isinstance(failure, PostgresError | DjangoError) or not isinstance(said, PostgresError):
        return without_rows(str(failure))
    if said.sqlstate is None:
        return without_rows(str(said))
    reason = LEFT_OUT if said.sqlstate.startswith(BAD_VALUE) else said.diag.message_primary
    rules = (f"{name} {getattr(said.diag, name + '_name')}" for name in ("constraint", "table", "column")
             if getattr(said.diag, name + "_name"))  # fmt: skip
    return "; ".join([f"{said.sqlstate}: {reason}", *rules])
