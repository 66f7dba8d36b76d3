"""
Kinds of service whose outcomes are their own: link workers, community groups, Shared Lives, time banks,
crisis cafés. Which kind an entry of the directory is follows from its words, by dated data; which outcomes a
kind has is in the code list of how a referral ends. An entry may be of several kinds, or of none.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import Code

ANY = ("",)
"""What a closing outcome is of that stands for every team."""


def kinds(texts: Iterable[str], *, at: datetime) -> frozenset[str]:
    """
    Of which kinds entries with these names and summaries are.

    >>> from datetime import UTC, datetime
    >>> sorted(kinds(["Safe Haven crisis café"], at=datetime(2026, 11, 29, tzinfo=UTC)))
    ['crisis_cafe']
    """
    said = " ".join(texts).casefold()
    return frozenset(kind for kind, word in _words(local_date(at)) if word in said)


def outcomes(of: Iterable[str], *, at: datetime) -> tuple[Code, ...]:
    """How a referral may end where a team has services of these kinds: what stands for all, and their own."""
    mine = {*ANY, *of}
    return tuple(one for one in law.codes("close_outcomes", on=local_date(at)) if one.entails in mine)


def of_kinds(of: Iterable[str], *, at: datetime) -> tuple[Code, ...]:
    """The endings that these kinds of service have and no other."""
    mine = set(of)
    return tuple(one for one in law.codes("close_outcomes", on=local_date(at)) if one.entails in mine - {""})


def own(*, at: datetime) -> dict[str, str]:
    """Of which kind each outcome is that only some kinds have."""
    listed = {one.code for one in law.codes("kinds_with_endings", on=local_date(at))}
    every = law.codes("close_outcomes", on=local_date(at))
    return {one.code: one.entails for one in every if one.entails in listed}


@cache
def _words(on: date) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row["kind"], row["word"].casefold())
        for row in law.rows("service_kind_words")
        if law.provenance(row).stands(on)
    )
