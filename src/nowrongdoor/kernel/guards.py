"""
The plain guards that tables share: a column keeps to known words, two columns stand or fall together.

Guards that look at more than one row are triggers, in SQL beside the migration that makes them.
"""

from collections.abc import Iterable

from django.db.models import CheckConstraint, F, Q


def one_of(column: str, words: Iterable[str], *, name: str) -> CheckConstraint:
    """The column holds one of these words, or nothing where it may be empty."""
    return CheckConstraint(condition=Q((column + "__in", sorted(str(word) for word in words))), name=name)


def both_or_neither(one: str, other: str, *, name: str) -> CheckConstraint:
    """Who and when, from and until: either both are known or neither is."""
    known = Q((one + "__isnull", False), (other + "__isnull", False))
    unknown = Q((one + "__isnull", True), (other + "__isnull", True))
    return CheckConstraint(condition=known | unknown, name=name)


def exactly_when(condition: Q, *columns: str, name: str) -> CheckConstraint:
    """These columns are known when the condition holds, and only then."""
    known = Q(*((column + "__isnull", False) for column in columns))
    unknown = Q(*((column + "__isnull", True) for column in columns))
    return CheckConstraint(condition=(condition & known) | (~condition & unknown), name=name)


def after(later: str, earlier: str, *, name: str) -> CheckConstraint:
    """The later instant, where known, lies after the earlier: a period has a length."""
    return CheckConstraint(
        condition=Q((later + "__isnull", True)) | Q((later + "__gt", F(earlier))), name=name
    )


def not_before(later: str, earlier: str, *, name: str) -> CheckConstraint:
    """The later instant, where known, does not lie before the earlier."""
    return CheckConstraint(
        condition=Q((later + "__isnull", True)) | Q((later + "__gte", F(earlier))), name=name
    )


def said(column: str, *, name: str, when: Q | None = None) -> CheckConstraint:
    """The text was written, always or when the condition holds."""
    written = ~Q((column, ""))
    return CheckConstraint(condition=written if when is None else ~when | written, name=name)
